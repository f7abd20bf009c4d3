package static

import (
	"bytes"
	"regexp"
	"strings"
)

// bare leaves out of a script what only its readers need: comments, and blanks
// and line ends that keep nothing apart. Texts and patterns stay as they are. It
// knows as much of the language as the sources use: a pattern stands behind a
// sign or a keyword, never behind a closing bracket.
func bare(js []byte) []byte {
	s := script{in: js, out: make([]byte, 0, len(js))}
	for s.at < len(s.in) {
		switch c := s.in[s.at]; {
		case s.gap():
		case c == '"' || c == '\'':
			s.copy(s.text(s.at))
		case c == '`':
			s.copy(s.template(s.at))
		case c == '/' && s.patternNext():
			s.copy(s.pattern(s.at))
		default:
			s.copy(s.at + 1)
		}
	}
	return s.out
}

type script struct {
	in, out []byte
	at      int
}

func (s *script) copy(to int) {
	s.out = append(s.out, s.in[s.at:min(to, len(s.in))]...)
	s.at = to
}

// next is the byte at a place, 0 behind the end.
func (s *script) next(i int) byte {
	if i < len(s.in) {
		return s.in[i]
	}
	return 0
}

// gap skips blanks, line ends and comments, and leaves what still keeps two words
// or two statements apart. It reports whether there was anything.
func (s *script) gap() bool {
	from, ends := s.at, false
	for s.at < len(s.in) {
		rest := s.in[s.at:]
		switch {
		case bytes.HasPrefix(rest, []byte("//")):
			line, _, _ := bytes.Cut(rest, []byte("\n"))
			s.at += len(line)
		case bytes.HasPrefix(rest, []byte("/*")):
			comment, _, _ := bytes.Cut(rest[2:], []byte("*/"))
			s.at = min(s.at+2+len(comment)+2, len(s.in))
		case strings.IndexByte(" \t\r\n", rest[0]) >= 0:
			ends = ends || rest[0] == '\n'
			s.at++
		default:
			s.join(from, ends)
			return s.at > from
		}
	}
	return s.at > from
}

func (s *script) join(from int, ends bool) {
	if s.at == from || len(s.out) == 0 {
		return
	}
	last, next := s.out[len(s.out)-1], s.in[s.at]
	switch {
	case ends && strings.IndexByte("{(,;[", last) < 0 && strings.IndexByte("})].,;?:&|", next) < 0:
		s.out = append(s.out, '\n')
	case word(last) && word(next) || last == next && (last == '+' || last == '-'):
		s.out = append(s.out, ' ')
	}
}

func word(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// text, template and pattern give the place behind one that begins at i.
func (s *script) text(i int) int {
	quote := s.in[i]
	for i++; i < len(s.in) && s.in[i] != quote; i++ {
		if s.in[i] == '\\' {
			i++
		}
	}
	return i + 1
}

func (s *script) template(i int) int {
	for i++; i < len(s.in) && s.in[i] != '`'; i++ {
		switch {
		case s.in[i] == '\\':
			i++
		case s.in[i] == '$' && s.next(i+1) == '{':
			i = s.inserted(i+2) - 1
		}
	}
	return i + 1
}

// inserted gives the place behind the brace that ends what is put into a template.
func (s *script) inserted(i int) int {
	for depth := 1; i < len(s.in); {
		switch s.in[i] {
		case '"', '\'':
			i = s.text(i)
			continue
		case '`':
			i = s.template(i)
			continue
		case '{':
			depth++
		case '}':
			depth--
		}
		if i++; depth == 0 {
			break
		}
	}
	return i
}

var beforePattern = regexp.MustCompile(`(^|[(,=:\[!&|?{};+*%~^<>\n-]|\b(return|typeof|case|in|of))$`)

func (s *script) patternNext() bool { return beforePattern.Match(s.out[max(0, len(s.out)-8):]) }

func (s *script) pattern(i int) int {
	class := false
	for i++; i < len(s.in) && (s.in[i] != '/' || class); i++ {
		switch s.in[i] {
		case '\\':
			i++
		case '[':
			class = true
		case ']':
			class = false
		}
	}
	return i + 1
}

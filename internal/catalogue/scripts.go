package catalogue

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Use is a text that stands in a source.
type Use struct {
	Where string // file:line
	Call  string // T, N or around, where it is the key of such a call; else ""
	Text  string
}

// File is the name of the source, without its folder.
func (u Use) File() string { return filepath.Base(strings.SplitN(u.Where, ":", 2)[0]) }

// Scripts are all string literals of the scripts that a pattern names, in their
// order. What is inserted into a template literal stands as %s, and the literals
// in it are read too.
func Scripts(t testing.TB, glob string) (out []Use) {
	t.Helper()
	files, _ := filepath.Glob(glob)
	if len(files) == 0 {
		t.Fatalf("there are no scripts at %s", glob)
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s := scan{file: file, src: string(body)}
		s.code(false)
		out = append(out, s.out...)
	}
	return out
}

// scan goes through one script.
type scan struct {
	file, src string
	at        int    // in src
	before    string // the code before at, without comments; literals stand as ""
	out       []Use
}

var (
	keyBegin = regexp.MustCompile(`\b(?:T|around)\(\s*$`)
	oneBegin = regexp.MustCompile(`\bN\([^"';{}]*(?:"",\s*)?$`)
	// A slash behind a value divides; behind anything else it begins an expression.
	value = regexp.MustCompile(`[\w$)\]"}]\s*$`)
	word  = regexp.MustCompile(`\b(?:return|typeof|case|of|in)\s*$`)
)

// code reads until the end, or in an insertion of a template literal until its
// brace.
func (s *scan) code(inserted bool) {
	for depth := 0; s.at < len(s.src); {
		rest := s.src[s.at:]
		switch c := rest[0]; {
		case strings.HasPrefix(rest, "//"):
			s.skip(strings.IndexByte(rest, '\n'))
		case strings.HasPrefix(rest, "/*"):
			s.skip(strings.Index(rest, "*/") + 2)
		case c == '"' || c == '\'':
			s.text(c)
		case c == '`':
			s.template()
		case c == '/' && (!value.MatchString(s.tail()) || word.MatchString(s.tail())):
			s.skip(expression(rest))
			s.before += `""`
		case c == '}' && inserted && depth == 0:
			s.at++
			return
		default:
			if c == '{' {
				depth++
			} else if c == '}' {
				depth--
			}
			s.before += string(c)
			s.at++
		}
	}
}

// skip goes on by n bytes, to the end where n is none.
func (s *scan) skip(n int) {
	if n <= 0 {
		n = len(s.src) - s.at
	}
	s.at += n
}

// tail is the end of the code so far, enough to tell what comes.
func (s *scan) tail() string { return s.before[max(0, len(s.before)-160):] }

// text reads a literal in quotes.
func (s *scan) text(quote byte) {
	end := s.at + 1
	for end < len(s.src) && s.src[end] != quote && s.src[end] != '\n' {
		if s.src[end] == '\\' {
			end++
		}
		end++
	}
	raw := s.src[s.at+1 : min(end, len(s.src))]
	if quote == '\'' {
		raw = strings.NewReplacer(`\'`, `'`, `"`, `\"`).Replace(raw)
	}
	text, err := strconv.Unquote(`"` + raw + `"`)
	if err != nil {
		text = raw
	}
	s.found(s.at, text)
	s.at = end + 1
}

// template reads a template literal and what is inserted into it.
func (s *scan) template() {
	start, before := s.at, s.before
	var b strings.Builder
	for s.at++; s.at < len(s.src) && s.src[s.at] != '`'; {
		switch {
		case strings.HasPrefix(s.src[s.at:], "${"):
			b.WriteString("%s")
			s.at += 2
			s.before = ""
			s.code(true)
		case s.src[s.at] == '\\':
			s.at += 2
		default:
			b.WriteByte(s.src[s.at])
			s.at++
		}
	}
	s.at++
	s.before = before
	s.found(start, b.String())
}

// found notes a literal that begins at a place.
func (s *scan) found(at int, text string) {
	u := Use{Where: s.file + ":" + strconv.Itoa(1+strings.Count(s.src[:at], "\n")), Text: text}
	switch tail := s.tail(); {
	case keyBegin.MatchString(tail):
		u.Call = "T"
	case oneBegin.MatchString(tail):
		u.Call = "N"
	}
	s.before += `""`
	s.out = append(s.out, u)
}

// expression is the length of a regular expression's literal.
func expression(rest string) int {
	class := false
	for i := 1; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '\\':
			i++
		case c == '\n':
			return 1
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			return i + 1
		}
	}
	return 1
}

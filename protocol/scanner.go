package protocol

import (
	"strings"
	"unicode/utf8"
)

// scanner goes over a message's frame. Its methods report whether all was as
// expected; where it was not, the frame is read the long way.
type scanner struct {
	data  []byte
	at    int
	depth int // objects begun
	found [fields]span
}

// span is what stands between the quotes of a string.
type span struct {
	from, to int32
	there    bool
	escaped  bool
}

// raw is a field as it stands in the frame.
func (s *scanner) raw(f field) []byte { return s.data[s.found[f].from:s.found[f].to] }

// object reads an object with at least one member.
func (s *scanner) object(place int) bool {
	if s.depth != place || !s.next('{') { // it may be there only once
		return false
	}
	s.depth++
	for {
		name, ok := s.quoted()
		if !ok || name.escaped || !s.next(':') || !s.member(place, s.data[name.from:name.to]) {
			return false
		}
		if s.next('}') {
			return true
		}
		if !s.next(',') {
			return false
		}
	}
}

func (s *scanner) member(place int, name []byte) bool {
	if objectIn(place, string(name)) {
		return s.object(place + 1)
	}
	f, known := fieldOf(place, string(name))
	if !known || s.found[f].there {
		return false
	}
	var ok bool
	s.found[f], ok = s.quoted()
	return ok
}

// next steps over a character.
func (s *scanner) next(c byte) bool {
	if s.at < len(s.data) && s.data[s.at] == c {
		s.at++
		return true
	}
	return false
}

// quoted reads a string without taking its escapes apart. Those by number and
// whatever is not valid are refused.
func (s *scanner) quoted() (found span, ok bool) {
	if !s.next('"') {
		return found, false
	}
	found.there, found.from = true, int32(s.at)
	ascii := true
	for ; s.at < len(s.data); s.at++ {
		switch c := s.data[s.at]; {
		case c == '"':
			found.to = int32(s.at)
			s.at++
			return found, ascii || utf8.Valid(s.data[found.from:found.to])
		case c == '\\':
			s.at++
			if s.at == len(s.data) || meant[s.data[s.at]] == 0 {
				return found, false
			}
			found.escaped = true
		case c < ' ':
			return found, false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return found, false
}

// meant is what stands for a character behind a backslash.
var meant = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unescape writes a field as it is meant.
func (s *scanner) unescape(to *strings.Builder, f field) {
	raw := s.raw(f)
	if !s.found[f].escaped {
		to.Write(raw)
		return
	}
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		if c == '\\' {
			i++
			c = meant[raw[i]]
		}
		to.WriteByte(c)
	}
}

package engine

import (
	"strings"
	"unicode"

	"agentdesk/protocol"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// maxTagLength bounds a highlight's tags, in bytes.
const maxTagLength = 64

// marker puts tags around the words of a query. A nil marker marks nothing.
type marker struct {
	pre, post string
	words     []string // folded
}

func newMarker(h *protocol.Highlights, words []string) (*marker, error) {
	if h == nil || len(words) == 0 {
		return nil, nil
	}
	m := &marker{pre: h.PreTag, post: h.PostTag}
	if (m.pre == "") != (m.post == "") {
		return nil, invalid("highlights", "needs both pre_tag and post_tag or none")
	}
	if m.pre == "" {
		m.pre, m.post = "<em>", "</em>"
	}
	if len(m.pre) > maxTagLength || len(m.post) > maxTagLength {
		return nil, invalid("highlights", "has a tag over 64 bytes")
	}
	for _, w := range words {
		m.words = append(m.words, fold(w))
	}
	return m, nil
}

// fold makes words comparable as the index does: lower case, without accents.
func fold(s string) string {
	t := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	out, _, err := transform.String(t, strings.ToLower(s))
	if err != nil {
		return strings.ToLower(s)
	}
	return out
}

// events marks the texts of messages.
func (m *marker) events(list []protocol.Event) {
	if m == nil {
		return
	}
	for i := range list {
		if list[i].Type == protocol.EventMessage {
			list[i].Text = m.text(list[i].Text)
		}
	}
}

// text marks each word that begins with one of the query's words.
func (m *marker) text(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		n := span(s, isWord)
		if n == 0 {
			n = span(s, func(r rune) bool { return !isWord(r) })
			b.WriteString(s[:n])
		} else if w := s[:n]; m.hit(fold(w)) {
			b.WriteString(m.pre + w + m.post)
		} else {
			b.WriteString(w)
		}
		s = s[n:]
	}
	return b.String()
}

func (m *marker) hit(word string) bool {
	for _, w := range m.words {
		if strings.HasPrefix(word, w) {
			return true
		}
	}
	return false
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// span is the length of the longest beginning of s that fits.
func span(s string, fits func(rune) bool) int {
	for i, r := range s {
		if !fits(r) {
			return i
		}
	}
	return len(s)
}

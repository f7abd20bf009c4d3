package views

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"mvdan.cc/xurls/v2"

	"agentdesk/desk"
)

// span is a piece of a text: plain, a link, or found words.
type span struct {
	text  string
	link  Link // URL is "" for plain text
	found bool
}

// textMax is how many bytes of one text are drawn. The chat server's limit is
// 16 kB; what is longer comes from elsewhere and is cut with a word about it.
const textMax = 32 << 10

// links finds addresses with a scheme. It works on the raw text; what it finds
// is drawn through SafeLink and escaped like everything else.
var links = sync.OnceValue(func() *regexp.Regexp {
	re, err := xurls.StrictMatchingScheme(`https?://|mailto:`)
	if err != nil { // the pattern is ours and fixed; without it nothing is a link
		return regexp.MustCompile(`[^\s\S]`)
	}
	return re
})

// spans cuts a text into what is drawn: links, found words (between the marks
// of desk) and the rest.
func spans(s string) []span {
	s = clean(s)
	marked := strings.Contains(s, desk.MarkStart)
	linked := mayLink(s)
	if !marked && !linked {
		return []span{{text: s}}
	}
	var out []span
	for s != "" {
		before, rest, ok := strings.Cut(s, desk.MarkStart)
		if linked {
			out = linkify(out, before, ok)
		} else if before != "" {
			out = append(out, span{text: before})
		}
		if !ok {
			break
		}
		word, after, _ := strings.Cut(rest, desk.MarkEnd)
		if word = unmark(word); word != "" {
			out = append(out, span{text: word, found: true})
		}
		s = after
	}
	for i := range out {
		out[i].text = unmark(out[i].text)
	}
	return out
}

func mayLink(s string) bool {
	return strings.Contains(s, "://") || strings.Contains(s, "mailto:") || strings.Contains(s, "MAILTO:")
}

// linkify adds a text's links and the rest. cut says that found words follow: an
// address that runs into them is not whole and no link.
func linkify(out []span, s string, cut bool) []span {
	at := 0
	for _, m := range links().FindAllStringIndex(s, 200) {
		link, ok := SafeLink(s[m[0]:m[1]])
		if !ok || cut && m[1] == len(s) {
			continue
		}
		if m[0] > at {
			out = append(out, span{text: s[at:m[0]]})
		}
		out = append(out, span{text: s[m[0]:m[1]], link: link})
		at = m[1]
	}
	if at < len(s) {
		out = append(out, span{text: s[at:]})
	}
	return out
}

func unmark(s string) string {
	if !strings.Contains(s, "\xee\x80") { // the common prefix of both marks
		return s
	}
	return strings.NewReplacer(desk.MarkStart, "", desk.MarkEnd, "").Replace(s)
}

// clean takes out of a text what no reader sees and no page can carry: controls
// except tab and line feed. Direction characters stay, because texts are shown
// isolated, each in its own element.
func clean(s string) string {
	if len(s) > textMax {
		cut := textMax
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut] + "\n[…]"
	}
	if !dirty(s) {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\t' || r == '\n':
			return r
		case r < ' ' || r == 0x7F || r >= 0x80 && r < 0xA0:
			return -1
		}
		return r
	}, s)
}

func dirty(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\n' && c != '\t' || c == 0x7F || c == 0xC2 && i+1 < len(s) && s[i+1] < 0xA0 {
			return true
		}
	}
	return !utf8.ValidString(s)
}

// oneliner makes a text fit for a preview.
func oneliner(s string) string {
	if len(s) > 4*labelMax {
		s = s[:4*labelMax]
		for s != "" && !utf8.ValidString(s) {
			s = s[:len(s)-1]
		}
	}
	return label(unmark(s))
}

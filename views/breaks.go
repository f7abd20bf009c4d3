package views

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"
)

// longWord is how long, in bytes, what stands between two spaces must be to be broken.
const longWord = 16

// dividers are the signs behind which an address may go on in the next line.
const dividers = "@./-_?&=#:+,;%"

// breaks draws a text of one line, mostly an address, that may go on in the next line
// behind the signs that divide it. The breaks are elements and no letters, so what is
// copied, searched or read out is the text itself.
func breaks(s string) templ.Component { return byHand(func(m *markup) { m.breaks(s) }) }

func (m *markup) breaks(s string) {
	for word := range strings.SplitAfterSeq(s, " ") {
		if len(word) <= longWord {
			m.text(word)
			continue
		}
		for n := nextBreak(word); n > 0; n = nextBreak(word) {
			m.text(word[:n])
			m.raw(`<wbr>`)
			word = word[n:]
		}
		m.text(word)
	}
}

// nextBreak is where a word may break first, 0 where nowhere.
func nextBreak(word string) int {
	for i := range len(word) - 1 {
		if strings.IndexByte(dividers, word[i]) < 0 {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(word[i+1:]); unicode.IsLetter(r) || unicode.IsDigit(r) {
			return i + 1
		}
	}
	return 0
}

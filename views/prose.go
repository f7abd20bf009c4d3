package views

import (
	"strings"

	"github.com/a-h/templ"

	"agentdesk/desk"
)

// prose is a text with its links and found words. templ would put spaces between
// the pieces.
func prose(e Env, text string) templ.Component {
	return byHand(func(m *markup) { m.prose(e, text) })
}

// bubble is a text as somebody said it, in a language where that is known.
func bubble(e Env, text, language string) templ.Component {
	return byHand(func(m *markup) { m.bubble(e, text, language) })
}

func (m *markup) bubble(e Env, text, language string) {
	m.raw(`<div class="bub" dir="auto"`)
	if language != "" {
		m.attr("lang", language)
	}
	m.raw(` translate="yes">`)
	if quotes(text) {
		m.quoted(e, clean(text))
	} else {
		m.prose(e, text)
	}
	m.raw(`</div>`)
}

func (m *markup) prose(e Env, text string) {
	text = clean(text)
	if !mayLink(text) && !strings.Contains(text, desk.MarkStart) {
		m.text(unmark(text))
		return
	}
	for _, s := range spans(text) {
		m.span(e, s)
	}
}

// span adds a piece of text. Addresses come from SafeLink; where the text hides
// the host, the host is said.
func (m *markup) span(e Env, s span) {
	switch {
	case s.link.URL != "":
		m.raw(`<a`)
		m.attr("href", s.link.URL)
		m.raw(` target="_blank" rel="noopener noreferrer nofollow ugc"`)
		m.attr("title", s.link.Host)
		m.raw(`>`)
		m.text(s.text)
		m.raw(`</a>`)
		if s.link.Odd {
			m.raw(` <small class="host">`)
			m.text(e.T("(leads to %s)", s.link.Host))
			m.raw(`</small>`)
		}
	case s.found:
		m.raw(`<mark>`)
		m.text(s.text)
		m.raw(`</mark>`)
	default:
		m.text(s.text)
	}
}

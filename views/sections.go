package views

import (
	"github.com/a-h/templ"

	"agentdesk/desk"
)

// sectionHead names a section, with its numbers.
func sectionHead(e Env, s desk.Section) templ.Component {
	return byHand(func(m *markup) { drawSection(m, e, &s) })
}

func drawSection(m *markup, e Env, s *desk.Section) {
	m.raw(`<h2 id="count-`)
	m.text(string(s.List))
	m.raw(`" data-total="`)
	m.int(int64(s.Total))
	m.raw(`">`)
	m.text(e.sectionName(s.List))
	m.raw(` <span class="n">`)
	m.int(int64(s.Total))
	m.raw(`</span>`)
	if s.Unread > 0 && s.List != desk.Recent {
		m.raw(` <span class="u">`)
		m.text(e.N(s.Unread, "%d unread", "%d unread"))
		m.raw(`</span>`)
	}
	if !s.Longest.IsZero() && s.List == desk.Waiting {
		m.raw(` <span class="t `, e.urgency(s.Longest, s.GroupID), `"`)
		m.limits(e, s.GroupID)
		m.raw(`>`)
		m.around(e, "longest %s", func() { m.since(e, s.Longest) })
		m.raw(`</span>`)
	}
	m.raw(`</h2>`)
}

// navUnread is the number of chats with unread messages on the rail. How many
// chats wait goes with it for scripts.
func navUnread(e Env, n, waiting int) templ.Component {
	return byHand(func(m *markup) { drawNavUnread(m, e, n, waiting) })
}

func drawNavUnread(m *markup, e Env, n, waiting int) {
	m.raw(`<span id="nav-unread" class="count" data-count="`)
	m.int(int64(n))
	if waiting > 0 {
		m.raw(`" data-waiting="`)
		m.int(int64(waiting))
	}
	m.raw(`">`)
	if n > 0 {
		m.raw(capped(n), `<span class="hidden"> `)
		m.text(e.N(n, "unread chat", "unread chats"))
		m.raw(`</span>`)
	}
	m.raw(`</span>`)
}

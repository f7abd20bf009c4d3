package views

import (
	"github.com/a-h/templ"

	"agentdesk/desk"
)

// rowItem is one chat in a list. open is the chat shown beside it, query what
// its link keeps of the address.
func rowItem(e Env, r desk.Row, open, query string) templ.Component {
	return byHand(func(m *markup) { drawRow(m, e, &r, open, query) })
}

func drawRow(m *markup, e Env, r *desk.Row, open, query string) {
	name := nameOf(r.Customer)
	m.raw(`<li`)
	m.raw(` id="row-`, DOMID(r.ChatID), `"`)
	if r.List == desk.Recent {
		m.raw(` class="row idle"`)
	} else {
		m.raw(` class="row"`)
	}
	m.raw(` data-into="list-`)
	m.text(string(r.List))
	m.raw(`"`)
	m.attr("data-sort", r.Sort)
	m.attr("data-chat-id", r.ChatID)
	if r.Unread > 0 {
		m.raw(` data-unread="`)
		m.int(int64(r.Unread))
		m.raw(`"`)
	}
	m.raw(`>`)
	m.avatar(name, r.Customer.ID, here(r.Customer))
	m.raw(`<a href="`)
	m.path(e, "chats", r.ChatID)
	m.text(query)
	if open != "" && open == r.ChatID {
		m.raw(`" aria-current="true"><span class="a"><bdi class="name">`)
	} else {
		m.raw(`"><span class="a"><bdi class="name">`)
	}
	m.text(name)
	m.raw(`</bdi>`)
	drawMarks(m, r)
	m.raw(`</span>`)
	if r.Typing {
		m.raw(`<span class="pre" data-typing><span class="typing">typing<i></i><i></i><i></i></span></span>`)
	} else {
		m.raw(`<span class="pre" dir="auto">`)
		drawRowText(m, r)
		m.raw(`</span>`)
	}
	m.raw(`</a><span class="side">`)
	drawSide(m, e, r, name)
	m.raw(`</span></li>`)
}

// drawMarks adds where a chat comes from, who has it, its group and tags.
func drawMarks(m *markup, r *desk.Row) {
	group := func(text string) {
		m.raw(`<bdi>`)
		m.text(text)
		m.raw(`</bdi></span>`)
	}
	if r.From != "" {
		m.raw(` <span class="grp">`)
		m.icon("arrow")
		m.raw(`from `)
		group(firstName(label(r.From)))
	} else if r.List == desk.Others && len(r.Agents) > 0 {
		m.raw(` <span class="grp">`)
		group(firstName(label(r.Agents[0])))
	}
	if r.Group != "" {
		m.raw(` <span class="grp">`)
		group(label(r.Group))
	}
	if r.Watching || r.Followed {
		word := "you follow this chat"
		if r.Watching {
			word = "you watch this chat unseen"
		}
		m.raw(` <span class="grp">`)
		m.icon("eye")
		m.raw(`<span class="hidden">`, word, `</span></span>`)
	}
	if len(r.Tags) > 0 {
		m.raw(` <span class="tag"><bdi>`)
		m.text(label(r.Tags[0]))
		m.raw(`</bdi></span>`)
		if len(r.Tags) > 1 {
			m.raw(` <span class="grp">+`)
			m.int(int64(len(r.Tags) - 1))
			m.raw(`</span>`)
		}
	}
}

// drawRowText adds the newest thing said, with who said it.
func drawRowText(m *markup, r *desk.Row) {
	text := preview(r.Last)
	switch {
	case text == "" && r.Position > 0:
		m.raw("Number ")
		m.int(int64(r.Position))
		m.raw(" in the queue")
		return
	case text == "":
		m.raw("Nothing said yet")
		return
	case r.Last.AgentsOnly && r.LastBy != "":
		m.raw("Note, ")
		fallthrough
	case r.LastBy != "":
		m.text(firstName(label(r.LastBy)))
		m.raw(": ")
	}
	m.text(text)
}

// drawSide adds what stands at a row's end: time or wait, and what it wants.
func drawSide(m *markup, e Env, r *desk.Row, name string) {
	if r.List == desk.Recent || r.WaitFrom.IsZero() {
		m.when(e, "stamp", r.At)
	} else {
		m.raw(`<span class="`, e.urgency(r.WaitFrom), `">`)
		m.icon("clock")
		m.raw(`<span class="hidden">waits </span>`)
		m.since(e, r.WaitFrom)
		m.raw(`</span>`)
	}
	switch {
	case r.Failed > 0:
		m.raw(`<span class="failed">`)
		m.icon("warn")
		m.raw(`Not sent</span>`)
	case r.List == desk.Waiting:
		m.raw(`<form data-action="take" method="post" action="`)
		m.path(e, "chats", r.ChatID, "take")
		m.raw(`"><button class="take" aria-label="Take `)
		m.text(name)
		m.raw(`">Take</button></form>`)
	case r.Unread > 0:
		m.raw(`<span class="pill">`, capped(r.Unread), `<span class="hidden"> unread</span></span>`)
	}
}

// sectionHead names a section, with its numbers.
func sectionHead(e Env, s desk.Section) templ.Component {
	return byHand(func(m *markup) { drawSection(m, e, &s) })
}

func drawSection(m *markup, e Env, s *desk.Section) {
	m.raw(`<h2 id="count-`)
	m.text(string(s.List))
	m.raw(`" class="sec" data-total="`)
	m.int(int64(s.Total))
	m.raw(`">`)
	m.text(sectionName(s.List))
	m.raw(` <span class="n">`)
	m.int(int64(s.Total))
	m.raw(`</span>`)
	if s.Unread > 0 && s.List != desk.Recent {
		m.raw(` <span class="u">`)
		m.int(int64(s.Unread))
		m.raw(` unread</span>`)
	}
	if !s.Longest.IsZero() && s.List == desk.Waiting {
		m.raw(` <span class="t `, e.urgency(s.Longest), `">longest `)
		m.since(e, s.Longest)
		m.raw(`</span>`)
	}
	m.raw(`</h2>`)
}

// navUnread is the number of chats with unread messages on the rail.
func navUnread(n int) templ.Component {
	return byHand(func(m *markup) { drawNavUnread(m, n) })
}

func drawNavUnread(m *markup, n int) {
	m.raw(`<span id="nav-unread" class="count" data-count="`)
	m.int(int64(n))
	m.raw(`">`)
	if n > 0 {
		m.raw(capped(n), `<span class="hidden"> unread</span>`)
	}
	m.raw(`</span>`)
}

// avatar is a round picture of letters.
func avatar(name, id, presence string) templ.Component {
	return byHand(func(m *markup) { m.avatar(name, id, presence) })
}

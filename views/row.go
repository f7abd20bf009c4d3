package views

import (
	"cmp"

	"github.com/a-h/templ"

	"agentdesk/desk"
)

// rowLook is how the rows of a page are drawn.
type rowLook struct {
	into  desk.List // the section they stand in, where that is not their own list
	open  string    // the chat shown beside the lists
	query string    // what links keep of the address
	tick  bool      // rows can be ticked
}

// rowItem is one chat in a list.
func rowItem(e Env, r desk.Row, look rowLook) templ.Component {
	return byHand(func(m *markup) { drawRow(m, e, &r, look) })
}

func drawRow(m *markup, e Env, r *desk.Row, look rowLook) {
	name := e.nameOf(r.Customer)
	m.raw(`<li`)
	m.raw(` id="row-`, DOMID(r.ChatID), `"`)
	if r.List == desk.Recent || r.List == desk.Idle || r.Closing {
		m.raw(` class="row idle"`)
	} else {
		m.raw(` class="row"`)
	}
	m.raw(` data-into="list-`)
	m.text(string(cmp.Or(look.into, r.List)))
	m.raw(`"`)
	m.attr("data-sort", r.Sort)
	m.attr("data-chat-id", r.ChatID)
	if r.Unread > 0 {
		m.raw(` data-unread="`)
		m.int(int64(r.Unread))
		m.raw(`"`)
	}
	m.raw(`>`)
	presence := ""
	if r.List != desk.Recent { // who is on the site is not told of closed chats
		presence = here(r.Customer)
	}
	m.face(name, r.Customer.ID, presence, r.Customer.Avatar)
	if look.tick {
		drawTick(m, e, r, name)
	}
	m.raw(`<a href="`)
	m.path(e, "chats", r.ChatID)
	m.text(look.query)
	if look.open != "" && look.open == r.ChatID {
		m.raw(`" aria-current="true"><span class="a"><bdi class="name">`)
	} else {
		m.raw(`"><span class="a"><bdi class="name">`)
	}
	m.text(name)
	m.raw(`</bdi>`)
	drawMarks(m, e, r)
	drawColleagues(m, e, r)
	m.raw(`</span>`)
	if r.Typing && !r.Closing {
		m.raw(`<span class="pre" data-typing>`)
		drawDraft(m, e, r)
		m.raw(`<span class="typing">`)
		m.text(e.T("typing"))
		m.raw(`<i></i><i></i><i></i></span></span>`)
	} else {
		m.raw(`<span class="pre">`)
		drawDraft(m, e, r)
		if r.Closing {
			m.bdi(e.T("Closing…"))
		} else {
			drawLeft(m, e, r)
			drawRowText(m, e, r)
		}
		m.raw(`</span>`)
	}
	if r.Unread > 0 && r.List != desk.Waiting && !r.Closing {
		m.raw(`<span class="hidden"> `, capped(r.Unread), ` `) // in the link: who goes from link to link hears it
		m.text(e.N(r.Unread, "unread message", "unread messages"))
		m.raw(`</span>`)
	}
	drawWants(m, e, r)
	m.raw(`</a><span class="side">`)
	drawSide(m, e, r, name)
	m.raw(`</span></li>`)
}

// drawMarks adds where a chat comes from, who has it, its group and tags.
func drawMarks(m *markup, e Env, r *desk.Row) {
	group := func(text string) {
		m.bdi(text)
		m.raw(`</span>`)
	}
	if r.From != "" {
		m.raw(` <span class="grp">`)
		m.icon("arrow")
		m.around(e, "from %s", func() { m.bdi(firstName(label(r.From))) })
		m.raw(`</span>`)
	} else if (r.List == desk.Others || r.List == desk.Watched) && len(r.Agents) > 0 {
		m.raw(` <span class="grp">`)
		group(firstName(label(r.Agents[0])))
	}
	if r.Group != "" {
		m.raw(` <span class="grp">`)
		group(label(r.Group))
	}
	if r.Watching || r.Followed {
		word := e.T("you follow this chat")
		if r.Watching {
			word = e.T("you watch this chat unseen")
		}
		m.raw(` <span class="grp">`)
		m.icon("eye")
		m.raw(`<span class="hidden">`)
		m.text(word)
		m.raw(`</span></span>`)
	}
	if len(r.Tags) > 0 {
		m.raw(` <span class="tag"><bdi>`)
		m.text(label(r.Tags[0]))
		m.raw(`</bdi></span>`)
		if len(r.Tags) > 1 {
			m.raw(` <span class="grp"><bdi>+`)
			m.int(int64(len(r.Tags) - 1))
			m.raw(`</bdi></span>`)
		}
	}
	drawOwner(m, e, r)
}

// drawRowText adds the newest thing said, with who said it. The line has the
// page's direction, so that who said it comes first; what was said has its own.
func drawRowText(m *markup, e Env, r *desk.Row) {
	text := e.preview(r.Last)
	switch {
	case text == "" && r.Position > 0:
		m.bdi(e.T("Number %d in the queue", r.Position))
		return
	case text == "":
		m.bdi(e.T("Nothing said yet"))
		return
	case r.Last.AgentsOnly && r.LastBy != "":
		m.bdi(e.T("Note, %s", e.lastBy(r)), ":")
		m.raw(` `)
	case r.LastBy != "":
		m.bdi(e.lastBy(r), ":")
		m.raw(` `)
	}
	m.bdi(text)
}

// lastBy is the agent who said the newest thing.
func (e Env) lastBy(r *desk.Row) string {
	if r.LastBy == desk.You {
		return e.T("You")
	}
	return firstName(label(r.LastBy))
}

// drawWants adds, for those who go from link to link, what others see at the row's
// end. The wait is told by its beginning: a link whose name changes every second
// would be read out as often.
func drawWants(m *markup, e Env, r *desk.Row) {
	if waits, failed := r.List != desk.Recent && !r.WaitFrom.IsZero(), e.failed(r); waits || failed != "" {
		m.raw(`<span class="hidden"> `)
		if waits {
			text := "waits since %s"
			if r.List.Served() {
				text = "needs your reply since %s"
			}
			m.around(e, text, func() { m.when(e, "stamp", r.WaitFrom) })
			m.raw(` `)
		}
		m.text(failed)
		m.raw(`</span>`)
	}
}

// failed is what could not be done in a chat, or nothing.
func (e Env) failed(r *desk.Row) string {
	switch {
	case r.Closing:
	case r.Failed > 0:
		return e.T("Not sent")
	case r.NotClosed != "":
		return e.T("Not closed")
	}
	return ""
}

// drawSide adds what stands at a row's end: time or wait, and what it wants.
func drawSide(m *markup, e Env, r *desk.Row, name string) {
	if r.List == desk.Recent || r.WaitFrom.IsZero() {
		m.when(e, "stamp", r.At)
	} else {
		m.raw(`<span class="`, e.urgency(r.WaitFrom, r.GroupID), `"`)
		m.limits(e, r.GroupID)
		m.raw(` aria-hidden="true">`)
		if r.List.Served() {
			m.raw(`<i class="owe"></i>`)
		}
		m.icon("clock")
		m.since(e, r.WaitFrom)
		m.raw(`</span>`)
	}
	switch {
	case r.Closing:
		drawUndo(m, e, r, name)
	case e.failed(r) != "":
		m.raw(`<span class="failed" aria-hidden="true">`)
		m.icon("warn")
		m.text(e.failed(r))
		m.raw(`</span>`)
	case r.List == desk.Waiting:
		m.raw(`<form data-action="take" method="post" action="`)
		m.path(e, "chats", r.ChatID, "take")
		m.raw(`"><button class="take" data-key="waiting"`)
		m.attr("aria-label", e.T("Take the chat with %s", name))
		m.raw(`>`)
		m.text(e.T("Take"))
		m.raw(`</button></form>`)
	case r.Unread > 0:
		m.raw(`<span class="pill" aria-hidden="true">`, capped(r.Unread), `</span>`)
	}
}

// avatar is a round picture of letters.
func avatar(name, id, presence string) templ.Component { return face(name, id, presence, "") }

// face is avatar with the picture of an address.
func face(name, id, presence, picture string) templ.Component {
	return byHand(func(m *markup) { m.face(name, id, presence, picture) })
}

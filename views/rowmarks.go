package views

import (
	"time"

	"agentdesk/desk"
)

// drawOwner tells whose chat it is, for the list of all. Other lists tell it by
// their name, and colleagues are named by their chats in all of them.
func drawOwner(m *markup, e Env, r *desk.Row) {
	if (r.List == desk.Others || r.List == desk.Watched) && len(r.Agents) > 0 {
		return
	}
	m.raw(` <span class="grp own">`)
	m.text(e.listName(r.List))
	m.raw(`</span>`)
}

// drawLeft tells that a customer has left, and when where that is known.
func drawLeft(m *markup, e Env, r *desk.Row) {
	if r.List == desk.Recent || r.Customer.ID == "" || here(r.Customer) != "away" {
		return
	}
	if at := leftAt(r); !at.IsZero() {
		m.when(e, "left", at)
	} else {
		m.raw(`<span class="off">`)
		m.text(e.T("left #customer"))
		m.raw(`</span>`)
	}
	m.raw(` `)
}

// leftAt is when the customer of a chat has left, zero where that is not known:
// what stands there may be of an earlier visit.
func leftAt(r *desk.Row) time.Time {
	if r.Customer.Customer == nil {
		return time.Time{}
	}
	v := &r.Customer.Customer.Visit
	if v.EndedAt.Before(v.StartedAt) || r.LastBy == "" && r.Last.At.After(v.EndedAt) {
		return time.Time{}
	}
	return v.EndedAt
}

// left says how long ago a customer has left. static/js/time.js goes on with it.
func (e Env) left(t time.Time) string {
	m := max(1, int(e.now().Sub(t)/time.Minute))
	switch {
	case m < 60:
		return e.T("left %d min ago", m)
	case m < 24*60:
		return e.T("left %d h ago", m/60)
	}
	return e.T("left %d d ago", m/(24*60))
}

// drawColleagues adds who else is in a chat, and whether they write.
func drawColleagues(m *markup, e Env, r *desk.Row) {
	switch {
	case len(r.Writers) > 0:
		drawColleague(m, "pencil", "grp here writes", r.Writers[0], e.T("%s is writing here", label(r.Writers[0])))
	case len(r.Here) > 0:
		drawColleague(m, "eye", "grp here", r.Here[0], e.T("%s is looking at this chat", label(r.Here[0])))
	}
}

func drawColleague(m *markup, picture, class, name, sentence string) {
	m.raw(` <span`)
	m.attr("class", class)
	m.attr("title", sentence)
	m.raw(`>`)
	m.icon(picture)
	m.raw(`<bdi aria-hidden="true">`)
	m.text(firstName(label(name)))
	m.raw(`</bdi><span class="hidden">`)
	m.text(sentence)
	m.raw(`</span></span>`)
}

// drawDraft marks a chat in which something was begun.
func drawDraft(m *markup, e Env, r *desk.Row) {
	if !r.Draft {
		return
	}
	m.raw(`<span class="dr">`)
	m.icon("pencil")
	m.text(e.T("Draft"))
	m.raw(`</span>`)
}

// drawUndo lets a chat stay open that is about to be closed.
func drawUndo(m *markup, e Env, r *desk.Row, name string) {
	m.raw(`<form data-action="keep-open" method="post" action="`)
	m.path(e, "chats", r.ChatID, "keep-open")
	m.raw(`"><button class="take"`)
	m.attr("aria-label", e.T("Undo closing the chat with %s", name))
	m.raw(`>`)
	m.text(e.T("Undo"))
	m.raw(`</button></form>`)
}

// limits adds the limits of waiting of a group, where they are not the common ones.
func (m *markup) limits(e Env, group int) {
	l := e.Limits.Of(group)
	if l.Common() {
		return
	}
	m.raw(` data-warn="`)
	m.int(int64(l.Warn.Seconds()))
	m.raw(`" data-late="`)
	m.int(int64(l.Late.Seconds()))
	m.raw(`"`)
}

// drawTick lets a chat be chosen, to do something with several. The form is the
// one below the lists.
func drawTick(m *markup, e Env, r *desk.Row, name string) {
	m.raw(`<input class="chooser" data-key="choose" type="checkbox" name="chat" form="bulk"`)
	m.attr("value", r.ChatID)
	m.attr("aria-label", e.T("Choose the chat with %s", name))
	m.raw(`>`)
}

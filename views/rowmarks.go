package views

import "agentdesk/desk"

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
	m.attr("aria-label", e.T("Do not close the chat with %s", name))
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
	m.raw(`<input class="chooser" type="checkbox" name="chat" form="bulk"`)
	m.attr("value", r.ChatID)
	m.attr("aria-label", e.T("Choose the chat with %s", name))
	m.raw(`>`)
}

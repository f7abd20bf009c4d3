package views

import (
	"github.com/a-h/templ"

	"agentdesk/desk"
)

// event is one entry of a conversation, of whatever kind.
func event(v eventView) templ.Component {
	return byHand(func(m *markup) { drawEvent(m, &v) })
}

func drawEvent(m *markup, v *eventView) {
	said := v.bubble() || v.Ev.Deleted
	m.raw(`<div id="`, v.ID, `" class="`)
	if said {
		m.raw(v.class())
	} else {
		m.raw(lineClass(v.Ev))
	}
	m.raw(`"`)
	m.attr("data-event-id", v.Ev.ID)
	m.attr("data-event-type", v.Ev.Kind)
	m.raw(` data-into="log-`, DOMID(v.ChatID), `" data-sort="`)
	m.micros(v.Ev.At)
	m.raw(`-`)
	m.text(v.Ev.ID)
	m.raw(`" data-at="`)
	m.int(v.Ev.At.UnixMilli())
	m.raw(`"`)
	if v.Ev.CustomID != "" {
		m.attr("data-custom-id", v.Ev.CustomID)
	}
	if !said {
		if v.Found {
			m.raw(` data-found`)
		}
		m.raw(`>`)
		m.component(eventLine(*v))
		drawEventMenu(m, v)
		m.raw(`</div>`)
		return
	}
	m.attr("data-by", v.Ev.AuthorID)
	if v.Me {
		m.raw(` data-state="sent"`)
	}
	if v.Cont {
		m.raw(` data-cont`)
	}
	if v.Found {
		m.raw(` data-found`)
	}
	m.raw(`>`)
	drawWho(m, v)
	m.face(v.Name, v.Ev.AuthorID, "", v.Picture)
	if v.Ev.Kind == desk.KindMessage && !v.Ev.Deleted && v.Ev.Postback == nil {
		m.bubble(v.Env, v.Ev.Text, language(&v.Ev))
	} else {
		m.component(eventBody(*v))
	}
	if v.Me && !v.Ev.AgentsOnly {
		m.raw(`<div class="tick sent">`)
		m.icon("check")
		m.text(v.T("Sent"))
		m.raw(`</div>`)
	}
	drawEventMenu(m, v)
	m.raw(`</div>`)
}

// drawWho adds the line above a message: who, whether only agents see it, when.
func drawWho(m *markup, v *eventView) {
	m.raw(`<div class="who">`)
	if v.Ev.AgentsOnly {
		m.icon("lock")
		m.raw(`<span>`)
		if v.Me {
			m.text(v.T("Note from you, only agents see it"))
		} else {
			m.around(v.Env, "Note from %s, only agents see it", func() { m.bdi(firstName(v.Name)) })
		}
		m.raw(`</span>`)
	} else {
		m.bdi(v.who())
	}
	m.raw(` · `)
	m.when(v.Env, "clock", v.Ev.At)
	m.raw(`</div>`)
}

// drawEventMenu adds the way to what can be done with an event. Its address is
// that of the page it stands on, so that it is short: a page has many.
func drawEventMenu(m *markup, v *eventView) {
	if v.Ev.ID == "" {
		return
	}
	m.raw(`<a class="of" href="?event=`)
	m.text(queryEscape(v.Ev.ID))
	m.raw(`">`)
	m.text(v.T("More"))
	m.raw(`</a>`)
}

package views

import (
	"io"
	"strings"

	"agentdesk/desk"
)

// alertMax is how much of what was said a notification shows, in runes.
const alertMax = 200

// AlertPatch draws what the agent is called for. It stands nowhere on the page:
// static/js/alerts.js takes it from the stream.
func AlertPatch(w io.Writer, a desk.Alert) error {
	return drawn(w, func(m *markup) {
		m.raw(`<i id="alert"`)
		m.attr("data-alert", string(a.Kind))
		m.attr("data-chat", a.ChatID)
		m.attr("data-title", label(a.Title))
		m.attr("data-text", AlertText(a))
		m.raw(` data-at="`)
		m.int(a.At.UnixMilli())
		m.raw(`" data-more="`)
		m.int(int64(a.More))
		m.raw(`"></i>`)
	})
}

// AlertText is what was said, fit for one line of a notification.
func AlertText(a desk.Alert) string { return clip(label(a.Text), alertMax) }

// clip cuts a text after some runes.
func clip(s string, most int) string {
	n := 0
	for i := range s {
		if n == most {
			return strings.TrimSpace(s[:i]) + "…"
		}
		n++
	}
	return s
}

// AlertTitle is what an alert says in one sentence, with the customer's name or
// without.
func AlertTitle(e Env, a desk.Alert, named bool) string {
	who := label(a.Title)
	if !named || who == "" {
		who = e.T("A customer")
		if a.Kind == desk.AlertMine {
			who = e.T("a customer")
		}
	}
	switch a.Kind {
	case desk.AlertQueue:
		return e.T("%s waits in the queue", who)
	case desk.AlertMine:
		return e.T("New chat with %s", who)
	case desk.AlertTransfer:
		return e.T("%s was passed on to you", who)
	case desk.AlertTaken:
		return e.T("%s was taken from you", who)
	}
	return e.T("%s wrote", who)
}

package main

import (
	"encoding/json"

	"agentdesk/desk"
	"agentdesk/internal/push"
	"agentdesk/views"
)

// caller calls agents in browsers where no tab is open.
type caller struct {
	push *push.Sender
	draw *renderer
	tabs func(agentID string) int
}

// pushed is the message that static/js/sw.js shows.
type pushed struct {
	Title string   `json:"title"`
	Body  string   `json:"body,omitempty"`
	Chat  string   `json:"chat,omitempty"`
	Quiet []string `json:"quiet,omitempty"`
}

// call sends what an agent is called for, where no tab shows it.
func (c *caller) call(me desk.Me, list []desk.Alert) {
	if c == nil || len(list) == 0 || me.Preferences.Alerts.NoDesktop || c.tabs(me.ID) > 0 {
		return
	}
	e, a := c.draw.env(me), list[len(list)-1]
	var quiet []string
	if p := me.Preferences.Alerts; p.QuietFrom != "" {
		quiet = []string{p.QuietFrom, p.QuietTo}
	}
	c.push.Send(me.ID, func(words bool) []byte {
		m := pushed{Title: views.AlertTitle(e, a, words), Chat: a.ChatID, Quiet: quiet}
		if words {
			m.Body = views.AlertText(a)
		}
		b, _ := json.Marshal(m) // texts and lists of texts always can be
		return b
	})
}

package main

import (
	"encoding/json"
	"slices"
	"sync"
	"time"

	"agentdesk/desk"
	"agentdesk/internal/push"
	"agentdesk/views"
)

// caller calls agents in browsers where no tab is open.
type caller struct {
	push *push.Sender
	draw *renderer
	tabs func(agentID string) int

	mu     sync.Mutex
	called map[[2]string]time.Time // agent and chat
}

// callWait is how long an agent who was called for a chat is not called for it
// again: what is said there meanwhile is seen with it.
const callWait = 10 * time.Second

// again reports whether an agent was called for a chat just now, and notes it.
func (c *caller) again(agentID, chatID string, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for k, at := range c.called {
		if now.Sub(at) > callWait {
			delete(c.called, k)
		}
	}
	k := [2]string{agentID, chatID}
	if _, ok := c.called[k]; ok {
		return true
	}
	c.called[k] = now
	return false
}

// pushed is the message that static/js/sw.js shows.
type pushed struct {
	Title string   `json:"title"`
	Body  string   `json:"body,omitempty"`
	Chat  string   `json:"chat,omitempty"`
	Quiet []string `json:"quiet,omitempty"`
}

// call sends what an agent is called for, where no tab shows it: of each kind the
// newest, so that much at once rings no more often.
func (c *caller) call(me desk.Me, list []desk.Alert) {
	if c == nil || len(list) == 0 || me.Preferences.Alerts.NoDesktop || c.tabs(me.ID) > 0 {
		return
	}
	for i, a := range list {
		newer := slices.ContainsFunc(list[i+1:], func(o desk.Alert) bool { return o.Kind == a.Kind })
		if !newer && !c.again(me.ID, a.ChatID, time.Now()) {
			c.send(me, a)
		}
	}
}

func (c *caller) send(me desk.Me, a desk.Alert) {
	e := c.draw.env(me)
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

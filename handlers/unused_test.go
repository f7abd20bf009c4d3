package handlers

import (
	"net/http"
	"testing"
	"time"
)

// TestWhatPagesDoByThemselvesIsNoUse: an open chat tells again and again that it is
// shown, and more that nobody has to be there for. Nobody stays signed in by it.
func TestWhatPagesDoByThemselvesIsNoUse(t *testing.T) {
	for name, c := range map[string]struct {
		ask  func(h *house) reply
		then int
	}{
		"a chat is shown":         {func(h *house) reply { return h.post("/chats/CHAT1/viewing", "on=true", "X-Desk", "1") }, http.StatusSeeOther},
		"a chat has been read":    {func(h *house) reply { return h.post("/chats/CHAT1/seen", "up_to=1", "X-Desk", "1") }, http.StatusSeeOther},
		"a page drawn again":      {func(h *house) reply { return h.get("/chats?unread=1", quietHeader, "1") }, http.StatusSeeOther},
		"a person goes on":        {func(h *house) reply { return h.get("/chats?unread=1") }, http.StatusOK},
		"a person does something": {func(h *house) reply { return h.post("/here", "", "X-Desk", "1") }, http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, "").signIn()
			for range 2 {
				h.later.Add(int64(5 * time.Hour))
				c.ask(h)
			}
			h.get("/chats").want(t, c.then)
		})
	}
}

package upstream

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"agentdesk/desk"
)

func TestRefusedSendWaitsForTheAgent(t *testing.T) {
	g, s := chatA(t)
	g.hook("send_event", func(c *conn, r request0) { c.fail(r, "chat_inactive") })
	if _, err := s.Do(context.Background(), msg("m1")); err != nil {
		t.Fatal(err)
	}
	g.sink.until(t, "failed", func() bool { return pending(t, s, "m1").State == desk.Failed })
	if o := pending(t, s, "m1"); !strings.Contains(o.Reason, "closed") || o.Text != "text of m1" {
		t.Errorf("%+v", o)
	}
	g.sink.until(t, "kept as failed", func() bool {
		g.box.mu.Lock()
		defer g.box.mu.Unlock()
		return g.box.rows["m1"].State == desk.Failed
	})
	if _, err := s.Do(context.Background(), desk.Discard{ChatID: "A", CustomID: "nothing"}); codeOf(err) != desk.NotFound {
		t.Errorf("discarding nothing gives %v", err)
	}
	g.hook("send_event", nil)
	if _, err := s.Do(context.Background(), desk.Retry{ChatID: "A", CustomID: "m1"}); err != nil {
		t.Fatal(err)
	}
	g.settled(t, s, "m1")

	g.hook("send_event", func(c *conn, r request0) { c.fail(r, "too_many_requests") })
	_, _ = s.Do(context.Background(), msg("m2"))
	g.sink.until(t, "failed", func() bool { return pending(t, s, "m2").State == desk.Failed })
	if g.count("send_event") != 3 {
		t.Error("a refused send was repeated blindly")
	}
	if _, err := s.Do(context.Background(), desk.Discard{ChatID: "A", CustomID: "m2"}); err != nil {
		t.Fatal(err)
	}
	if o := pending(t, s, "m2"); o.CustomID != "" || g.box.len() != 0 {
		t.Errorf("still there: %+v", o)
	}
}

// TestRowComesBeforeTheSocket: where the outbox cannot commit, nothing is sent.
func TestRowComesBeforeTheSocket(t *testing.T) {
	g, s := chatA(t)
	g.box.onPut = func() {
		if g.count("send_event") != 0 {
			t.Error("written before the row was committed")
		}
	}
	g.box.fail = errors.New("disk full")
	if _, err := s.Do(context.Background(), msg("m1")); codeOf(err) != desk.Unavailable {
		t.Fatalf("got %v", err)
	}
	if o := pending(t, s, "m1"); o.CustomID != "" || g.count("send_event") != 0 {
		t.Errorf("pending %+v", o)
	}
	g.box.mu.Lock()
	g.box.fail = nil
	g.box.mu.Unlock()
	if _, err := s.Do(context.Background(), msg("m1")); err != nil {
		t.Fatal(err)
	}
	g.settled(t, s, "m1")
}

// TestAfterARestart starts with rows that the last run left behind.
func TestAfterARestart(t *testing.T) {
	now := time.Now()
	for name, c := range map[string]struct {
		row       desk.Outgoing
		delivered bool
		accepted  int
		left      desk.SendState
	}{
		"delivered":      {desk.Outgoing{At: now, State: desk.Sending}, true, 1, ""},
		"not delivered":  {desk.Outgoing{At: now, State: desk.Sending}, false, 1, ""},
		"old, delivered": {desk.Outgoing{At: now.Add(-time.Hour), State: desk.Sending}, true, 1, ""},
		"old, not":       {desk.Outgoing{At: now.Add(-time.Hour), State: desk.Sending}, false, 0, desk.Failed},
		"failed":         {desk.Outgoing{At: now, State: desk.Failed, Reason: "so it was"}, false, 0, desk.Failed},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBox()
			c.row.CustomID, c.row.ChatID, c.row.Text = "m1", "A", "text of m1"
			b.rows["m1"] = c.row
			g := newRig(t, newServer(t), func(o *Options) { o.Outbox = b })
			g.do(func(w *world) {
				a := w.open("A", me0)
				if c.delivered {
					w.say(a, me0, "text of m1", "m1")
				}
			})
			s := g.reg.Open(context.Background(), me0, token0)
			g.sink.online(t)
			if c.left == "" {
				g.settled(t, s, "m1")
				return
			}
			g.sink.until(t, "failed", func() bool { return pending(t, s, "m1").State == c.left })
			if n := g.accepted("m1"); n != c.accepted {
				t.Errorf("accepted %d times", n)
			}
			if _, err := s.Do(context.Background(), desk.Retry{ChatID: "A", CustomID: "m1"}); err != nil {
				t.Fatal(err)
			}
			g.settled(t, s, "m1")
		})
	}
}

package upstream

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"agentdesk/desk"
)

// TestLateAnswerToASend: the answer comes 0.1 s after we stopped waiting.
func TestLateAnswerToASend(t *testing.T) {
	for name, taken := range map[string]bool{"taken": true, "not taken until late": false} {
		t.Run(name, func(t *testing.T) {
			timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
				first := true
				g.hook("send_event", func(c *conn, r request0) {
					if !first {
						// A server that knows custom ids answers with the event it has.
						g.do(func(w *world) { c.reply(r, fmt.Sprintf(`{"event_id":%q}`, w.chats["A"].events[1].id)) })
						return
					}
					first = false
					say := func() (id, p string) {
						g.do(func(w *world) { id, p = w.say(w.chats["A"], me0, r.get("event.text"), r.get("event.custom_id")) })
						return id, p
					}
					var id, p string
					if taken {
						id, p = say()
					}
					time.AfterFunc(15*time.Second+100*time.Millisecond, func() {
						if !taken {
							id, p = say()
						}
						c.reply(r, fmt.Sprintf(`{"event_id":%q}`, id))
						g.do(func(*world) { g.push("incoming_event", p) })
					})
				})
				g.hook("get_chat", func(c *conn, r request0) {
					time.AfterFunc(200*time.Millisecond, func() { g.serve(c, r) }) // the lookup is slow
				})
				if _, err := s.Do(context.Background(), msg("m1")); err != nil {
					t.Fatal(err)
				}
				pass(14 * time.Second)
				if o := pending(t, s, "m1"); o.State != desk.Sending {
					t.Errorf("after 14 s it is %+v", o)
				}
				for range 100 {
					pass(100 * time.Millisecond)
					if o := pending(t, s, "m1"); o.State == desk.Failed {
						t.Fatalf("it failed: %+v", o)
					}
				}
				g.settled(t, s, "m1")
			})
		})
	}
}

// TestSendThatIsNeverAnswered: the server takes nothing and says nothing, and
// does not answer the lookup either.
func TestSendThatIsNeverAnswered(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		silent := func(*conn, request0) {}
		g.hook("send_event", silent)
		g.hook("get_chat", silent)
		_, _ = s.Do(context.Background(), msg("m1"))
		pass(31 * time.Second) // its own 15 s, and those of the lookup
		if g.sink.last().State == desk.Online && g.count("login") == 1 {
			t.Error("a connection that answers nothing was kept")
		}
		g.hook("get_chat", nil)
		g.hook("send_event", nil)
		pass(40 * time.Second)
		g.settled(t, s, "m1")
	})
}

// TestOldDoubtIsForTheAgent: what could not be cleared up for two minutes is
// not sent any more without being asked.
func TestOldDoubtIsForTheAgent(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, p *pipes) {
		g.hook("send_event", func(c *conn, _ request0) { p.black.Store(true) })
		_, _ = s.Do(context.Background(), msg("m1"))
		pass(3 * time.Minute)
		if o := pending(t, s, "m1"); o.State != desk.Sending {
			t.Errorf("while nothing is known it is %+v", o)
		}
		g.hook("send_event", nil)
		p.black.Store(false)
		pass(time.Minute)
		if o := pending(t, s, "m1"); o.State != desk.Failed || o.Reason == "" || g.accepted("m1") != 0 {
			t.Errorf("it is %+v, accepted %d times", o, g.accepted("m1"))
		}
		if _, err := s.Do(context.Background(), desk.Retry{ChatID: "A", CustomID: "m1"}); err != nil {
			t.Fatal(err)
		}
		pass(time.Second)
		g.settled(t, s, "m1")
	})
}

// TestEventThatNeverComes: accepted, but its push is lost.
func TestEventThatNeverComes(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		g.hook("send_event", func(c *conn, r request0) {
			g.do(func(w *world) {
				id, _ := w.say(w.chats["A"], me0, r.get("event.text"), r.get("event.custom_id"))
				c.reply(r, fmt.Sprintf(`{"event_id":%q}`, id))
			})
		})
		_, _ = s.Do(context.Background(), msg("m1"))
		pass(time.Second)
		if o := pending(t, s, "m1"); o.State != desk.Sending || g.box.len() != 0 {
			t.Errorf("it vanished before its event came: %+v", o)
		}
		pass(5 * time.Second)
		g.settled(t, s, "m1")
	})
}

// A message to a chat that this agent may not see is refused at once, and
// nothing is kept of it.
func TestSendToAnUnknownChatIsRefused(t *testing.T) {
	g, s := chatA(t)
	_, err := s.Do(context.Background(), desk.Send{ChatID: "NOWHERE", CustomID: "x", Text: "hello"})
	if codeOf(err) != desk.NotFound {
		t.Errorf("got %v", err)
	}
	if n := g.box.len(); n != 0 {
		t.Errorf("%d rows in the outbox", n)
	}
	if n := g.server.count("send_event"); n != 0 {
		t.Errorf("%d messages on the socket", n)
	}
}

// Closed chats that the agent took part in are listed again after signing in.
func TestClosedChatsComeBack(t *testing.T) {
	g := newRig(t, newServer(t))
	g.do(func(w *world) {
		w.open("MINE", me0).active = false
		w.open("OTHER", "ben@example.com").active = false
	})
	s := g.signIn(t)
	in, err := s.Inbox(context.Background(), desk.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, sec := range in.Sections {
		var ids []string
		for _, r := range sec.Rows {
			ids = append(ids, r.ChatID)
		}
		want := ""
		if sec.List == desk.Recent {
			want = "MINE"
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s: %q, want %q", sec.List, got, want)
		}
	}
}

package upstream

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"agentdesk/desk"
)

// TestChangeWhileTheChatIsRead: a push that only says that something changed
// comes while the chat is read already; the answer may not know of it.
func TestChangeWhileTheChatIsRead(t *testing.T) {
	g, s := chatA(t)
	first := make(chan struct{})
	var reads atomic.Int32
	g.hook("get_chat", func(c *conn, r request0) {
		if reads.Add(1) > 1 {
			g.serve(c, r)
			return
		}
		var old string
		g.do(func(w *world) {
			old = w.chats["A"].json()
			w.chats["A"].events[0].text = "pressed"
			g.push("incoming_rich_message_postback", `{"chat_id":"A","thread_id":"A-1","event_id":"A-1_1","user_id":"x","postback":{"id":"p","toggled":true}}`)
			c.reply(r, old)
		})
		close(first)
	})
	g.do(func(*world) { g.push("thread_deleted", `{"chat_id":"A","thread_id":"other"}`) })
	<-first
	g.sink.until(t, "what was pressed", func() bool {
		v, err := s.Chat(context.Background(), "A", "", 0)
		return err == nil && v.Chat.Thread.Events[0].Text == "pressed"
	})
}

// TestAnswerOfAnotherChat: an answer that is not the chat asked for is none.
func TestAnswerOfAnotherChat(t *testing.T) {
	for v, answers := range map[tongue][]string{30: {`{}`, `{"chat":{"id":"B","users":[],"threads":[]}}`, `{"chat":null}`}, 36: {`{}`, `{"id":"B","users":[]}`}} {
		for _, answer := range answers {
			g := newRig(t, newServerAt(t, v), func(o *Options) { o.Version = v.String() })
			s := withA(t, g)
			g.hook(v.method("get_chat"), func(c *conn, r request0) { c.reply(r, answer) })
			if _, err := s.Chat(context.Background(), "C", "", 0); codeOf(err) != desk.Internal {
				t.Errorf("%v: %s gives %v", v, answer, err)
			}
			if in, _ := s.Inbox(context.Background(), desk.Filter{}); in.Section(desk.Mine).Total != 1 || in.Section(desk.Others).Total != 0 {
				t.Errorf("%v: %s leaves %+v", v, answer, in.Sections)
			}
		}
	}
}

// TestReadingThatFailsIsMadeUpFor: a push spoke of a chat that the chat server
// could not show at that moment. It is read later; nobody has to speak of it again.
func TestReadingThatFailsIsMadeUpFor(t *testing.T) {
	for _, problem := range []string{"internal", "too_many_requests", "silence"} {
		timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
			var well atomic.Bool
			g.hook("get_chat", func(c *conn, r request0) {
				switch {
				case well.Load():
					g.serve(c, r)
				case problem != "silence":
					c.fail(r, problem)
				}
			})
			g.do(func(w *world) {
				_, p := w.say(w.open("B", me0), "cust-B", "hello", "")
				g.push("incoming_event", p)
			})
			pass(time.Minute)
			well.Store(true)
			pass(2 * spoilFor)
			reads := g.count("get_chat")
			if in, err := s.Inbox(context.Background(), desk.Filter{}); err != nil || in.Section(desk.Mine).Total != 2 {
				t.Errorf("%s: %d chats are mine, %v", problem, in.Section(desk.Mine).Total, err)
			}
			pass(time.Hour)
			if n := g.count("get_chat"); n != reads || reads > 20 {
				t.Errorf("%s: read %d times, then %d", problem, reads, n)
			}
		})
	}
}

// TestReadingThatIsGivenUp: whoever asked for a chat has gone before it came, and a
// push wanted it read again.
func TestReadingThatIsGivenUp(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		g.do(func(w *world) { w.open("C", "ben@example.com") })
		reads := 0
		g.hook("get_chat", func(c *conn, r request0) {
			if reads++; reads > 1 {
				g.serve(c, r)
			}
		})
		ctx, cancel := context.WithCancel(context.Background())
		over := make(chan error)
		go func() { _, err := s.Chat(ctx, "C", "", 0); over <- err }()
		pass(0)
		g.do(func(*world) { g.push("thread_deleted", `{"chat_id":"C","thread_id":"other"}`) })
		pass(0)
		cancel()
		if err := <-over; err == nil {
			t.Error("it came after all")
		}
		pass(2 * spoilFor)
		if reads != 2 {
			t.Errorf("read %d times", reads)
		}
	})
}

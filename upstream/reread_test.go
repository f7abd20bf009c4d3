package upstream

import (
	"context"
	"sync/atomic"
	"testing"

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

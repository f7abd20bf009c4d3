package upstream

import (
	"context"
	"testing"
	"time"

	"agentdesk/desk"
)

func TestCloseSoonCanBeTakenBack(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		ctx := context.Background()
		do := func(c desk.Command, want desk.Code) {
			t.Helper()
			if _, err := s.Do(ctx, c); codeOf(err) != want {
				t.Errorf("%T: %v", c, err)
			}
		}
		row := func() desk.Row {
			v, err := s.Chat(ctx, "A", "", 1)
			if err != nil {
				t.Fatal(err)
			}
			return v.Row
		}
		do(desk.CloseSoon{ChatID: "Z"}, desk.NotFound)
		do(desk.CloseSoon{ChatID: "A"}, "")
		pass(desk.UndoFor - time.Second)
		if !row().Closing || g.count("deactivate_chat") != 0 {
			t.Fatalf("before its time: %+v, asked %d times", row().Closing, g.count("deactivate_chat"))
		}
		do(desk.KeepOpen{ChatID: "A"}, "")
		pass(time.Minute)
		if row().Closing || g.count("deactivate_chat") != 0 {
			t.Fatalf("taken back: %+v, asked %d times", row().Closing, g.count("deactivate_chat"))
		}
		// The browser goes away meanwhile.
		do(desk.CloseSoon{ChatID: "A", IgnorePresence: true}, "")
		do(desk.CloseSoon{ChatID: "A"}, "") // pressed twice
		s.Detach()
		pass(desk.UndoFor + time.Second)
		if got := g.lastOf("deactivate_chat"); g.count("deactivate_chat") != 1 || !sameJSON(got, `{"id":"A","ignore_requester_presence":true}`) {
			t.Errorf("closed %d times by %s", g.count("deactivate_chat"), got)
		}
	})
}

func TestCloseSoonThatFailsSaysSo(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		g.hook("deactivate_chat", func(c *conn, r request0) { c.fail(r, "missing_access") })
		if _, err := s.Do(context.Background(), desk.CloseSoon{ChatID: "A"}); err != nil {
			t.Fatal(err)
		}
		pass(desk.UndoFor + time.Second)
		v, err := s.Chat(context.Background(), "A", "", 1)
		if err != nil || v.Row.Closing || v.Row.NotClosed == "" {
			t.Errorf("closing %v, not closed %q, %v", v.Row.Closing, v.Row.NotClosed, err)
		}
	})
}

// TestSignOutClosesWhatIsToBeClosed: nothing takes it back after that.
func TestSignOutClosesWhatIsToBeClosed(t *testing.T) {
	g, s := chatA(t)
	if _, err := s.Do(context.Background(), desk.CloseSoon{ChatID: "A"}); err != nil {
		t.Fatal(err)
	}
	g.reg.SignOut(context.Background(), s.ID())
	if n := g.count("deactivate_chat"); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

// TestKeepOpenTooLate: once the chat server was asked to close a chat nobody is
// told that it stays open.
func TestKeepOpenTooLate(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		ctx, answer := context.Background(), make(chan struct{})
		g.hook("deactivate_chat", func(c *conn, r request0) {
			go func() { <-answer; c.fail(r, "missing_access") }()
		})
		do := func(c desk.Command, want desk.Code) {
			t.Helper()
			if _, err := s.Do(ctx, c); codeOf(err) != want {
				t.Errorf("%T: %v", c, err)
			}
		}
		do(desk.CloseSoon{ChatID: "A"}, "")
		pass(desk.UndoFor + time.Second)
		do(desk.KeepOpen{ChatID: "A"}, desk.Conflict)
		do(desk.CloseSoon{ChatID: "A"}, "") // it is being closed
		close(answer)
		pass(desk.UndoFor + time.Second)
		if v, err := s.Chat(ctx, "A", "", 1); err != nil || v.Row.NotClosed == "" || g.count("deactivate_chat") != 1 {
			t.Errorf("not closed %q, asked %d times, %v", v.Row.NotClosed, g.count("deactivate_chat"), err)
		}
		do(desk.KeepOpen{ChatID: "A"}, "") // it failed and is over
	})
}

// TestCloseSoonIsAboutOneThread: what a customer begins meanwhile stays open.
func TestCloseSoonIsAboutOneThread(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		ctx := context.Background()
		if _, err := s.Do(ctx, desk.CloseSoon{ChatID: "A"}); err != nil {
			t.Fatal(err)
		}
		g.do(func(w *world) {
			a := w.chats["A"]
			a.old = append(a.old, wthread{a.thread, a.created, a.events})
			a.thread, a.created, a.events = "A-2", w.tick(), nil
			g.push("incoming_chat", `{"chat":`+a.json()+`}`)
		})
		pass(desk.UndoFor + time.Second)
		v, err := s.Chat(ctx, "A", "", 1)
		if err != nil || v.Chat.Thread.ID != "A-2" || v.Row.Closing || g.count("deactivate_chat") != 0 {
			t.Errorf("thread %s, closing %v, asked %d times, %v", v.Chat.Thread.ID, v.Row.Closing, g.count("deactivate_chat"), err)
		}
	})
}

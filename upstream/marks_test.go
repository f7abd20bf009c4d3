package upstream

import (
	"context"
	"testing"

	"agentdesk/desk"
)

// TestMarksOutliveTheSession: a chat that was marked as unread still is after the
// line was cut and in the next session, and no longer once it was read.
func TestMarksOutliveTheSession(t *testing.T) {
	box := &shelf{marks: map[string]desk.UnreadMark{}}
	g := newRig(t, newServer(t), func(o *Options) { o.Shelf = box })
	s, ctx := withA(t, g), context.Background()
	do := func(c desk.Command) {
		t.Helper()
		if _, err := s.Do(ctx, c); err != nil {
			t.Fatal(err)
		}
	}
	unread := func(want int) {
		t.Helper()
		g.sink.until(t, "the number of unread", func() bool {
			in, err := s.Inbox(ctx, desk.Filter{})
			return err == nil && in.Section(desk.Mine).Unread == want
		})
	}
	v, err := s.Chat(ctx, "A", "", 1)
	if err != nil {
		t.Fatal(err)
	}
	read := desk.MarkSeen{ChatID: "A", UpTo: v.Chat.LastEvent.At}
	do(read)
	unread(0)
	do(desk.MarkUnread{ChatID: "A"})
	unread(1)
	if m := box.marks["A"]; m.ThreadID != v.Chat.Thread.ID || m.EventID != v.Chat.LastEvent.ID || m.At.IsZero() {
		t.Errorf("written down is %+v", m)
	}
	g.cut()
	g.sink.until(t, "a second login", func() bool { return g.count("login") == 2 && g.sink.last().State == desk.Online })
	unread(1)
	g.reg.SignOut(ctx, s.ID())
	s = g.signIn(t)
	unread(1)
	do(read)
	unread(0)
	g.sink.until(t, "the mark is forgotten", func() bool { return !box.marked("A") })

	do(desk.MarkUnread{ChatID: "A"})
	do(msg("m1"))
	g.sink.until(t, "an answer ends it", func() bool { return !box.marked("A") })
}

// TestMarksWithoutAStore: where a mark cannot be written down the agent is told.
func TestMarksWithoutAStore(t *testing.T) {
	box := &shelf{marks: map[string]desk.UnreadMark{}, fail: context.DeadlineExceeded}
	g := newRig(t, newServer(t), func(o *Options) { o.Shelf = box })
	if _, err := withA(t, g).Do(context.Background(), desk.MarkUnread{ChatID: "A"}); codeOf(err) != desk.Internal {
		t.Errorf("got %v", err)
	}
}

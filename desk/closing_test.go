package desk

import "testing"

func TestClosingShows(t *testing.T) {
	b := newBoard(chatOf("A", anna))
	row := func() (bool, string) {
		r, _ := b.Row("A")
		return r.Closing, r.NotClosed
	}
	for _, c := range []struct {
		name    string
		change  func() []Change
		changes int
		soon    bool
		failed  string
	}{
		{"nothing to take back", func() []Change { return b.ClosingDone("A", "") }, 0, false, ""},
		{"soon", func() []Change { return b.SetClosing("A") }, 1, true, ""},
		{"twice", func() []Change { return b.SetClosing("A") }, 0, true, ""},
		{"read anew", func() []Change { return b.Reset(Snapshot{Me: b.Me(), Chats: []Chat{chatOf("A", anna)}}) }, 1, true, ""},
		{"failed", func() []Change { return b.ClosingDone("A", "No.") }, 1, false, "No."},
		{"again", func() []Change { return b.SetClosing("A") }, 1, true, ""},
		{"kept open", func() []Change { return b.ClosingDone("A", "") }, 1, false, ""},
		{"failed, then closed", func() []Change {
			b.SetClosing("A")
			b.ClosingDone("A", "No.")
			return b.Apply(ChatDeactivated{ChatID: "A"})
		}, 1, false, ""},
		{"begun anew", func() []Change {
			next := chatOf("A", anna)
			next.Thread.ID = "AT2"
			return b.Apply(IncomingChat{Chat: next})
		}, 1, false, ""},
		{"another chat", func() []Change { return b.SetClosing("Z") }, 0, false, ""},
	} {
		n := len(c.change())
		if soon, failed := row(); n != c.changes || soon != c.soon || failed != c.failed {
			t.Errorf("%s: %d changes, closing %v, not closed %q", c.name, n, soon, failed)
		}
	}
}

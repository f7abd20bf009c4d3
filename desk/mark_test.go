package desk

import (
	"testing"
	"time"
)

func TestMarkUnread(t *testing.T) {
	b := newBoard(chatOf("A", anna), chatOf("B", "ben@x"))
	marked := func(id string) func() []Change {
		return func() []Change { _, changes, _ := b.MarkUnread(id); return changes }
	}
	for _, c := range []struct {
		name   string
		change func() []Change
		some   bool
		unread int
		counts int
	}{
		{"nothing to take away", func() []Change { return b.MarkRead("A") }, false, 0, 0},
		{"marked", marked("A"), true, 1, 1},
		{"twice", marked("A"), false, 1, 1},
		{"read anew from the server", func() []Change {
			return b.Reset(Snapshot{Me: b.Me(), Chats: []Chat{chatOf("A", anna), chatOf("B", "ben@x")}})
		}, true, 1, 1},
		{"read", func() []Change { return b.MarkRead("A") }, true, 0, 0},
		{"marked again", marked("A"), true, 1, 1},
		{"a message on top", func() []Change { return b.Apply(say("E3", customer, 3)) }, true, 1, 1},
		{"and another", func() []Change { return b.Apply(say("E5", customer, 5)) }, true, 2, 1},
		{"answered", func() []Change { return b.Apply(say("E6", anna, 6)) }, true, 0, 0},
		{"a colleague's", marked("B"), false, 0, 0},
		{"none", marked("Z"), false, 0, 0},
	} {
		n := len(c.change())
		row, _ := b.Row("A")
		in := b.Inbox(Filter{})
		list := in.Section(Mine)
		if n > 0 != c.some || row.Unread != c.unread || list.Unread != c.counts {
			t.Errorf("%s: %d changes, %d unread in the row, %d in the list", c.name, n, row.Unread, list.Unread)
		}
	}
}

// A mark that was kept is put on the board before its chats come, and is good for
// the thread and the moment it was made for.
func TestKeptMark(t *testing.T) {
	kept := UnreadMark{ChatID: "A", ThreadID: "T", EventID: "E1"}
	for name, c := range map[string]struct {
		mark   UnreadMark
		chat   func(*Chat)
		unread int
		ended  int
	}{
		"as it was":                     {kept, func(*Chat) {}, 1, 0},
		"closed meanwhile":              {kept, func(c *Chat) { c.Thread.Active = false }, 0, 1},
		"closed and begun again":        {kept, func(c *Chat) { c.Thread.ID = "T2" }, 0, 1},
		"answered from elsewhere":       {kept, func(c *Chat) { c.LastEvent = say("E2", anna, 2).Event }, 0, 1},
		"its own answer was the newest": {UnreadMark{ChatID: "A", ThreadID: "T", EventID: "E2"}, func(c *Chat) { c.LastEvent = say("E2", anna, 2).Event }, 1, 0},
		"passed on to a colleague":      {kept, func(c *Chat) { c.Users[1].Present = false }, 0, 0},
	} {
		chat := chatOf("A", anna)
		chat.Thread.ID = "T"
		c.chat(&chat)
		b := NewBoard(Me{ID: anna}, func() time.Time { return start })
		b.SetMarks([]UnreadMark{c.mark})
		b.Reset(Snapshot{Me: Me{ID: anna}, Chats: []Chat{chat}})
		row, _ := b.Row("A")
		if ended := b.TakeUnmarked(); row.Unread != c.unread || len(ended) != c.ended || len(b.TakeUnmarked()) != 0 {
			t.Errorf("%s: %d unread, ended %q", name, row.Unread, ended)
		}
	}
}

package desk

import "testing"

func TestMarkUnread(t *testing.T) {
	b := newBoard(chatOf("A", anna), chatOf("B", "ben@x"))
	for _, c := range []struct {
		name   string
		change func() []Change
		some   bool
		unread int
		counts int
	}{
		{"nothing to take away", func() []Change { return b.MarkRead("A") }, false, 0, 0},
		{"marked", func() []Change { return b.MarkUnread("A") }, true, 1, 1},
		{"twice", func() []Change { return b.MarkUnread("A") }, false, 1, 1},
		{"read anew from the server", func() []Change {
			return b.Reset(Snapshot{Me: b.Me(), Chats: []Chat{chatOf("A", anna), chatOf("B", "ben@x")}})
		}, true, 1, 1},
		{"read", func() []Change { return b.MarkRead("A") }, true, 0, 0},
		{"marked again", func() []Change { return b.MarkUnread("A") }, true, 1, 1},
		{"a message on top", func() []Change { return b.Apply(say("E3", customer, 3)) }, true, 2, 1},
		{"answered", func() []Change { return b.Apply(say("E4", anna, 4)) }, true, 0, 0},
		{"a colleague's", func() []Change { return b.MarkUnread("B") }, false, 0, 0},
		{"none", func() []Change { return b.MarkUnread("Z") }, false, 0, 0},
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

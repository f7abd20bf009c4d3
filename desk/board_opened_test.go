package desk

import (
	"fmt"
	"testing"
)

// TestOpenedStaysLoaded: what a page shows gets every event, however many other
// chats pushes make the desk read, and as long as it is opened now and then.
func TestOpenedStaysLoaded(t *testing.T) {
	foreign := func(i int) Chat { return chatOf(fmt.Sprint("F", i), ben) }
	for name, meanwhile := range map[string]func(b *Board){
		"read for pushes": func(b *Board) {
			for i := range 2 * keepOpened {
				b.Reread(foreign(i))
			}
			if n := len(b.LoadedIDs()); n != keepOpened {
				t.Errorf("%d chats are loaded", n)
			}
		},
		"opened, and this one again": func(b *Board) {
			for i := range 2 * keepOpened {
				b.Merge(foreign(i))
				b.Open("A")
			}
		},
	} {
		b := newBoard(chatOf("A", ben))
		b.Merge(chatOf("A", ben))
		meanwhile(b)
		told := false
		for _, c := range b.Apply(say("E1", customer, 1)) {
			told = told || c.What&RegionEvent != 0 && c.EventID == "E1"
		}
		if !told {
			t.Errorf("%s: the event is not told of", name)
		}
	}
}

// TestReread: a chat that is read for a push stands in its list as it is now; where
// there is no room its events are kept only if they were known.
func TestReread(t *testing.T) {
	told := chatOf("A", ben)
	told.Thread.Events = []Event{say("E1", customer, 1).Event}
	for name, c := range map[string]struct {
		before func(b *Board)
		read   func(*Chat)
		list   List
		loaded bool
	}{
		"known by its row":      {func(*Board) {}, func(*Chat) {}, Others, false},
		"opened":                {func(b *Board) { b.Merge(chatOf("A", ben)) }, func(*Chat) {}, Others, true},
		"served until then":     {func(b *Board) { b.Apply(IncomingChat{chatOf("A", anna)}) }, func(*Chat) {}, Others, true},
		"served now":            {func(*Board) {}, func(c *Chat) { c.Users[1].ID = anna }, Mine, true},
		"not known":             {func(b *Board) { b.Apply(ChatGone{ChatID: "A"}) }, func(*Chat) {}, Others, false},
		"not ours to see":       {func(*Board) {}, func(c *Chat) { c.Thread.Active = false }, "", false},
		"opened, and then ours": {func(b *Board) { b.Merge(chatOf("A", ben)) }, func(c *Chat) { c.Users[1].ID = anna }, Mine, true},
	} {
		row := chatOf("A", ben)
		row.Loaded = false
		b, chat := newBoard(row), told
		chat.Users = append([]Person(nil), told.Users...)
		chat.Thread.UserIDs = nil
		for i := range keepOpened {
			b.Merge(chatOf(fmt.Sprint("F", i), ben))
		}
		c.before(b)
		c.read(&chat)
		b.Reread(chat)
		now, _ := b.Row("A")
		if _, known := b.Event("A", "E1"); now.List != c.list || b.Loaded("A") != c.loaded || known != c.loaded || b.Has("A") != (c.list != "") {
			t.Errorf("%s: in %q, loaded %v, event %v, here %v", name, now.List, b.Loaded("A"), known, b.Has("A"))
		}
	}
}

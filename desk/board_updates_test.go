package desk

import (
	"slices"
	"testing"
	"time"
)

func TestThinkingStandsUntilTheAnswer(t *testing.T) {
	now := start
	b := newBoard(chatOf("A", anna))
	b.now = func() time.Time { return now }
	b.Apply(Thinking{ChatID: "A", AuthorID: anna, Title: "I"})
	b.Apply(Thinking{ChatID: "A", AuthorID: ben, Title: "Reading"})
	b.Apply(Thinking{ChatID: "A", AuthorID: ben, Title: "Writing", Text: "a draft"})
	v, _ := b.Head("A")
	if want := []Thought{{By: "Ben", Title: "Writing", Text: "a draft"}}; !slices.Equal(v.Thoughts, want) {
		t.Fatalf("thoughts %+v, want %+v", v.Thoughts, want)
	}
	b.Apply(say("1", ben, 1))
	if v, _ := b.Head("A"); len(v.Thoughts) != 0 {
		t.Errorf("after the answer: %+v", v.Thoughts)
	}
	b.Apply(Thinking{ChatID: "A", AuthorID: ben})
	now = now.Add(thoughtful - 1)
	if _, next := b.Expire(); !next.Equal(start.Add(thoughtful)) {
		t.Errorf("next expiry %v", next)
	}
	now = now.Add(1)
	if cs, next := b.Expire(); len(cs) != 1 || next.Before(now.Add(time.Minute)) {
		t.Errorf("changes %v, next %v", cs, next)
	}
	if v, _ := b.Head("A"); len(v.Thoughts) != 0 {
		t.Error("thinking did not expire")
	}
}

func TestDeletedEventKeepsItsPlace(t *testing.T) {
	for permission, text := range map[string]string{"normal": "", "administrator": "1"} {
		c := chatOf("A", anna)
		b := newBoard(c)
		b.Reset(Snapshot{Me: Me{ID: anna, Permission: permission}, Chats: []Chat{c}})
		b.Apply(say("1", customer, 1))
		cs := b.Apply(EventDeleted{"A", "AT", "1"})
		ev, ok := b.Event("A", "1")
		if !ok || !ev.Deleted || ev.Text != text || ev.AuthorID != customer {
			t.Errorf("%s sees %+v", permission, ev)
		}
		if !slices.ContainsFunc(cs, func(c Change) bool { return c.What == RegionEvent && c.EventID == "1" }) {
			t.Errorf("changes %v", cs)
		}
		if row, _ := b.Row("A"); row.Unread != 0 || !row.WaitFrom.IsZero() || !row.Last.Deleted {
			t.Errorf("row %+v", row)
		}
	}
}

func TestSummaryOfAThread(t *testing.T) {
	b := newBoard(chatOf("A", anna))
	b.Apply(SummarySet{ChatID: "A", ThreadID: "other", Text: "of another thread"})
	b.Apply(SummarySet{ChatID: "A", ThreadID: "AT", Text: "short", At: at(3)})
	b.Apply(SummarySet{ChatID: "A", ThreadID: "AT", Failed: true})
	v, _ := b.Head("A")
	if th := v.Chat.Thread; th.Summary != "short" || !th.SummaryAt.Equal(at(3)) || !th.SummaryFailed {
		t.Errorf("%+v", th)
	}
}

func TestDirectoryIsReadAnew(t *testing.T) {
	mine, foreign := chatOf("A", ben), chatOf("B", ben)
	foreign.Groups = []int{2}
	b := newBoard(mine, foreign)
	b.Apply(StatusSet{AgentID: ben, Status: NotAccepting})
	if _, ok := b.Row("B"); ok {
		t.Fatal("a chat of another group is listed")
	}
	cs := b.Apply(Directory{
		Agents: []Agent{{ID: anna, Name: "Anna", Groups: []int{2}}, {ID: ben, Name: "Benedict"}},
		Groups: []Group{{2, "Sales"}}, Tags: []string{"new"},
	})
	in := b.Inbox(Filter{})
	if len(cs) != 1 || cs[0].What != RegionAll || !slices.Equal(in.Tags, []string{"new"}) || len(in.Groups) != 1 {
		t.Errorf("changes %v, tags %v, groups %v", cs, in.Tags, in.Groups)
	}
	if a := b.Agents()[1]; a.Name != "Benedict" || a.Status != NotAccepting {
		t.Errorf("%+v", a)
	}
	if b.Has("A") {
		t.Error("a chat of a group that is no longer mine stays")
	}
}

// TestNewPicture: an agent's new picture is in the chats at hand too.
func TestNewPicture(t *testing.T) {
	b := newBoard(chatOf("A", anna))
	b.Apply(Directory{Agents: []Agent{{ID: anna, Avatar: "https://x/anna.png"}}})
	v, _ := b.Head("A")
	if b.Me().Avatar != "https://x/anna.png" || v.Chat.User(anna).Avatar != "https://x/anna.png" {
		t.Errorf("I am %+v, in the chat %+v", b.Me(), v.Chat.User(anna))
	}
}

func TestFollowedCustomer(t *testing.T) {
	b := newBoard(chatOf("A", anna))
	for _, on := range []bool{true, false} {
		b.Apply(CustomerFollowed{CustomerID: customer, On: on})
		if v, _ := b.Head("A"); v.Chat.Customer().Customer.Followed != on {
			t.Errorf("followed is not %v", on)
		}
	}
}

// TestSessionFieldsEnd: fields that a push tells as none are gone; where it is
// silent they stay.
func TestSessionFieldsEnd(t *testing.T) {
	b := newBoard(chatOf("A", anna))
	update := func(f []Field) int {
		b.Apply(CustomerUpdated{Customer: Person{ID: customer, Customer: &Customer{Fields: f}}})
		u, _ := b.Customer(customer)
		return len(u.Customer.Fields)
	}
	if n := update([]Field{{"plan", "gold"}}); n != 1 {
		t.Fatalf("%d fields", n)
	}
	if n := update(nil); n != 1 {
		t.Errorf("silence left %d fields", n)
	}
	if n := update([]Field{}); n != 0 {
		t.Errorf("%d fields after the visit", n)
	}
}

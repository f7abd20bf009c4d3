package desk

import (
	"fmt"
	"strconv"
	"testing"
	"time"
)

// TestVisitors: pushes tell who is on the site without a chat, until they leave; a
// board of a server that can be asked keeps nobody.
func TestVisitors(t *testing.T) {
	now := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	came := func(id string) Push {
		return CustomerUpdated{Customer: Person{ID: id, Name: "Zoe " + id, Customer: &Customer{Online: true, Visit: Visit{StartedAt: now, Referrer: "https://search.example/"}}}}
	}
	b := NewBoard(Me{ID: "anna"}, func() time.Time { return now })
	names := func() map[string]string {
		out := map[string]string{}
		for _, p := range b.Visitors() {
			out[p.ID] = p.Name
		}
		return out
	}
	b.Reset(Snapshot{Me: Me{ID: "anna"}, Chats: []Chat{
		{ID: "A", Users: []Person{{ID: "c1", Name: "Carla"}}, Thread: Thread{ID: "T", Active: true}},
		{ID: "B", Users: []Person{{ID: "c2", Name: "Gone"}}, Thread: Thread{ID: "U"}},
	}})
	b.Apply(came("v1"))
	b.Apply(came("v2"))
	b.Apply(CustomerPage{CustomerID: "v3", Page: Page{URL: "https://shop.example/"}})
	b.Apply(CustomerBanned{CustomerID: "stranger", Days: 2})
	b.Apply(CustomerLeft{CustomerID: "v2", At: now})
	if got := names(); len(got) != 3 || got["c1"] != "Carla" || got["v1"] != "Zoe v1" {
		t.Errorf("on the site are %v", got)
	}
	if got := b.BannedUntil("stranger"); !got.Equal(now.AddDate(0, 0, 2)) {
		t.Errorf("banned until %v", got)
	}
	if b.Apply(CustomerBanned{CustomerID: "stranger", Lifted: true}); !b.BannedUntil("stranger").IsZero() {
		t.Error("the ban goes on")
	}
	seen := b.Visitors()
	b.Apply(CustomerPage{CustomerID: "v1", Page: Page{URL: "https://shop.example/new"}})
	for _, p := range seen {
		if p.ID == "v1" && len(p.Customer.Visit.Pages) > 0 {
			t.Error("what was given away changes")
		}
	}
	for i := range 2 * maxVisitors {
		b.Apply(came(fmt.Sprint("many", i)))
	}
	if n := len(b.Visitors()); n != maxVisitors+1 {
		t.Errorf("%d are kept", n)
	}
	b.Reset(Snapshot{Me: Me{ID: "anna", Can: Can{SeeSite: true}}})
	b.Apply(came("v1"))
	if got := names(); len(got) > 0 {
		t.Errorf("kept are %v", got)
	}
}

func TestCustomersWithinGroups(t *testing.T) {
	l := CustomerList{Rows: map[string]Row{"a": {GroupID: 2}, "b": {GroupID: 1}}, Customers: []Person{
		{ID: "a"}, {ID: "b"}, {ID: "c", Customer: &Customer{Groups: []int{1, 2}}}, {ID: "d"},
	}}
	if l.Within(nil); len(l.Customers) != 4 {
		t.Fatal("no groups leave not all")
	}
	if l.Within([]int{2, 5}); len(l.Customers) != 2 || l.Customers[0].ID != "a" || l.Customers[1].ID != "c" {
		t.Errorf("left are %+v", l.Customers)
	}
}

// TestVisitIsToldTwice: until 3.2 a visit is told of by two pushes, the second of
// which knows less. What the first told stays, until another visit begins.
func TestVisitIsToldTwice(t *testing.T) {
	at := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	b := NewBoard(Me{ID: "anna"}, func() time.Time { return at })
	came := func(v Visit) Visit {
		b.Apply(CustomerUpdated{Customer: Person{ID: "v1", Customer: &Customer{Online: true, Visit: v}}})
		return b.Visitors()[0].Customer.Visit
	}
	came(Visit{StartedAt: at, Referrer: "https://search.example/", Pages: []Page{{URL: "https://shop.example/"}}})
	if got := came(Visit{StartedAt: at, IP: "10.0.0.1"}); len(got.Pages) != 1 || got.Referrer == "" || got.IP != "10.0.0.1" {
		t.Errorf("the visit is %+v", got)
	}
	if got := came(Visit{StartedAt: at.Add(time.Hour)}); len(got.Pages) != 0 || got.Referrer != "" {
		t.Errorf("the next visit is %+v", got)
	}
}

// TestVisitorsWhoChatAndLeave: what is heard of a visitor while her chat is on the
// board counts when the chat has left it.
func TestVisitorsWhoChatAndLeave(t *testing.T) {
	page := CustomerPage{CustomerID: customer, Page: Page{URL: "https://shop.example/"}}
	for name, c := range map[string]struct {
		before, during Push
		want           int
	}{
		"she left":                  {page, CustomerLeft{CustomerID: customer, At: at(2)}, 0},
		"she is still there":        {page, nil, 1},
		"she came with her chat":    {nil, page, 1},
		"nothing was heard of her":  {nil, nil, 0},
		"she left and was not here": {nil, CustomerLeft{CustomerID: customer, At: at(2)}, 0},
	} {
		b := newBoard()
		for _, p := range []Push{c.before, IncomingChat{Chat: chatOf("A", anna)}, c.during, ChatGone{ChatID: "A"}} {
			if p != nil {
				b.Apply(p)
			}
		}
		if got := b.Visitors(); len(got) != c.want {
			t.Errorf("%s: on the site are %+v", name, got)
		}
	}
}

// Bans that are over make room for new ones.
func TestBansMakeRoom(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	b := NewBoard(Me{ID: "anna"}, func() time.Time { return now })
	for i := range maxVisitors {
		b.Apply(CustomerBanned{CustomerID: "c" + strconv.Itoa(i), Days: 1})
	}
	b.Apply(CustomerBanned{CustomerID: "late", Days: 1})
	if !b.BannedUntil("late").IsZero() {
		t.Fatal("there is no bound")
	}
	now = now.AddDate(0, 0, 2)
	if b.Apply(CustomerBanned{CustomerID: "late", Days: 1}); b.BannedUntil("late").IsZero() {
		t.Error("a new ban is not remembered")
	}
}

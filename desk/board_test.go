package desk

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	anna     = "anna@example.com"
	ben      = "ben@example.com"
	customer = "c-1"
)

var start = time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)

func at(n int) time.Time { return start.Add(time.Duration(n) * time.Second) }

func newBoard(chats ...Chat) *Board {
	b := NewBoard(Me{ID: anna}, func() time.Time { return start })
	b.Reset(Snapshot{Me: Me{ID: anna, Name: "Anna"}, Chats: chats, Groups: []Group{{1, "Support"}, {2, "Sales"}},
		Agents: []Agent{{ID: anna, Name: "Anna", Groups: []int{1}}, {ID: ben, Name: "Ben", Groups: []int{1}}}})
	return b
}

// chatOf makes a loaded, active chat that the named agents serve.
func chatOf(id string, agents ...string) Chat {
	c := Chat{ID: id, Groups: []int{1}, Loaded: true, Thread: Thread{ID: id + "T", Active: true, CreatedAt: at(0)},
		Users: []Person{{ID: customer, Name: "Marta", Present: true}}}
	for _, a := range agents {
		c.Users = append(c.Users, Person{ID: a, Agent: true, Name: a, Present: true})
		c.Thread.UserIDs = append(c.Thread.UserIDs, a)
	}
	return c
}

func say(id, author string, n int) IncomingEvent {
	return IncomingEvent{ChatID: "A", ThreadID: "AT", Event: Event{ID: id, Kind: KindMessage, AuthorID: author, At: at(n), Text: id}}
}

func TestListOfAChat(t *testing.T) {
	queued, watched, closed, foreign := chatOf("A"), chatOf("A", ben, anna), chatOf("A", anna), chatOf("A", ben)
	queued.Thread.Queue = &Queue{Position: 1}
	watched.Users[2].AgentsOnly = true
	closed.Thread.Active = false
	foreign.Groups = []int{2}
	foreignQueued, left := queued, chatOf("A", ben, anna)
	foreignQueued.Groups, left.Groups, left.Users[2].Present = []int{2}, []int{2}, false
	followed, followedMine := chatOf("A", ben), chatOf("A", anna)
	followed.Followed, followedMine.Followed = true, true
	for name, c := range map[string]struct {
		chat Chat
		want List
	}{
		"queued":                      {queued, Waiting},
		"nobody serves it":            {chatOf("A"), Waiting},
		"mine":                        {chatOf("A", anna), Mine},
		"of a colleague":              {chatOf("A", ben), Others},
		"only watched":                {watched, Watched},
		"followed":                    {followed, Watched},
		"followed and mine":           {followedMine, Mine},
		"closed, I took part":         {closed, Recent},
		"of a group that is not mine": {foreign, ""},
		"waits for another group":     {foreignQueued, ""},
		"I left, and my group too":    {left, ""},
	} {
		t.Run(name, func(t *testing.T) {
			row, ok := newBoard(c.chat).Row("A")
			if row.List != c.want || ok != (c.want != "") {
				t.Errorf("list %q, %v, want %q", row.List, ok, c.want)
			}
		})
	}
}

func TestUnreadAndWaiting(t *testing.T) {
	b := newBoard(chatOf("A", anna))
	check := func(what string, unread int, wait time.Time) {
		t.Helper()
		row, _ := b.Row("A")
		if row.Unread != unread || !row.WaitFrom.Equal(wait) {
			t.Errorf("%s: unread %d, waits from %v; want %d, %v", what, row.Unread, row.WaitFrom, unread, wait)
		}
		counted := 0
		if unread > 0 {
			counted = 1
		}
		if got := b.Sections()[1].Unread; got != counted {
			t.Errorf("%s: section counts %d unread chats, want %d", what, got, counted)
		}
	}
	b.Apply(say("1", customer, 1))
	check("one message", 1, at(1))
	b.Apply(say("2", customer, 2))
	check("two messages", 2, at(1))
	b.Apply(say("2", customer, 2))
	check("the second again", 2, at(1))
	b.Apply(Seen{ChatID: "A", UserID: anna, UpTo: at(1)})
	check("first seen", 1, at(1))
	b.Apply(Seen{ChatID: "A", UserID: anna, UpTo: at(0)})
	check("a late mark does not go back", 1, at(1))
	note := say("3", ben, 3)
	note.Event.AgentsOnly = true
	b.Apply(note)
	check("a note is unread but no answer", 2, at(1))
	b.Apply(say("4", anna, 4))
	check("an answer", 0, time.Time{})
}

func TestOutgoingIsReplacedByItsEvent(t *testing.T) {
	b := newBoard(chatOf("A", anna))
	o := Outgoing{CustomID: "x1", ChatID: "A", Text: "hello", State: Sending}
	b.SetOutgoing(o)
	foreign := say("9", customer, 1)
	foreign.Event.CustomID = "x1"
	b.Apply(foreign)
	if len(b.Outgoing("A")) != 1 {
		t.Fatal("a customer's event with our custom id took our message away")
	}
	mine := say("10", anna, 2)
	mine.Event.CustomID = "x1"
	b.Apply(mine)
	if len(b.Outgoing("A")) != 0 {
		t.Fatal("the message is still on its way after its event came")
	}
	if b.SetOutgoing(o); len(b.Outgoing("A")) != 0 {
		t.Fatal("a late state brought the message back")
	}
}

// TestOrderDoesNotMatter: the same pushes in any order, each perhaps twice, give
// the same conversation.
func TestOrderDoesNotMatter(t *testing.T) {
	edited := say("2", customer, 2)
	edited.Event.Text = "two, edited"
	pushes := []Push{say("1", customer, 1), EventUpdated(edited), say("3", anna, 3), EventDeleted{"A", "AT", "4"}, say("4", customer, 4)}
	want := ""
	for _, order := range permutations(len(pushes)) {
		b := newBoard(chatOf("A", anna))
		for _, i := range order {
			b.Apply(pushes[i])
			if i%2 == 0 {
				b.Apply(pushes[i])
			}
		}
		got := fingerprint(b)
		if want == "" {
			want = got
		}
		if got != want {
			t.Fatalf("order %v gives\n%s\nwant\n%s", order, got, want)
		}
	}
	if !strings.Contains(want, `4: c-1 ""`) || !strings.Contains(want, "two, edited") {
		t.Fatalf("wrong conversation: %s", want)
	}
}

// TestPushesEqualSnapshot holds the board, fed by pushes, against a board made
// from the state those pushes lead to.
func TestPushesEqualSnapshot(t *testing.T) {
	for seed := range int64(200) {
		m := newModel(seed)
		b := newBoard(m.snapshot()...)
		for step := range 60 {
			for _, p := range m.step() {
				b.Apply(p)
				for _, id := range b.NeedLoad() {
					b.Merge(m.chat(id))
				}
			}
			if step%10 != 9 {
				continue
			}
			if got, want := fingerprint(b), fingerprint(newBoard(m.snapshot()...)); got != want {
				t.Fatalf("seed %d, step %d:\n%s\nwant\n%s", seed, step, got, want)
			}
		}
	}
}

func TestARowSaysWhenTypingBeginsAndEnds(t *testing.T) {
	now := start
	b := newBoard(chatOf("A", anna))
	b.now = func() time.Time { return now }
	row := func(cs []Change) bool {
		return slices.ContainsFunc(cs, func(c Change) bool { return c.ChatID == "A" && c.What&RegionRow != 0 })
	}
	if !row(b.Apply(SneakPeek{ChatID: "A", AuthorID: customer, Text: "h"})) {
		t.Error("the first letter does not change the row")
	}
	if row(b.Apply(SneakPeek{ChatID: "A", AuthorID: customer, Text: "he"})) {
		t.Error("every letter draws the row again")
	}
	now = now.Add(ephemeral)
	if cs, _ := b.Expire(); !row(cs) {
		t.Error("the row goes on saying that somebody types")
	}
}

func TestTypingExpires(t *testing.T) {
	now := start
	b := newBoard(chatOf("A", anna))
	b.now = func() time.Time { return now }
	b.Apply(SneakPeek{ChatID: "A", AuthorID: customer, Text: "hel"})
	b.Apply(Typing{ChatID: "A", AuthorID: ben, On: true})
	if v, _ := b.Chat("A", "", 0); v.Peek != "hel" || len(v.Typing) != 1 {
		t.Fatalf("peek %q, typing %v", v.Peek, v.Typing)
	}
	if _, next := b.Expire(); !next.Equal(now.Add(ephemeral)) {
		t.Fatalf("next expiry %v", next)
	}
	now = now.Add(ephemeral)
	if cs, next := b.Expire(); len(cs) != 1 || next.Before(now.Add(time.Minute)) {
		t.Fatalf("changes %v, next %v", cs, next)
	}
	if v, _ := b.Chat("A", "", 0); v.Peek != "" || len(v.Typing) != 0 {
		t.Fatal("typing did not expire")
	}
}

func TestViewsAreCopies(t *testing.T) {
	b := newBoard(chatOf("A", anna))
	b.Apply(say("1", customer, 1))
	v, _ := b.Chat("A", "", 0)
	before := fmt.Sprintf("%+v", v)
	b.Apply(say("3", customer, 3))
	b.Apply(say("2", customer, 2))
	b.Apply(Seen{ChatID: "A", UserID: anna, UpTo: at(5)})
	b.Apply(Tagged{ChatID: "A", ThreadID: "AT", Tag: "refund"})
	b.Apply(UserAdded{ChatID: "A", User: Person{ID: ben, Agent: true, Present: true}})
	b.Apply(EventDeleted{"A", "AT", "1"})
	if after := fmt.Sprintf("%+v", v); after != before {
		t.Errorf("a view changed after it was handed out:\n%s\n%s", before, after)
	}
}

func TestPageOfALongChat(t *testing.T) {
	c := chatOf("A", anna)
	for i := range 10_000 {
		c.Thread.Events = append(c.Thread.Events, say(fmt.Sprint(i), customer, i).Event)
	}
	b := newBoard(c)
	v, _ := b.Chat("A", "", 50)
	if n := len(v.Chat.Thread.Events); n != 50 || v.Chat.Thread.Events[49].ID != "9999" || v.Total != 10_000 {
		t.Fatalf("%d events of %d", n, v.Total)
	}
	v, _ = b.Chat("A", v.Chat.Thread.Events[0].ID, 50)
	if v.Chat.Thread.Events[49].ID != "9949" {
		t.Fatalf("the page before ends with %s", v.Chat.Thread.Events[49].ID)
	}
}

func permutations(n int) (all [][]int) {
	var grow func([]int)
	grow = func(p []int) {
		if len(p) == n {
			all = append(all, slices.Clone(p))
			return
		}
		for i := range n {
			if !slices.Contains(p, i) {
				grow(append(p, i))
			}
		}
	}
	grow(nil)
	return all
}

// fingerprint writes down all that a page could show, but for closed chats,
// which a snapshot has only the newest of.
func fingerprint(b *Board) string {
	var sb strings.Builder
	for _, s := range b.Inbox(Filter{}).Sections {
		if s.List == Recent {
			continue
		}
		fmt.Fprintf(&sb, "%s %d unread %d longest %v\n", s.List, s.Total, s.Unread, s.Longest.Unix())
		for _, r := range s.Rows {
			fmt.Fprintf(&sb, "  %s %s unread %d wait %d last %q by %s tags %v agents %v\n", r.ChatID, r.Sort, r.Unread, r.WaitFrom.Unix(), r.Last.Text, r.LastBy, r.Tags, r.Agents)
			if v, _ := b.Chat(r.ChatID, "", 0); v.Chat.Loaded && s.List == Mine {
				for _, e := range v.Chat.Thread.Events {
					fmt.Fprintf(&sb, "    %s: %s %q deleted %t\n", e.ID, e.AuthorID, e.Text, e.Deleted)
				}
				fmt.Fprintf(&sb, "    summary %q failed %t\n", v.Chat.Thread.Summary, v.Chat.Thread.SummaryFailed)
			}
		}
	}
	return sb.String()
}

func newModel(seed int64) *model {
	return &model{rnd: rand.New(rand.NewSource(seed)), chats: map[string]*Chat{}}
}

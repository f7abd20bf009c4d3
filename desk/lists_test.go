package desk

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"
)

// shown writes them down as the board shows them, and as many of each as it says
// that there are.
func shown(b *Board, f Filter) string {
	var sb strings.Builder
	count := 0
	for _, s := range b.Inbox(f).Sections {
		if f.List != "" && f.List != s.List {
			continue
		}
		fmt.Fprintf(&sb, "%s %d, %d unread, since %d\n", s.List, s.Total, s.Unread, s.Longest.Unix())
		for _, r := range s.Rows {
			fmt.Fprintf(&sb, "  %s %s unread %d wait %d at %d\n", r.ChatID, r.List, r.Unread, r.WaitFrom.Unix(), r.At.Unix())
		}
		count += s.Total
	}
	if n := b.Count([]Filter{f})[0]; n != count {
		fmt.Fprintf(&sb, "but %d are counted\n", n)
	}
	return sb.String()
}

// paged writes one list down page by page.
func paged(b *Board, f Filter) string {
	var sb strings.Builder
	before := 0
	for f.Limit = 2; ; {
		in := b.Inbox(f)
		s := in.Section(f.List)
		if s.Before != before {
			fmt.Fprintf(&sb, "before are %d, not %d\n", s.Before, before)
		}
		if before == 0 {
			fmt.Fprintf(&sb, "%s %d, %d unread, since %d\n", s.List, s.Total, s.Unread, s.Longest.Unix())
		}
		for _, r := range s.Rows {
			fmt.Fprintf(&sb, "  %s %s unread %d wait %d at %d\n", r.ChatID, r.List, r.Unread, r.WaitFrom.Unix(), r.At.Unix())
			f.After = r.Sort
		}
		if before += len(s.Rows); len(s.Rows) < f.Limit {
			return sb.String()
		}
	}
}

// more is what only the lists care about: customers who come and go, groups and
// properties that change, and time that passes.
func (m *model) more() []Push {
	ids := m.names()
	if len(ids) == 0 {
		return nil
	}
	c := m.chats[ids[m.rnd.Intn(len(ids))]]
	switch u := &c.Users[0]; m.rnd.Intn(5) {
	case 0:
		u.Present = false
		return []Push{CustomerLeft{CustomerID: u.ID, At: at(m.clock)}}
	case 1:
		u.Present = true
		return []Push{CustomerPage{CustomerID: u.ID, Page: Page{URL: "/", At: at(m.tick())}}}
	case 2:
		c.Groups = [][]int{{1}, {2}, {2, 1}}[m.rnd.Intn(3)]
		return []Push{ChatAccess{ChatID: c.ID, Groups: c.Groups}}
	case 3:
		set := Properties{"order": {"state": []string{"open", "paid"}[m.rnd.Intn(2)]}}
		c.Properties = set
		return []Push{PropertiesChanged{ChatID: c.ID, Set: set}}
	}
	m.clock += m.rnd.Intn(1000)
	return nil
}

func anyFilter(rnd *rand.Rand) (f Filter) {
	yes := rnd.Intn(2) == 0
	for _, change := range []func(){
		func() { f.List = append(Lists[:], All, All)[rnd.Intn(len(Lists)+2)] }, func() { f.Group = 1 + rnd.Intn(2) }, func() { f.Agent = []string{anna, ben}[rnd.Intn(2)] },
		func() { f.Tag = "vip" }, func() { f.Active = &yes }, func() { f.Unread = true }, func() { f.Unanswered = true },
		func() { f.Property = Property{"order", "state", "paid"} }, func() { f.Sort = []Order{Newest, Longest}[rnd.Intn(2)] },
	} {
		if rnd.Intn(6) == 0 {
			change()
		}
	}
	return f
}

// TestListsAgainstAModel compares the lists with what a simple model says of them,
// after each of many pushes and while time passes.
func TestListsAgainstAModel(t *testing.T) {
	for seed := range int64(40) {
		m := newModel(seed)
		b := newBoard()
		b.now = func() time.Time { return at(m.clock) }
		for n := range 300 {
			pushes := m.step()
			if m.rnd.Intn(3) == 0 {
				pushes = append(pushes, m.more()...)
			}
			for _, p := range pushes {
				b.Apply(p)
			}
			for _, id := range b.NeedLoad() {
				b.Merge(m.chat(id))
			}
			b.Expire()
			f := anyFilter(m.rnd)
			if got, want := shown(b, f), m.told(f, at(m.clock)); got != want {
				t.Fatalf("seed %d, step %d, filter %+v, pushes %+v\nlists\n%s\nmodel\n%s", seed, n, f, pushes, got, want)
			}
			if f.List != "" {
				if got, want := paged(b, f), m.told(f, at(m.clock)); got != want {
					t.Fatalf("seed %d, step %d, filter %+v\npages\n%s\nmodel\n%s", seed, n, f, got, want)
				}
			}
		}
	}
}

// BenchmarkCount: ten thousand chats, and the saved views of a big team.
func BenchmarkCount(b *testing.B) {
	board, views := newBoard(), []Filter{{Sort: Longest}, {List: Others}, {Unread: true}, {Unanswered: true}}
	for i := range 10_000 {
		id := fmt.Sprintf("C%05d", i)
		board.put(Chat{ID: id, Groups: []int{1 + i%3}, Users: []Person{{ID: "c-" + id, Present: true}, {ID: ben, Agent: true, Present: true}},
			Properties: Properties{"order": {"state": "open"}}, Thread: Thread{ID: id + "-1", Active: true, CreatedAt: at(i), Tags: []string{"order", "vip"}}})
	}
	for i := range 16 {
		views = append(views, []Filter{{Tag: "refund"}, {Group: 1 + i%3}, {Agent: ben}, {Property: Property{"order", "state", "paid"}}}[i%4])
	}
	for b.Loop() {
		board.Count(views)
	}
}

package desk

import (
	"cmp"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"
)

// place is where a chat belongs, worked out in the plainest way from what the
// model's server holds.
type place struct {
	c         *Chat
	list      List
	unread    int
	wait, at  time.Time
	listeners []string
}

// placeOf places a chat for anna, who belongs to group 1.
func placeOf(c *Chat, now time.Time) place {
	p := place{c: c, at: c.Thread.CreatedAt}
	if c.LastEvent.At.After(p.at) {
		p.at = c.LastEvent.At
	}
	mine := c.User(anna) != nil
	for _, u := range c.Users[1:] {
		p.listeners = append(p.listeners, u.ID)
	}
	switch {
	case !c.Thread.Active && (mine || slices.Contains(c.Thread.UserIDs, anna)):
		p.list, p.listeners = Recent, append(p.listeners, c.Thread.UserIDs...)
	case !c.Thread.Active, !mine && !slices.Contains(c.Groups, 1):
	case c.Thread.Queue != nil:
		p.list, p.wait = Waiting, c.Thread.Queue.Since
	case len(c.Users) == 1:
		p.list, p.wait = Waiting, c.Thread.CreatedAt
	case !mine:
		p.list = Others
		if c.LastEvent.AuthorID == c.Users[0].ID {
			p.wait = c.LastEvent.At
		}
	default:
		p.served(c, now)
	}
	return p
}

// served works out what is known of a chat that anna serves.
func (p *place) served(c *Chat, now time.Time) {
	seen, answered := c.User(anna).SeenUpTo, time.Time{}
	for _, e := range c.Thread.Events {
		if e.AuthorID == anna && e.At.After(seen) {
			seen = e.At
		}
		if e.counts() && e.AuthorID != c.Users[0].ID {
			answered = e.At
		}
	}
	for _, e := range c.Thread.Events {
		if e.counts() && e.At.After(seen) {
			p.unread++
		}
		if e.counts() && e.AuthorID == c.Users[0].ID && e.At.After(answered) && p.wait.IsZero() {
			p.wait = e.At
		}
	}
	p.list = Mine
	if p.unread == 0 && p.wait.IsZero() && (!c.Users[0].Present || now.Sub(p.at) >= 15*time.Minute) {
		p.list = Idle
	}
}

func (p *place) fits(f Filter) bool {
	c := p.c
	tagged := func(v string) bool { return c.Properties["order"]["state"] == v }
	return (f.List == "" || f.List == p.list) && (f.Group == 0 || slices.Contains(c.Groups, f.Group)) &&
		(f.Agent == "" || slices.Contains(p.listeners, f.Agent)) && (f.Tag == "" || slices.Contains(c.Thread.Tags, f.Tag)) &&
		(f.Active == nil || *f.Active == c.Thread.Active) && (!f.Unread || p.unread > 0) && (!f.Unanswered || !p.wait.IsZero()) &&
		(f.Property == Property{} || tagged(f.Property.Value))
}

// compare orders two places of one list.
func compare(x, y place, order Order) int {
	waits := func(p place) bool {
		return !p.wait.IsZero() && (order == Longest || order == "" && p.list == Waiting)
	}
	switch {
	case waits(x) && waits(y):
		return cmp.Or(x.wait.Compare(y.wait), cmp.Compare(x.c.ID, y.c.ID))
	case waits(x):
		return -1
	case waits(y):
		return 1
	}
	return cmp.Or(y.at.Compare(x.at), cmp.Compare(x.c.ID, y.c.ID))
}

// told writes the lists down as they ought to be.
func (m *model) told(f Filter, now time.Time) string {
	var all []place
	for _, id := range m.names() {
		if p := placeOf(m.chats[id], now); p.list != "" && p.fits(f) {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(x, y place) int {
		return cmp.Or(slices.Index(Lists[:], x.list)-slices.Index(Lists[:], y.list), compare(x, y, f.Sort))
	})
	var sb strings.Builder
	for _, l := range Lists {
		if f.List != "" && f.List != l {
			continue
		}
		var rows strings.Builder
		total := 0
		for _, p := range all {
			if p.list == l {
				total++
				fmt.Fprintf(&rows, "  %s unread %d wait %d at %d\n", p.c.ID, p.unread, p.wait.Unix(), p.at.Unix())
			}
		}
		fmt.Fprintf(&sb, "%s %d\n%s", l, total, rows.String())
	}
	return sb.String()
}

// shown writes them down as the board shows them.
func shown(b *Board, f Filter) string {
	var sb strings.Builder
	for _, s := range b.Inbox(f).Sections {
		if f.List != "" && f.List != s.List {
			continue
		}
		fmt.Fprintf(&sb, "%s %d\n", s.List, s.Total)
		for _, r := range s.Rows {
			fmt.Fprintf(&sb, "  %s unread %d wait %d at %d\n", r.ChatID, r.Unread, r.WaitFrom.Unix(), r.At.Unix())
		}
	}
	return sb.String()
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
		func() { f.List = Lists[rnd.Intn(len(Lists))] }, func() { f.Group = 1 + rnd.Intn(2) }, func() { f.Agent = []string{anna, ben}[rnd.Intn(2)] },
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
		}
	}
}

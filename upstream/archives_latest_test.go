package upstream

import (
	"context"
	"fmt"
	"testing"
	"time"

	"agentdesk/desk"
)

// TestArchivesOfThoseWhoMayNotSeeAll: at 3.0 get_archives is refused to agents who
// may not see all chats; the closed chats that they may see are searched instead.
func TestArchivesOfThoseWhoMayNotSeeAll(t *testing.T) {
	g := newRig(t, newServerAt(t, 30), func(o *Options) { o.Version = "3.0" })
	g.do(func(w *world) {
		for i := range 30 {
			c := w.open(fmt.Sprintf("C%02d", i), "ben@example.com")
			w.say(c, "cust-"+c.id, fmt.Sprintf("A Lamp of type %d", i), "")
			c.active = i == 7
		}
	})
	g.hook("get_archives", func(c *conn, r request0) { c.fail(r, "authorization") })
	s := g.signIn(t)
	find := func(q desk.ArchiveQuery) desk.ArchivePage {
		t.Helper()
		page, err := s.Archives(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		if !page.Latest {
			t.Error("the page does not say what it is")
		}
		return page
	}
	first := find(desk.ArchiveQuery{})
	if first.Found != 29 || len(first.Threads) != 25 || first.Previous != "" || first.Threads[0].ChatID != "C29" || first.Threads[0].Thread.Active {
		t.Errorf("found %d, %+v", first.Found, first.Threads[0])
	}
	if second := find(desk.ArchiveQuery{Page: first.Next}); len(second.Threads) != 4 || second.Next != "" || second.Previous != latestPage+"0" || second.Threads[3].ChatID != "C00" {
		t.Errorf("the second page is %+v", second)
	}
	tomorrow := time.Now().AddDate(0, 0, 1)
	for _, c := range []struct {
		name  string
		query desk.ArchiveQuery
		found int
	}{
		{"words", desk.ArchiveQuery{Text: "lamp 29"}, 1},
		{"a name", desk.ArchiveQuery{Text: "Customer C05"}, 1},
		{"other words", desk.ArchiveQuery{Text: "zebra"}, 0},
		{"an agent", desk.ArchiveQuery{Agents: []string{"ben@example.com"}}, 29},
		{"another agent", desk.ArchiveQuery{Agents: []string{me0}}, 0},
		{"another group", desk.ArchiveQuery{Groups: []int{99}}, 0},
		{"up to now", desk.ArchiveQuery{To: tomorrow}, 29},
		{"from tomorrow on", desk.ArchiveQuery{From: tomorrow}, 0},
	} {
		if got := find(c.query); got.Found != c.found {
			t.Errorf("%s: found %d, want %d", c.name, got.Found, c.found)
		}
	}
	g.hook("get_filtered_chats", func(c *conn, r request0) { c.fail(r, "authorization") })
	if _, err := s.Archives(context.Background(), desk.ArchiveQuery{}); codeOf(err) != desk.Forbidden {
		t.Errorf("without any right: %v", err)
	}
}

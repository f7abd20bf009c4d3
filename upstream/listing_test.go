package upstream

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"agentdesk/desk"
)

// TestSecondDocumentOf30: a server that knows get_chats_summary in place of
// get_filtered_chats, with numbered pages.
func TestSecondDocumentOf30(t *testing.T) {
	g := newRig(t, newServerAt(t, 30), func(o *Options) { o.Version = "3.0" })
	g.do(func(w *world) {
		for i := range 120 {
			w.open(fmt.Sprintf("C%03d", i), "ben@example.com").active = i != 50
		}
	})
	g.hook("get_filtered_chats", func(c *conn, r request0) { c.fail(r, "validation") })
	g.hook("get_chats_summary", func(c *conn, r request0) {
		g.do(func(w *world) {
			var list []string
			for _, id := range w.names() {
				if c := w.chats[id]; r.get("filters.include_active") == "true" || !c.active {
					list = append(list, w.v.summary(c))
				}
			}
			from := 0
			if r.get("pagination.page") == "2" {
				from = min(100, len(list))
			}
			c.reply(r, "{"+w.v.summaries(list[from:min(from+100, len(list))])+"}")
		})
	})
	s := g.signIn(t)
	if n := len(sections(t, s)[desk.Others]); n != 100 { // a page of rows
		t.Errorf("%d rows", n)
	}
	in, _ := s.Inbox(context.Background(), desk.Filter{})
	if in.Section(desk.Others).Total != 119 || g.count("get_filtered_chats") != 1 {
		t.Errorf("%d chats of others, asked %d times in the words of the first document", in.Section(desk.Others).Total, g.count("get_filtered_chats"))
	}
}

// TestPagesOf30: a server of 3.0 that tells of further pages is asked for them.
func TestPagesOf30(t *testing.T) {
	g := newRig(t, newServerAt(t, 30), func(o *Options) { o.Version = "3.0" })
	g.do(func(w *world) {
		for i := range 30 {
			w.open(fmt.Sprintf("C%02d", i), "ben@example.com")
		}
	})
	g.hook("get_filtered_chats", func(c *conn, r request0) {
		g.do(func(w *world) {
			if r.get("filters.include_active") == "false" {
				c.reply(r, `{"chats_summary":[],"found_chats":0,"pagination":{"page":1,"total":0}}`)
				return
			}
			var list []string
			for _, id := range w.names() {
				list = append(list, w.v.summary(w.chats[id]))
			}
			page, part := 1, list[:25]
			if r.get("pagination.page") == "2" {
				page, part = 2, list[25:]
			}
			c.reply(r, fmt.Sprintf(`{%s,"found_chats":30,"pagination":{"page":%d,"total":30}}`, w.v.summaries(part), page))
		})
	})
	if n := len(sections(t, g.signIn(t))[desk.Others]); n != 30 {
		t.Errorf("%d rows", n)
	}
}

// TestLargePagesOf30: a server of 3.0 that has pages is asked for large ones, so
// that many chats take no more requests than at 3.6.
func TestLargePagesOf30(t *testing.T) {
	g := newRig(t, newServerAt(t, 30), func(o *Options) { o.Version = "3.0" })
	g.do(func(w *world) {
		for i := range 250 {
			w.open(fmt.Sprintf("C%03d", i), "ben@example.com")
		}
	})
	g.hook("get_filtered_chats", func(c *conn, r request0) {
		g.do(func(w *world) {
			var list []string
			for _, id := range w.names() {
				if r.get("filters.include_active") != "false" {
					list = append(list, w.v.summary(w.chats[id]))
				}
			}
			page, limit := 1, 25
			fmt.Sscan(r.get("pagination.page"), &page)
			fmt.Sscan(r.get("pagination.limit"), &limit)
			part := list[min((page-1)*limit, len(list)):min(page*limit, len(list))]
			c.reply(r, fmt.Sprintf(`{%s,"found_chats":%d,"pagination":{"page":%d,"total":%d}}`, w.v.summaries(part), len(list), page, len(list)))
		})
	})
	s := g.signIn(t)
	in, _ := s.Inbox(context.Background(), desk.Filter{})
	total := 0
	for _, section := range in.Sections {
		total += section.Total
	}
	if total != 250 || g.count("get_filtered_chats") > 5 { // closed ones, a small page, three large ones
		t.Errorf("%d chats by %d requests", total, g.count("get_filtered_chats"))
	}
}

// TestListsAtEachVersion looks at how chats are asked for at first.
func TestListsAtEachVersion(t *testing.T) {
	want := since{30: `{"filters":{}}`, 31: `{"filters":{},"limit":100}`, 36: `{"filters":{"active":true},"limit":100}`}
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		withA(t, g)
		g.server.mu.Lock()
		defer g.server.mu.Unlock()
		var said []string
		for _, r := range g.requests {
			if r.Action == v.method("list_chats") {
				said = append(said, string(r.Payload))
			}
		}
		if !slices.ContainsFunc(said, func(s string) bool { return sameJSON(s, want.at(v)) }) {
			t.Errorf("asked with %v", said)
		}
	})
}

package engine

import (
	"slices"
	"testing"

	"agentdesk/protocol"
)

// TestListChatsPages walks active and closed chats and wants the same order from
// memory and from the store.
func TestListChatsPages(t *testing.T) {
	e := newEngine(t, Settings{ChatLimit: 100})
	anna := online(t, e, "anna")
	var started []string
	for i := range 12 {
		g := arrive(t, e, "V").start(t, e, 1)
		started = append(started, g.chat)
		if i%3 == 0 {
			if err := e.DeactivateChat(t.Context(), g.by, protocol.ChatIDRequest{ID: g.chat}); err != nil {
				t.Fatal(err)
			}
		}
	}
	online(t, e, "cleo")
	arrive(t, e, "V").start(t, e, 2)
	yes, no := true, false
	for name, tt := range map[string]struct {
		active *bool
		sort   string
		keep   func(i int) bool
	}{
		"both":        {nil, "", func(int) bool { return true }},
		"active":      {&yes, "", func(i int) bool { return i%3 != 0 }},
		"active, asc": {&yes, "asc", func(i int) bool { return i%3 != 0 }},
		"closed":      {&no, "desc", func(i int) bool { return i%3 == 0 }},
		"closed, asc": {&no, "asc", func(i int) bool { return i%3 == 0 }},
	} {
		t.Run(name, func(t *testing.T) {
			var want, got []string
			for i, id := range started {
				if tt.keep(i) {
					want = append(want, id)
				}
			}
			if tt.sort != "asc" {
				slices.Reverse(want)
			}
			r := protocol.ListChatsRequest{Limit: 3, SortOrder: tt.sort, Filters: &protocol.ChatFilters{Active: tt.active}}
			for {
				p, err := e.ListChats(t.Context(), anna.by, r)
				if err != nil {
					t.Fatal(err)
				}
				if p.FoundChats != len(want) {
					t.Errorf("found %d, want %d", p.FoundChats, len(want))
				}
				for _, c := range p.ChatsSummary {
					got = append(got, c.ID)
				}
				if p.NextPageID == "" {
					break
				}
				if (r.PageID == "") != (p.PreviousPageID == "") {
					t.Errorf("previous page %q after page %q", p.PreviousPageID, r.PageID)
				}
				r = protocol.ListChatsRequest{PageID: p.NextPageID}
			}
			if !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

func TestListThreads(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	g := arrive(t, e, "V").start(t, e, 1)
	for range 5 {
		for range 4 {
			say(t, e, g.by, g.chat, "x")
		}
		if err := e.DeactivateChat(t.Context(), g.by, protocol.ChatIDRequest{ID: g.chat}); err != nil {
			t.Fatal(err)
		}
		if _, err := e.ResumeChat(t.Context(), g.by, protocol.StartChatRequest{Chat: &protocol.Chat{ID: g.chat}}); err != nil {
			t.Fatal(err)
		}
	}
	p, err := e.ListThreads(t.Context(), anna.by, protocol.ListThreadsRequest{ChatID: g.chat})
	if err != nil || len(p.Threads) != 3 || p.FoundThreads != 6 || p.NextPageID == "" || !p.Threads[0].Active {
		t.Errorf("default page = %d of %d, %v", len(p.Threads), p.FoundThreads, err)
	}
	p, err = e.ListThreads(t.Context(), anna.by, protocol.ListThreadsRequest{ChatID: g.chat, PageID: p.NextPageID})
	if err != nil || len(p.Threads) != 3 || p.NextPageID != "" {
		t.Errorf("second page = %d, %v", len(p.Threads), err)
	}
	p, err = e.ListThreads(t.Context(), anna.by, protocol.ListThreadsRequest{ChatID: g.chat, MinEvents: 7})
	if err != nil || len(p.Threads) != 3 { // 0 + 5 + 5 events
		t.Errorf("enough for 7 events: %d threads, %v", len(p.Threads), err)
	}
	for _, r := range []protocol.ListThreadsRequest{
		{ChatID: g.chat, Limit: 101}, {ChatID: g.chat, MinEvents: 101}, {ChatID: g.chat, MinEvents: 5, Limit: 5},
		{ChatID: g.chat, SortOrder: "up"}, {ChatID: g.chat, PageID: p.NextPageID + "x"}, {},
	} {
		_, err := e.ListThreads(t.Context(), anna.by, r)
		wantType(t, err, protocol.ErrValidation)
	}
}

func TestHighlight(t *testing.T) {
	m, err := newMarker(&protocol.Highlights{}, []string{"cafe", "ord"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := m.text("Café & cafeteria: my ORDER, border"), "<em>Café</em> & <em>cafeteria</em>: my <em>ORDER</em>, border"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := newMarker(&protocol.Highlights{PreTag: "<b>"}, []string{"x"}); err == nil {
		t.Error("half a pair of tags was taken")
	}
}

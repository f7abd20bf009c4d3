package engine

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// listed asks for chats and returns their ids in order.
func listed(t *testing.T, e *Engine, by Actor, f protocol.ChatFilters) []string {
	t.Helper()
	out, err := e.ListChats(t.Context(), by, protocol.ListChatsRequest{Limit: 100, Filters: &f})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, c := range out.ChatsSummary {
		ids = append(ids, c.ID)
	}
	if out.FoundChats != len(ids) {
		t.Errorf("found_chats %d of %d", out.FoundChats, len(ids))
	}
	return ids
}

// TestListChatsOfMembers: an agent who stays in a chat that went to a foreign
// group lists it whatever active says, also after it was closed.
func TestListChatsOfMembers(t *testing.T) {
	e := newEngine(t, Settings{})
	cleo, sam := online(t, e, "cleo"), agentActor(e, "sam")
	online(t, e, "anna")
	arrive(t, e, "Other").start(t, e, 1)
	g := arrive(t, e, "V").start(t, e, 2)
	whisper := protocol.ChatUserRequest{ChatID: g.chat, UserID: "cleo", UserType: "agent", Visibility: "agents", IgnorePresence: true}
	for _, err := range []error{
		e.TransferChat(t.Context(), sam, protocol.TransferChatRequest{ID: g.chat, IgnoreAgents: true, IgnorePresence: true}),
		e.AddUser(t.Context(), sam, whisper),
		e.TransferChat(t.Context(), sam, protocol.TransferChatRequest{ID: g.chat, Target: &protocol.TransferTarget{Type: "group", IDs: jsontext.Value("[1]")}, IgnorePresence: true}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	yes, no := true, false
	for name, f := range map[string]protocol.ChatFilters{"active": {Active: &yes}, "both": {}} {
		if got := listed(t, e, cleo.by, f); !slices.Equal(got, []string{g.chat}) {
			t.Errorf("%s: cleo lists %v, want %s", name, got, g.chat)
		}
	}
	if err := e.DeactivateChat(t.Context(), cleo.by, protocol.ChatIDRequest{ID: g.chat}); err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]protocol.ChatFilters{"inactive": {Active: &no}, "both": {}} {
		if got := listed(t, e, cleo.by, f); !slices.Equal(got, []string{g.chat}) {
			t.Errorf("%s: cleo lists %v after the end, want %s", name, got, g.chat)
		}
	}
}

// TestListChatsFilters asks the same of active chats, which are in memory, and
// of closed ones, which are on disk.
func TestListChatsFilters(t *testing.T) {
	e := newEngine(t, Settings{ChatLimit: 10})
	online(t, e, "anna")
	online(t, e, "cleo")
	sam := agentActor(e, "sam")
	var chats []string
	for i, group := range []int{1, 1, 2} {
		g := arrive(t, e, "V").start(t, e, group)
		chats = append(chats, g.chat)
		if i < 2 {
			props := []string{`{"shop":{"vip":true,"level":1}}`, `{"shop":{"level":2}}`}[i]
			if err := e.UpdateProperties(t.Context(), sam, protocol.PropertiesRequest{ID: g.chat, Properties: jsontext.Value(props)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	value := func(s ...string) (out []jsontext.Value) {
		for _, v := range s {
			out = append(out, jsontext.Value(v))
		}
		return out
	}
	yes, no := true, false
	one := func(name string, f protocol.ValueFilter) protocol.ChatFilters {
		return protocol.ChatFilters{Properties: protocol.PropertyFilters{"shop": {name: f}}}
	}
	cases := []struct {
		name string
		f    protocol.ChatFilters
		want []int // newest first
	}{
		{"all", protocol.ChatFilters{}, []int{2, 1, 0}},
		{"exists", one("vip", protocol.ValueFilter{Exists: &yes}), []int{0}},
		{"does not exist", one("vip", protocol.ValueFilter{Exists: &no}), []int{2, 1}},
		{"values", one("level", protocol.ValueFilter{Values: value("2", "1.0")}), []int{1, 0}},
		{"other type", one("level", protocol.ValueFilter{Values: value(`"2"`)}), nil},
		{"not values", one("level", protocol.ValueFilter{ExcludeValues: value("2")}), []int{2, 0}},
		{"group", protocol.ChatFilters{GroupIDs: []int{2, 9}}, []int{2}},
		{"group and property", protocol.ChatFilters{GroupIDs: []int{2}, Properties: protocol.PropertyFilters{"shop": {"vip": {Exists: &yes}}}}, nil},
	}
	check := func(active *bool) {
		t.Helper()
		for _, tt := range cases {
			var want []string
			for _, i := range tt.want {
				want = append(want, chats[i])
			}
			tt.f.Active = active
			if got := listed(t, e, sam, tt.f); !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", tt.name, got, want)
			}
		}
	}
	check(&yes)
	check(nil)
	for _, id := range chats {
		if err := e.DeactivateChat(t.Context(), sam, protocol.ChatIDRequest{ID: id, IgnorePresence: true}); err != nil {
			t.Fatal(err)
		}
	}
	check(&no)
	// A property of a chat that is over counts at once, there and in the archives.
	if err := e.DeleteProperties(t.Context(), sam, protocol.PropertiesRequest{ID: chats[0], Properties: jsontext.Value(`{"shop":["vip"]}`)}); err != nil {
		t.Fatal(err)
	}
	if got := listed(t, e, sam, cases[1].f); got != nil {
		t.Errorf("with a deleted property: %v", got)
	}
	if got, err := search(t, e, sam, `{"properties":{"shop":{"vip":{"exists":true}}}}`); got != "" || err != nil {
		t.Errorf("archives with a deleted property: %q, %v", got, err)
	}
	for _, f := range []protocol.ChatFilters{
		{GroupIDs: make([]int, 201)}, one("x", protocol.ValueFilter{}), one("x", protocol.ValueFilter{Exists: &yes, Values: value("1")}), {Extra: jsontext.Value(`{"include_active":true}`)},
	} {
		_, err := e.ListChats(t.Context(), sam, protocol.ListChatsRequest{Filters: &f})
		wantType(t, err, protocol.ErrValidation)
	}
}

// TestPageIDs: a page id remembers filters, order and count, cannot be combined
// with any, and is good for a month.
func TestPageIDs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEngine(t, Settings{})
		past(t, e)
		sam := agentActor(e, "sam")
		first, err := e.ListArchives(t.Context(), sam, protocol.ListArchivesRequest{Filters: &protocol.ArchiveFilters{Query: "parcel"}, SortOrder: "asc", Limit: 1})
		if err != nil || first.FoundChats != 2 || first.Chats[0].Thread.ID != "T1" || first.PreviousPageID != "" {
			t.Fatalf("first page: %+v, %v", first, err)
		}
		time.Sleep(30 * 24 * time.Hour) // virtual
		second, err := e.ListArchives(t.Context(), sam, protocol.ListArchivesRequest{PageID: first.NextPageID, Highlights: &protocol.Highlights{}})
		if err != nil || second.FoundChats != 2 || second.Chats[0].Thread.ID != "T2" || second.NextPageID != "" || second.Chats[0].Thread.Events[0].Text != "my <em>parcel</em> is late" {
			t.Fatalf("second page: %+v, %v", second, err)
		}
		if back, err := e.ListArchives(t.Context(), sam, protocol.ListArchivesRequest{PageID: second.PreviousPageID}); err != nil || back.Chats[0].Thread.ID != "T1" {
			t.Errorf("back: %+v, %v", back, err)
		}
		for _, r := range []protocol.ListArchivesRequest{
			{PageID: first.NextPageID, Limit: 1}, {PageID: first.NextPageID, SortOrder: "asc"}, {PageID: first.NextPageID, Filters: &protocol.ArchiveFilters{}}, {PageID: "x"},
		} {
			_, err := e.ListArchives(t.Context(), sam, r)
			wantInvalid(t, err, "page_id")
		}
		time.Sleep(2 * 24 * time.Hour) // virtual
		_, err = e.ListArchives(t.Context(), sam, protocol.ListArchivesRequest{PageID: first.NextPageID})
		wantInvalid(t, err, "page_id")
	})
}

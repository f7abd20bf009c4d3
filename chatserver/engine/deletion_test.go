package engine

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// told lists which of some connections heard an action, and forgets.
func told(action string, who map[string]*ear) string {
	var out []string
	for name, r := range who {
		if r.count(action) > 0 {
			out = append(out, name)
		}
		r.forget()
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestDeleteEvent(t *testing.T) {
	e := newEngine(t, Settings{})
	anna, sam, cleo := online(t, e, "anna"), online(t, e, "sam"), online(t, e, "cleo")
	g := arrive(t, e, "Mia").start(t, e, 1)
	thread := threadOf(t, e, g.chat)
	who := map[string]*ear{"anna": anna.ear, "sam": sam.ear, "cleo": cleo.ear, "mia": g.ear}
	mine, theirs := say(t, e, g.by, g.chat, "my secret word is xylophone"), say(t, e, anna.by, g.chat, "hello")
	note, err := e.SendEvent(t.Context(), anna.by, protocol.SendEventRequest{ChatID: g.chat, Event: protocol.Event{Type: "message", Text: "a note", Visibility: "agents"}})
	if err != nil {
		t.Fatal(err)
	}
	del := func(by Actor, event string) error {
		return e.DeleteEvent(t.Context(), by, protocol.EventRef{ChatID: g.chat, ThreadID: thread, EventID: event})
	}
	wantType(t, del(g.by, theirs), protocol.ErrAuthorization)
	wantType(t, del(anna.by, mine), protocol.ErrAuthorization)
	wantType(t, del(g.by, note.EventID), protocol.ErrNotFound)
	wantType(t, del(cleo.by, mine), protocol.ErrMissingAccess)
	wantType(t, del(anna.by, thread+"_99"), protocol.ErrNotFound)
	wantInvalid(t, e.DeleteEvent(t.Context(), anna.by, protocol.EventRef{ChatID: g.chat, ThreadID: thread}), "event_id")
	told("", who)
	if err := del(g.by, mine); err != nil {
		t.Fatal(err)
	}
	if p := take[protocol.EventRef](t, anna.ear, protocol.PushEventDeleted); len(p) != 1 || p[0].ChatID != g.chat || p[0].ThreadID != thread || p[0].EventID != mine {
		t.Errorf("event_deleted = %+v", p)
	}
	if got := told(protocol.PushEventDeleted, who); got != "anna mia sam" {
		t.Errorf("told to %s", got)
	}
	if err := del(g.by, mine); err != nil || told(protocol.PushEventDeleted, who) != "" {
		t.Errorf("a second time was told again, or failed: %v", err)
	}
	if err := del(sam.by, note.EventID); err != nil { // an administrator may
		t.Fatal(err)
	}
	if got := told(protocol.PushEventDeleted, who); got != "anna sam" {
		t.Errorf("a note's deletion was told to %s", got)
	}
	if err := e.DeactivateChat(t.Context(), anna.by, protocol.ChatIDRequest{ID: g.chat}); err != nil {
		t.Fatal(err)
	}
	deletedIsHidden(t, e, g, mine)
}

// deletedIsHidden reads a chat in every way: administrators see what was
// deleted, marked; nobody else sees more than that there was something.
func deletedIsHidden(t *testing.T, e *Engine, g *guest, event string) {
	t.Helper()
	for _, by := range []Actor{agentActor(e, "anna"), agentActor(e, "sam"), g.by} {
		c := must(e.GetChat(t.Context(), by, protocol.GetChatRequest{ChatID: g.chat}))
		i := slices.IndexFunc(c.Thread.Events, func(ev protocol.Event) bool { return ev.ID == event })
		if i < 0 || !c.Thread.Events[i].Deleted || c.Thread.Events[i].AuthorID != g.by.ID || c.Thread.Events[i].Visibility != "all" {
			t.Fatalf("%s: the event is gone, or not marked: %+v", by.ID, c.Thread.Events)
		}
		seen := map[string]any{
			"get_chat":     c,
			"list_threads": must(e.ListThreads(t.Context(), by, protocol.ListThreadsRequest{ChatID: g.chat})),
			"list_chats":   must(e.ListChats(t.Context(), by, protocol.ListChatsRequest{})),
		}
		if by.IsAgent() {
			seen["list_archives"] = must(e.ListArchives(t.Context(), by, protocol.ListArchivesRequest{}))
		}
		for where, v := range seen {
			has := strings.Contains(string(protocol.MustEncode(v)), "xylophone")
			if want := by.ID == "sam" && where != "list_chats"; has != want {
				t.Errorf("%s reads the text in %s: %v, want %v", by.ID, where, has, want)
			}
		}
	}
	if a := must(e.ListArchives(t.Context(), agentActor(e, "sam"), protocol.ListArchivesRequest{Filters: &protocol.ArchiveFilters{Query: "xylophone"}})); len(a.Chats) != 0 {
		t.Error("a deleted word is still found")
	}
}

// miasPast imports a chat of group 1 with three closed threads, T1 (tag old), T2 and
// T3, a day apart.
func miasPast(t *testing.T, e *Engine) {
	t.Helper()
	c := store.Customer{ID: "mia", Name: "Mia", CreatedAt: 1}
	chat := &store.Chat{ID: "CHAT", CustomerID: "mia", CreatedAt: 1e15, Access: []int{1}, Users: []store.Member{{UserID: "mia", Type: "customer", Present: true}}}
	var list []store.Import
	for i := range 3 {
		at := protocol.Time(1e15 + int64(i)*24*3600*1e6)
		h := &store.Thread{ID: fmt.Sprintf("T%d", i+1), ChatID: "CHAT", CustomerID: "mia", CreatedAt: at, ThreadDetails: store.ThreadDetails{Access: []int{1}}}
		if i == 0 {
			h.Tags = []string{"old"}
		}
		list = append(list, store.Import{Chat: chat, Thread: h, Events: []protocol.Event{{Type: "message", Text: fmt.Sprintf("word%d", i+1), AuthorID: "mia", CreatedAt: at + 1, Visibility: "all"}}})
	}
	if err := e.ImportThreads(t.Context(), []store.Customer{c}, list); err != nil {
		t.Fatal(err)
	}
}

// left describes the threads of CHAT, newest first, each with its neighbours.
func left(t *testing.T, e *Engine) string {
	t.Helper()
	var out []string
	for _, h := range must(e.ListThreads(t.Context(), Actor{}, protocol.ListThreadsRequest{ChatID: "CHAT"})).Threads {
		out = append(out, h.PreviousThreadID+"<"+h.ID+">"+h.NextThreadID)
	}
	return strings.Join(out, " ")
}

func TestDeleteThread(t *testing.T) {
	for _, c := range []struct{ thread, left, last string }{
		{"T1", "T2<T3> <T2>T3", "word3"}, {"T2", "T1<T3> <T1>T3", "word3"}, {"T3", "T1<T2> <T1>T2", "word2"},
	} {
		e := newEngine(t, Settings{})
		miasPast(t, e)
		anna, sam, cleo := online(t, e, "anna"), online(t, e, "sam"), online(t, e, "cleo")
		r := protocol.ThreadRequest{ChatID: "CHAT", ThreadID: c.thread}
		wantType(t, e.DeleteThread(t.Context(), anna.by, r), protocol.ErrAuthorization)
		if err := e.DeleteThread(t.Context(), sam.by, r); err != nil {
			t.Fatal(err)
		}
		if p := take[protocol.ThreadRequest](t, anna.ear, protocol.PushThreadDeleted); len(p) != 1 || p[0].ChatID != "CHAT" || p[0].ThreadID != c.thread {
			t.Errorf("thread_deleted = %+v", p)
		}
		if cleo.count(protocol.PushThreadDeleted) != 0 {
			t.Error("another group was told")
		}
		if got := left(t, e); got != c.left {
			t.Errorf("without %s: %s, want %s", c.thread, got, c.left)
		}
		list := must(e.ListChats(t.Context(), anna.by, protocol.ListChatsRequest{})).ChatsSummary
		if len(list) != 1 || list[0].LastEventPerType["message"].Event.Text != c.last {
			t.Errorf("without %s: last events = %+v", c.thread, list)
		}
		word := "word" + c.thread[1:]
		if a := must(e.ListArchives(t.Context(), sam.by, protocol.ListArchivesRequest{Filters: &protocol.ArchiveFilters{Query: word}})); len(a.Chats) != 0 {
			t.Errorf("%s is still found", word)
		}
		wantType(t, e.DeleteThread(t.Context(), sam.by, r), protocol.ErrNotFound)
	}
}

func TestDeleteThreadChecks(t *testing.T) {
	e := newEngine(t, Settings{})
	sam := online(t, e, "sam")
	online(t, e, "anna")
	g := arrive(t, e, "Mia").start(t, e, 1)
	wantInvalid(t, e.DeleteThread(t.Context(), sam.by, protocol.ThreadRequest{ChatID: g.chat}), "thread_id")
	wantInvalid(t, e.DeleteThread(t.Context(), sam.by, protocol.ThreadRequest{ThreadID: "x"}), "chat_id")
	wantInvalid(t, e.DeleteThread(t.Context(), sam.by, protocol.ThreadRequest{ChatID: g.chat, ThreadID: threadOf(t, e, g.chat)}), "thread_id")
	wantInvalid(t, e.DeleteChat(t.Context(), sam.by, g.chat), "chat_id")
	wantInvalid(t, e.DeleteChat(t.Context(), sam.by, ""), "chat_id")
	wantType(t, e.DeleteChat(t.Context(), sam.by, "none"), protocol.ErrNotFound)
	wantType(t, e.DeleteChat(t.Context(), g.by, g.chat), protocol.ErrAuthorization)
	wantInvalid(t, e.DeleteThreads(t.Context(), sam.by, protocol.ThreadsDeleted{}), "date_from")
	wantInvalid(t, e.DeleteThreads(t.Context(), sam.by, protocol.ThreadsDeleted{DateFrom: 2, DateTo: 1}), "date_to")
	wantType(t, e.DeleteThreads(t.Context(), agentActor(e, "anna"), protocol.ThreadsDeleted{Tag: "x"}), protocol.ErrAuthorization)
}

func TestDeleteThreads(t *testing.T) {
	day := int64(24 * 3600 * 1e6)
	for name, c := range map[string]struct {
		r    protocol.ThreadsDeleted
		left string
	}{
		"tag":     {protocol.ThreadsDeleted{Tag: "old"}, "T2<T3> <T2>T3"},
		"range":   {protocol.ThreadsDeleted{DateFrom: protocol.Time(1e15 + day - 1), DateTo: protocol.Time(1e15 + day + 1)}, "T1<T3> <T1>T3"},
		"two":     {protocol.ThreadsDeleted{DateTo: protocol.Time(1e15 + day)}, "<T3>"},
		"all":     {protocol.ThreadsDeleted{DateFrom: 1}, ""},
		"nothing": {protocol.ThreadsDeleted{Tag: "none"}, "T2<T3> T1<T2>T3 <T1>T2"},
	} {
		e := newEngine(t, Settings{})
		miasPast(t, e)
		cleo := online(t, e, "cleo")
		if err := e.DeleteThreads(t.Context(), Actor{}, c.r); err != nil {
			t.Fatal(err)
		}
		if got := left(t, e); got != c.left {
			t.Errorf("%s: %s, want %s", name, got, c.left)
		}
		p := take[protocol.ThreadsDeleted](t, cleo.ear, protocol.PushThreadsDeleted)
		if want := name != "nothing"; (len(p) == 1) != want || want && (p[0].Tag != c.r.Tag || p[0].DateTo != c.r.DateTo || p[0].DateFrom != c.r.DateFrom) {
			t.Errorf("%s: threads_deleted = %+v", name, p)
		}
	}
}

package engine

import (
	"testing"
	"testing/synctest"
	"time"

	"agentdesk/protocol"
)

func TestDeleteChat(t *testing.T) {
	e := newEngine(t, Settings{})
	miasPast(t, e)
	anna, cleo := online(t, e, "anna"), online(t, e, "cleo")
	if err := e.DeleteChat(t.Context(), Actor{}, "CHAT"); err != nil {
		t.Fatal(err)
	}
	if p := take[map[string]string](t, anna.ear, protocol.PushChatDeleted); len(p) != 1 || p[0]["chat_id"] != "CHAT" || len(p[0]) != 1 {
		t.Errorf("chat_deleted = %v", p)
	}
	if cleo.count(protocol.PushChatDeleted) != 0 {
		t.Error("another group was told")
	}
	_, err := e.GetChat(t.Context(), anna.by, protocol.GetChatRequest{ChatID: "CHAT"})
	wantType(t, err, protocol.ErrNotFound)
	sam := agentActor(e, "sam")
	if a := must(e.ListArchives(t.Context(), sam, protocol.ListArchivesRequest{})); len(a.Chats) != 0 {
		t.Errorf("the archives still have %+v", a.Chats)
	}
	if l := must(e.ListChats(t.Context(), sam, protocol.ListChatsRequest{})); len(l.ChatsSummary) != 0 {
		t.Errorf("list_chats still has %+v", l.ChatsSummary)
	}
	if _, err := e.StartChat(t.Context(), Actor{Kind: "customer", ID: "mia"}, protocol.StartChatRequest{Chat: &protocol.Chat{}, Continuous: new(true)}); err != nil {
		t.Errorf("the customer cannot begin anew: %v", err)
	}
}

func TestRetention(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEngine(t, Settings{Retention: 48 * time.Hour})
		anna := online(t, e, "anna")
		g := arrive(t, e, "Mia").start(t, e, 1)
		if err := e.DeactivateChat(t.Context(), anna.by, protocol.ChatIDRequest{ID: g.chat}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(24 * time.Hour) // virtual
		e.Tick(t.Context())
		if anna.count(protocol.PushThreadsDeleted) != 0 {
			t.Error("a young thread was deleted")
		}
		time.Sleep(25 * time.Hour) // virtual
		e.Tick(t.Context())
		if p := take[protocol.ThreadsDeleted](t, anna.ear, protocol.PushThreadsDeleted); len(p) != 1 || p[0].DateTo == 0 || p[0].DateFrom != 0 {
			t.Errorf("threads_deleted = %+v", p)
		}
		if l := must(e.ListThreads(t.Context(), anna.by, protocol.ListThreadsRequest{ChatID: g.chat})); len(l.Threads) != 0 {
			t.Errorf("an old thread is left: %+v", l.Threads)
		}
	})
}

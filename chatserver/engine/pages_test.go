package engine

import (
	"fmt"
	"testing"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// TestNumberedPagesReachEverything: pages with a number reach beyond the row where
// counting ends for others, and their total says so.
func TestNumberedPagesReachEverything(t *testing.T) {
	e := newEngine(t, Settings{})
	const all, limit = 1_150, 100
	chat := &store.Chat{ID: "CHAT", CustomerID: "mia", CreatedAt: 1, Access: []int{1}, Users: []store.Member{{UserID: "mia", Type: "customer"}}}
	list := make([]store.Import, all)
	for i := range list {
		at := protocol.Time(1e15 + int64(i)*1e6)
		h := &store.Thread{ID: fmt.Sprintf("T%d", i), ChatID: "CHAT", CustomerID: "mia", CreatedAt: at, ThreadDetails: store.ThreadDetails{Access: []int{1}}}
		list[i] = store.Import{Chat: chat, Thread: h}
	}
	if err := e.ImportThreads(t.Context(), []store.Customer{{ID: "mia", CreatedAt: 1}}, list); err != nil {
		t.Fatal(err)
	}
	by := under(agentActor(e, "sam"), Rules{Numbered: true})
	for page, want := range map[int][2]string{ // its first and last thread; the newest comes first
		1: {"T1149", "T1050"}, 2: {"T1049", "T950"}, 11: {"T149", "T50"}, 12: {"T49", "T0"}, 13: {}, 1000: {},
	} {
		out := must(e.ArchivesBehind(t.Context(), by, protocol.ListArchivesRequest{Limit: limit}, (page-1)*limit))
		var got [2]string
		if n := len(out.Chats); n > 0 {
			got = [2]string{out.Chats[0].Thread.ID, out.Chats[n-1].Thread.ID}
		}
		if got != want || out.FoundChats != all {
			t.Errorf("page %d: %v of %d, want %v of %d", page, got, out.FoundChats, want, all)
		}
	}
	if out := must(e.ListArchives(t.Context(), agentActor(e, "sam"), protocol.ListArchivesRequest{})); out.FoundChats != 1000 {
		t.Errorf("without numbers %d are counted", out.FoundChats)
	}
	if out := must(e.ChatsBehind(t.Context(), by, protocol.ListChatsRequest{Limit: 1}, 1)); len(out.ChatsSummary) != 0 || out.FoundChats != 1 {
		t.Errorf("behind the only chat there are %d, of %d", len(out.ChatsSummary), out.FoundChats)
	}
}

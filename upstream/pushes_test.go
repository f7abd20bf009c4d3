package upstream

import (
	"context"
	"io"
	"net/http"
	"reflect"
	"testing"
	"time"

	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// TestEveryPushHasItsPlace: each push of 3.6 and 3.7 is read, or ignored for a
// reason.
func TestEveryPushHasItsPlace(t *testing.T) {
	known := map[string]bool{}
	for _, p := range version.Pushes() {
		if p.Name == protocol.PushAgentDisconnected || !p.Has(version.V36) && !p.Has(version.V37) {
			continue
		}
		known[p.Name] = true
		if (pushes[p.Name] != nil) == (ignored[p.Name] != "") {
			t.Errorf("%s is read: %v, ignored because %q", p.Name, pushes[p.Name] != nil, ignored[p.Name])
		}
	}
	if len(known) < 60 {
		t.Fatalf("only %d pushes are known", len(known))
	}
	for name := range ignored {
		if !known[name] {
			t.Errorf("%s is no push of 3.6 or 3.7", name)
		}
	}
}

// TestLaterPushesInWords takes the pushes of 3.4 and later by documents written
// by hand.
func TestLaterPushesInWords(t *testing.T) {
	r := bareAt(version.V37)
	at := time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		action, payload string
		want            inbound
	}{
		{"incoming_thinking_indicator", `{"chat_id":"A","thread_id":"T","author_id":"bot","sent_at":"2026-11-21T08:00:00.000000Z","title":"Reading","description":"a page","custom_id":"x"}`,
			inbound{push: desk.Thinking{ChatID: "A", AuthorID: "bot", Title: "Reading", Text: "a page"}}},
		{"thread_summary_set", `{"chat_id":"A","thread_id":"T","summary":{"status":"ok","text":"short","updated_at":"2026-11-21T08:00:00.000000Z"}}`,
			inbound{push: desk.SummarySet{ChatID: "A", ThreadID: "T", Text: "short", At: at}}},
		{"thread_summary_set", `{"chat_id":"A","thread_id":"T","summary":{"status":"error","text":""}}`,
			inbound{push: desk.SummarySet{ChatID: "A", ThreadID: "T", Failed: true}}},
		{"incoming_error", `{"action":"set_thread_summary","chat_id":"A","thread_id":"T"}`,
			inbound{push: desk.SummarySet{ChatID: "A", ThreadID: "T", Failed: true}}},
		{"event_deleted", `{"chat_id":"A","thread_id":"T","event_id":"e"}`, inbound{push: desk.EventDeleted{ChatID: "A", ThreadID: "T", EventID: "e"}}},
		{"thread_deleted", `{"chat_id":"A","thread_id":"T"}`, inbound{stale: []string{"A"}}},
		{"threads_deleted", `{"date_from":"2026-01-01","date_to":"2026-02-01","tag":"vip"}`, inbound{stale: []string{allChats}}},
		{"customer_statistics_updated", `{"customer_id":"c","statistics":{"chats_count":3,"threads_count":5,"visits_count":7,"page_views_count":11,"tickets_count":2}}`,
			inbound{push: desk.CustomerUpdated{Customer: desk.Person{ID: "c", Customer: &desk.Customer{Chats: 3, Threads: 5, Visits: 7, PageViews: 11}}}}},
		{"customer_transferred", `{"id":"c","transferred_to":{"group_ids":[2]},"followed":true}`, inbound{push: desk.CustomerFollowed{CustomerID: "c", On: true}}},
		{"customer_unfollowed", `{"id":"c"}`, inbound{push: desk.CustomerFollowed{CustomerID: "c"}}},
		{"agent_updated", `{"id":"a","work_scheduler":{"timezone":"UTC","schedule":[]}}`, inbound{config: true}},
		{"group_created", `{"id":3,"name":"New","language_code":"en","agent_priorities":{}}`, inbound{config: true}},
		{"tag_deleted", `{"name":"vip"}`, inbound{config: true}},
	} {
		got, ok := r.understand([]byte(tongue(37).frame(pushed{c.action, c.payload})))
		if !ok || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v, %v, want %+v", c.action, got, ok, c.want)
		}
	}
	for _, quiet := range []pushed{
		{"incoming_error", `{"action":"something_else","chat_id":"A"}`}, {"incoming_multicast", `{"content":{}}`},
		{"canned_response_created", `{"id":1,"tags":["a"]}`}, {"auto_accesses_updated", `[]`},
	} {
		if got, ok := r.understand([]byte(tongue(37).frame(quiet))); ok {
			t.Errorf("%s means %+v", quiet.action, got)
		}
	}
}

// TestPushOfAnotherVersion: from 3.3 on a push is read by the version that it
// names, whatever the connection speaks.
func TestPushOfAnotherVersion(t *testing.T) {
	seen36 := `{"version":"3.6","action":"incoming_customer","type":"push","payload":{"id":"c","type":"customer","visit":{"ip":"10.0.0.1"}}}`
	seen33 := `{"version":"3.3","action":"incoming_customer","type":"push","payload":{"id":"c","type":"customer","last_visit":{"ip":"10.0.0.1"}}}`
	said33 := `{"version":"3.3","action":"incoming_event","type":"push","payload":{"chat_id":"A","thread_id":"T","event":{"id":"e","type":"message","recipients":"agents"}}}`
	unnamed := `{"action":"incoming_event","type":"push","payload":{"chat_id":"A","thread_id":"T","event":{"id":"e","type":"message","visibility":"agents"}}}`
	future := `{"version":"9.9","action":"incoming_event","type":"push","payload":{"chat_id":"A","thread_id":"T","event":{"id":"e","type":"message","visibility":"agents"}}}`
	for _, v := range []version.Version{version.V33, version.V34, version.V36, version.V37} {
		r := bareAt(v)
		for _, frame := range []string{seen36, seen33} {
			in, _ := r.understand([]byte(frame))
			if p, ok := in.push.(desk.CustomerUpdated); !ok || p.Customer.Customer.Visit.IP != "10.0.0.1" {
				t.Errorf("%v reads %s as %+v", v, frame, in.push)
			}
		}
		frames := []string{said33, unnamed, future}
		if v == version.V33 {
			frames = frames[:1] // what names no version is in the connection's
		}
		for _, frame := range frames {
			in, _ := r.understand([]byte(frame))
			if p, ok := in.push.(desk.IncomingEvent); !ok || !p.Event.AgentsOnly {
				t.Errorf("%v reads %s as %+v", v, frame, in.push)
			}
		}
	}
}

// TestDirectoryFollowsItsPushes: agents, groups and tags are read again, once
// for many pushes.
func TestDirectoryFollowsItsPushes(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		reads := 0
		g.server.mu.Lock()
		g.web["list_tags"] = func(w http.ResponseWriter, _ *http.Request) {
			reads++
			_, _ = io.WriteString(w, `[{"name":"fresh"}]`)
		}
		g.web["list_groups"] = func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusForbidden) }
		g.server.mu.Unlock()
		for range 5 {
			g.do(func(*world) { g.push("tag_created", `{"name":"fresh","group_ids":[0]}`) })
		}
		pass(3 * configSoon)
		in, err := s.Inbox(context.Background(), desk.Filter{})
		if err != nil || len(in.Tags) != 1 || in.Tags[0] != "fresh" || reads != 1 {
			t.Errorf("tags %v, read %d times, %v", in.Tags, reads, err)
		}
		if len(in.Groups) != 2 || len(in.Agents) != 2 {
			t.Errorf("groups %v, agents %v", in.Groups, in.Agents)
		}
	})
}

// TestDeletedChatLeaves: a thread is deleted, and with it all of its chat.
func TestDeletedChatLeaves(t *testing.T) {
	g, s := chatA(t)
	g.do(func(w *world) {
		delete(w.chats, "A")
		g.push("thread_deleted", `{"chat_id":"A","thread_id":"A-1"}`)
	})
	g.sink.until(t, "it is gone", func() bool { return len(sections(t, s)) == 0 })
	g.do(func(w *world) { w.say(w.open("B", me0), "cust-B", "hello", "") })
	g.pushOf(func(v tongue, w *world) pushed { return v.openedPush(w.chats["B"]) })
	g.sink.until(t, "chat B", func() bool { return len(sections(t, s)[desk.Mine]) == 1 })
	g.do(func(w *world) {
		w.chats["B"].events = nil
		g.push("threads_deleted", `{"tag":"vip"}`)
	})
	g.sink.until(t, "the chat is read again", func() bool { return g.count("get_chat") >= 3 })
}

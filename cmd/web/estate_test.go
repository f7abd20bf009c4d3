package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/gorilla/websocket"
)

// estate is a scripted chat server of several agents. Everything it says to one
// of them carries that agent's number, so that it can be told wherever it shows
// up. The token of agent 3 is "agent-3".
type estate struct {
	srv    *httptest.Server
	agents int

	mu    sync.Mutex
	lines map[*ledgerConn]int // whose they are
	said  int
}

// chatsEach is how many chats each agent has.
const chatsEach = 3

func newEstate(t testing.TB, agents int) *estate {
	e := &estate{agents: agents, lines: map[*ledgerConn]int{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/v3.6/agent/rtm/ws", e.accept)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "{}", http.StatusNotFound) })
	e.srv = httptest.NewServer(mux)
	t.Cleanup(func() { e.cut(func(int) bool { return true }); e.srv.Close() })
	return e
}

func (e *estate) accept(w http.ResponseWriter, r *http.Request) {
	ws, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer ws.Close()
	c, owner := &ledgerConn{ws: ws}, -1
	for {
		var q struct {
			RequestID string `json:"request_id"`
			Action    string `json:"action"`
			Payload   struct {
				Token  string `json:"token"`
				ChatID string `json:"chat_id"`
			} `json:"payload"`
		}
		_, b, err := ws.ReadMessage()
		if err != nil {
			break
		}
		if json.Unmarshal(b, &q) != nil {
			continue
		}
		if _, n, ok := strings.Cut(q.Payload.Token, "agent-"); q.Action == "login" && ok {
			owner, _ = strconv.Atoi(n)
			e.mu.Lock()
			e.lines[c] = owner
			e.mu.Unlock()
		}
		c.write(fmt.Sprintf(`{"request_id":%q,"action":%q,"type":"response","success":true,"payload":%s}`, q.RequestID, q.Action, e.answer(q.Action, owner, q.Payload.ChatID)))
	}
	e.mu.Lock()
	delete(e.lines, c)
	e.mu.Unlock()
}

func (e *estate) answer(action string, owner int, chat string) string {
	switch action {
	case "login":
		return fmt.Sprintf(`{"license":{"id":"1"},"my_profile":{"id":%q,"type":"agent","name":"Agent %d","present":true,"routing_status":"accepting_chats","permission":"normal"},"chats_summary":[]}`, agentMail(owner), owner)
	case "list_chats":
		var rows []string
		for i := range chatsEach {
			id := ownChat(owner, i)
			rows = append(rows, fmt.Sprintf(`{"id":%q,"users":%s,"last_thread_summary":{"id":"%sT","active":true,"created_at":"2026-11-01T09:00:00.000000Z","user_ids":["cust",%q]},"last_event_per_type":{"message":{"thread_id":"%sT","event":%s}},"access":{"group_ids":[0]},"is_followed":false}`,
				id, e.users(owner), id, agentMail(owner), id, e.event(owner, id, 1)))
		}
		return fmt.Sprintf(`{"chats_summary":[%s],"found_chats":%d}`, strings.Join(rows, ","), len(rows))
	case "get_chat":
		return fmt.Sprintf(`{"id":%q,"users":%s,"access":{"group_ids":[0]},"is_followed":false,"thread":{"id":"%sT","active":true,"created_at":"2026-11-01T09:00:00.000000Z","user_ids":["cust",%q],"events":[%s]}}`,
			chat, e.users(owner), chat, agentMail(owner), e.event(owner, chat, 1))
	case "list_threads":
		return `{"threads":[],"found_threads":0}`
	case "list_archives":
		return fmt.Sprintf(`{"chats":[{"id":%q,"users":%s,"thread":{"id":"%sT","active":false,"created_at":"2026-11-01T09:00:00.000000Z","user_ids":["cust"],"events":[%s]}}],"found_chats":1}`,
			ownChat(owner, 0), e.users(owner), ownChat(owner, 0), e.event(owner, ownChat(owner, 0), 1))
	case "list_routing_statuses", "list_agents_for_transfer":
		return "[]"
	}
	return "{}"
}

func agentMail(n int) string { return fmt.Sprintf("agent%d@example.com", n) }

func ownChat(owner, i int) string { return fmt.Sprintf("own-%d-%d", owner, i) }

// canary is a word that only its owner may ever get.
func canary(owner int, rest any) string { return fmt.Sprintf("canary-%d-%v", owner, rest) }

func (e *estate) users(owner int) string {
	return fmt.Sprintf(`[{"id":"cust","type":"customer","name":%q,"email":%q,"present":true},{"id":%q,"type":"agent","name":"Agent %d","present":true,"visibility":"all"}]`,
		canary(owner, "name"), canary(owner, "mail")+"@example.com", agentMail(owner), owner)
}

func (e *estate) event(owner int, chat string, n int) string {
	return fmt.Sprintf(`{"id":"%sT_%d","type":"message","text":%q,"author_id":"cust","created_at":"2026-11-01T09:%02d:%02d.%06dZ","visibility":"all"}`,
		chat, n, canary(owner, n), n/60000%60, n/1000%60, n%1000)
}

// push tells an agent something; kind chooses what, 0 a message with a new word.
func (e *estate) push(owner, kind int) (word string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.said++
	chat := ownChat(owner, kind%chatsEach)
	action, payload := "incoming_event", fmt.Sprintf(`{"chat_id":%q,"thread_id":"%sT","event":%s}`, chat, chat, e.event(owner, chat, 1+e.said))
	switch kind % 7 {
	case 1:
		action, payload = "incoming_sneak_peek", fmt.Sprintf(`{"chat_id":%q,"thread_id":"%sT","sneak_peek":{"author_id":"cust","text":%q,"timestamp":1}}`, chat, chat, canary(owner, "peek"))
	case 2:
		action, payload = "incoming_typing_indicator", fmt.Sprintf(`{"chat_id":%q,"thread_id":"%sT","typing_indicator":{"author_id":"cust","visibility":"all","timestamp":1,"is_typing":true}}`, chat, chat)
	case 3:
		action, payload = "incoming_chat", fmt.Sprintf(`{"chat":{"id":%q,"users":%s,"access":{"group_ids":[0]},"thread":{"id":"%sT","active":true,"created_at":"2026-11-01T09:00:00.000000Z","user_ids":["cust"],"events":[%s]}}}`,
			chat, e.users(owner), chat, e.event(owner, chat, 1+e.said))
	}
	for c, who := range e.lines {
		if who == owner {
			c.write(fmt.Sprintf(`{"version":"3.6","action":%q,"type":"push","payload":%s}`, action, payload))
		}
	}
	return canary(owner, 1+e.said)
}

// cut ends lines without a goodbye.
func (e *estate) cut(whose func(owner int) bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for c, who := range e.lines {
		if whose(who) {
			c.ws.UnderlyingConn().Close()
			delete(e.lines, c)
		}
	}
}

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
	"time"

	"github.com/gorilla/websocket"
)

// ledger is a scripted chat server that remembers the truth: every event of
// every chat, in order. Its frames are written by hand, without the project's
// own types. It can cut all lines at any moment.
type ledger struct {
	srv    *httptest.Server
	mu     sync.Mutex
	chats  []*ledgerChat
	conns  map[*ledgerConn]bool
	logins int
	dials  int // sockets that were ever opened
	clock  time.Time
	// onSend decides what happens to a send_event. It runs without the lock;
	// record puts the event into the ledger, answer answers it.
	onSend func(record, answer func())
}

type ledgerChat struct {
	id     string
	events []string // JSON
	custom map[string]int
	others bool // a colleague's, with a customer of its own
}

// users are who takes part in a chat.
func (c *ledgerChat) users() string {
	if c.others {
		return strings.NewReplacer("cust", c.id+"-cust", "anna@", "ben@", "Anna", "Ben", "Marta", "Customer "+c.id).Replace(ledgerUsers)
	}
	return ledgerUsers
}

type ledgerConn struct {
	mu sync.Mutex
	ws *websocket.Conn
}

func (c *ledgerConn) write(frame string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = c.ws.SetWriteDeadline(time.Now().Add(10 * time.Second))
	_ = c.ws.WriteMessage(websocket.TextMessage, []byte(frame))
}

func newLedger(t testing.TB, chats int) *ledger {
	l := &ledger{conns: map[*ledgerConn]bool{}, clock: time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)}
	for i := range chats {
		l.chats = append(l.chats, &ledgerChat{id: fmt.Sprintf("CHAT%02d", i), custom: map[string]int{}})
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/v3.6/agent/rtm/ws", l.accept)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "{}", http.StatusNotFound) })
	l.srv = httptest.NewServer(mux)
	t.Cleanup(func() { l.cut(); l.srv.Close() })
	return l
}

func (l *ledger) accept(w http.ResponseWriter, r *http.Request) {
	ws, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &ledgerConn{ws: ws}
	defer ws.Close()
	l.mu.Lock()
	l.dials++
	l.mu.Unlock()
	for {
		_, b, err := ws.ReadMessage()
		if err != nil {
			break
		}
		var q struct {
			RequestID string `json:"request_id"`
			Action    string `json:"action"`
			Payload   struct {
				ChatID string          `json:"chat_id"`
				PageID string          `json:"page_id"`
				Event  json.RawMessage `json:"event"`
			} `json:"payload"`
		}
		if json.Unmarshal(b, &q) != nil {
			continue
		}
		answer := func(payload string) {
			c.write(fmt.Sprintf(`{"request_id":%q,"action":%q,"type":"response","success":true,"payload":%s}`, q.RequestID, q.Action, payload))
		}
		switch q.Action {
		case "login":
			l.mu.Lock()
			l.logins++
			l.conns[c] = true
			l.mu.Unlock()
			answer(`{"license":{"id":"1"},"my_profile":{"id":"anna@example.com","type":"agent","name":"Anna","present":true,"routing_status":"accepting_chats","permission":"normal"},"chats_summary":[]}`)
		case "list_chats":
			answer(l.list(q.Payload.PageID))
		case "get_chat":
			answer(l.chat(q.Payload.ChatID))
		case "send_event":
			l.send(c, q.Payload.ChatID, q.Payload.Event, answer)
		case "list_routing_statuses", "list_agents_for_transfer":
			answer("[]")
		case "list_threads":
			answer(`{"threads":[],"found_threads":0}`)
		default:
			answer("{}")
		}
	}
	l.mu.Lock()
	delete(l.conns, c)
	l.mu.Unlock()
}

const ledgerUsers = `[{"id":"cust","type":"customer","name":"Marta","present":true},{"id":"anna@example.com","type":"agent","name":"Anna","present":true,"visibility":"all"}]`

// list is a page of the chats.
func (l *ledger) list(page string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	from, _ := strconv.Atoi(page)
	to, next := len(l.chats), ""
	if to > from+100 {
		to = from + 100
		next = fmt.Sprintf(`,"next_page_id":"%d"`, to)
	}
	var rows []string
	for _, c := range l.chats[from:to] {
		last := ""
		if n := len(c.events); n > 0 {
			last = fmt.Sprintf(`"last_event_per_type":{"message":{"thread_id":"%sT","event":%s}},`, c.id, c.events[n-1])
		}
		rows = append(rows, fmt.Sprintf(`{"id":%q,"users":%s,"last_thread_summary":{"id":"%sT","active":true,"created_at":"2026-11-01T09:00:00.000000Z","user_ids":["cust","anna@example.com"]},%s"access":{"group_ids":[0]},"is_followed":false}`, c.id, c.users(), c.id, last))
	}
	return fmt.Sprintf(`{"chats_summary":[%s],"found_chats":%d%s}`, strings.Join(rows, ","), len(l.chats), next)
}

func (l *ledger) find(id string) *ledgerChat {
	for _, c := range l.chats {
		if c.id == id {
			return c
		}
	}
	return l.chats[0]
}

func (l *ledger) chat(id string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.find(id)
	return fmt.Sprintf(`{"id":%q,"users":%s,"access":{"group_ids":[0]},"is_followed":false,"thread":{"id":"%sT","active":true,"created_at":"2026-11-01T09:00:00.000000Z","user_ids":["cust","anna@example.com"],"events":[%s]}}`,
		c.id, c.users(), c.id, strings.Join(c.events, ","))
}

// add records an event and tells every agent's connection.
func (l *ledger) add(c *ledgerChat, author, text, customID string) (id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.clock = l.clock.Add(time.Millisecond)
	id = fmt.Sprintf("%sT_%d", c.id, len(c.events)+1)
	custom := ""
	if customID != "" {
		c.custom[customID]++
		custom = fmt.Sprintf(`"custom_id":%q,`, customID)
	}
	ev := fmt.Sprintf(`{"id":%q,%s"type":"message","text":%q,"author_id":%q,"created_at":%q,"visibility":"all"}`, id, custom, text, author, l.clock.Format("2006-01-02T15:04:05.000000Z"))
	c.events = append(c.events, ev)
	push := fmt.Sprintf(`{"version":"3.6","action":"incoming_event","type":"push","payload":{"chat_id":%q,"thread_id":"%sT","event":%s}}`, c.id, c.id, ev)
	for conn := range l.conns {
		conn.write(push)
	}
	return id
}

func (l *ledger) send(_ *ledgerConn, chatID string, raw json.RawMessage, answer func(string)) {
	var ev struct {
		Text     string `json:"text"`
		CustomID string `json:"custom_id"`
	}
	_ = json.Unmarshal(raw, &ev)
	l.mu.Lock()
	c, hook := l.find(chatID), l.onSend
	l.mu.Unlock()
	id := ""
	record := func() { id = l.add(c, "anna@example.com", ev.Text, ev.CustomID) }
	if hook != nil {
		hook(record, func() { answer(fmt.Sprintf(`{"event_id":%q}`, id)) })
		return
	}
	record()
	answer(fmt.Sprintf(`{"event_id":%q}`, id))
}

// said counts how often a custom id was recorded.
func (l *ledger) said(customID string) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.chats {
		n += c.custom[customID]
	}
	return n
}

// sockets counts the lines that were ever opened and those that are signed in.
func (l *ledger) sockets() (dials, open int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dials, len(l.conns)
}

// cut ends every line at once, without a goodbye.
func (l *ledger) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.conns {
		c.ws.UnderlyingConn().Close()
		delete(l.conns, c)
	}
}

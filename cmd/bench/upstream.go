package main

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/gorilla/websocket"
)

// upstream is a scripted Agent Chat API server at 3.6 and 3.0: every token is an agent
// with one chat, and push sends each of them an event. It is written by hand,
// without the project's own wire types.
type upstream struct {
	url    string
	srv    *http.Server
	chats  int // chats of each agent's list
	events int // events in the first chat
	mu     sync.Mutex
	conns  map[string]*agentConn
}

type agentConn struct {
	mu sync.Mutex
	ws *websocket.Conn
	n  int
	// old: it speaks 3.0
	old bool
}

func startUpstream(chats, events int) (*upstream, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	u := &upstream{url: "http://" + l.Addr().String(), chats: chats, events: events, conns: map[string]*agentConn{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/v3.6/agent/rtm/ws", func(w http.ResponseWriter, r *http.Request) { u.socket(w, r, false) })
	mux.HandleFunc("/v3.0/agent/rtm/ws", func(w http.ResponseWriter, r *http.Request) { u.socket(w, r, true) })
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "[]") }) // the Configuration API
	u.srv = &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = u.srv.Serve(l) }()
	return u, nil
}

func (u *upstream) close() { _ = u.srv.Close() }

type request struct {
	RequestID string `json:"request_id"`
	Action    string `json:"action"`
	Payload   struct {
		Token   string `json:"token"`
		ChatID  string `json:"chat_id"`
		PageID  string `json:"page_id"`
		Filters struct {
			IncludeActive bool `json:"include_active"`
		} `json:"filters"`
	} `json:"payload"`
}

func (u *upstream) socket(w http.ResponseWriter, r *http.Request, old bool) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	go u.serve(&agentConn{ws: ws, old: old})
}

func (u *upstream) serve(c *agentConn) {
	defer c.ws.Close()
	token := ""
	for {
		_, b, err := c.ws.ReadMessage()
		if err != nil {
			return
		}
		var q request
		if json.Unmarshal(b, &q) != nil {
			continue
		}
		if q.Action == "login" {
			token = strings.TrimPrefix(q.Payload.Token, "Bearer ")
		}
		answer := u.answer
		if c.old {
			answer = u.answer30
		}
		c.write(fmt.Sprintf(`{"request_id":%q,"action":%q,"type":"response","success":true,"payload":%s}`, q.RequestID, q.Action, answer(token, q)))
		if q.Action == "login" {
			u.mu.Lock()
			u.conns[token] = c
			u.mu.Unlock()
		}
	}
}

func (c *agentConn) write(s string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = c.ws.SetWriteDeadline(time.Now().Add(10 * time.Second))
	_ = c.ws.WriteMessage(websocket.TextMessage, []byte(s))
}

func (u *upstream) answer(token string, q request) string {
	switch q.Action {
	case "login":
		return fmt.Sprintf(`{"license":{"id":"1"},"my_profile":{"id":"%s@example.com","type":"agent","name":"Agent %s","present":true,"routing_status":"accepting_chats","permission":"normal"},"chats_summary":[]}`, token, token)
	case "list_chats":
		return u.listChats(token, q.Payload.PageID)
	case "get_chat":
		return u.chat(token, q.Payload.ChatID)
	case "list_routing_statuses", "list_agents_for_transfer":
		return "[]"
	default:
		return "{}"
	}
}

func (u *upstream) listChats(token, page string) string {
	from, _ := strconv.Atoi(page)
	to := min(from+100, u.chats)
	var sb strings.Builder
	sb.WriteString(`{"chats_summary":[`)
	for i := from; i < to; i++ {
		if i > from {
			sb.WriteByte(',')
		}
		fmt.Fprintf(&sb, `{"id":"%s","users":%s,"last_thread_summary":{"id":"T%d","active":true,"created_at":"2026-11-01T09:00:00.000000Z","user_ids":["%s@example.com"]},"last_event_per_type":{"message":{"thread_id":"T%d","event":{"id":"T%d_1","type":"message","text":"Where is my order %d?","author_id":"c%d","created_at":"2026-11-01T09:00:%02d.000000Z","visibility":"all"}}},"access":{"group_ids":[0]},"is_followed":false}`,
			chatID(i), users(token, i), i, token, i, i, i, i, i%60)
	}
	fmt.Fprintf(&sb, `],"found_chats":%d`, u.chats)
	if to < u.chats {
		fmt.Fprintf(&sb, `,"next_page_id":"%d"`, to)
	}
	return sb.String() + "}"
}

// users of chat i: the first chat is the agent's, the others are a colleague's.
func users(token string, i int) string {
	agent := token
	if i > 0 {
		agent = "colleague"
	}
	return fmt.Sprintf(`[{"id":"c%d","type":"customer","name":"Customer %d","present":true},{"id":"%s@example.com","type":"agent","name":"Agent","present":true,"visibility":"all"}]`, i, i, agent)
}

func chatID(i int) string { return fmt.Sprintf("CHAT%06d", i) }

func (u *upstream) chat(token, id string) string {
	i, _ := strconv.Atoi(strings.TrimPrefix(id, "CHAT"))
	n := 3
	if i == 0 {
		n = max(n, u.events)
	}
	var sb strings.Builder
	for e := range n {
		if e > 0 {
			sb.WriteByte(',')
		}
		at := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(e) * time.Millisecond)
		fmt.Fprintf(&sb, `{"id":"T%d_%d","type":"message","text":"Line %d of the conversation","author_id":"c%d","created_at":%q,"visibility":"all"}`, i, e+1, e, i, at.Format("2006-01-02T15:04:05.000000Z"))
	}
	return fmt.Sprintf(`{"id":%q,"users":%s,"access":{"group_ids":[0]},"is_followed":false,"thread":{"id":"T%d","active":true,"created_at":"2026-11-01T09:00:00.000000Z","user_ids":["%s@example.com"],"events":[%s]}}`,
		id, users(token, i), i, token, sb.String())
}

// push sends an agent one message of its customer, with the time it left.
func (u *upstream) push(token string) {
	u.mu.Lock()
	c := u.conns[token]
	u.mu.Unlock()
	if c == nil {
		return
	}
	c.n++
	now := time.Now()
	if c.old {
		c.write(pushed30(c.n, now))
		return
	}
	c.write(fmt.Sprintf(`{"version":"3.6","action":"incoming_event","type":"push","payload":{"chat_id":%q,"thread_id":"T0","event":{"id":"T0_p%d","type":"message","text":"sent@%d@ Hello, I have a question about my last order and its delivery.","author_id":"c0","created_at":%q,"visibility":"all"}}}`,
		chatID(0), c.n, now.UnixNano(), now.UTC().Format("2006-01-02T15:04:05.000000Z")))
}

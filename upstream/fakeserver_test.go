package upstream

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/gorilla/websocket"
)

// server is a scripted chat server: a real websocket, frames written by hand,
// a world of chats behind it, and hooks that spoil things.
//
// How to use it: newServer listens on a free port (or on the listener given).
// on["send_event"] replaces what happens for a request; it may call s.serve to
// do it after all, c.drop to cut, or nothing at all to stay silent. Changes to
// the world and the pushes they cause happen under one lock, so what is on the
// wire is in the order of truth.
type server struct {
	t    testing.TB
	v    tongue
	url  string
	http *http.Server

	mu       sync.Mutex
	world    *world
	conns    map[*conn]bool
	on       map[string]func(c *conn, r request0)
	web      map[string]func(w http.ResponseWriter, r *http.Request)
	accept   func(w http.ResponseWriter, r *http.Request) bool // false: handled
	logins   int
	inLogin  int // logins being answered now
	maxLogin int
	opened   int
	maxOpen  int
	tokens   []string
	query    string // of the newest socket's address
	requests []request0
	wg       sync.WaitGroup
}

func newServer(t testing.TB) *server { return newServerAt(t, 36) }

// newServerAt speaks another version, and no other.
func newServerAt(t testing.TB, v tongue) *server {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return serveOn(t, l, "http://"+l.Addr().String(), v)
}

func serveOn(t testing.TB, l net.Listener, url string, v tongue) *server {
	s := &server{t: t, v: v, url: url, world: newWorld(v), conns: map[*conn]bool{}, on: map[string]func(*conn, request0){},
		web: map[string]func(http.ResponseWriter, *http.Request){}}
	mux := http.NewServeMux()
	mux.HandleFunc("/v"+v.String()+"/agent/rtm/ws", s.socket)
	mux.HandleFunc("/", s.post)
	s.http = &http.Server{Handler: mux}
	s.wg.Go(func() { _ = s.http.Serve(l) })
	t.Cleanup(s.close)
	return s
}

func (s *server) close() {
	_ = s.http.Close()
	s.cut()
	s.wg.Wait()
}

// cut drops every connection without a word.
func (s *server) cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		_ = c.ws.Close()
	}
}

func (s *server) hook(action string, f func(c *conn, r request0)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.on[action] = f
}

func (s *server) count(action string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.requests {
		if r.Action == action {
			n++
		}
	}
	return n
}

func (s *server) post(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	s.mu.Lock()
	f := s.web[name]
	if f == nil {
		f = s.web[anyAction]
	}
	s.mu.Unlock()
	if f != nil {
		f(w, r)
		return
	}
	switch name {
	case "list_agents":
		_, _ = io.WriteString(w, `[{"id":"anna@example.com","name":"Anna","groups":[{"id":1,"priority":"normal"}]},
			{"id":"ben@example.com","name":"Ben","avatar_path":"/b.png","groups":[{"id":1}]}]`)
	case "list_groups":
		_, _ = io.WriteString(w, `[{"id":0,"name":"General"},{"id":1,"name":"Orders"}]`)
	case "list_tags":
		_, _ = io.WriteString(w, `[{"name":"refund","group_ids":[0]},{"name":"vip"}]`)
	default:
		http.NotFound(w, r)
	}
}

func (s *server) socket(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	accept := s.accept
	s.mu.Unlock()
	if accept != nil && !accept(w, r) {
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &conn{s: s, ws: ws}
	s.mu.Lock()
	s.conns[c] = true
	s.query = r.URL.RawQuery
	s.opened++
	s.maxOpen = max(s.maxOpen, len(s.conns))
	s.mu.Unlock()
	s.wg.Go(c.read)
}

// push sends to everybody who is logged in. The caller holds the lock.
func (s *server) push(action, payload string) {
	for c := range s.conns {
		if c.live {
			c.raw(s.v.frame(pushed{action, payload}))
		}
	}
}

// do changes the world under the lock.
func (s *server) do(f func(w *world)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(s.world)
}

// serve is what the server does where no hook is set.
func (s *server) serve(c *conn, r request0) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch r.Action {
	case "login":
		s.logins++
		s.tokens = append(s.tokens, r.get("token"))
		c.live = true
		c.reply(r, s.world.login(agentOf(r.get("token"))))
	case s.v.method("list_chats"):
		c.reply(r, s.world.list(r.get("page_id"), !strings.Contains(string(r.Payload), `active":false`)))
	case s.v.method("get_chat"):
		thread := r.get("thread_id")
		if s.v < 32 {
			thread = r.first("thread_ids")
		}
		if w := s.world.chats[r.get("chat_id")]; w == nil {
			c.fail(r, s.v.old(34, "validation", "not_found"))
		} else if got, ok := s.v.gotChat(w, thread); ok {
			c.reply(r, got)
		} else {
			c.fail(r, s.v.old(34, "validation", "not_found"))
		}
	case "list_threads":
		c.reply(r, s.world.threads(r.get("chat_id")))
	case "send_event":
		s.send(c, r)
	case "list_routing_statuses":
		if s.v < 33 {
			c.fail(r, "validation")
			return
		}
		c.reply(r, `[{"agent_id":"anna@example.com","status":"accepting_chats"},{"agent_id":"bot1","status":"offline"}]`)
	default:
		if since, ok := newSince[r.Action]; ok && s.v < since || s.v < 32 && r.Action != s.v.method(r.Action) {
			c.fail(r, "validation")
			return
		}
		c.reply(r, `{}`)
	}
}

// newSince has the methods that are not answered before a version.
var newSince = map[string]tongue{
	"list_threads": 32, "list_agents_for_transfer": 32, "get_customer": 32, "list_routing_statuses": 33, "update_session": 36,
	"request_thread_summary": 36, "send_thinking_indicator": 36, "subscribe_customers": 36, "follow_customer": 33,
}

// send accepts a message: the push first, then the answer. The caller holds the
// lock.
func (s *server) send(c *conn, r request0) {
	w := s.world.chats[r.get("chat_id")]
	switch {
	case w == nil:
		c.fail(r, s.v.old(34, "validation", "not_found"))
	case !w.active:
		c.fail(r, s.v.old(32, "validation", "chat_inactive"))
	default:
		_, push := s.world.say(w, me0, r.get("event.text"), r.get("event.custom_id"))
		s.push("incoming_event", push)
		c.reply(r, s.world.sent(w))
	}
}

// sent is the answer to the send_event that made the newest event of a chat.
func (w *world) sent(c *wchat) string {
	e := c.events[len(c.events)-1]
	if w.v == 30 {
		return fmt.Sprintf(`{"thread_id":%q,"event":%s}`, c.thread, w.v.event(e))
	}
	return fmt.Sprintf(`{"event_id":%q}`, e.id)
}

func agentOf(token string) string {
	if strings.Contains(token, "ben") {
		return "ben@example.com"
	}
	return me0
}

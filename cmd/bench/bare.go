package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// bare is the base of the relay figures: net/http and a websocket, no decoding,
// no state, no rendering. One upstream socket per agent, every frame written to
// the agent's tabs as it came.
type bare struct {
	upstream string
	mu       sync.Mutex
	agents   map[string]map[chan []byte]bool
}

// serveBare runs the base; arg is "listen address=upstream origin".
func serveBare(arg string) error {
	addr, upstream, ok := strings.Cut(arg, "=")
	if !ok {
		return fmt.Errorf("-bare takes ADDR=UPSTREAM, got %q", arg)
	}
	b := &bare{upstream: upstream, agents: map[string]map[chan []byte]bool{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /readyz", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /metrics", b.metrics)
	mux.HandleFunc("POST /login", b.login)
	mux.HandleFunc("GET /events", b.events)
	return http.ListenAndServe(addr, mux)
}

func (b *bare) login(w http.ResponseWriter, r *http.Request) {
	token := r.FormValue("token")
	url := "ws" + strings.TrimPrefix(b.upstream, "http") + "/v3.6/agent/rtm/ws"
	ws, _, err := websocket.DefaultDialer.Dial(url, nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	frame := fmt.Sprintf(`{"request_id":"1","action":"login","payload":{"token":"Bearer %s"}}`, token)
	if err := ws.WriteMessage(websocket.TextMessage, []byte(frame)); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	if _, _, err := ws.ReadMessage(); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	b.mu.Lock()
	b.agents[token] = map[chan []byte]bool{}
	b.mu.Unlock()
	go b.read(ws, token)
	http.SetCookie(w, &http.Cookie{Name: "sid", Value: token, Path: "/", HttpOnly: true})
	http.Redirect(w, r, "/chats", http.StatusSeeOther)
}

func (b *bare) read(ws *websocket.Conn, token string) {
	defer ws.Close()
	for {
		_, frame, err := ws.ReadMessage()
		if err != nil {
			return
		}
		b.mu.Lock()
		for tab := range b.agents[token] {
			select {
			case tab <- frame:
			default:
			}
		}
		b.mu.Unlock()
	}
}

func (b *bare) events(w http.ResponseWriter, r *http.Request) {
	c, err := r.Cookie("sid")
	if err != nil {
		http.Error(w, "no session", http.StatusUnauthorized)
		return
	}
	tab := make(chan []byte, 300)
	b.mu.Lock()
	b.agents[c.Value][tab] = true
	b.mu.Unlock()
	defer func() {
		b.mu.Lock()
		delete(b.agents[c.Value], tab)
		b.mu.Unlock()
	}()
	rc := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	_, _ = w.Write([]byte("event: hello\ndata: {}\n\n"))
	_ = rc.Flush()
	for {
		select {
		case <-r.Context().Done():
			return
		case frame := <-tab:
			_ = rc.SetWriteDeadline(time.Now().Add(10 * time.Second))
			_, _ = w.Write([]byte("event: patch\ndata: "))
			_, _ = w.Write(frame)
			_, _ = w.Write([]byte("\n\n"))
			if rc.Flush() != nil {
				return
			}
		}
	}
}

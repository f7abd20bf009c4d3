package chatserver_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// wire is one websocket.
type wire struct {
	t      *testing.T
	ws     *websocket.Conn
	frames chan doc
	held   []doc
	n      int
	name   string
}

// dial opens a websocket; prepare is called before it is read.
func (s *server) dial(path string, prepare ...func(*websocket.Conn)) *wire {
	s.t.Helper()
	ws, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(s.url, "http")+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, fn := range prepare {
		fn(ws)
	}
	w := &wire{t: s.t, ws: ws, frames: make(chan doc, 4096), name: path}
	go func() {
		defer close(w.frames)
		for {
			_, data, err := ws.ReadMessage()
			if err != nil {
				return
			}
			var d doc
			if json.Unmarshal(data, &d) != nil {
				d = doc{"broken": string(data)}
			}
			w.frames <- d
		}
	}()
	s.t.Cleanup(func() { ws.Close() })
	return w
}

func (w *wire) raw(text string) {
	w.t.Helper()
	if err := w.ws.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		w.t.Fatal(err)
	}
}

// next is the first frame that fits; the others are kept in order.
func (w *wire) next(what string, fits func(doc) bool) doc {
	w.t.Helper()
	for i, d := range w.held {
		if fits(d) {
			w.held = append(w.held[:i:i], w.held[i+1:]...)
			return d
		}
	}
	deadline := time.After(patience)
	for {
		select {
		case d, open := <-w.frames:
			if !open {
				w.t.Fatalf("%s: the connection ended before %s; held %v", w.name, what, w.held)
			}
			if fits(d) {
				return d
			}
			w.held = append(w.held, d)
		case <-deadline:
			w.t.Fatalf("%s: no %s came; held %v", w.name, what, w.held)
		}
	}
}

// call sends a request and returns its response.
func (w *wire) call(action, payload string) doc {
	w.t.Helper()
	w.n++
	id := fmt.Sprintf("%s#%d", action, w.n)
	w.raw(fmt.Sprintf(`{"request_id":%q,"action":%q,"payload":%s}`, id, action, payload))
	d := w.next("response to "+action, func(d doc) bool { return d["type"] == "response" && d["request_id"] == id })
	d.is(w.t, "action", action)
	return d
}

// ok is call for requests that must succeed; it returns the payload.
func (w *wire) ok(action, payload string) doc {
	w.t.Helper()
	d := w.call(action, payload)
	if d["success"] != true {
		w.t.Fatalf("%s: %s %s: %s", w.name, action, payload, d)
	}
	return d.sub("payload")
}

// fails is call for requests that must be refused with an error type.
func (w *wire) fails(action, payload, typ string) {
	w.t.Helper()
	d := w.call(action, payload)
	if d["success"] != false || d.str("payload.error.type") != typ || d.str("payload.error.message") == "" {
		w.t.Errorf("%s: %s %s: want %s, got %s", w.name, action, payload, typ, d)
	}
}

// push waits for a push and returns the whole frame.
func (w *wire) push(action string) doc {
	w.t.Helper()
	d := w.next("push "+action, func(d doc) bool { return d["type"] == "push" && d["action"] == action })
	d.is(w.t, "version", "3.6")
	return d
}

// event waits for the incoming_event with a text.
func (w *wire) event(text string) doc {
	w.t.Helper()
	return w.next("event "+text, func(d doc) bool { return d["action"] == "incoming_event" && d.str("payload.event.text") == text })
}

// none fails where a push of a name came, up to now. A round trip makes sure
// that everything sent before has arrived.
func (w *wire) none(actions ...string) {
	w.t.Helper()
	w.ok("ping", `{}`)
	for _, d := range w.held {
		for _, a := range actions {
			if d["type"] == "push" && d["action"] == a {
				w.t.Errorf("%s must not get %s", w.name, d)
			}
		}
	}
}

// drop forgets what has come.
func (w *wire) drop() {
	w.t.Helper()
	w.ok("ping", `{}`)
	w.held = nil
}

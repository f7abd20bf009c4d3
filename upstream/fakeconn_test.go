package upstream

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/gorilla/websocket"
)

type request0 struct {
	ID      string          `json:"request_id"`
	Action  string          `json:"action"`
	Payload json.RawMessage `json:"payload"`

	frame []byte // all of it, as it came
}

func (r request0) get(name string) string {
	var m map[string]any
	_ = json.Unmarshal(r.Payload, &m)
	for _, part := range strings.Split(name, ".") {
		switch v := m[part].(type) {
		case map[string]any:
			m = v
		case string:
			return v
		case bool, float64:
			return fmt.Sprint(v)
		}
	}
	return ""
}

// anyAction is where a hook stands for every action that has none of its own.
const anyAction = "*"

// first is the first of an array of strings.
func (r request0) first(name string) string {
	var m map[string]json.RawMessage
	var list []string
	_ = json.Unmarshal(r.Payload, &m)
	_ = json.Unmarshal(m[name], &list)
	return last(list[:min(1, len(list))])
}

type conn struct {
	s  *server
	ws *websocket.Conn
	wm sync.Mutex
	// live: logged in, so pushes come
	live bool
}

func (c *conn) read() {
	defer func() {
		_ = c.ws.Close()
		c.s.mu.Lock()
		delete(c.s.conns, c)
		c.s.mu.Unlock()
	}()
	for {
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			return
		}
		var r request0
		if err := json.Unmarshal(data, &r); err != nil {
			c.s.t.Errorf("the client sent %q", data)
			return
		}
		r.frame = data
		c.s.mu.Lock()
		if r.Action != "ping" {
			c.s.requests = append(c.s.requests, r)
		}
		f := c.s.on[r.Action]
		if f == nil {
			f = c.s.on[anyAction]
		}
		c.s.mu.Unlock()
		if f != nil {
			f(c, r)
		} else {
			c.s.serve(c, r)
		}
	}
}

// raw writes a frame as it is.
func (c *conn) raw(frame string) {
	c.wm.Lock()
	defer c.wm.Unlock()
	_ = c.ws.WriteMessage(websocket.TextMessage, []byte(frame))
}

func (c *conn) drop() { _ = c.ws.Close() }

func (c *conn) reply(r request0, payload string) {
	c.raw(fmt.Sprintf(`{"request_id":%q,"action":%q,"type":"response","success":true,"payload":%s}`, r.ID, r.Action, payload))
}

func (c *conn) fail(r request0, typ string) {
	c.raw(fmt.Sprintf(`{"request_id":%q,"action":%q,"type":"response","success":false,"payload":{"error":{"type":%q,"message":"no"}}}`,
		r.ID, r.Action, typ))
}

func pushFrame(action, payload string) string {
	return fmt.Sprintf(`{"version":"3.6","action":%q,"type":"push","payload":%s}`, action, payload)
}

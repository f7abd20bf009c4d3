package chatserver

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"

	"github.com/gorilla/websocket"
)

// ended waits for the end of a connection and returns the reason that was told.
func (c *client) ended() string {
	c.t.Helper()
	reason := ""
	deadline := time.After(30 * time.Second)
	for _, f := range c.held {
		if f.Action == protocol.PushAgentDisconnected {
			reason = get[protocol.AgentDisconnected](c.t, f.Payload).Reason
		}
	}
	for {
		select {
		case f, open := <-c.frames:
			if !open {
				return reason
			}
			if f.Action == protocol.PushAgentDisconnected {
				reason = get[protocol.AgentDisconnected](c.t, f.Payload).Reason
			}
		case <-deadline:
			c.t.Fatal("the connection did not end")
		}
	}
}

func TestNoLogin(t *testing.T) {
	w := newWorld(t, fast)
	c := w.dial("/v3.6/agent/rtm/ws")
	c.ok("ping", nil) // does not extend the time to log in
	c.fails("list_chats", nil, protocol.ErrAuthentication)
	if r := c.ended(); r != protocol.ReasonConnectionTimeout {
		t.Errorf("ended with %q", r)
	}
}

func TestSilence(t *testing.T) {
	w := newWorld(t, func(o *Options) {
		o.Timing = transport.Timing{Silence: 1500 * time.Millisecond, ControlPing: 200 * time.Millisecond}
	})
	deaf := w.dial("/v3.6/agent/rtm/ws")
	deaf.ws.SetPingHandler(func(string) error { return nil }) // answers no pings
	polite := w.login("ben")
	start := time.Now()
	deaf.ok("login", map[string]any{"token": w.tokens["anna"]})
	if r := deaf.ended(); r != protocol.ReasonConnectionTimeout {
		t.Errorf("ended with %q", r)
	}
	if d := time.Since(start); d < 1200*time.Millisecond {
		t.Errorf("ended after %v", d)
	}
	polite.ok("list_chats", nil) // kept alive by pongs alone
}

func TestBadLogins(t *testing.T) {
	w := newWorld(t)
	c := w.dial("/v3.6/agent/rtm/ws?organization_id=org-1")
	c.fails("login", nil, protocol.ErrValidation)
	c.fails("login", map[string]any{"token": 5}, protocol.ErrValidation)
	c.fails("login", map[string]any{"token": "Bearer nonsense"}, protocol.ErrAuthentication)
	c.fails("login", map[string]any{"token": "Basic nonsense"}, protocol.ErrAuthentication)
	e := w.srv.Engine()
	vera := w.visitor("Vera")
	customer, _, err := e.CreateToken(t.Context(), engine.TokenSpec{Kind: store.TokenCustomer, OwnerID: vera.actor.ID})
	if err != nil {
		t.Fatal(err)
	}
	c.fails("login", map[string]any{"token": "Bearer " + customer}, protocol.ErrAuthentication)
	c.ok("login", map[string]any{"token": w.tokens["anna"]}) // a bare token
	c.fails("login", map[string]any{"token": w.tokens["anna"]}, protocol.ErrValidation)
	c.fails("no_such_action", nil, protocol.ErrValidation)
	c.fails("upload_file", nil, protocol.ErrValidation) // web only
}

func TestConnectionRefused(t *testing.T) {
	w := newWorld(t)
	for path, reason := range map[string]string{
		"/v3.6/agent/rtm/ws?organization_id=other": protocol.ReasonLicenseNotFound,
		"/v3.9/agent/rtm/ws":                       protocol.ReasonUnsupportedVersion,
	} {
		if r := w.dial(path).ended(); r != reason {
			t.Errorf("%s ended with %q, want %q", path, r, reason)
		}
	}
}

// TestTooManyConnections: from 3.4 on a login beyond the limit displaces the
// agent's oldest connection, before it is refused.
func TestTooManyConnections(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Settings.MaxConnections = 2 })
	first, second := w.login("anna"), w.login("anna")
	old := w.dial("/v3.3/agent/rtm/ws")
	old.send("login", map[string]any{"token": w.tokens["anna"]})
	if r := old.ended(); r != protocol.ReasonTooManyConnections {
		t.Errorf("the login of 3.3 ended with %q", r)
	}
	third := w.login("anna")
	if r := first.ended(); r != protocol.ReasonConnectionEvicted {
		t.Errorf("the oldest connection ended with %q", r)
	}
	second.ok("list_chats", nil)
	third.ok("list_chats", nil)
}

func TestLogoutGivesChatsAway(t *testing.T) {
	w := newWorld(t)
	anna := w.login("anna")
	v := w.visitor("Vera").start(1, "hello")
	ben := w.login("ben")
	anna.ok("logout", nil)
	anna.ended()
	in := get[protocol.ChatTransferred](t, ben.push("chat_transferred").Payload)
	if in.ChatID != v.chat || in.TransferredTo.AgentIDs[0] != "ben@example.com" {
		t.Errorf("chat_transferred = %+v", in)
	}
}

func TestRevokedTokenEndsConnection(t *testing.T) {
	w := newWorld(t)
	c := w.login("anna")
	if err := w.srv.Engine().RevokeToken(t.Context(), engine.HashToken(w.tokens["anna"])); err != nil {
		t.Fatal(err)
	}
	if r := c.ended(); r != protocol.ReasonTokenRevoked {
		t.Errorf("ended with %q", r)
	}
}

func TestHostileFrames(t *testing.T) {
	w := newWorld(t)
	for name, frame := range map[string]string{
		"not JSON":       `hello`,
		"empty":          ``,
		"no action":      `{"payload":{}}`,
		"an array":       `[1,2]`,
		"duplicate keys": `{"action":"ping","action":"login"}`,
		"deep":           `{"action":"ping","payload":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}`,
		"bad UTF-8":      "{\"action\":\"\xff\xfe\"}",
		"long id":        `{"request_id":"` + strings.Repeat("x", 1000) + `","action":"ping"}`,
		"a response":     `{"action":"ping","type":"response","success":true}`,
		"old version":    `{"action":"ping","version":"3.1"}`,
		"bad payload":    `{"action":"login","payload":[]}`,
		"wrong case":     `{"ACTION":"ping"}`,
	} {
		t.Run(name, func(t *testing.T) {
			c := w.dial("/v3.6/agent/rtm/ws")
			c.t = t
			if err := c.ws.WriteMessage(websocket.TextMessage, []byte(frame)); err != nil {
				t.Fatal(err)
			}
			f := c.next("an answer", func(f protocol.Frame) bool { return f.IsResponse() })
			if f.Err() == nil {
				t.Errorf("%s was answered with success", frame[:min(len(frame), 60)])
			}
			c.ok("login", map[string]any{"token": w.tokens["anna"]}) // the connection lives
		})
	}
	t.Run("huge", func(t *testing.T) {
		c := w.dial("/v3.6/agent/rtm/ws")
		c.t = t
		c.ws.WriteMessage(websocket.TextMessage, []byte(`{"action":"ping","payload":"`+strings.Repeat("x", protocol.MaxFrame)+`"}`))
		c.ended()
	})
	t.Run("stubborn", func(t *testing.T) {
		c := w.dial("/v3.6/agent/rtm/ws")
		c.t = t
		for range 30 {
			if c.ws.WriteMessage(websocket.BinaryMessage, []byte{0, 1, 2}) != nil {
				break
			}
		}
		if r := c.ended(); r != "" && r != protocol.ReasonDisconnectedByServer {
			t.Errorf("ended with %q", r)
		}
	})
}

func TestPendingLimit(t *testing.T) {
	w := newWorld(t)
	hold, entered := make(chan struct{}), make(chan struct{}, 20)
	w.srv.agent.Actions["wait"] = transport.Action{RTM: true, Reads: true, Do: func(ctx context.Context, r *transport.Request) (any, error) {
		entered <- struct{}{}
		select {
		case <-hold:
		case <-ctx.Done():
		}
		return nil, nil
	}}
	c := w.login("anna")
	for range 10 {
		c.send("wait", nil)
	}
	for i := range 10 {
		select {
		case <-entered:
		case <-time.After(30 * time.Second):
			t.Fatalf("only %d of 10 requests run side by side", i)
		}
	}
	c.fails("wait", nil, protocol.ErrPendingRequestsLimit)
	c.ok("ping", nil) // pings are no requests
	close(hold)
	for range 10 {
		c.next("response", func(f protocol.Frame) bool { return f.IsResponse() && f.Action == "wait" && f.Err() == nil })
	}
	c.ok("list_chats", nil)
}

// A login that has been answered is no longer in flight, although the server
// still has work with it.
func TestAnAnswerFreesItsPlace(t *testing.T) {
	w := newWorld(t)
	for range 50 {
		c := w.login("anna")
		for range 10 {
			c.send("list_routing_statuses", nil)
		}
		for range 10 {
			f := c.next("an answer", func(f protocol.Frame) bool { return f.IsResponse() })
			if f.Err() != nil {
				t.Fatalf("ten in flight: %v", f.Err())
			}
		}
		c.ws.Close()
	}
}

func TestRequestTimeout(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Timing.RequestTimeout = time.Second })
	w.srv.agent.Actions["wait"] = transport.Action{RTM: true, Reads: true, Do: func(ctx context.Context, r *transport.Request) (any, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}}
	c := w.login("anna")
	c.fails("wait", nil, protocol.ErrRequestTimeout)
}

func TestRequestsKeepTheirOrder(t *testing.T) {
	w := newWorld(t)
	anna := w.login("anna")
	v := w.visitor("Vera").start(1, "hello")
	anna.push("incoming_chat")
	for i := range 9 {
		anna.send("send_event", map[string]any{"chat_id": v.chat, "event": map[string]any{"type": "message", "text": fmt.Sprint(i)}})
	}
	for i := range 9 {
		p := get[protocol.IncomingEvent](t, anna.push("incoming_event").Payload)
		if p.Event.Text != fmt.Sprint(i) {
			t.Fatalf("event %d is %q", i, p.Event.Text)
		}
	}
}

func TestSlowReaderIsCut(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Timing = transport.Timing{Queue: 8, WriteTimeout: 200 * time.Millisecond} })
	good := w.login("anna")
	bad := w.dialSilent("ben")
	v := w.visitor("Vera").start(1, "hello")
	good.push("incoming_chat")
	text := strings.Repeat("x", 15000)
	for n := 0; n < 3000 && w.srv.Connections() == 2; n++ {
		v.say(text)
		good.push("incoming_event")
	}
	if n := w.srv.Connections(); n != 1 {
		t.Errorf("%d connections are open, want the stuck one cut", n)
	}
	bad.Close()
}

package chatserver_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"agentdesk/chatserver"
	"agentdesk/chatserver/customerapi"
	"agentdesk/chatserver/transport"

	"github.com/gorilla/websocket"
)

// closed waits for the end of a connection and returns the reason told before.
func (w *wire) closed(within time.Duration) string {
	w.t.Helper()
	reason := ""
	deadline := time.After(within)
	for {
		select {
		case d, open := <-w.frames:
			if !open {
				return reason
			}
			if a := d.str("action"); a == "customer_disconnected" || a == "agent_disconnected" {
				reason = d.str("payload.reason")
			}
		case <-deadline:
			w.t.Fatalf("%s: the connection did not end", w.name)
		}
	}
}

func TestConformanceTiming(t *testing.T) {
	s := start(t, timing(transport.Timing{LoginWithin: 1500 * time.Millisecond, Silence: 2 * time.Second, ControlPing: 300 * time.Millisecond}))
	for _, path := range []string{agentPath, customerPath} {
		// Without login the connection ends; pings do not help.
		w := s.dial(path)
		for range 3 {
			if err := w.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(time.Second)); err != nil {
				t.Fatal(err)
			}
			w.raw(`{"request_id":"early","action":"ping"}`)
		}
		if r := w.closed(patience); r != "connection_timeout" {
			t.Errorf("%s: without login it ended with %q", path, r)
		}
	}
	// A client that answers the server's pings with pongs alone stays.
	polite := s.agent("anna")
	// One that answers nothing is let go.
	mute := s.dial(customerPath, func(ws *websocket.Conn) { ws.SetPingHandler(func(string) error { return nil }) })
	mute.ok("login", `{"token":"Bearer `+s.guest().token+`"}`)
	if r := mute.closed(patience); r != "connection_timeout" {
		t.Errorf("a silent customer's connection ended with %q", r)
	}
	polite.ok("ping", `{}`)
}

func TestConformancePing(t *testing.T) {
	s := start(t)
	w := s.agent("anna")
	w.raw(`{"action":"ping"}`)
	d := w.next("ping's response", func(d doc) bool { return d["type"] == "response" && d["action"] == "ping" })
	d.lacks(t, "request_id", "version")
	d.is(t, "success", true)
	c := s.customer(s.guest())
	c.raw(`{"action":"ping","request_id":"7"}`)
	c.next("ping's response", func(d doc) bool { return d["action"] == "ping" && d["request_id"] == "7" })
	c.ok("logout", `{}`)
	if r := c.closed(patience); r != "" {
		t.Errorf("after logout a reason came: %q", r)
	}
}

func TestConformancePending(t *testing.T) {
	s := start(t, func(o *chatserver.Options) { o.Limits = customerapi.Limits{Requests: 100000, Kept: 100000} })
	k := s.begin()
	for _, w := range []*wire{k.anna, k.guest} {
		const n = 300
		for i := range n {
			w.raw(fmt.Sprintf(`{"request_id":"f%d","action":"send_event","payload":{"chat_id":"%s","event":{"type":"message","text":"m%d"}}}`, i, k.chat, i))
		}
		good, refused := 0, 0
		for i := range n {
			id := fmt.Sprintf("f%d", i)
			d := w.next("response", func(d doc) bool { return d["type"] == "response" && d["request_id"] == id })
			switch {
			case d["success"] == true:
				good++
			case d.str("payload.error.type") == "pending_requests_limit_reached":
				refused++
			default:
				t.Fatal(d)
			}
		}
		if good < 10 || refused == 0 {
			t.Errorf("%s: of %d at once %d were taken, %d refused", w.name, n, good, refused)
		}
	}
}

func TestConformanceFlood(t *testing.T) {
	s := start(t, func(o *chatserver.Options) { o.Limits = customerapi.Limits{Requests: 20, Kept: 5} })
	k := s.begin()
	other := s.customer(s.guest())
	refused := 0
	for range 10 {
		if d := k.guest.call("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"message","text":"flood"}}`); d.str("payload.error.type") == "too_many_requests" {
			refused++
		}
	}
	if refused < 3 {
		t.Errorf("%d of 10 messages over a limit of 5 were refused", refused)
	}
	if code, _ := s.web("customer", k.g.token, "send_event", `{"chat_id":"`+k.chat+`","event":{"type":"message","text":"flood"}}`); code != http.StatusTooManyRequests {
		t.Errorf("over the Web: %d", code)
	}
	other.ok("list_chats", `{}`)
	k.anna.ok("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"message","text":"agents are not limited"}}`)
}

func TestConformanceBadFrames(t *testing.T) {
	s := start(t)
	for _, w := range []*wire{s.agent("anna"), s.customer(s.guest())} {
		for _, text := range []string{
			`not json`, `[]`, `{}`, `{"action":""}`, `{"action":"list_chats","action":"ping"}`, `{"request_id":"x","action":"list_chats","payload":[]}`,
			`{"request_id":"x","action":"no_such_action"}`, `{"request_id":"x","ACTION":"ping"}`, `{"request_id":"x","action":"list_chats","type":"push"}`,
			`{"request_id":"x","action":"list_chats","payload":` + strings.Repeat(`{"a":`, 70) + `1` + strings.Repeat(`}`, 70) + `}`,
		} {
			w.raw(text)
			w.next("the refusal of "+text, func(d doc) bool { return d["success"] == false && d.str("payload.error.type") == "validation" })
		}
		w.raw(`{"request_id":"v","action":"list_chats","version":"3.5"}`)
		w.next("a lower version", func(d doc) bool { return d.str("payload.error.type") == "unsupported_version" })
		w.raw(`{"request_id":"v2","action":"list_chats","version":"3.6"}`)
		w.next("the same version", func(d doc) bool { return d["request_id"] == "v2" && d["success"] == true })
		// The server may end the connection before it has read so much.
		_ = w.ws.WriteMessage(websocket.TextMessage, []byte(`{"action":"list_chats","payload":"`+strings.Repeat("x", 2<<20)+`"}`))
		w.closed(patience)
	}
}

func TestConformanceRefusedSockets(t *testing.T) {
	s := start(t)
	for path, want := range map[string]string{
		"/v3.6/customer/rtm/ws?organization_id=someone-else": "license_not_found",
		"/v3.6/customer/rtm/ws?license_id=7":                 "license_not_found",
		"/v2.0/customer/rtm/ws":                              "unsupported_version",
		"/v3.6/agent/rtm/ws?organization_id=someone-else":    "license_not_found",
		"/v9.9/agent/rtm/ws":                                 "unsupported_version",
	} {
		if r := s.dial(path).closed(patience); r != want {
			t.Errorf("%s ended with %q, want %q", path, r, want)
		}
	}
	for _, path := range []string{"/v3.6/customer/rtm/ws", "/v3.6/customer/rtm/ws?license_id=1"} {
		s.dial(path).ok("login", `{"token":"Bearer `+s.guest().token+`"}`)
	}
}

func TestConformanceTexts(t *testing.T) {
	s := start(t)
	k := s.begin()
	for _, w := range []*wire{k.anna, k.guest} {
		send := func(event string) string { return `{"chat_id":"` + k.chat + `","event":` + event + `}` }
		w.ok("send_event", send(`{"type":"message","text":"`+strings.Repeat("ä", 8<<10)+`"}`))
		for _, bad := range []string{
			`{"type":"message","text":"` + strings.Repeat("ä", 8<<10) + `x"}`, `{"type":"message","text":""}`, `{"type":"message","text":"  "}`, `{"type":"message"}`,
			`{"text":"x"}`, `{"type":"teapot"}`, `{"type":"system"}`, `{"type":"message","text":5}`, `{"type":"file"}`, `{"type":"filled_form","fields":[]}`,
			`{"type":"rich_message","template_id":"poster"}`, `{"type":"custom","content":[]}`, `{"type":"message","text":"x","custom_id":"` + strings.Repeat("x", 129) + `"}`,
			`{"type":"message","text":"x","properties":{"a":{"b":{}}}}`,
		} {
			w.fails("send_event", send(bad), "validation")
		}
		w.fails("send_event", `{"event":{"type":"message","text":"x"}}`, "validation")
		w.fails("send_event", `{"chat_id":"nothing","event":{"type":"message","text":"x"}}`, "not_found")
	}
	k.guest.fails("start_chat", `{"chat":{"access":{"group_ids":[99]}}}`, "chat_already_active")
	s.customer(s.guest()).fails("start_chat", `{"chat":{"access":{"group_ids":[99]}}}`, "validation")
}

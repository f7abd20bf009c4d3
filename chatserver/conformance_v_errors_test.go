package chatserver_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"agentdesk/chatserver/transport"
)

// errorCauses has every error type of the documents: how it is caused at 3.v, or
// why it cannot be here. What is answered before a version knew the type is in
// the test of its cause.
var errorCauses = map[string]any{
	"authentication":                 causeAuthentication,
	"authorization":                  causeAuthorization,
	"validation":                     causeValidation,
	"not_found":                      causeNotFound,
	"agent_offline":                  causeAgentOffline,
	"chat_inactive":                  causeChatInactive,
	"missing_access":                 causeMissingAccess,
	"entity_too_large":               causeTooLarge,
	"pending_requests_limit_reached": causePending,
	"unsupported_version":            causeVersion,
	"limit_reached":                  causeLimit,
	"request_timeout":                "TestConformanceRequestTimeout",
	"requester_suspended":            "TestConformanceRequesters",
	"requester_awaiting_approval":    "TestConformanceRequesters",
	"license_expired":                "the time of a licence cannot be set on the wire: engine's tests of endings",
	"license_not_found":              "an agent's token names its licence; a websocket for another ends with this reason: TestConformanceRefusedSockets",
	"too_many_requests":              "agents are not slowed here; customers are: TestConformanceFlood",
	"internal":                       "a fault of the server itself; nothing on the wire causes one",
	"service_unavailable":            "only for requests that run while the server stops",
	"misdirected_request":            "there are no regions",
	"requester_already_offline":      "a session that has ended takes no requests",
	"seats_limit_exceeded":           "there are no seats to run out of",
	"wrong_product_version":          "there is one product",
}

// trouble is a server with anna at one version, and a customer's chat with her.
type trouble struct {
	*testing.T
	s    *server
	v    int
	anna *tongue
	of   string // a payload that names the chat, as transfer_chat does
	chat string
}

// event is a message as the version writes it.
func (c trouble) event() string {
	who := c.anna.pick(3, "recipients", 7, "visibility")
	return `{"chat_id":"` + c.chat + `","event":{"type":"message","text":"x","` + who + `":"all"}}`
}

// TestConformanceErrors causes every error of every version.
func TestConformanceErrors(t *testing.T) {
	for v := range 8 {
		t.Run(fmt.Sprintf("3.%d", v), func(t *testing.T) {
			t.Parallel()
			s := start(t)
			c := trouble{T: t, s: s, v: v, anna: s.speak(v, "anna", false, newNotes(t), "")}
			guest := s.customer(s.guest())
			p := guest.ok("start_chat", `{"chat":{"access":{"group_ids":[1]},"thread":{"events":[{"type":"message","text":"hello"}]}}}`)
			c.chat = p.str("chat_id")
			c.of = `{"` + c.anna.pick(2, "chat_id", 7, "id") + `":"` + c.chat + `"`
			c.anna.wait("the chat", func(d doc) bool { return d.str("payload.chat.id") == c.chat })
			for _, name := range []string{"authentication", "authorization", "validation", "not_found", "agent_offline", "missing_access",
				"entity_too_large", "pending_requests_limit_reached", "unsupported_version", "limit_reached", "chat_inactive"} {
				errorCauses[name].(func(trouble))(c)
			}
		})
	}
}

// TestEveryErrorHasItsPlace compares the causes with the list of the documents.
func TestEveryErrorHasItsPlace(t *testing.T) {
	known := map[string]bool{}
	for _, r := range rows(t, "agent_errors.txt") {
		known[r.name] = true
		if errorCauses[r.name] == nil {
			t.Errorf("%s has neither a cause nor a reason", r.name)
		}
	}
	for name := range errorCauses {
		if !known[name] {
			t.Errorf("%s is no error of the documents", name)
		}
	}
}

func causeAuthentication(c trouble) {
	w := c.s.dial(fmt.Sprintf("/v3.%d/agent/rtm/ws", c.v))
	w.fails("login", `{"token":"Bearer nonsense"}`, "authentication")
	c.s.dial(fmt.Sprintf("/v3.%d/agent/rtm/ws", c.v)).fails("send_event", `{}`, "authentication")
	code, d := c.s.post(fmt.Sprintf("/v3.%d/agent/action/send_event", c.v), "Bearer nonsense", `{}`)
	if code != http.StatusUnauthorized || d.str("error.type") != "authentication" {
		c.Errorf("over the Web: %d %s", code, d)
	}
}

func causeAuthorization(c trouble) {
	c.anna.refused(c.anna.pick(1, "update_agent", 7, "set_routing_status"),
		`{"agent_id":"sam@example.com","`+c.anna.pick(1, "routing_status", 7, "status")+`":"accepting_chats"}`, "", "authorization")
}

func causeValidation(c trouble) {
	c.anna.refused("send_event", `{"event":{"type":"message","text":"x"}}`, "chat_id", "validation")
	c.anna.refused("send_event", `{"chat_id":7}`, "chat_id", "validation")
}

func causeNotFound(c trouble) {
	c.anna.refused("send_typing_indicator", `{"chat_id":"NOSUCHCHAT","is_typing":true,"`+c.anna.pick(3, "recipients", 7, "visibility")+`":"all"}`,
		"", c.anna.pick(3, "validation", 7, "not_found"))
}

func causeAgentOffline(c trouble) {
	target := `,"target":{"type":"agent","ids":["olivia@example.com"]}}`
	if c.v == 0 {
		target = `,"type":"agent","ids":["olivia@example.com"]}`
	}
	c.anna.refused("transfer_chat", c.of+target, "", c.anna.pick(3, "validation", 7, "agent_offline"))
}

func causeChatInactive(c trouble) {
	c.anna.do(c.anna.pick(1, "close_thread", 7, "deactivate_chat"), c.of+`}`)
	if c.v > 0 { // at 3.0 an event opens the chat again
		c.anna.refused("send_event", c.event(), "", c.anna.pick(1, "validation", 7, "chat_inactive"))
	}
}

func causeMissingAccess(c trouble) {
	sam := c.s.agent("sam")
	p := sam.ok("start_chat", `{"chat":{"access":{"group_ids":[2]},"thread":{"events":[{"type":"message","text":"hidden"}]}}}`)
	ben := c.s.speak(c.v, "ben", false, c.anna.notes, "")
	ben.refused("tag_"+c.anna.pick(1, "chat_", 7, "")+"thread", `{"chat_id":"`+p.str("chat_id")+`","thread_id":"`+p.str("thread_id")+`","tag":"x"}`,
		"", c.anna.pick(3, "authorization", 7, "missing_access"))
}

func causeTooLarge(c trouble) {
	method, field, want := "upload_file", "file", "entity_too_large"
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	if c.v == 0 {
		method, field, want = "send_file", "payload.file", "validation"
		if err := m.WriteField("payload.chat_id", c.chat); err != nil {
			c.Fatal(err)
		}
	}
	part, err := m.CreateFormFile(field, "big.bin")
	if err != nil {
		c.Fatal(err)
	}
	part.Write(make([]byte, 10<<20+1))
	m.Close()
	r, d := c.s.request("POST", fmt.Sprintf("/v3.%d/agent/action/%s", c.v, method), "Bearer dal:demo-anna", m.FormDataContentType(), b.Bytes())
	if r.StatusCode == http.StatusOK || d.str("error.type") != want {
		c.Errorf("%s of 10 MB and one byte: %d %s", method, r.StatusCode, d)
	}
}

func causePending(c trouble) {
	const n = 300
	want, refused := c.anna.pick(0, "request_timeout", 7, "pending_requests_limit_reached"), 0
	for i := range n {
		c.anna.raw(fmt.Sprintf(`{"request_id":"f%d","action":"send_event","payload":%s}`, i, c.event()))
	}
	for i := range n {
		id := fmt.Sprintf("f%d", i)
		d := c.anna.wait("an answer", func(d doc) bool { return d["type"] == "response" && d["request_id"] == id })
		if d["success"] == true {
			continue
		}
		if refused++; d.str("payload.error.type") != want {
			c.Fatalf("want %s: %s", want, d)
		}
	}
	if refused == 0 {
		c.Errorf("%d requests at once were all taken", n)
	}
}

func causeVersion(c trouble) {
	code, d := c.s.post("/v3.9/agent/action/send_event", "Bearer dal:demo-anna", `{}`)
	if code == http.StatusOK || d.str("error.type") != "unsupported_version" {
		c.Errorf("3.9: %d %s", code, d)
	}
	for _, bad := range []string{"3.9", "2.0", "nonsense", fmt.Sprintf("3.%d", c.v-1)} {
		c.anna.raw(`{"request_id":"v` + bad + `","version":"` + bad + `","action":"send_typing_indicator","payload":{}}`)
		d := c.anna.wait("an answer", func(d doc) bool { return d["type"] == "response" && d["request_id"] == "v"+bad })
		if typ := d.str("payload.error.type"); typ != "unsupported_version" {
			c.Errorf("version %s in a request of 3.%d: %s", bad, c.v, d)
		}
	}
}

func causeLimit(c trouble) {
	if c.v < 6 {
		return // before, nothing that agents do has a number that can be reached
	}
	for range 200 {
		d := c.anna.ask("subscribe_customers", `{}`)
		if d["success"] == true {
			continue
		}
		if d.str("payload.error.type") != "limit_reached" {
			c.Errorf("too many subscriptions: %s", d)
		}
		return
	}
	c.Error("subscriptions have no limit")
}

func TestConformanceRequestTimeout(t *testing.T) {
	s := start(t, timing(transport.Timing{RequestTimeout: time.Nanosecond}))
	for v := range 8 {
		method := "list_archives"
		if v < 2 {
			method = "get_archives"
		}
		code, d := s.post(fmt.Sprintf("/v3.%d/agent/action/%s", v, method), "Bearer dal:demo-sam", `{}`)
		if code == http.StatusOK || d.str("error.type") != "request_timeout" {
			t.Errorf("3.%d: %d %s", v, code, d)
		}
	}
}

// Agents who may not work are told so at the login, before 3.1 in the one word
// there was.
func TestConformanceRequesters(t *testing.T) {
	s := start(t)
	sam := s.admin("sam")
	sam.ok("create_agent", `{"id":"tim@example.com","name":"Tim","awaiting_approval":true,"password":"a long enough one"}`)
	_, grant := s.post("/v2/token", "", `{"grant_type":"password","email":"tim@example.com","password":"a long enough one"}`)
	sam.ok("suspend_agent", `{"id":"ben@example.com"}`)
	for v := range 8 {
		suspended, waiting := "requester_suspended", "requester_awaiting_approval"
		if v == 0 {
			suspended, waiting = "authorization", "authorization"
		}
		path := fmt.Sprintf("/v3.%d/agent/rtm/ws", v)
		s.dial(path).fails("login", `{"token":"dal:demo-ben"}`, suspended)
		s.dial(path).fails("login", `{"token":"`+strings.TrimSpace(grant.str("access_token"))+`"}`, waiting)
	}
}

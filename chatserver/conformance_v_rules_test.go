package chatserver_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestConformanceVersionOfRequests holds who may ask in which version.
func TestConformanceVersionOfRequests(t *testing.T) {
	s := start(t)
	n := newNotes(t)
	ask := func(k *tongue, version, payload string) doc {
		k.n++
		id := fmt.Sprintf("v%d", k.n)
		k.raw(fmt.Sprintf(`{"request_id":%q,"version":%q,"action":"list_chats","payload":%s}`, id, version, payload))
		return k.wait("response", func(d doc) bool { return d["type"] == "response" && d["request_id"] == id }).sub("payload")
	}
	for _, tt := range []struct {
		v       int
		version string
		payload string
		list    string // "": unsupported_version
	}{
		{2, "3.2", `{"filters":{"include_active":true}}`, "chats_summary"},
		{2, "3.6", `{}`, ""}, // requests name their version from 3.3 on
		{3, "3.3", `{"filters":{"include_active":true}}`, "chats_summary"},
		{3, "3.6", `{"filters":{"active":true}}`, "chats_summary"},
		{3, "3.7", `{"filters":{"active":true}}`, "chats_info"},
		{6, "3.7", `{}`, "chats_info"},
		{6, "3.5", `{}`, ""},
		{7, "3.6", `{}`, ""},
		{6, "3.8", `{}`, ""},
		{6, "v3.6", `{}`, "chats_summary"},
		{6, "nonsense", `{}`, ""},
	} {
		k := s.speak(tt.v, "anna", false, n, "")
		d := ask(k, tt.version, tt.payload)
		if tt.list == "" {
			d.is(t, "error.type", "unsupported_version")
		} else if d.at(tt.list) == nil {
			t.Errorf("3.%d asking in %s got %s", tt.v, tt.version, d)
		}
		k.rtm("logout", `{}`)
	}
	for version, want := range map[string]int{"3.2": 200, "v3.7": 200, "3.8": 400, "": 400, "2": 400} {
		code, d := s.postAs("/agent/action/list_chats", "Bearer dal:demo-anna", `{}`, map[string]string{"X-API-Version": version})
		if code != want || want != 200 && d.str("error.type") != "unsupported_version" {
			t.Errorf("X-API-Version %q: %d %s", version, code, d)
		}
	}
	for _, path := range []string{"/v3.8/agent/rtm/ws", "/v2.9/agent/rtm/ws", "/3x/agent/rtm/ws"} {
		if r := s.dial(path).closed(patience); r != "unsupported_version" {
			t.Errorf("%s ended with %q", path, r)
		}
	}
}

// TestConformanceWebBodies holds how the Web API takes payloads: wrapped at 3.0,
// both ways from 3.1 on.
func TestConformanceWebBodies(t *testing.T) {
	s := start(t)
	k := s.begin()
	for v := range 8 {
		method, field := "follow_chat", "chat_id"
		if v >= 3 {
			field = "id"
		}
		bare := `{"` + field + `":"` + k.chat + `"}`
		path := fmt.Sprintf("/v3.%d/agent/action/%s", v, method)
		for body, ok := range map[string]bool{bare: v > 0, `{"payload":` + bare + `}`: true, `{"payload":` + bare + `,"author_id":"sam@example.com"}`: true, `{"payload":7}`: false, `[]`: false} {
			code, d := s.post(path, "Bearer dal:demo-sam", body)
			if (code == 200) != ok {
				t.Errorf("3.%d: %s: %d %s", v, body, code, d)
			}
			if !ok && d.str("error.type") != "validation" {
				t.Errorf("3.%d: %s: want validation, got %s", v, body, d)
			}
		}
	}
}

// TestConformanceSubscriptions lets a connection hear pushes of two versions.
func TestConformanceSubscriptions(t *testing.T) {
	s := start(t)
	login := func(v int, pushes string) (*wire, doc) {
		w := s.dial(fmt.Sprintf("/v3.%d/agent/rtm/ws", v))
		return w, w.call("login", `{"token":"dal:demo-sam","pushes":`+pushes+`}`)
	}
	for _, bad := range []string{`{"3.2":["all"]}`, `{"3.9":["all"]}`, `{"3.5":"all"}`, `[]`} {
		_, d := login(5, bad)
		d.is(t, "payload.error.type", "validation")
		if !strings.Contains(d.str("payload.error.message"), "`pushes") {
			t.Errorf("pushes %s: %s does not name it", bad, d)
		}
	}
	both, _ := login(3, `{"3.5":["incoming_event"],"3.7":["all"]}`)
	mute, _ := login(3, `{}`)
	k := s.begin()
	k.anna.ok("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"message","text":"hark"}}`)
	for _, version := range []string{"3.5", "3.7"} {
		d := both.next("the event of "+version, func(d doc) bool { return d["version"] == version && d.str("payload.event.text") == "hark" })
		d.has(t, "payload.event.visibility")
	}
	both.next("the chat", func(d doc) bool { return d["action"] == "incoming_chat" })
	for _, d := range both.held {
		if d["version"] == "3.3" || d["version"] == "3.5" && d["action"] != "incoming_event" {
			t.Errorf("not subscribed to: %s", d)
		}
	}
	mute.ok("ping", `{}`)
	if len(mute.held) != 0 {
		t.Errorf("without subscriptions came %v", mute.held)
	}
}

// TestConformanceOtherVersionsMethods calls every name that some version has at
// every version and transport that does not have it.
func TestConformanceOtherVersionsMethods(t *testing.T) {
	s := start(t)
	n := newNotes(t)
	var names []string
	for _, r := range n.methods {
		if !slices.Contains(names, r.name) {
			names = append(names, r.name)
		}
	}
	names = append(names, "no_such_method")
	for v := range 8 {
		k := s.speak(v, "anna", false, n, "")
		for _, name := range names {
			if beyond33(name) && v >= 3 || name == "ping" {
				continue
			}
			if !n.takes(name, v, "R") {
				d := k.ask(name, `{"chat_id":"x","id":"y"}`)
				if d.str("payload.error.type") != "validation" || !strings.Contains(d.str("payload.error.message"), "`action`") {
					t.Errorf("3.%d: %s: %s", v, name, d)
				}
			}
			if !n.takes(name, v, "W") {
				if code, d := k.post(name, `{}`); code != http.StatusNotFound || d.str("error.message") == "" {
					t.Errorf("3.%d: %s over the Web: %d %s", v, name, code, d)
				}
			}
		}
	}
}

// beyond33 names the two methods that servers take after the pages dropped them
// (api guide, section 15.1).
func beyond33(name string) bool { return name == "follow_customer" || name == "unfollow_customer" }

// TestConformanceRequiredFields leaves out what is required, and gives it a
// wrong type.
func TestConformanceRequiredFields(t *testing.T) {
	s := start(t)
	n := newNotes(t)
	for v := range 8 {
		k := s.speak(v, "sam", false, n, "")
		for _, r := range n.methods {
			if v < r.since || r.until < v || len(r.required) == 0 || r.name == "login" || strings.HasPrefix(r.required[0], "payload.") || slices.Contains(r.required, "file") || slices.Contains(r.required, "payload.file") {
				continue
			}
			names := func(d doc) bool {
				return slices.ContainsFunc(r.required, func(f string) bool { return strings.Contains(d.str("error.message"), "`"+f) })
			}
			check := func(how, payload string, d doc) {
				if d.str("error.type") != "validation" || !names(d) {
					t.Errorf("3.%d %s: %s %s: want validation naming one of %v, got %s", v, how, r.name, payload, r.required, d)
				}
			}
			for _, payload := range append([]string{`{}`}, wrong(r.required)...) {
				if n.takes(r.name, v, "R") {
					check("RTM", payload, k.ask(r.name, payload).sub("payload"))
				}
				if n.takes(r.name, v, "W") {
					_, d := k.post(r.name, payload)
					check("Web", payload, d)
				}
			}
		}
	}
}

// wrong are payloads in which one field after the other has a type that nothing
// has.
func wrong(fields []string) (out []string) {
	for _, f := range fields {
		out = append(out, `{"`+f+`":[[true]]}`)
	}
	return out
}

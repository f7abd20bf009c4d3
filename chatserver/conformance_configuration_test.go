package chatserver_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// admin calls the Configuration API with somebody's token.
type admin struct {
	s              *server
	token, version string
}

func (s *server) admin(name string) admin { return admin{s, "dal:demo-" + name, "v3.6"} }

func (a admin) at(version string) admin { a.version = version; return a }

// call sends a request. An answer that is a list stands under "list".
func (a admin) call(action, payload string) (int, doc) {
	a.s.t.Helper()
	r, err := http.NewRequest("POST", a.s.url+"/"+a.version+"/configuration/action/"+action, strings.NewReader(payload))
	if err != nil {
		a.s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+a.token)
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		a.s.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		a.s.t.Fatal(err)
	}
	if b = bytes.TrimSpace(b); bytes.HasPrefix(b, []byte("[")) {
		b = append(append([]byte(`{"list":`), b...), '}')
	}
	var d doc
	if err := json.Unmarshal(b, &d); err != nil {
		a.s.t.Fatalf("%s answered %s: %v", action, b, err)
	}
	return resp.StatusCode, d
}

// ok is call for requests that must succeed.
func (a admin) ok(action, payload string) doc {
	a.s.t.Helper()
	code, d := a.call(action, payload)
	if code != 200 {
		a.s.t.Fatalf("%s %s: %d %s", action, payload, code, d)
	}
	return d
}

// fails is call for requests that must be refused, with a message that has a
// text: the field at fault.
func (a admin) fails(action, payload, typ, text string) {
	a.s.t.Helper()
	code, d := a.call(action, payload)
	if code == 200 || d.str("error.type") != typ || !strings.Contains(d.str("error.message"), text) {
		a.s.t.Errorf("%s %s: %d %s, want %s with %q", action, payload, code, d, typ, text)
	}
}

// empty fails unless an answer is the empty object.
func (d doc) empty(t *testing.T) {
	t.Helper()
	if len(d) != 0 {
		t.Errorf("answer is %s, want {}", d)
	}
}

// push waits for a push about something: the payload's field has a value.
func (w *wire) about(action, field, value string) doc {
	w.t.Helper()
	return w.next(action+" of "+value, func(d doc) bool {
		return d["type"] == "push" && d["action"] == action && d.str("payload."+field) == value
	})
}

func TestConformanceConfigurationErrors(t *testing.T) {
	s := start(t)
	olivia := s.admin("olivia")
	olivia.fails("dance", `{}`, "not_found", "")
	olivia.fails("list_canned_responses", `{}`, "not_found", "3.7")
	olivia.fails("ban_customer", `{}`, "not_found", "3.7")
	olivia.at("v9.9").fails("list_agents", `{}`, "unsupported_version", "")
	admin{s, "nonsense", "v3.6"}.fails("list_agents", `{}`, "authentication", "")
	olivia.fails("get_group", `{"id":"one"}`, "validation", "id")
	olivia.fails("list_agents", `{"fields":["groups","shoes"]}`, "validation", "fields.1")
	for _, v := range []string{"v3.1", "v3.2", "v3.3", "v3.4", "v3.5", "v3.6", "v3.7"} {
		if d := olivia.at(v).ok("list_agents", `{}`); len(d.list("list")) != 4 {
			t.Errorf("%s lists %s", v, d)
		}
	}
	r, _ := http.NewRequest("POST", s.url+"/configuration/action/list_tags", strings.NewReader(`{}`))
	r.Header.Set("Authorization", "Bearer dal:demo-olivia")
	r.Header.Set("X-API-Version", "3.6")
	if resp, err := http.DefaultClient.Do(r); err != nil || resp.StatusCode != 200 {
		t.Errorf("with the version as a header: %v %v", resp, err)
	} else {
		resp.Body.Close()
	}
	anna := s.admin("anna")
	for action, payload := range map[string]string{
		"create_agent": `{"id":"x@example.com","name":"X"}`, "suspend_agent": `{"id":"ben@example.com"}`, "approve_agent": `{"id":"ben@example.com"}`,
		"create_group": `{"name":"X","agent_priorities":{}}`, "update_group": `{"id":1,"name":"X"}`, "create_tag": `{"name":"x","group_ids":[1]}`,
		"add_auto_access": `{}`, "list_auto_accesses": `{}`, "register_property": `{}`, "update_license_properties": `{"properties":{"a":{"b":1}}}`,
		"update_group_properties": `{"group_id":1,"properties":{"a":{"b":1}}}`, "create_bot": `{"name":"x"}`,
		"delete_agent": `{"id":"ben@example.com"}`, "update_agent": `{"id":"ben@example.com","name":"X"}`,
	} {
		anna.fails(action, payload, "authorization", "")
	}
}

func TestConformanceConfigurationBatch(t *testing.T) {
	s := start(t)
	sam := s.admin("sam")
	d := sam.ok("batch_create_agents", `{"requests":[{"id":"ann@example.com","name":"Ann"},{"name":"Nobody"},{"id":"ann@example.com","name":"Again"}]}`)
	d.is(t, "responses.0.id", "ann@example.com")
	for _, i := range []string{"1", "2"} {
		if d.str("responses."+i+".error.type") != "validation" || !strings.Contains(d.str("responses."+i+".error.message"), "id") {
			t.Errorf("response %s is %v", i, d.at("responses."+i))
		}
	}
	sam.ok("batch_delete_agents", `{"requests":[{"id":"ann@example.com"}]}`).sub("responses.0").empty(t)
	sam.fails("batch_delete_agents", `{}`, "validation", "requests")
}

// text is a value as it is printed.
func (d doc) text(path string) string { return fmt.Sprint(d.at(path)) }

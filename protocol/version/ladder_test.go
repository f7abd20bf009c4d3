package version

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

func TestError(t *testing.T) {
	tests := []struct {
		typ  string
		to   Version
		want string
	}{
		{"not_found", V37, "not_found"}, {"not_found", V34, "not_found"}, {"not_found", V33, "validation"},
		{"missing_access", V33, "authorization"}, {"agent_offline", V30, "validation"},
		{"service_unavailable", V33, "service_unavailable"}, {"service_unavailable", V32, "internal"},
		{"chat_inactive", V32, "chat_inactive"}, {"chat_inactive", V31, "validation"},
		{"too_many_requests", V31, "too_many_requests"}, {"too_many_requests", V30, "request_timeout"},
		{"license_not_found", V30, "license_expired"}, {"seats_limit_exceeded", V30, "authorization"},
		{"validation", V30, "validation"}, {"something_else", V30, "something_else"},
	}
	for _, tt := range tests {
		in := &protocol.Error{Type: tt.typ, Message: "m", Data: jsontext.Value(`{"a":1}`)}
		got := Error(in, tt.to)
		if got.Type != tt.want || got.Message != "m" || string(got.Data) != `{"a":1}` || in.Type != tt.typ {
			t.Errorf("%s at %s is %+v", tt.typ, tt.to, got)
		}
	}
	if Error(nil, V30) != nil {
		t.Error("no error became one")
	}
}

// TestErrorTypesExist: what stands in for a type has to be known in 3.0.
func TestErrorTypesExist(t *testing.T) {
	first := "authentication authorization internal license_expired request_timeout validation unsupported_version"
	for typ := range errorTypes {
		if got := Error(&protocol.Error{Type: typ}, V30).Type; !strings.Contains(first, got) {
			t.Errorf("%s becomes %s, which 3.0 does not know", typ, got)
		}
	}
}

func TestBadInput(t *testing.T) {
	bad := Message{"send_event", jsontext.Value(`{"chat_id":`)}
	good := Message{"send_event", jsontext.Value(`{}`)}
	tests := []struct {
		name string
		err  func() error
		typ  string
	}{
		{"request", func() error { _, err := Request(bad, V36, V30); return err }, protocol.ErrValidation},
		{"payload of a response", func() error { _, err := Response(good, bad.Payload, V36, V30); return err }, protocol.ErrValidation},
		{"request of a response", func() error { _, err := Response(bad, good.Payload, V36, V30); return err }, protocol.ErrValidation},
		{"duplicate names", func() error {
			_, err := Request(Message{"ping", jsontext.Value(`{"a":1,"a":2}`)}, V36, V30)
			return err
		}, protocol.ErrValidation},
		{"version of a request", func() error { _, err := Request(good, 0, V30); return err }, protocol.ErrUnsupportedVersion},
		{"version of a response", func() error { _, err := Response(good, good.Payload, V36, 38); return err }, protocol.ErrUnsupportedVersion},
	}
	for _, tt := range tests {
		var pe *protocol.Error
		if err := tt.err(); !errors.As(err, &pe) || pe.Type != tt.typ {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if got := Push(good, V36, 0); got != nil {
		t.Errorf("a push of no version: %v", got)
	}
}

func TestParsePage(t *testing.T) {
	for _, p := range []Page{{1, 25, nil}, {1000, 100, jsontext.Value(`{"query":"ü"}`)}} {
		got, ok := ParsePage(p.ID())
		if !ok || got.Number != p.Number || got.Limit != p.Limit || string(got.Filters) != string(p.Filters) {
			t.Errorf("%+v came back as %+v, %v", p, got, ok)
		}
	}
	for _, id := range []string{"", "page.", "MTUxNzM5ODEzMTQ5Ng==", "page.!", "page.e30", Page{0, 10, nil}.ID(), Page{1, 0, nil}.ID(), Page{1, 101, nil}.ID()} {
		if p, ok := ParsePage(id); ok {
			t.Errorf("%q is page %+v", id, p)
		}
	}
}

// TestNoMethodIsLostUpwards: a method goes on in the next version, under another
// name if need be, or ends there by the changelog.
func TestNoMethodIsLostUpwards(t *testing.T) {
	ends := []string{ // methods that end without a successor, by the changelog
		"change_push_notifications", "create_customer", "get_license_info", "grant_chat_access", "list_customers",
		"revoke_chat_access", "set_access", "send_file", "upload_image",
		"add_auto_access_rules", "remove_auto_access_rules", "get_auto_access_rules_config",
	}
	for _, m := range Methods() {
		for v := m.Since; v <= m.Until && v < V37; v++ {
			up, err := Request(Message{Action: m.Name}, v, v+1)
			ended := v == m.Until && slices.Contains(ends, m.Name)
			if ended != (err != nil) {
				t.Errorf("%s of %s in %s: %v", m.Name, v, v+1, err)
				continue
			}
			if _, ok := (v + 1).Method(up.Action); err == nil && !ok {
				t.Errorf("%s of %s became %s", m.Name, v, up.Action)
			}
		}
	}
}

// TestNoMethodIsLostDownwards: a method was there in the version before, under
// another name if need be, or began with its own by the changelog.
func TestNoMethodIsLostDownwards(t *testing.T) {
	begins := []string{ // methods that begin without a predecessor
		"upload_file", "get_customer", "list_agents_for_transfer", "list_routing_statuses", "follow_customer",
		"unfollow_customer", "get_license_info", "request_thread_summary", "send_event_preview",
		"send_thinking_indicator", "subscribe_customers", "unsubscribe_customers", "update_session",
	}
	for _, m := range Methods() {
		for v := m.Until; v >= m.Since && v > V30; v-- {
			down, err := Request(Message{Action: m.Name}, v, v-1)
			if began := v == m.Since && slices.Contains(begins, m.Name); began != (err != nil) {
				t.Errorf("%s of %s in %s: %v", m.Name, v, v-1, err)
			} else if _, ok := (v - 1).Method(down.Action); err == nil && !ok {
				t.Errorf("%s of %s became %s", m.Name, v, down.Action)
			}
		}
	}
}

// TestPushesKeepWithinTheirVersions: whatever becomes of a push, the version it
// arrives at has it.
func TestPushesKeepWithinTheirVersions(t *testing.T) {
	for _, p := range Pushes() {
		for _, to := range All() {
			for _, from := range []Version{p.Since, p.Until} {
				for _, out := range Push(Message{p.Name, jsontext.Value(`{}`)}, from, to) {
					if !to.HasPush(out.Action) {
						t.Errorf("%s of %s became %s, which %s does not have", p.Name, from, out.Action, to)
					}
				}
			}
		}
	}
}

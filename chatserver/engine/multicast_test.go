package engine

import (
	"slices"
	"strings"
	"testing"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
)

func multicast(t *testing.T, text string) protocol.MulticastRequest {
	t.Helper()
	var r protocol.MulticastRequest
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestMulticastReachesExactlyThose(t *testing.T) {
	e := newEngine(t, Settings{})
	everybody := map[string]*ear{}
	var anna desk
	for _, id := range []string{"anna", "ben", "cleo", "sam"} {
		d := online(t, e, id)
		if everybody[id] = d.ear; id == "anna" {
			anna = d
		}
	}
	second := online(t, e, "ben") // one agent, two connections
	everybody["ben again"] = second.ear
	mia, kim := arrive(t, e, "Mia"), arrive(t, e, "Kim")
	everybody["mia"], everybody["kim"] = mia.ear, kim.ear
	for _, c := range []struct {
		recipients string
		want       []string
	}{
		{`{"agents":{"all":true}}`, []string{"anna", "ben", "ben again", "cleo", "sam"}},
		{`{"agents":{"ids":["ben","nobody"]}}`, []string{"ben", "ben again"}},
		{`{"agents":{"groups":[2]}}`, []string{"cleo", "sam"}},
		{`{"agents":{"groups":[2,99],"ids":["cleo"]}}`, []string{"cleo", "sam"}},
		{`{"agents":{"groups":[0]}}`, []string{"anna", "ben", "ben again", "cleo", "sam"}},
		{`{"agents":{"groups":[99]}}`, nil},
		{`{"customers":{"ids":["` + mia.by.ID + `","` + mia.by.ID + `"]}}`, []string{"mia"}},
		{`{"agents":{"ids":["anna"]},"customers":{"ids":["` + kim.by.ID + `"]}}`, []string{"anna", "kim"}},
	} {
		for _, r := range everybody {
			r.forget()
		}
		if err := e.Multicast(t.Context(), anna.by, multicast(t, `{"recipients":`+c.recipients+`,"content":{"a":[1]},"type":"note"}`)); err != nil {
			t.Errorf("%s: %v", c.recipients, err)
		}
		var got []string
		for who, r := range everybody {
			for _, p := range take[protocol.IncomingMulticast](t, r, protocol.PushIncomingMulticast) {
				got = append(got, who)
				if p.AuthorID != "anna" || string(p.Content) != `{"a":[1]}` || p.Type != "note" {
					t.Errorf("push = %+v", p)
				}
			}
		}
		if slices.Sort(got); !slices.Equal(got, c.want) {
			t.Errorf("%s reached %v, want %v", c.recipients, got, c.want)
		}
	}
}

func TestMulticastNeedsItsScope(t *testing.T) {
	e := newEngine(t, Settings{})
	anna, deaf := online(t, e, "anna"), &ear{}
	_, err := e.LoginAgent(t.Context(), Credential{Kind: protocol.UserAgent, UserID: "ben", Scopes: NewScopes([]string{"chats--access:rw"})}, protocol.LoginRequest{}, deaf, func(protocol.LoginResponse) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Multicast(t.Context(), anna.by, multicast(t, `{"recipients":{"agents":{"all":true}},"content":"x"}`)); err != nil {
		t.Fatal(err)
	}
	if len(take[any](t, anna.ear, protocol.PushIncomingMulticast)) != 1 || len(take[any](t, deaf, protocol.PushIncomingMulticast)) != 0 {
		t.Error("a session without multicast:ro heard it, or one with it did not")
	}
}

func TestMulticastChecks(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	many := strings.Repeat(`"x",`, maxRecipients) + `"x"`
	for body, field := range map[string]string{
		`{"content":1}`:                                                                                 "recipients",
		`{"recipients":{},"content":1}`:                                                                 "recipients",
		`{"recipients":{"agents":{"all":false}},"content":1}`:                                           "recipients",
		`{"recipients":{"agents":{"all":true}}}`:                                                        "content",
		`{"recipients":{"agents":{"all":true}},"content":null}`:                                         "content",
		`{"recipients":{"agents":{"ids":[` + many + `]}},"content":1}`:                                  "recipients.agents.ids",
		`{"recipients":{"customers":{"ids":[` + many + `]}},"content":1}`:                               "recipients.customers.ids",
		`{"recipients":{"agents":{"groups":[` + strings.Repeat("1,", maxGroupIDs) + `1]}},"content":1}`: "recipients.agents.groups",
		`{"recipients":{"agents":{"all":true}},"content":"` + strings.Repeat("x", maxMulticast) + `"}`:  "content",
		`{"recipients":{"agents":{"all":true}},"content":1,"type":"` + strings.Repeat("x", 200) + `"}`:  "type",
	} {
		wantInvalid(t, e.Multicast(t.Context(), anna.by, multicast(t, body)), field)
	}
}

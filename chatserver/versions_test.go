package chatserver

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// webAt calls the Web API of a version without a network.
func webAt(srv *Server, v version.Version, token, action, payload string) *httptest.ResponseRecorder {
	if v == version.V30 {
		payload = `{"payload":` + payload + `}`
	}
	r := httptest.NewRequest("POST", "/v"+v.String()+"/agent/action/"+action, strings.NewReader(payload))
	r.Header.Set("Authorization", "Bearer "+token)
	w := httptest.NewRecorder()
	srv.Handler().ServeHTTP(w, r)
	return w
}

// TestScopesByVersion gives anna tokens with the scopes that single versions
// know, and asks for the same at every version.
func TestScopesByVersion(t *testing.T) {
	w := newWorld(t)
	anna := w.login("anna")
	v := w.visitor("Vera").start(1, "hello")
	anna.push("incoming_chat")
	send := func(token string, at version.Version) int {
		return webAt(w.srv, at, token, "send_event", `{"chat_id":"`+v.chat+`","event":{"type":"message","text":"x","recipients":"all"}}`).Code
	}
	for _, tt := range []struct {
		scope        string
		first, until version.Version // that let anna, who is in the chat, send
	}{
		{"chats.conversation--my:write", version.V30, version.V33},
		{"chats.conversation--my:rw", version.V30, version.V33},
		{"chats.conversation--all:rw", version.V30, version.V33},
		{"chats--my:rw", version.V30, version.V33},
		{"chats--access:rw", version.V30, version.V37},
		{"chats--all:rw", version.V30, version.V37},
		{"chats--all:ro", 0, 0},
		{"customers:rw", 0, 0},
	} {
		token, _, err := w.srv.Engine().CreateToken(t.Context(), engine.TokenSpec{OwnerID: "sam@example.com", Scopes: []string{tt.scope}})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.srv.Engine().AddUser(t.Context(), engine.Actor{}, protocol.ChatUserRequest{ChatID: v.chat, UserID: "sam@example.com", UserType: "agent", Visibility: "all"}); err != nil {
			t.Fatal(err)
		}
		for _, at := range version.All() {
			want := http.StatusForbidden
			if tt.first <= at && at <= tt.until {
				want = http.StatusOK
			}
			if code := send(token, at); code != want {
				t.Errorf("%s sends at %s: %d, want %d", tt.scope, at, code, want)
			}
		}
	}
}

// FuzzVersions gives every method of every version any payload and wants an
// answer that is not the server's own failure.
func FuzzVersions(f *testing.F) {
	for _, seed := range []string{
		`{}`, `[]`, `{"chat_id":"X","thread_ids":["a"],"timestamp":-1}`, `{"resource":"customer","id":"X","access":{"type":"agent","id":"y"}}`,
		`{"chat_id":"X","attach_to_last_thread":true,"event":{"type":"annotation","text":"x","order":1,"timestamp":2}}`, `{"filters":{"date_from":"x","agents":["a"],"include_active":false},"pagination":{"page":3,"limit":7}}`,
		`{"chat_id":"X","type":"group","ids":[1]}`, `{"customer_id":"x","fields":{"a":{"b":[]}}}`, `{"chat":{"thread":{"events":[{"recipients":7,"fields":[{"options":[{}]}]}]},"access":{}}}`,
		`{"rules":{"customer_url":{"values":[{"value":"x"}]}},"access":{"scopes":{"groups":[1]}}}`, `{"page_id":"page.e30","order":"asc"}`, `{"properties":{"a":{"b":{"value":{"value":1}}}}}`,
	} {
		f.Add(seed)
	}
	srv, err := New(f.Context(), Options{DataDir: f.TempDir(), Seed: people})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { srv.Close(context.Background()) })
	token, _, err := srv.Engine().CreateToken(f.Context(), engine.TokenSpec{OwnerID: "sam@example.com"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, payload string) {
		for _, m := range version.Methods() {
			for _, v := range version.All() {
				w := webAt(srv, v, token, m.Name, payload)
				if w.Code == http.StatusInternalServerError || w.Code != http.StatusOK && !strings.Contains(w.Body.String(), `"type"`) {
					t.Errorf("%s at %s with %q: %d %s", m.Name, v, payload, w.Code, w.Body)
				}
			}
		}
	})
}

package configapi

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
	"agentdesk/protocol/version"

	"github.com/go-json-experiment/json/jsontext"
)

// FuzzActions gives every action the same payload: each answers, or refuses with
// an error that may be shown.
func FuzzActions(f *testing.F) {
	for _, seed := range []string{
		``, `null`, `[]`, `"x"`, `7`, `{}`, `{"id":null}`, `{"id":1}`, `{"id":"sam@example.com"}`, `{"id":-1,"name":"x","group_ids":[1]}`,
		`{"requests":[null,{},{"id":"a@b"}]}`, `{"groups":[{"id":1e9,"priority":"first"}],"id":"a@b","name":"A"}`,
		`{"id":"a@b","name":"A","work_scheduler":{"monday":{"start":"08:00","end":"25:00"}}}`,
		`{"access":{"groups":[1]},"conditions":{"url":{"values":[{"value":"x"}]}},"next_id":"x"}`,
		`{"customer_id":"x","seconds":9223372036854775807,"ip":"::1"}`, `{"name":"x","agent_priorities":{"sam@example.com":"first"}}`,
		`{"text":"x","tags":["y"],"group_id":1,"limit":1}`, `{"properties":{"a":{"b":1}},"group_id":1}`, `{"properties":{"a":["b"]},"id":1}`,
		`{"name":"x","owner_client_id":"y","type":"int","access":{"chat":{"agent":["read"]}},"default_value":1}`,
		`{"bot_id":"x","client_id":"y","bot_secret":"z","organization_id":"o"}`, `{"filters":{"group_ids":[1],"suspended":true},"fields":["groups"]}`,
	} {
		f.Add(seed)
	}
	db, err := store.Open(f.Context(), filepath.Join(f.TempDir(), "chat.db"))
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { db.Close() })
	e, err := engine.New(f.Context(), engine.Options{Store: db})
	if err != nil {
		f.Fatal(err)
	}
	if err := e.CreateGroup(f.Context(), store.Group{ID: 1, Name: "Sales"}); err != nil {
		f.Fatal(err)
	}
	if err := e.CreateAgent(f.Context(), store.Agent{ID: "sam@example.com", Name: "Sam", Role: engine.RoleOwner}); err != nil {
		f.Fatal(err)
	}
	table := Actions(e)
	sam := engine.Actor{Kind: protocol.UserAgent, ID: "sam@example.com", Scopes: engine.NewScopes(engine.RoleScopes(engine.RoleOwner))}
	f.Fuzz(func(t *testing.T, payload string) {
		for _, name := range slices.Sorted(maps.Keys(table)) {
			r := &transport.Request{Actor: sam, Action: name, Payload: jsontext.Value(payload), Version: version.V37}
			out, err := table[name].Do(t.Context(), r)
			if _, shown := err.(*protocol.Error); err != nil && !shown {
				t.Errorf("%s(%q): %v", name, payload, err)
			}
			if _, err := protocol.Encode(out); err != nil {
				t.Errorf("%s(%q) cannot be encoded: %v", name, payload, err)
			}
		}
	})
}

package chatserver

import (
	"context"
	"maps"
	"slices"
	"testing"

	"agentdesk/chatserver/agentapi"
	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// FuzzActions gives every action any payload and wants an answer: a result, or
// an error that may be shown, never the server's own failure.
func FuzzActions(f *testing.F) {
	for _, seed := range []string{
		`{}`, `[]`, `null`, `{"chat_id":"X"}`, `{"chat_id":"CHAT","event":{"type":"message","text":"x"}}`,
		`{"id":"CHAT","target":{"type":"agent","ids":["anna@example.com"]}}`, `{"id":"CHAT","properties":{"a":{"b":1}}}`,
		`{"chat":{"users":[{"id":"x","type":"agent"}],"thread":{"events":[{"type":"custom","content":{}}]}}}`,
		`{"filters":{"query":"a","agents":{"values":["x"]}},"limit":2,"highlights":{}}`, `{"page_id":"e30"}`,
		`{"chat_id":"CHAT","thread_id":"T","event_id":"T_1","postback":{"id":"p","toggled":true}}`,
		`{"chat_id":"CHAT","user_id":"ben@example.com","user_type":"agent","visibility":"all"}`,
		`{"status":"accepting_chats","away":true,"token":"Bearer x"}`, `{"id":"c","ban":{"days":1},"name":"n","session_fields":[{"a":"b"}]}`,
	} {
		f.Add(seed)
	}
	srv, err := New(f.Context(), Options{DataDir: f.TempDir(), Seed: people})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { srv.Close(context.Background()) })
	e := srv.Engine()
	c, err := e.CreateCustomer(f.Context(), "", "", engine.CustomerChange{})
	if err != nil {
		f.Fatal(err)
	}
	err = e.ImportThreads(f.Context(), nil, []store.Import{{
		Chat:   &store.Chat{ID: "CHAT", CustomerID: c.ID, CreatedAt: 1, Access: []int{1}},
		Thread: &store.Thread{ID: "T", ChatID: "CHAT", CustomerID: c.ID, CreatedAt: 1},
		Events: []protocol.Event{{Type: protocol.EventRichMessage, CreatedAt: 1, Elements: []protocol.RichElement{{Buttons: []protocol.Button{{Text: "b", PostbackID: "p"}}}}}},
	}})
	if err != nil {
		f.Fatal(err)
	}
	table := agentapi.Actions(e)
	sam := engine.Actor{Kind: protocol.UserAgent, ID: "sam@example.com", Scopes: engine.NewScopes(engine.RoleScopes("administrator"))}
	f.Fuzz(func(t *testing.T, payload string) {
		for _, name := range slices.Sorted(maps.Keys(table)) {
			if table[name].Do == nil {
				continue // an upload
			}
			r := &transport.Request{Actor: sam, Action: name, Payload: jsontext.Value(payload)}
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

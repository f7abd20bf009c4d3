package engine

import (
	"testing"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// TestAutoSummary: the license decides whether threads are summed up when they
// are closed.
func TestAutoSummary(t *testing.T) {
	for value, want := range map[string]bool{"": false, "false": false, "true": true} {
		e := newEngine(t, Settings{})
		anna := online(t, e, "anna")
		if value != "" {
			p := protocol.Properties{"chats": {"auto_summary_enabled": jsontext.Value(value)}}
			if err := e.UpdateLicenseProperties(t.Context(), Actor{}, "", p); err != nil {
				t.Fatal(err)
			}
		}
		g := arrive(t, e, "Mia").start(t, e, 1)
		say(t, e, g.by, g.chat, "My parcel has not arrived. Where is the parcel?")
		if err := e.DeactivateChat(t.Context(), anna.by, protocol.ChatIDRequest{ID: g.chat}); err != nil {
			t.Fatal(err)
		}
		c := must(e.GetChat(t.Context(), anna.by, protocol.GetChatRequest{ChatID: g.chat}))
		if got := c.Thread.Summary != nil; got != want || (anna.count(protocol.PushThreadSummarySet) == 1) != want {
			t.Errorf("auto_summary_enabled %q: summary = %v, want %v", value, got, want)
		}
		silent := arrive(t, e, "Kim").start(t, e, 1)
		if err := e.DeactivateChat(t.Context(), anna.by, protocol.ChatIDRequest{ID: silent.chat}); err != nil {
			t.Fatal(err)
		}
		if n := anna.count(protocol.PushIncomingError); n != 0 {
			t.Errorf("auto_summary_enabled %q: %d errors nobody asked for", value, n)
		}
	}
}

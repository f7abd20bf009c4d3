package agentapi

import (
	"testing"

	"agentdesk/protocol/version"
)

func TestFieldsInOlderWords(t *testing.T) {
	for _, tt := range []struct {
		action string
		v      version.Version
		in     string
		want   string
	}{
		{"follow_chat", version.V32, "`id` is required", "`chat_id` is required"},
		{"follow_chat", version.V33, "`id` is required", "`id` is required"},
		{"ban_customer", version.V31, "`id` is required", "`customer_id` is required"},
		{"grant_chat_access", version.V32, "`id` is required", "`id` is required"},
		{"send_event", version.V33, "`event.visibility` must be all or agents", "`event.recipients` must be all or agents"},
		{"send_event", version.V34, "`event.visibility` must be all or agents", "`event.visibility` must be all or agents"},
		{"add_user_to_chat", version.V34, "`visibility` must be all or agents", "`visibility` must be all or agents"},
		{"update_customer", version.V31, "`session_fields/0` has the wrong type.", "`fields.0` has the wrong type."},
		{"update_agent", version.V30, "`status` must be accepting_chats", "`routing_status` must be accepting_chats"},
		{"start_chat", version.V30, "`chat.id` is made by the server", "`chat.id` is made by the server"},
		{"transfer_chat", version.V30, "`target.ids` must be a list", "`ids` must be a list"},
		{"transfer_chat", version.V31, "`target.ids` must be a list", "`target.ids` must be a list"},
		{"x", version.V30, "no field", "no field"},
		{"x", version.V30, "half a `field", "half a `field"},
	} {
		if got := fields(tt.action, tt.v, tt.in); got != tt.want {
			t.Errorf("%s at %s: %q, want %q", tt.action, tt.v, got, tt.want)
		}
	}
}

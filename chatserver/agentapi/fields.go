package agentapi

import (
	"slices"
	"strings"

	"agentdesk/protocol/version"
)

// renames are the fields of requests that had another name up to a version, in
// some actions, as those versions call them; without actions, in all.
var renames = []struct {
	until    version.Version
	now, was string
	actions  []string
}{
	{version.V32, "id", "chat_id", []string{
		"deactivate_chat", "close_thread", "follow_chat", "unfollow_chat", "transfer_chat", "update_chat_properties", "delete_chat_properties",
	}},
	{version.V32, "id", "customer_id", []string{"get_customer", "update_customer", "ban_customer"}},
	{version.V33, "visibility", "recipients", []string{"send_event", "send_typing_indicator", "start_chat", "activate_chat", "resume_chat"}},
	{version.V33, "ignore_agents_availability", "force", nil},
	{version.V31, "session_fields", "fields", nil},
	{version.V31, "sort_order", "order", nil},
	{version.V31, "status", "routing_status", []string{"update_agent"}},
	{version.V31, "recipients", "scopes", []string{"multicast"}},
	{version.V30, "seen_up_to", "timestamp", nil},
}

// fields puts the field that a validation error names, `id` or `event.visibility`,
// into the words of an older version.
func fields(action string, v version.Version, message string) string {
	open := strings.IndexByte(message, '`')
	if open < 0 {
		return message
	}
	name, rest, ok := strings.Cut(message[open+1:], "`")
	if !ok {
		return message
	}
	steps := strings.FieldsFunc(name, func(r rune) bool { return r == '.' || r == '/' })
	if v == version.V30 && action == "transfer_chat" && len(steps) > 1 {
		steps = steps[1:] // type and ids stand beside chat_id there
	}
	for i, step := range steps {
		for _, r := range renames {
			if v <= r.until && step == r.now && (r.actions == nil || slices.Contains(r.actions, action)) && (r.now != "id" || i == 0) {
				steps[i] = r.was
				break
			}
		}
	}
	return message[:open] + "`" + strings.Join(steps, ".") + "`" + rest
}

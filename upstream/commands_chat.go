package upstream

import (
	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// errNotShared is for servers where a chat moves from group to group.
var errNotShared = desk.Fail(desk.Conflict, "This chat server gives a chat to other groups by a transfer only.")

func deleteProperty(c desk.DeleteProperty) plan {
	names := protocol.MustEncode(map[string][]string{c.Namespace: {c.Name}})
	if c.ThreadID == "" {
		return plan{protocol.ActDeleteChatProperties, protocol.PropertiesRequest{ID: c.ChatID, Properties: names}, c.ChatID, nil}
	}
	return plan{protocol.ActDeleteThreadProperties, protocol.PropertiesRequest{ChatID: c.ChatID, ThreadID: c.ThreadID, Properties: names}, c.ChatID, nil}
}

// shareChat is grant_chat_access or revoke_chat_access for one group, the words
// of 3.2 and 3.3. Before, they had no chat in their names and took a resource;
// 3.4 ended them, with transfers in their place (changelog).
func (d dialect) shareChat(verb, chatID string, group int) (plan, error) {
	if !d.can().ShareChats {
		return plan{}, errNotShared
	}
	type access struct {
		Type string `json:"type"`
		ID   int    `json:"id"`
	}
	q := struct {
		Resource string `json:"resource,omitzero"`
		ID       string `json:"id"`
		Access   access `json:"access"`
	}{ID: chatID, Access: access{"group", group}}
	if d.Version < version.V32 {
		q.Resource = "chat"
		return plan{verb + "_access", native{q}, chatID, nil}, nil
	}
	return plan{verb + "_chat_access", native{q}, chatID, nil}, nil
}

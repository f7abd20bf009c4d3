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

// updateCustomer takes what changed over at once: with the monitoring level of
// this desk no push tells of customers whose chats others serve.
func (s *Session) updateCustomer(c desk.UpdateCustomer) (plan, error) {
	q := protocol.CustomerRequest{ID: c.CustomerID}
	if c.Name != "" {
		q.Name = &c.Name
	}
	if c.Email != "" {
		q.Email = &c.Email
	}
	if c.Phone != "" {
		if !s.reg.dialect.can().Phones {
			return plan{}, errTooOld
		}
		q.PhoneNumber = &c.Phone
	}
	for _, f := range c.Fields {
		q.SessionFields = append(q.SessionFields, map[string]string{f.Name: f.Value})
	}
	if q.Name == nil && q.Email == nil && q.PhoneNumber == nil && len(q.SessionFields) == 0 {
		return plan{}, desk.Fail(desk.Invalid, "Enter a name or an e-mail address.")
	}
	changed := desk.Person{ID: c.CustomerID, Name: c.Name, Email: c.Email, Customer: &desk.Customer{Phone: c.Phone, Fields: c.Fields}}
	return plan{protocol.ActUpdateCustomer, q, "", func() { s.apply(desk.CustomerUpdated{Customer: changed}) }}, nil
}

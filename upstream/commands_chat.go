package upstream

import (
	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// errNotShared is for servers where a chat moves from group to group.
var errNotShared = desk.Fail(desk.Conflict, "This chat server gives a chat to other groups by a transfer only.")

func (s *Session) deleteProperty(c desk.DeleteProperty) plan {
	action, q := propertiesOf("delete", c.ChatID, c.ThreadID, c.EventID)
	q.Properties = protocol.MustEncode(map[string][]string{c.Namespace: {c.Name}})
	deleted := desk.PropertiesChanged{ChatID: c.ChatID, ThreadID: c.ThreadID, EventID: c.EventID, Deleted: map[string][]string{c.Namespace: {c.Name}}}
	return plan{action, q, c.ChatID, func() { s.apply(deleted) }}
}

// propertiesOf begins a request about the properties of an event, of a thread
// where there is no event, or of a chat where there is neither.
func propertiesOf(verb, chat, thread, event string) (action string, q protocol.PropertiesRequest) {
	switch {
	case event != "":
		return verb + "_event_properties", protocol.PropertiesRequest{ChatID: chat, ThreadID: thread, EventID: event}
	case thread != "":
		return verb + "_thread_properties", protocol.PropertiesRequest{ChatID: chat, ThreadID: thread}
	}
	return verb + "_chat_properties", protocol.PropertiesRequest{ID: chat}
}

// shareChat is grant_chat_access or revoke_chat_access for one group, the words
// of 3.2 and 3.3. Before, they had no chat in their names and took a resource;
// 3.4 ended them, with transfers in their place (changelog).
func (d dialect) shareChat(verb, chatID string, group int) (plan, error) {
	if !d.can().ShareChats {
		return plan{}, errNotShared
	}
	q := accessRequest{ID: chatID, Access: groupAccess{"group", group}}
	if d.Version < version.V32 {
		q.Resource = "chat"
		return plan{verb + "_access", native{q}, chatID, nil}, nil
	}
	return plan{verb + "_chat_access", native{q}, chatID, nil}, nil
}

// setAccess puts one group in the place of all that see a chat. 3.2 ended it,
// with transfers in its place (changelog).
func (d dialect) setAccess(c desk.SetAccess) (plan, error) {
	if !d.can().SetAccess {
		return plan{}, errNotShared
	}
	return plan{"set_access", native{accessRequest{"chat", c.ChatID, groupAccess{"group", c.GroupID}}}, c.ChatID, nil}, nil
}

// accessRequest says which group is meant; groups alone have access since the
// second document of 3.0.
type accessRequest struct {
	Resource string      `json:"resource,omitzero"`
	ID       string      `json:"id"`
	Access   groupAccess `json:"access"`
}

type groupAccess struct {
	Type string `json:"type"`
	ID   int    `json:"id"`
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

package engine

import (
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// Actor is who asks: an agent, a customer, or, as the zero value, the server
// itself. Session and RequestID are set for requests over a websocket: pushes
// that the request causes carry its id on that session only. Rules are those of
// the version in which the request was made.
type Actor struct {
	Kind      string // protocol.UserAgent, protocol.UserCustomer or ""
	ID        string
	Scopes    Scopes
	Client    string // the application the token was made for
	Session   *Session
	RequestID string
	Rules     Rules
}

// IsAgent reports whether an agent asks.
func (a Actor) IsAgent() bool { return a.Kind == protocol.UserAgent }

// IsCustomer reports whether a customer asks.
func (a Actor) IsCustomer() bool { return a.Kind == protocol.UserCustomer }

func member(c *store.Chat, id string) *store.Member {
	for i := range c.Users {
		if c.Users[i].UserID == id {
			return &c.Users[i]
		}
	}
	return nil
}

// present reports whether a user takes part in the chat now.
func present(c *store.Chat, id string) bool {
	m := member(c, id)
	return m != nil && m.Present
}

// reaches reports whether an agent's groups give access; group 0 is everybody.
func reaches(groups map[int]string, access []int) bool {
	return slices.ContainsFunc(access, func(g int) bool { _, in := groups[g]; return in || g == 0 })
}

// chatScopes are the scopes that open chats, for reading and for writing. Which
// methods they open is checked before: here the part they are for is enough.
var chatScopes = map[string][3]string{
	"ro": {"chats--all:ro", "chats--access:ro", "chats--my:ro"},
	"rw": {"chats.conversation--all:rw", "chats.conversation--access:rw", "chats.conversation--my:rw"},
}

// agentSees applies the matrix of scopes, access and presence (api guide,
// section 4). verb is "ro" or "rw".
func agentSees(s Scopes, agent *store.Agent, c *store.Chat, verb string) bool {
	need := chatScopes[verb]
	switch {
	case s[need[0]]:
		return true
	case agent == nil:
		return false
	}
	return s[need[2]] && present(c, agent.ID) || s[need[1]] && reaches(agent.Groups, c.Access)
}

// sees is agentSees for any actor. A customer sees his own chat.
func (e *Engine) sees(a Actor, c *store.Chat, verb string) bool {
	switch a.Kind {
	case protocol.UserAgent:
		return agentSees(a.Scopes, e.dir.Load().agents[a.ID], c, verb)
	case protocol.UserCustomer:
		return c.CustomerID == a.ID
	}
	return true
}

// mayRead and mayWrite give the error for a chat out of reach. To a customer
// another customer's chat does not exist.
func (e *Engine) mayRead(a Actor, c *store.Chat) error  { return e.may(a, c, "ro") }
func (e *Engine) mayWrite(a Actor, c *store.Chat) error { return e.may(a, c, "rw") }

func (e *Engine) may(a Actor, c *store.Chat, verb string) error {
	if e.sees(a, c, verb) {
		return nil
	}
	if a.IsCustomer() {
		return notFound("chat")
	}
	return protocol.Fail(protocol.ErrMissingAccess, "You have no access to this chat.")
}

// mustBePresent is the rule that the requester is among the chat's users
// (3.4+). The server itself always may.
func mustBePresent(a Actor, c *store.Chat, waived bool) error {
	if a.Kind == "" || waived || a.IsAgent() && a.Rules.Outsiders || present(c, a.ID) {
		return nil
	}
	return protocol.Fail(protocol.ErrAuthorization, "You are not a user of this chat.")
}

func notFound(what string) error {
	return protocol.Fail(protocol.ErrNotFound, "There is no such "+what+".")
}

// invalid is a validation error that names the field at fault.
func invalid(field, problem string) error {
	return protocol.Fail(protocol.ErrValidation, "`"+field+"` "+problem)
}

func required(field, value string) error {
	if value == "" {
		return invalid(field, "is required")
	}
	return checkID(field, value)
}

func checkID(field, value string) error {
	if len(value) > protocol.MaxID {
		return invalid(field, "is too long")
	}
	return nil
}

func inactive() error {
	return protocol.Fail(protocol.ErrChatInactive, "The chat is inactive.")
}

package engine

import (
	"context"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// maxInitial bounds the events and users a new thread may begin with.
const maxInitial = 20

// maxExtraAgents is how many agents beside the requester may be named at start.
const maxExtraAgents = 4

// StartChat opens a chat with its first thread (v3.6 "Start Chat"). A customer
// has at most one chat. A customer's active chat is assigned at once or waits in
// its group's queue; where nobody of the group is online it is refused unless
// Continuous.
func (e *Engine) StartChat(ctx context.Context, by Actor, r protocol.StartChatRequest) (protocol.StartChatResponse, error) {
	var out protocol.StartChatResponse
	err := e.change(ctx, by, func(w *work) error {
		c := &store.Chat{ID: NewID(), CreatedAt: e.tick()}
		given := r.Chat
		if given == nil {
			given = &protocol.Chat{}
		}
		if given.ID != "" {
			return invalid("chat.id", "is made by the server")
		}
		customer, err := startCustomer(by, given.Users)
		if err != nil {
			return err
		}
		c.CustomerID = customer
		if err := w.onlyChat(customer); err != nil {
			return err
		}
		d := w.adopt(c)
		ids, err := w.open(d, *given, r)
		out = protocol.StartChatResponse{ChatID: c.ID, ThreadID: threadID(c), EventIDs: ids}
		return err
	})
	return out, err
}

// ResumeChat opens the next thread of an inactive chat (v3.6 "Resume Chat").
func (e *Engine) ResumeChat(ctx context.Context, by Actor, r protocol.StartChatRequest) (protocol.StartChatResponse, error) {
	var out protocol.StartChatResponse
	if r.Chat == nil {
		return out, invalid("chat", "is required")
	}
	if err := required("chat.id", r.Chat.ID); err != nil {
		return out, err
	}
	err := e.change(ctx, by, func(w *work) error {
		d, err := w.chat(r.Chat.ID)
		if err != nil {
			return err
		}
		if err := e.mayWrite(by, d.Chat); err != nil {
			return err
		}
		if d.Active {
			if by.IsCustomer() {
				return protocol.Fail(protocol.ErrChatAlreadyActive, "The chat is active already.")
			}
			return invalid("chat.id", "names a chat that is active already")
		}
		ids, err := w.open(d, *r.Chat, r)
		out = protocol.StartChatResponse{ThreadID: threadID(d.Chat), EventIDs: ids}
		return err
	})
	return out, err
}

// startCustomer tells whose chat is being started; an agent may start one
// without a customer.
func startCustomer(by Actor, users []protocol.User) (string, error) {
	if by.IsCustomer() {
		return by.ID, nil
	}
	customer := ""
	for _, u := range users {
		if u.Type != protocol.UserCustomer {
			continue
		}
		if customer != "" {
			return "", invalid("chat.users", "has more than one customer")
		}
		customer = u.ID
	}
	return customer, nil
}

// onlyChat refuses a second chat of a customer.
func (w *work) onlyChat(customer string) error {
	if customer == "" {
		return nil
	}
	ids, err := w.e.store.CustomerChats(w.ctx, customer)
	if err != nil || len(ids) == 0 {
		return err
	}
	if have, err := w.e.chatNow(w.ctx, ids[0]); err == nil && have.Active {
		return protocol.Fail(protocol.ErrChatAlreadyActive, "The customer has an active chat already.")
	}
	return protocol.Fail(protocol.ErrLimitReached, "The customer has a chat already: resume it.")
}

package engine

import (
	"context"
	"errors"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// SendEvent adds an event to the active thread of a chat (v3.6 "Send Event").
// A custom_id that the chat already has gives the id of the event that has it,
// and nothing is sent or pushed again. It works even where the chat was closed
// in the meantime: that is how a lost answer is found.
func (e *Engine) SendEvent(ctx context.Context, by Actor, r protocol.SendEventRequest) (protocol.SendEventResponse, error) {
	var out protocol.SendEventResponse
	if err := required("chat_id", r.ChatID); err != nil {
		return out, err
	}
	err := e.change(ctx, by, func(w *work) error {
		d, err := w.chat(r.ChatID)
		if err != nil {
			return err
		}
		if err := e.mayWrite(by, d.Chat); err != nil {
			return err
		}
		if id, err := w.sentBefore(d.ID, r.Event.CustomID); err != nil || id != "" {
			out.EventID = id
			return errors.Join(err, errUnchanged)
		}
		ev, err := w.checkSend(by, d, r)
		if err != nil {
			return err
		}
		if w.opens(d, r, ev) {
			ids, err := w.open(d, protocol.Chat{Thread: &protocol.Thread{Events: []protocol.Event{r.Event}}}, protocol.StartChatRequest{})
			if err == nil {
				out.EventID = ids[0]
			}
			return err
		}
		w.admitAuthor(by, d)
		author := by.ID
		if ev.Type == protocol.EventSystemMessage {
			author = "" // system messages have none
		}
		made, err := w.tell(d, author, ev, true)
		if err != nil {
			return err
		}
		out.EventID = made.ID
		return nil
	})
	return out, err
}

// sentBefore finds the event with a custom_id, "" where there is none.
func (w *work) sentBefore(chatID, customID string) (string, error) {
	if customID == "" {
		return "", nil
	}
	id, err := w.CustomEvent(chatID, customID)
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	return id, err
}

// checkSend applies the rules of sending: presence, an active thread, and that
// an agents-only member stays unseen.
func (w *work) checkSend(by Actor, d *draft, r protocol.SendEventRequest) (protocol.Event, error) {
	ev, err := w.checkEvent("event", r.Event)
	if err != nil {
		return ev, err
	}
	if d.Thread == nil || !d.Active && !by.mayAttach(r, ev) && !w.opens(d, r, ev) {
		return ev, inactive()
	}
	if by.IsCustomer() {
		ev.Visibility = protocol.VisibilityAll
		return ev, nil
	}
	if err := mustBePresent(by, d.Chat, false); err != nil {
		return ev, err
	}
	return ev, unseen(by, d.Chat, ev.Visibility)
}

// unseen keeps a member who is there for agents only from speaking to all.
func unseen(by Actor, c *store.Chat, visibility string) error {
	if m := member(c, by.ID); m != nil && m.Visibility == protocol.VisibilityAgents && visibility == protocol.VisibilityAll {
		return protocol.Fail(protocol.ErrAuthorization, "You are in this chat for agents only: set `event.visibility` to agents.")
	}
	return nil
}

// Typing tells the others that somebody types (v3.6 "Send Typing Indicator").
// Nothing is kept. Only members and followers are told, and the customer where
// visibility allows.
func (e *Engine) Typing(ctx context.Context, by Actor, r protocol.TypingRequest) error {
	if err := required("chat_id", r.ChatID); err != nil {
		return err
	}
	if err := checkVisibility("visibility", &r.Visibility); err != nil {
		return err
	}
	return e.announceIn(ctx, by, r.ChatID, func(w *work, c *store.Chat) {
		p := protocol.IncomingTyping{ChatID: c.ID, ThreadID: threadID(c), Typing: protocol.TypingIndicator{
			AuthorID: by.ID, Visibility: r.Visibility, Timestamp: e.now().Unix(), IsTyping: r.IsTyping,
		}}
		w.push(protocol.PushIncomingTyping, p, w.others(c, r.Visibility))
	})
}

// SneakPeek shows a customer's unsent text to the agents in the chat and to its
// followers. Nothing is kept.
func (e *Engine) SneakPeek(ctx context.Context, by Actor, r protocol.SneakPeekRequest) error {
	if err := required("chat_id", r.ChatID); err != nil {
		return err
	}
	if err := checkText("sneak_peek_text", r.Text, false); err != nil {
		return err
	}
	return e.announceIn(ctx, by, r.ChatID, func(w *work, c *store.Chat) {
		w.push(protocol.PushIncomingSneakPeek, protocol.IncomingSneakPeek{ChatID: c.ID, ThreadID: threadID(c), SneakPeek: protocol.SneakPeek{
			AuthorID: by.ID, Text: r.Text, Timestamp: e.now().Unix(),
		}}, e.closest(c))
	})
}

func threadID(c *store.Chat) string {
	if c.Thread == nil {
		return ""
	}
	return c.Thread.ID
}

// announceIn pushes something about an active chat without keeping it.
func (e *Engine) announceIn(ctx context.Context, by Actor, chatID string, fn func(*work, *store.Chat)) error {
	c, err := e.chatNow(ctx, chatID)
	if err != nil {
		return err
	}
	if err := e.mayWrite(by, c); err != nil {
		return err
	}
	if !c.Active {
		return inactive()
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.announce(by, func(w *work) { fn(w, c) })
	return nil
}

// announce pushes without a transaction. mu is held.
func (e *Engine) announce(by Actor, fn func(*work)) {
	w := &work{e: e, ctx: context.Background(), by: by}
	fn(w)
	w.send()
}

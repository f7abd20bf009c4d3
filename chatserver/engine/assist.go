package engine

import (
	"context"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// Thinking tells the others that somebody works on an answer (v3.6 "Send
// Thinking Indicator"). Nothing is kept. Members and followers are told, and the
// customer where visibility allows.
func (e *Engine) Thinking(ctx context.Context, by Actor, r protocol.ThinkingRequest) error {
	if err := required("chat_id", r.ChatID); err != nil {
		return err
	}
	if err := checkVisibility("visibility", &r.Visibility); err != nil {
		return err
	}
	if err := checkID("custom_id", r.CustomID); err != nil {
		return err
	}
	for _, f := range [][2]string{{"title", r.Title}, {"description", r.Description}} {
		if err := checkText(f[0], f[1], false); err != nil {
			return err
		}
	}
	return e.announceIn(ctx, by, r.ChatID, func(w *work, c *store.Chat) {
		w.push(protocol.PushIncomingThinking, protocol.IncomingThinking{
			ChatID: c.ID, ThreadID: threadID(c), AuthorID: by.ID, SentAt: protocol.At(e.now()),
			Title: r.Title, Description: r.Description, CustomID: r.CustomID,
		}, w.others(c, r.Visibility))
	})
}

// PreviewEvent shows the customer a message that is still being made (v3.6 "Send
// Event Preview"). Nothing is kept, and agents are not told.
func (e *Engine) PreviewEvent(ctx context.Context, by Actor, r protocol.EventPreviewRequest) error {
	if err := required("chat_id", r.ChatID); err != nil {
		return err
	}
	if err := checkPreview(r.Event); err != nil {
		return err
	}
	c, err := e.chatNow(ctx, r.ChatID)
	if err != nil {
		return err
	}
	if err := e.mayWrite(by, c); err != nil {
		return err
	}
	if err := mustBePresent(by, c, false); err != nil {
		return err
	}
	if err := unseen(by, c, protocol.VisibilityAll); err != nil {
		return err
	}
	return e.announceIn(ctx, by, r.ChatID, func(w *work, c *store.Chat) {
		w.push(protocol.PushIncomingEventPreview, protocol.IncomingEvent{ChatID: c.ID, ThreadID: threadID(c), Event: protocol.Event{
			Type: r.Event.Type, Text: r.Event.Text, CustomID: r.Event.CustomID, AuthorID: by.ID, CreatedAt: protocol.At(e.now()),
		}}, e.guests(c))
	})
}

func checkPreview(ev protocol.Event) error {
	if ev.Type != protocol.EventMessage {
		return invalid("event.type", "must be message")
	}
	if ev.Visibility != "" && ev.Visibility != protocol.VisibilityAll {
		return invalid("event.visibility", "must be all")
	}
	if err := checkID("event.custom_id", ev.CustomID); err != nil {
		return err
	}
	return checkText("event.text", ev.Text, true)
}

// others are those who see what a user of a chat is doing: its agents and
// followers but himself, and the customer where visibility allows and the user
// is not there for agents only.
func (w *work) others(c *store.Chat, visibility string) []*Session {
	to := without(w.e.closest(c), w.by.ID)
	m := member(c, w.by.ID)
	if visibility == protocol.VisibilityAll && w.by.IsAgent() && (m == nil || m.Visibility != protocol.VisibilityAgents) {
		to = append(to, w.e.guests(c)...)
	}
	return to
}

// checkVisibility takes all, agents, and nothing for all.
func checkVisibility(field string, v *string) error {
	switch *v {
	case "":
		*v = protocol.VisibilityAll
	case protocol.VisibilityAll, protocol.VisibilityAgents:
	default:
		return invalid(field, "must be all or agents")
	}
	return nil
}

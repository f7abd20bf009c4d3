package engine

import (
	"context"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// Event finds an event of a chat by its id, with the thread it is in.
func (e *Engine) Event(ctx context.Context, by Actor, chatID, id string) (threadID string, ev protocol.Event, err error) {
	thread, _, ok := splitEventID(id)
	if !ok {
		return "", ev, notFound("event")
	}
	c, err := e.GetChat(ctx, by, protocol.GetChatRequest{ChatID: chatID, ThreadID: thread})
	if err != nil {
		return "", ev, err
	}
	for _, ev := range c.Thread.Events {
		if ev.ID == id {
			return thread, ev, nil
		}
	}
	return "", ev, notFound("event")
}

// ThreadIDs lists a chat's newest threads, newest first, without their events.
func (e *Engine) ThreadIDs(ctx context.Context, by Actor, chatID string, limit int) ([]protocol.Thread, error) {
	c, err := e.chatNow(ctx, chatID)
	if err != nil {
		return nil, err
	}
	if err := e.mayRead(by, c); err != nil {
		return nil, err
	}
	page, _, err := e.store.Threads(ctx, store.ThreadQuery{ChatID: chatID, Window: store.Window{Limit: limit}})
	out := make([]protocol.Thread, 0, len(page.Rows))
	for _, t := range page.Rows {
		out = append(out, *threadView(t))
	}
	return out, err
}

// Notifications is where an agent's telephone gets its notifications (v3.0 to
// v3.4 "Login", "Change push notifications"). They are kept with the session;
// this server sends none.
type Notifications struct {
	Token    string `json:"firebase_token"`
	Platform string `json:"platform"` // ios or android
}

// Check names the field at fault. at is the object the fields are in, "" or with
// a dot at the end.
func (n Notifications) Check(at string) error {
	if n.Platform != "ios" && n.Platform != "android" {
		return invalid(at+"platform", "must be ios or android")
	}
	if len(n.Token) > 4096 {
		return invalid(at+"firebase_token", "is too long")
	}
	return nil
}

// SetNotifications keeps where the session's notifications go, or nowhere.
func (e *Engine) SetNotifications(s *Session, n Notifications, enabled bool) error {
	if err := n.Check(""); err != nil {
		return err
	}
	if n.Token == "" {
		return invalid("firebase_token", "is required")
	}
	if s == nil {
		return protocol.Fail(protocol.ErrRequesterOffline, "You are not logged in.")
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if s.notify = n; !enabled {
		s.notify = Notifications{}
	}
	return nil
}

package engine

import (
	"context"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// hash is the password's, made before anything is locked, in one of the few
// places for that.
func (e *Engine) hash(ctx context.Context, password *string) (string, error) {
	if password == nil {
		return "", nil
	}
	if n := len(*password); n < minPasswordLen || n > maxPassword {
		return "", invalid("password", "must be 8 to 1024 bytes long")
	}
	select {
	case e.hashing <- struct{}{}:
		defer func() { <-e.hashing }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	return HashPassword(*password), nil
}

// setPassword changes what an agent signs in with. A token that may only change
// what the agent looks like must not become the whole account.
func (w *work) setPassword(a *store.Agent, hash string) error {
	if w.by.Kind != "" && !w.by.Scopes.Any("agents--all:rw") {
		return notYours()
	}
	a.Password = hash
	if w.by.ID == a.ID {
		return nil
	}
	w.after = append(w.after, func() {
		w.e.closeWhere(func(s *Session) bool { return s.UserID == a.ID }, protocol.ReasonTokenRevoked)
	})
	return w.DeleteTokens(a.ID)
}

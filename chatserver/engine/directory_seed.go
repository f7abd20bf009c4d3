package engine

import (
	"context"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// SetLicense creates or replaces the license. It is for seeding, as are the
// methods below: they check nothing and tell nobody.
func (e *Engine) SetLicense(ctx context.Context, l store.License) error {
	if l.CreatedAt == 0 {
		l.CreatedAt = protocol.At(e.now())
	}
	return e.seed(ctx, func(t *store.Tx) error { return t.SetLicense(l) })
}

// CreateAgent creates an agent or replaces it. Where AccountID or CreatedAt are
// empty they are made; Password is the encoded hash (see HashPassword).
func (e *Engine) CreateAgent(ctx context.Context, a store.Agent) error {
	if a.AccountID == "" {
		a.AccountID = NewCustomerID()
	}
	if a.CreatedAt == 0 {
		a.CreatedAt = protocol.At(e.now())
	}
	if a.RoutingStatus == "" {
		a.RoutingStatus = protocol.StatusAccepting
	}
	if a.Role == "" {
		a.Role = RoleNormal
	}
	return e.seed(ctx, func(t *store.Tx) error { return t.PutAgent(a) })
}

// CreateGroup creates or renames a group.
func (e *Engine) CreateGroup(ctx context.Context, g store.Group) error {
	return e.seed(ctx, func(t *store.Tx) error { return t.PutGroup(g) })
}

// CreateTag creates a tag, or sets the groups it is offered to.
func (e *Engine) CreateTag(ctx context.Context, g store.Tag) error {
	if g.CreatedAt == 0 {
		g.CreatedAt = protocol.At(e.now())
	}
	return e.seed(ctx, func(t *store.Tx) error { return t.PutTag(g) })
}

func (e *Engine) seed(ctx context.Context, fn func(*store.Tx) error) error {
	return e.reconfigure(ctx, Actor{}, func(w *work) error { return fn(w.Tx) })
}

package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"agentdesk/auth"
	"agentdesk/desk"
	"agentdesk/handlers"
	"agentdesk/internal/store"
	"agentdesk/relay"
	"agentdesk/upstream"
)

// desks are the upstream sessions as handlers see them, and what hears of their
// changes. It waits for sessions that are starting, and ends sessions whose
// agents have left.
type desks struct {
	registry *upstream.Registry
	auth     *auth.Manager
	hub      *relay.Hub
	draw     *renderer
	call     *caller
	log      *slog.Logger

	running sync.WaitGroup
	stopped chan struct{}
	stop    func()

	mu       sync.Mutex
	starting map[string]chan struct{} // closed when the agent's first login is decided
}

func newDesks(log *slog.Logger) *desks {
	d := &desks{log: log, stopped: make(chan struct{}), starting: map[string]chan struct{}{}}
	d.stop = sync.OnceFunc(func() { close(d.stopped) })
	return d
}

// PasswordToken asks the chat server for a token.
func (d *desks) PasswordToken(ctx context.Context, email, password string) (string, error) {
	return d.registry.PasswordToken(ctx, email, password)
}

// settleTime is how long a sign-in waits for the agent's chats to be read.
const settleTime = 2 * time.Second

// SignIn proves a token, and waits a moment for the agent's chats so that the
// first page is whole.
func (d *desks) SignIn(ctx context.Context, token auth.Secret) (handlers.Desk, error) {
	s, err := d.registry.SignIn(ctx, token.Reveal())
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, settleTime)
	defer cancel()
	d.settle(ctx, s)
	return s, nil
}

// Open gives an agent's desk, started where it does not run.
func (d *desks) Open(ctx context.Context, agentID string, token auth.Secret) (handlers.Desk, error) {
	if s := d.registry.Get(agentID); s != nil {
		if d.isStarting(agentID) {
			d.settle(ctx, s)
		}
		return s, nil
	}
	s := d.registry.Open(ctx, agentID, token.Reveal())
	d.settle(ctx, s)
	return s, nil
}

// SignOut ends an agent's desk.
func (d *desks) SignOut(ctx context.Context, agentID string) { d.registry.SignOut(ctx, agentID) }

// settle waits until a session's first login is decided, or ctx ends.
func (d *desks) settle(ctx context.Context, s *upstream.Session) {
	decided := d.expect(s.ID())
	// It may have been decided before anybody waited.
	if in, err := s.Inbox(ctx, desk.Filter{Limit: 1}); err != nil || in.Connection.State != desk.Connecting {
		d.decided(s.ID())
		return
	}
	select {
	case <-decided:
	case <-s.Done():
		d.decided(s.ID())
	case <-ctx.Done():
	}
}

func (d *desks) isStarting(agentID string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.starting[agentID] != nil
}

func (d *desks) expect(agentID string) <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.starting[agentID] == nil {
		d.starting[agentID] = make(chan struct{})
	}
	return d.starting[agentID]
}

func (d *desks) decided(agentID string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if ch := d.starting[agentID]; ch != nil {
		close(ch)
		delete(d.starting, agentID)
	}
}

// Changed draws what changed. It runs on the session's goroutine.
func (d *desks) Changed(agentID string, b *desk.Board, changes []desk.Change) {
	alerts := b.TakeAlerts()
	d.draw.Changed(agentID, b, changes, alerts)
	d.call.call(b.Me(), alerts)
	if b.Connection().State != desk.Connecting || !b.Connection().RetryAt.IsZero() {
		d.decided(agentID)
	}
}

// Ended hears of a session that is over. Where the agent has to sign in again,
// all that agent's browsers go to the sign-in page; what they were writing stays
// with them.
func (d *desks) Ended(agentID string, c desk.Connection) {
	d.decided(agentID)
	if c.Action != desk.ActSignIn {
		d.hub.Reset(agentID)
		return
	}
	d.hub.CloseTopic(agentID, relay.SignedOut)
	d.start(func() {
		if err := d.auth.SignOutAgent(context.Background(), agentID); err != nil {
			d.log.Error("sessions of a refused agent not ended", "err", err)
		}
	})
}

// lingerTime is how long after a session's end it is looked at whether it was
// the agent's last. A browser that signs in again ends its old session first.
const lingerTime = 2 * time.Second

// left ends an agent's desk shortly after the last session has gone.
func (d *desks) left(agentID string) {
	d.start(func() {
		t := time.NewTimer(lingerTime)
		defer t.Stop()
		select {
		case <-t.C:
		case <-d.stopped:
			return // whoever has no session will not be restored
		}
		ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
		defer cancel()
		if list, err := d.auth.Sessions(ctx, agentID); err == nil && len(list) == 0 {
			d.registry.SignOut(ctx, agentID)
		}
	})
}

// start runs a goroutine that wait waits for.
func (d *desks) start(f func()) { d.running.Go(f) }

func (d *desks) wait() {
	d.stop()
	d.running.Wait()
}

// counted is the outbox, with its outcomes counted.
type counted struct {
	*store.DB
	m *metrics
}

// Put keeps a message from before it is sent.
func (c counted) Put(ctx context.Context, agentID string, m desk.Outgoing) error {
	err := c.DB.Put(ctx, agentID, m)
	if err == nil {
		c.m.sends.WithLabelValues("accepted").Inc()
	}
	return err
}

// Update notes a message's state.
func (c counted) Update(ctx context.Context, agentID, customID string, state desk.SendState, reason string) error {
	if state == desk.Failed {
		c.m.sends.WithLabelValues("failed").Inc()
	}
	return c.DB.Update(ctx, agentID, customID, state, reason)
}

// Delete forgets a message: it has arrived, or was discarded.
func (c counted) Delete(ctx context.Context, agentID, customID string) error {
	c.m.sends.WithLabelValues("settled").Inc()
	return c.DB.Delete(ctx, agentID, customID)
}

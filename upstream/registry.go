package upstream

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"agentdesk/desk"
)

// Registry holds one session per agent. It is safe for concurrent use.
type Registry struct {
	outbox      Outbox
	shelf       Shelf
	sink        Sink
	metrics     Metrics
	timing      Timing
	log         *slog.Logger
	now         func() time.Time
	application string
	dialect     dialect
	dialer      *websocket.Dialer
	web         *web
	ids         atomic.Uint64
	spool       spool
	presence    *presence

	running sync.WaitGroup // every goroutine of every session

	mu       sync.Mutex
	sessions map[string]*Session
	closed   bool
	unknowns map[string]bool
}

// New checks the options and makes a registry without sessions. It does no I/O.
func New(o Options) (*Registry, error) {
	d, err := dialectFor(o.Version)
	if err != nil {
		return nil, err
	}
	at, err := o.addresses(d)
	if err != nil {
		return nil, err
	}
	if o.Outbox == nil || o.Sink == nil {
		return nil, errors.New("upstream needs an Outbox and a Sink")
	}
	r := &Registry{
		outbox: o.Outbox, shelf: o.Shelf, sink: o.Sink, metrics: o.Metrics.withDefaults(), timing: o.Timing.withDefaults(d), log: o.Logger,
		now: o.Now, application: o.Application, dialect: d, sessions: map[string]*Session{}, unknowns: map[string]bool{},
	}
	if r.log == nil {
		r.log = slog.New(slog.DiscardHandler)
	}
	if r.now == nil {
		r.now = time.Now
	}
	r.presence = newPresence(r.colleaguesLook)
	if r.application == "" {
		r.application = "agentdesk"
	}
	// Small buffers, and those for writing shared: a thousand idle agents must
	// not hold memory for frames that do not come.
	r.dialer = &websocket.Dialer{ReadBufferSize: 1 << 10, WriteBufferSize: 4 << 10, WriteBufferPool: &sync.Pool{}}
	transport := &http.Transport{MaxIdleConnsPerHost: 16, IdleConnTimeout: 90 * time.Second, ForceAttemptHTTP2: true}
	if o.Dial != nil {
		r.dialer.NetDialContext, transport.DialContext = direct(o.Dial), o.Dial
	} else {
		r.dialer.Proxy, transport.Proxy = http.ProxyFromEnvironment, http.ProxyFromEnvironment
		dialer := &net.Dialer{Timeout: r.timing.Dial, KeepAlive: 30 * time.Second}
		r.dialer.NetDialContext, transport.DialContext = direct(dialer.DialContext), dialer.DialContext
	}
	r.web = &web{at: at, client: &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // a redirect must not carry the token elsewhere
	}}}
	return r, nil
}

// SignIn connects with a token, learns whose it is, and returns that agent's
// session. Where there is one already it is given the token, and the connection
// that told is closed again: one socket per agent. The error is a *desk.Error.
func (r *Registry) SignIn(ctx context.Context, token string) (*Session, error) {
	t, err := newToken(token)
	if err != nil {
		return nil, err
	}
	if s := r.onlineWith(t); s != nil {
		return s, nil
	}
	l, err := r.connect(ctx, t, false, false)
	if err != nil {
		return nil, r.signInError(ctx, err)
	}
	agent := l.login.MyProfile.ID
	r.mu.Lock()
	s := r.sessions[agent]
	switch {
	case r.closed:
		r.mu.Unlock()
		l.shut()
		return nil, desk.Fail(desk.Unavailable, "The desk is shutting down. Try again in a moment.")
	case s == nil:
		s = r.open(agent, t, l)
		r.mu.Unlock()
		return s, nil
	}
	r.mu.Unlock()
	l.shut()
	if err := s.adopt(ctx, t); err != nil {
		// It ended at this very moment: the next try finds no session.
		return r.SignIn(ctx, token)
	}
	return s, nil
}

// onlineWith finds an online session that uses a token now: then the server has
// nothing to tell us about it.
func (r *Registry) onlineWith(t Token) *Session {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.sessions {
		if live := s.live.Load(); live != nil && live.equal(t) {
			return s
		}
	}
	return nil
}

// Open returns an agent's session, or starts one in the background without
// waiting for it: after a restart, with the token that was kept. A token that
// cannot be one gives a session that is refused at once.
func (r *Registry) Open(_ context.Context, agentID, token string) *Session {
	t, _ := newToken(token)
	r.mu.Lock()
	defer r.mu.Unlock()
	if s := r.sessions[agentID]; s != nil {
		return s
	}
	return r.open(agentID, t, nil)
}

// open starts a session. The caller holds the lock.
func (r *Registry) open(agentID string, t Token, l *link) *Session {
	s := newSession(r, agentID, t)
	if r.closed {
		close(s.done)
		return s
	}
	r.sessions[agentID] = s
	r.start(func() { s.run(l) })
	return s
}

// Get returns an agent's session, or nil.
func (r *Registry) Get(agentID string) *Session {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.sessions[agentID]
}

// SignOut tells the chat server that the agent leaves, and ends the session. It
// is done when it returns, whether or not the server answered.
func (r *Registry) SignOut(ctx context.Context, agentID string) {
	if s := r.Get(agentID); s != nil {
		s.signOut(ctx)
	}
}

// Close ends all sessions with normal close frames and waits for their
// goroutines, no longer than ctx lives.
func (r *Registry) Close(ctx context.Context) error {
	r.mu.Lock()
	r.closed = true
	list := make([]*Session, 0, len(r.sessions))
	for _, s := range r.sessions {
		list = append(list, s)
	}
	r.mu.Unlock()
	for _, s := range list {
		r.start(func() {
			s.stop(desk.Connection{State: desk.Closed, Reason: reasonShutdown, Text: "The desk is restarting."})
		})
	}
	all := make(chan struct{})
	go func() { r.running.Wait(); close(all) }()
	select {
	case <-all:
		r.spool.close()
		r.presence.close()
		r.web.client.CloseIdleConnections()
		return nil
	case <-ctx.Done():
		return fmt.Errorf("close upstream sessions: %w", ctx.Err())
	}
}

// start runs a goroutine that Close waits for.
func (r *Registry) start(f func()) {
	r.running.Add(1)
	go func() {
		defer r.running.Done()
		f()
	}()
}

// forget takes an ended session out.
func (r *Registry) forget(s *Session) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.sessions[s.id] == s {
		delete(r.sessions, s.id)
	}
}

// nextID makes a request id, unique in this process.
func (r *Registry) nextID() string { return strconv.FormatUint(r.ids.Add(1), 36) }

// panicked logs a recovered panic.
func (r *Registry) panicked(where string, p any) {
	r.log.Error("panic", "where", where, "err", fmt.Sprint(p), "stack", string(debug.Stack()))
}

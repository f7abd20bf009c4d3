package customerapi

import (
	"context"
	"sync"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"

	"golang.org/x/time/rate"
)

// Limits say how much of one customer, or of one address that asks for tokens,
// is taken within ten seconds. Zero fields mean the defaults: 150 requests, 40
// of which may be messages, files or other things that are kept, and 200 tokens.
type Limits struct {
	Requests int
	Kept     int
	Tokens   int
}

func (l Limits) withDefaults() Limits {
	for _, f := range []struct {
		v   *int
		def int
	}{{&l.Requests, 150}, {&l.Kept, 40}, {&l.Tokens, 200}} {
		if *f.v <= 0 {
			*f.v = f.def
		}
	}
	return l
}

// window is the time a limit is about.
const window = 10 * time.Second

// maxTracked bounds the memory of a limiter.
const maxTracked = 20000

// limiter holds a bucket per key: limit at once, refilled within the window. It
// is safe for concurrent use.
type limiter struct {
	limit int
	mu    sync.Mutex
	by    map[string]*rate.Limiter
}

func newLimiter(limit int) *limiter {
	return &limiter{limit: limit, by: map[string]*rate.Limiter{}}
}

func (l *limiter) allow(key string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	have := l.by[key]
	if have == nil {
		if len(l.by) >= maxTracked {
			l.trim(now)
		}
		have = rate.NewLimiter(rate.Every(window/time.Duration(l.limit)), l.limit)
		l.by[key] = have
	}
	return have.AllowN(now, 1)
}

// trim forgets who has a full bucket, or everybody where nobody has.
func (l *limiter) trim(now time.Time) {
	for k, v := range l.by {
		if v.TokensAt(now) >= float64(l.limit) {
			delete(l.by, k)
		}
	}
	if len(l.by) >= maxTracked {
		clear(l.by)
	}
}

// Admit is asked before each action: floods are too_many_requests, and a banned
// customer gets nothing (customer guide, section 14).
func Admit(e *engine.Engine, l Limits) func(context.Context, *transport.Request) error {
	l = l.withDefaults()
	all, kept := newLimiter(l.Requests), newLimiter(l.Kept)
	light := map[string]bool{protocol.ActSendSneakPeek: true, protocol.ActMarkEventsAsSeen: true, protocol.ActUpdateCustomerPage: true}
	for name, action := range Actions(e) {
		if action.Reads {
			light[name] = true
		}
	}
	return func(ctx context.Context, r *transport.Request) error {
		now := e.Now()
		if !all.allow(r.Actor.ID, now) || !light[r.Action] && !kept.allow(r.Actor.ID, now) {
			return protocol.Fail(protocol.ErrTooManyRequests, "Too many requests: wait a few seconds.")
		}
		c, err := e.Customer(ctx, r.Actor.ID)
		if err == nil && e.Banned(c, r.Remote) {
			err = protocol.Fail(protocol.ErrCustomerBanned, "You cannot chat here at the moment.")
		}
		return err
	}
}

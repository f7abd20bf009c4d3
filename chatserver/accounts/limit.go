package accounts

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Attempts to sign in per account: ten at once, then one every six seconds. No
// account is ever locked for good. maxTracked bounds the memory an attacker can
// use up with invented addresses.
const (
	burst      = 10
	every      = 6 * time.Second
	maxTracked = 10000
)

// limiter counts attempts by account. It is safe for concurrent use.
type limiter struct {
	mu sync.Mutex
	by map[string]*rate.Limiter
}

func newLimiter() *limiter { return &limiter{by: map[string]*rate.Limiter{}} }

func (l *limiter) allow(account string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	have := l.by[account]
	if have == nil {
		if len(l.by) >= maxTracked {
			l.trim(now)
		}
		have = rate.NewLimiter(rate.Every(every), burst)
		l.by[account] = have
	}
	return have.AllowN(now, 1)
}

// trim drops who has all attempts back, or everybody if nobody has.
func (l *limiter) trim(now time.Time) {
	for k, v := range l.by {
		if v.TokensAt(now) >= burst {
			delete(l.by, k)
		}
	}
	if len(l.by) >= maxTracked {
		clear(l.by)
	}
}

func (l *limiter) forget(account string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.by, account)
}

package auth

import (
	"container/list"
	"crypto/sha256"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Tries at signing in. An account stands ten in a row and one more every half
// minute; an address, behind which a whole office may sit, forty and one every
// three seconds. Nothing is ever locked: waiting always helps.
const (
	accountTries = 10
	accountEvery = 30 * time.Second
	addressTries = 40
	addressEvery = 3 * time.Second
	maxBuckets   = 10000 // of each kind; the longest unused goes first
)

// AllowSignIn says whether a sign-in may be tried now, and if not, after what
// time. Ask before looking anything up, so that the answer is the same whether
// the account exists or not. Give an empty account for sign-ins by token.
func (m *Manager) AllowSignIn(account, ip string) (retryAfter time.Duration, ok bool) {
	now := m.now()
	l := &m.limits
	l.mu.Lock()
	defer l.mu.Unlock()
	var first *rate.Reservation
	if account != "" {
		first = l.accounts.bucket(accountKey(account)).ReserveN(now, 1)
		if wait := first.DelayFrom(now); wait > 0 {
			first.CancelAt(now)
			return wait, false
		}
	}
	second := l.addresses.bucket(addressKey(ip)).ReserveN(now, 1)
	if wait := second.DelayFrom(now); wait > 0 {
		second.CancelAt(now)
		if first != nil {
			first.CancelAt(now)
		}
		return wait, false
	}
	return 0, true
}

// SignInWorked forgets an account's failed tries after the right password.
func (m *Manager) SignInWorked(account string) {
	m.limits.mu.Lock()
	defer m.limits.mu.Unlock()
	m.limits.accounts.forget(accountKey(account))
}

type limits struct {
	mu                  sync.Mutex
	accounts, addresses *buckets
}

func newLimits() limits {
	return limits{
		accounts:  newBuckets(accountTries, accountEvery),
		addresses: newBuckets(addressTries, addressEvery),
	}
}

type bucketKey [sha256.Size]byte

// accountKey is of one size however long the name that was tried.
func accountKey(s string) bucketKey {
	return sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(s))))
}

// addressKey takes the network of an IPv6 address, since each of its customers
// has 2^64 addresses.
func addressKey(ip string) bucketKey {
	if a, err := netip.ParseAddr(ip); err == nil {
		if a = a.Unmap().WithZone(""); a.Is6() {
			p, _ := a.Prefix(64)
			return sha256.Sum256([]byte(p.String()))
		}
		return sha256.Sum256([]byte(a.String()))
	}
	return sha256.Sum256([]byte(ip))
}

// buckets are token buckets by key, the least recently used dropped first.
type buckets struct {
	burst int
	every time.Duration
	byKey map[bucketKey]*list.Element
	order *list.List // front: used last
}

type bucket struct {
	key bucketKey
	*rate.Limiter
}

func newBuckets(burst int, every time.Duration) *buckets {
	return &buckets{burst: burst, every: every, byKey: map[bucketKey]*list.Element{}, order: list.New()}
}

func (b *buckets) bucket(k bucketKey) *rate.Limiter {
	if e, ok := b.byKey[k]; ok {
		b.order.MoveToFront(e)
		return e.Value.(*bucket).Limiter
	}
	if b.order.Len() >= maxBuckets {
		old := b.order.Back()
		delete(b.byKey, old.Value.(*bucket).key)
		b.order.Remove(old)
	}
	n := &bucket{k, rate.NewLimiter(rate.Every(b.every), b.burst)}
	b.byKey[k] = b.order.PushFront(n)
	return n.Limiter
}

func (b *buckets) forget(k bucketKey) {
	if e, ok := b.byKey[k]; ok {
		delete(b.byKey, k)
		b.order.Remove(e)
	}
}

package auth

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"
)

// memory is a Store that behaves like the real one.
type memory struct {
	mu   sync.Mutex
	rows map[string]Record
	err  error // what every call fails with, where set
}

func newMemory() *memory { return &memory{rows: map[string]Record{}} }

func (m *memory) PutSession(_ context.Context, r Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rows[r.Key] = r
	return m.err
}

func (m *memory) Session(_ context.Context, key string) (Record, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.rows[key]
	return r, ok, m.err
}

func (m *memory) change(key string, f func(*Record)) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r, ok := m.rows[key]; ok {
		f(&r)
		m.rows[key] = r
	}
	return m.err
}

func (m *memory) TouchSession(_ context.Context, key string, at time.Time) error {
	return m.change(key, func(r *Record) { r.SeenAt = at })
}

func (m *memory) ResealSession(_ context.Context, key string, token []byte) error {
	return m.change(key, func(r *Record) { r.Token = token })
}

func (m *memory) DeleteSession(_ context.Context, key string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, ok := m.rows[key]
	delete(m.rows, key)
	return ok, m.err
}

func (m *memory) list(keep func(Record) bool) (out []Record, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.rows {
		if keep(r) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b Record) int { return a.CreatedAt.Compare(b.CreatedAt) })
	return out, m.err
}

func (m *memory) AgentSessions(_ context.Context, agent string) ([]Record, error) {
	return m.list(func(r Record) bool { return r.AgentID == agent })
}

func (m *memory) StaleSessions(_ context.Context, seen, created time.Time) ([]Record, error) {
	return m.list(func(r Record) bool { return !r.SeenAt.After(seen) || !r.CreatedAt.After(created) })
}

// only returns the one row there is.
func (m *memory) only(t *testing.T) Record {
	t.Helper()
	all, _ := m.list(func(Record) bool { return true })
	if len(all) != 1 {
		t.Fatalf("%d sessions are kept, want 1", len(all))
	}
	return all[0]
}

const testKey, otherKey = "first key of the test", "another key of the test"

// desk is a Manager with what the tests look at.
type testDesk struct {
	*Manager
	store *memory
	ended []string // agent and reason
}

func newDesk(t *testing.T, public string, change ...func(*Options)) *testDesk {
	t.Helper()
	u, err := url.Parse(public)
	if err != nil {
		t.Fatal(err)
	}
	d := &testDesk{store: newMemory()}
	o := Options{Store: d.store, Keys: []string{testKey}, PublicURL: u}
	o.OnEnd = func(s Session, reason string) { d.ended = append(d.ended, s.AgentID+" "+reason) }
	for _, f := range change {
		f(&o)
	}
	if d.Manager, err = New(o); err != nil {
		t.Fatal(err)
	}
	return d
}

var anna = Identity{AgentID: "anna@example.com", Name: "Anna", Token: NewSecret("Bearer canary-token")}

// browser keeps cookies.
type browser struct{ jar map[string]*http.Cookie }

func newBrowser() *browser { return &browser{jar: map[string]*http.Cookie{}} }

func (b *browser) request(method, target string) *http.Request {
	r := httptest.NewRequest(method, target, bytes.NewReader(nil))
	for _, c := range b.jar {
		r.AddCookie(c)
	}
	return r
}

func (b *browser) take(h http.Header) {
	for _, c := range (&http.Response{Header: h}).Cookies() {
		if c.MaxAge < 0 {
			delete(b.jar, c.Name)
		} else {
			b.jar[c.Name] = c
		}
	}
}

func (b *browser) signIn(t *testing.T, d *testDesk, who Identity) Session {
	t.Helper()
	w := httptest.NewRecorder()
	s, err := d.SignIn(w, b.request("POST", "/login"), who)
	if err != nil {
		t.Fatal(err)
	}
	b.take(w.Header())
	return s
}

func (b *browser) current(d *testDesk) (Session, bool) { return d.Current(b.request("GET", "/chats")) }

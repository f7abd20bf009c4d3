package upstream

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"agentdesk/desk"
	"agentdesk/internal/backoff"
)

const token0 = "dal:secret-anna"

// quick are figures for tests over real sockets.
func quick() Timing {
	return Timing{
		Dial: 5 * time.Second, Login: 5 * time.Second, Backoff: backoff.Policy{Min: time.Millisecond, Max: 5 * time.Millisecond},
	}
}

// sink keeps the last states and tells that something changed.
type sink struct {
	mu      sync.Mutex
	news    chan struct{}
	ended   []desk.Connection
	states  []desk.Connection
	changes []desk.Change
	onApply func(b *desk.Board, cs []desk.Change)
}

func newSink() *sink { return &sink{news: make(chan struct{}, 1)} }

func (k *sink) Changed(_ string, b *desk.Board, cs []desk.Change) {
	k.mu.Lock()
	if c := b.Connection(); len(k.states) == 0 || k.states[len(k.states)-1].State != c.State || k.states[len(k.states)-1].Reason != c.Reason {
		k.states = append(k.states, c)
	}
	k.changes = append(k.changes, cs...)
	f := k.onApply
	k.mu.Unlock()
	if f != nil {
		f(b, cs)
	}
	k.tell()
}

func (k *sink) Ended(_ string, c desk.Connection) {
	k.mu.Lock()
	k.ended = append(k.ended, c)
	k.mu.Unlock()
	k.tell()
}

func (k *sink) tell() {
	select {
	case k.news <- struct{}{}:
	default:
	}
}

func (k *sink) last() desk.Connection {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.states) == 0 {
		return desk.Connection{}
	}
	return k.states[len(k.states)-1]
}

// until waits for a condition, asked again at every change.
func (k *sink) until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	limit := time.After(15 * time.Second)
	// Some conditions are about the server, which does not tell of changes.
	poll := time.NewTicker(2 * time.Millisecond)
	defer poll.Stop()
	for !ok() {
		select {
		case <-k.news:
		case <-poll.C:
		case <-limit:
			t.Fatalf("waited in vain for: %s (state %+v)", what, k.last())
		}
	}
}

func (k *sink) online(t testing.TB) {
	t.Helper()
	k.until(t, "online", func() bool { return k.last().State == desk.Online })
}

// box is an outbox in memory.
type box struct {
	mu    sync.Mutex
	rows  map[string]desk.Outgoing
	fail  error
	onPut func()
	puts  int
}

func newBox() *box { return &box{rows: map[string]desk.Outgoing{}} }

func (b *box) Put(_ context.Context, _ string, m desk.Outgoing) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.onPut != nil {
		b.onPut()
	}
	if b.fail != nil {
		return b.fail
	}
	b.puts++
	b.rows[m.CustomID] = m
	return nil
}

func (b *box) Update(_ context.Context, _, id string, st desk.SendState, reason string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if m, ok := b.rows[id]; ok {
		m.State, m.Reason = st, reason
		b.rows[id] = m
	}
	return b.fail
}

func (b *box) Delete(_ context.Context, _, id string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.rows, id)
	return b.fail
}

func (b *box) Pending(context.Context, string) (list []desk.Outgoing, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.rows {
		list = append(list, m)
	}
	slices.SortFunc(list, func(x, y desk.Outgoing) int { return x.At.Compare(y.At) })
	return list, b.fail
}

func (b *box) len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.rows)
}

// rig is a registry on a scripted server.
type rig struct {
	*server
	sink *sink
	box  *box
	reg  *Registry
	logs *bytes.Buffer
	mu   sync.Mutex
}

func (g *rig) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.logs.Write(p)
}

func newRig(t testing.TB, s *server, change ...func(*Options)) *rig {
	g := &rig{server: s, sink: newSink(), box: newBox(), logs: &bytes.Buffer{}}
	o := Options{BaseURL: s.url, Sink: g.sink, Outbox: g.box, Timing: quick(),
		Logger: slog.New(slog.NewTextHandler(g, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	for _, f := range change {
		f(&o)
	}
	if b, ok := o.Outbox.(*box); ok {
		g.box = b
	}
	var err error
	if g.reg, err = New(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := g.reg.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	return g
}

func (g *rig) signIn(t testing.TB) *Session {
	t.Helper()
	s, err := g.reg.SignIn(context.Background(), token0)
	if err != nil {
		t.Fatal(err)
	}
	g.sink.online(t)
	return s
}

func codeOf(err error) desk.Code {
	var e *desk.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

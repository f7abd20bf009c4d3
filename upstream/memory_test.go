package upstream

import (
	"context"
	"fmt"
	"runtime"
	"testing"
)

// BenchmarkIdleSessions tells what a signed-in agent without chats costs, the
// scripted server's side of the socket included (about 13 kB of it).
func BenchmarkIdleSessions(b *testing.B) {
	const agents = 500
	s := newServer(b)
	s.hook("login", func(c *conn, r request0) {
		s.do(func(w *world) {
			c.live = true
			c.reply(r, w.login(r.get("token")[len("Bearer "):]))
		})
	})
	g := newRig(b, s)
	before, routines := inUse(), runtime.NumGoroutine()
	for i := range agents {
		id := fmt.Sprint("agent", i)
		one, err := g.reg.SignIn(context.Background(), id)
		if err != nil {
			b.Fatal(err)
		}
		g.sink.until(b, "online", func() bool { return one.live.Load() != nil })
	}
	g.sink.changes, g.sink.states = nil, nil
	g.reg.web.client.CloseIdleConnections()
	g.do(func(*world) { s.requests, s.tokens = nil, nil })
	g.logs.Reset()
	after, more := inUse(), runtime.NumGoroutine()
	for b.Loop() {
	}
	b.ReportMetric(float64(after-before)/agents, "B/agent")
	b.ReportMetric(float64(more-routines)/agents, "goroutines/agent")
	b.ReportMetric(0, "ns/op")
}

func inUse() uint64 {
	for range 5 { // each halves the stacks that a burst has grown
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc + m.StackInuse
}

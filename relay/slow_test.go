package relay

import (
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// stuck opens a stream as a browser does that then stops reading.
func (g *rig) stuck(t testing.TB, topic, session string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", g.addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	fmt.Fprintf(c, "GET /events?topic=%s&session=%s HTTP/1.1\r\nHost: x\r\n\r\n", topic, session)
	return c
}

func TestStuckTabsDelayNobodyAndAreCut(t *testing.T) {
	shed, closed := 0, map[string]int{}
	var mu sync.Mutex
	g := newRig(t, Options{Write: 500 * time.Millisecond, Metrics: Metrics{
		Shed:   func() { mu.Lock(); shed++; mu.Unlock() },
		Closed: func(r string) { mu.Lock(); closed[r]++; mu.Unlock() },
	}})
	good := g.listen(t, "anna", "s-good", "")
	good.hello()
	const stuckTabs = 10
	for i := range stuckTabs {
		g.stuck(t, "anna", fmt.Sprint("s", i))
	}
	until(t, "all tabs", func() bool { return g.Tabs("anna") == stuckTabs+1 })
	payload := []byte(strings.Repeat("x", 16<<10))
	var worst time.Duration
	for i := range 600 {
		start := time.Now()
		g.Publish("anna", Event{Name: "n", Data: payload})
		g.Publish("anna", Event{Name: "e", Data: payload[:10], Ephemeral: true})
		worst = max(worst, time.Since(start))
		for want := "n"; ; {
			e := good.next()
			if e.name == "e" {
				continue
			}
			if e.name != want || len(e.data) != len(payload) || !strings.HasSuffix(e.id, fmt.Sprintf(".%d", i+1)) {
				t.Fatalf("event %d: %s %s", i, e.name, e.id)
			}
			break
		}
	}
	until(t, "the stuck ones are gone", func() bool { return g.Tabs("anna") == 1 })
	mu.Lock()
	defer mu.Unlock()
	t.Logf("slowest Publish %s beside %d stuck tabs, %d ephemeral shed", worst, stuckTabs, shed)
	if closed[Slow] != stuckTabs || shed == 0 {
		t.Errorf("closed %v, shed %d", closed, shed)
	}
}

// A tab that wakes up after it was cut gets an unbroken part of the events and
// a bye whose id it can resume from.
func TestCutTabIsToldAndLosesNothing(t *testing.T) {
	g := newRig(t, Options{Queue: 100, LogEvents: 1000, LogBytes: 64 << 20})
	c := g.stuck(t, "anna", "s")
	until(t, "the tab", func() bool { return g.Tabs("anna") == 1 })
	until(t, "hello", func() bool { g.mu.Lock(); defer g.mu.Unlock(); return attached(g.Hub) })
	n := 0
	for ; !ending(g.Hub); n++ {
		g.Publish("anna", Event{Name: "n", Data: []byte(fmt.Sprint(n+1, " ", strings.Repeat("x", 16<<10)))})
	}
	last, count := readToBye(t, c)
	if last.name != "bye" || last.data != Slow {
		t.Fatalf("%.80v", last)
	}
	if count >= n {
		t.Fatalf("%d of %d events were delivered: it was not slow", count, n)
	}
	l := g.listen(t, "anna", "s", last.id)
	if _, hi := l.hello(); !hi.Resumed {
		t.Fatal("it must redraw although everything is in the log")
	}
	for i := count + 1; i <= n; i++ {
		if e := l.next(); !strings.HasPrefix(e.data, fmt.Sprint(i, " ")) {
			t.Fatalf("%.20q instead of event %d", e.data, i)
		}
	}
}

// The same with a log that has moved on: it is told to redraw.
func TestCutTabMustRedrawAfterAGap(t *testing.T) {
	g := newRig(t, Options{Queue: 100, LogEvents: 20})
	c := g.stuck(t, "anna", "s")
	until(t, "hello", func() bool { g.mu.Lock(); defer g.mu.Unlock(); return attached(g.Hub) })
	for !ending(g.Hub) {
		g.Publish("anna", Event{Name: "n", Data: []byte(fmt.Sprint("1 ", strings.Repeat("x", 16<<10)))})
	}
	last, _ := readToBye(t, c)
	if _, hi := g.listen(t, "anna", "s", last.id).hello(); hi.Resumed {
		t.Fatal("events are missing and nobody said so")
	}
}

func TestTheEndReachesATabThatDoesNotRead(t *testing.T) {
	for _, reason := range []string{SignedOut, Elsewhere} {
		t.Run(reason, func(t *testing.T) {
			g := newRig(t, Options{Queue: 1000, QueueBytes: 1 << 30})
			g.stuck(t, "anna", "s")
			until(t, "hello", func() bool { g.mu.Lock(); defer g.mu.Unlock(); return attached(g.Hub) })
			for range 300 { // more than any kernel buffer takes
				g.Publish("anna", Event{Name: "n", Data: []byte(strings.Repeat("x", 64<<10))})
			}
			start := time.Now()
			g.CloseSession("s", reason)
			until(t, "gone", func() bool { return g.Tabs("anna") == 0 })
			if d := time.Since(start); d > time.Second {
				t.Errorf("it took %s", d)
			}
		})
	}
}

func attached(h *Hub) bool {
	for _, tb := range h.tabs {
		return tb.attached
	}
	return false
}

func ending(h *Hub) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, tb := range h.tabs {
		return tb.ending != ""
	}
	return true
}

// readToBye reads a raw stream to its end and counts its numbered events, which
// must come without a gap.
func readToBye(t *testing.T, c net.Conn) (last heard, count int) {
	t.Helper()
	pr, pw := io.Pipe()
	go func() { pw.CloseWithError(dechunk(pw, c)) }()
	_ = scan(pr, func(e heard) {
		last = e
		if e.name == "n" {
			count++
			if !strings.HasSuffix(e.id, fmt.Sprintf(".%d", count)) {
				t.Errorf("event %d has id %s", count, e.id)
			}
		}
	})
	return last, count
}

package relay

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
)

// TestRandomCuts lets tabs come, be cut and come back at random while events
// flow, and holds what each has drawn against the truth: after a resumed answer
// nothing may be lost or doubled, after a refusal the tab takes a snapshot.
func TestRandomCuts(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	g := newRig(t, Options{LogEvents: 40, Queue: 4096})
	const events, tabs = 3000, 4
	var truth sync.Mutex // of n: what a snapshot shows, and the position it has
	n := 0
	snapshot := func() (int, string) {
		truth.Lock()
		defer truth.Unlock()
		return n, g.Position("anna")
	}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	var resumed, redrawn int
	var counts sync.Mutex
	for i := range tabs {
		rnd := rand.New(rand.NewPCG(seed, uint64(i)+1))
		wg.Go(func() {
			seen, last := snapshot()
			for {
				l := g.listen(t, "anna", fmt.Sprint("s", i), last)
				e, hi := l.hello()
				if !hi.Resumed {
					l.leave()
					seen, last = snapshot()
					counts.Lock()
					redrawn++
					counts.Unlock()
					continue
				}
				counts.Lock()
				resumed++
				counts.Unlock()
				last = e.id
				for k := rnd.IntN(120); k > 0 && seen < events; k-- {
					e := l.next()
					if e.name == "hello" { // a new epoch: everything before it was delivered
						break
					}
					if e.data != fmt.Sprint(seen+1) {
						t.Errorf("tab %d has %d and got %s", i, seen, e.data)
						l.leave()
						return
					}
					seen, last = seen+1, e.id
				}
				l.leave()
				if seen == events {
					return
				}
				if rnd.IntN(4) == 0 { // a nap: others go on
					skip := rnd.IntN(100)
					until(t, "others go on", func() bool {
						v, _ := snapshot()
						return v >= min(events, seen+skip)
					})
				}
			}
		})
	}
	wg.Go(func() {
		defer close(stop)
		for k := 1; k <= events; k++ {
			truth.Lock()
			n = k
			g.Publish("anna", Event{Name: "n", Data: []byte(fmt.Sprint(k))})
			if rnd.IntN(500) == 0 {
				g.Reset("anna")
			}
			truth.Unlock()
			if k%10 == 0 && k < events {
				until(t, "a moment", func() bool { return rnd.IntN(2) == 0 })
			}
		}
	})
	wg.Wait()
	<-stop
	t.Logf("%d times resumed, %d times redrawn", resumed, redrawn)
	if resumed < 10 || redrawn < 3 {
		t.Error("the test did not try both ways")
	}
}

// TestNoForeignByte gives every event its owner's mark and scans every byte of
// every tab, with positions of other agents thrown in.
func TestNoForeignByte(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	g := newRig(t, Options{LogEvents: 30})
	agents := []string{"anna", "ben", "sam", "olivia"}
	mark := func(a string) string { return "canary-of-" + a + "-" }
	type open struct {
		*listener
		agent string
	}
	var tabs []open
	var all []open
	for step := range 600 {
		a := agents[rnd.IntN(len(agents))]
		switch r := rnd.IntN(10); {
		case r < 6:
			g.Publish(a, Event{Name: "n", Data: []byte(mark(a) + strings.Repeat("z", rnd.IntN(300))), Ephemeral: r == 0})
		case r < 8 && len(tabs) < 24:
			other := agents[rnd.IntN(len(agents))]
			last := g.Position(other)
			if e, seq, _ := parsePosition(last); rnd.IntN(2) == 0 && seq > 3 {
				last = position(e, seq-uint64(rnd.IntN(4)))
			}
			l := open{g.listen(t, a, fmt.Sprint(a, "-", rnd.IntN(3)), last), a}
			if _, hi := l.hello(); hi.Resumed != (a == other) {
				t.Fatalf("step %d: %s with a position of %s: resumed %v", step, a, other, hi.Resumed)
			}
			tabs, all = append(tabs, l), append(all, l)
		case r == 8 && len(tabs) > 0:
			i := rnd.IntN(len(tabs))
			tabs[i].cancel()
			tabs = append(tabs[:i], tabs[i+1:]...)
		default:
			g.CloseSession(fmt.Sprint(a, "-", rnd.IntN(3)), SignedOut)
		}
	}
	g.Close()
	for _, l := range all {
		for e := range l.events {
			for _, other := range agents {
				if other != l.agent && bytes.Contains([]byte(e.data+e.id+e.name), []byte(mark(other))) {
					t.Fatalf("%s was told %q", l.agent, e.data)
				}
			}
		}
	}
}

package upstream

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"agentdesk/desk"
)

// told reports whether the sink heard of an event.
func (k *sink) told(event string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.ContainsFunc(k.changes, func(c desk.Change) bool { return c.EventID == event && c.What&desk.RegionEvent != 0 })
}

// open reads a chat as a page does.
func open(t *testing.T, s *Session, id string) {
	t.Helper()
	if _, err := s.Chat(context.Background(), id, "", 0); err != nil {
		t.Fatal(err)
	}
}

// TestWhatIsOpenHearsEverything: a page shows a chat of a colleague for hours, while
// very many others are read.
func TestWhatIsOpenHearsEverything(t *testing.T) {
	const many = 40
	for name, meanwhile := range map[string]func(t *testing.T, g *rig, s *Session){
		"pushes speak of others": func(_ *testing.T, g *rig, _ *Session) {
			for i := range many {
				g.do(func(w *world) {
					_, p := w.say(w.open(fmt.Sprint("F", i), "ben@example.com"), "cust", "hello", "")
					g.push("incoming_event", p)
				})
				pass(time.Second)
			}
		},
		"others are opened, and this one is opened again": func(t *testing.T, g *rig, s *Session) {
			for i := range many {
				id := fmt.Sprint("F", i)
				g.do(func(w *world) { w.open(id, "ben@example.com") })
				open(t, s, id)
				open(t, s, "X")
			}
		},
		"others are opened, and this one is shown": func(t *testing.T, g *rig, s *Session) {
			for i := range many {
				id := fmt.Sprint("F", i)
				g.do(func(w *world) { w.open(id, "ben@example.com") })
				open(t, s, id)
				if _, err := s.Do(context.Background(), desk.Look{ChatID: "X", On: true}); err != nil {
					t.Fatal(err)
				}
			}
		},
	} {
		timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
			g.do(func(w *world) { w.open("X", "ben@example.com") })
			open(t, s, "X")
			meanwhile(t, g, s)
			event := ""
			g.do(func(w *world) {
				id, p := w.say(w.chats["X"], "cust-X", "still here?", "")
				event = id
				g.push("incoming_event", p)
			})
			pass(0)
			if !g.sink.told(event) {
				t.Errorf("%s: the event was not told of", name)
			}
		})
	}
}

// TestShownAgain: a tab that slept for long shows a chat that is not kept any more.
// It has missed events, so pages are drawn again.
func TestShownAgain(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		g.do(func(w *world) { w.open("X", "ben@example.com") })
		open(t, s, "X")
		for i := range 40 {
			id := fmt.Sprint("F", i)
			g.do(func(w *world) { w.open(id, "ben@example.com") })
			open(t, s, id)
		}
		g.do(func(w *world) { _, p := w.say(w.chats["X"], "cust-X", "missed", ""); g.push("incoming_event", p) })
		pass(0)
		redrawn := func() (n int) {
			g.sink.mu.Lock()
			defer g.sink.mu.Unlock()
			for _, c := range g.sink.changes {
				if c.What&desk.RegionAll != 0 {
					n++
				}
			}
			return n
		}
		before := redrawn()
		for range 3 {
			if _, err := s.Do(context.Background(), desk.Look{ChatID: "X", On: true}); err != nil {
				t.Fatal(err)
			}
			pass(time.Second)
		}
		v, err := s.Chat(context.Background(), "X", "", 0)
		if n := redrawn() - before; err != nil || n != 1 || len(v.Chat.Thread.Events) != 1 {
			t.Errorf("redrawn %d times, %d events, %v", n, len(v.Chat.Thread.Events), err)
		}
	})
}

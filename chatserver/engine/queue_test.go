package engine

import (
	"testing"
	"testing/synctest"
	"time"

	"agentdesk/protocol"
)

// TestRequeuedSince: whoever comes back into the queue has waited since the last
// answer left a question open, not since he came back, and keeps his turn. His
// agent signs out four minutes after the start; somebody else came after one.
func TestRequeuedSince(t *testing.T) {
	const quiet, answer, note, question = "", "answer", "note", "question"
	for name, tt := range map[string]struct {
		talk     [4]string     // what happens at each minute, from the start
		wait     time.Duration // at the moment of return
		position int
	}{
		"nobody answered":     {[4]string{quiet, quiet, quiet, quiet}, 4 * time.Minute, 1},
		"a note is no answer": {[4]string{question, note, question, note}, 4 * time.Minute, 1},
		"everything answered": {[4]string{question, question, quiet, answer}, 0, 2},
		"asked again twice":   {[4]string{answer, quiet, question, question}, 2 * time.Minute, 2},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e := newEngine(t, Settings{ChatLimit: 1, UnansweredAfter: time.Hour, IdleAfter: time.Hour})
				anna := online(t, e, "anna")
				g := arrive(t, e, "V").start(t, e, 1)
				for minute, what := range tt.talk {
					if minute == 1 {
						arrive(t, e, "Later").start(t, e, 1)
					}
					switch what {
					case answer:
						say(t, e, anna.by, g.chat, what)
					case question:
						say(t, e, g.by, g.chat, what)
					case note:
						ev := protocol.Event{Type: protocol.EventMessage, Text: what, Visibility: protocol.VisibilityAgents}
						if _, err := e.SendEvent(t.Context(), anna.by, protocol.SendEventRequest{ChatID: g.chat, Event: ev}); err != nil {
							t.Fatal(err)
						}
					}
					time.Sleep(time.Minute) // virtual
				}
				e.End(anna.s, EndSignedOut)
				requeued(t, e, g.chat, tt.wait, tt.position)
				time.Sleep(time.Minute) // virtual
				online(t, e, "ben")
				if c, err := e.chatNow(t.Context(), g.chat); err != nil || tt.position == 1 && (c.Thread.QueuesDuration != 60 || c.Thread.QueuedAt != 0) {
					t.Errorf("queues_duration is %d s, want the one minute in the queue (%v)", c.Thread.QueuesDuration, err)
				}
			})
		})
	}
}

// requeued wants a chat to have waited for some time, at a place.
func requeued(t *testing.T, e *Engine, chat string, wait time.Duration, position int) {
	t.Helper()
	c, err := e.chatNow(t.Context(), chat)
	if err != nil {
		t.Fatal(err)
	}
	if c.Thread.QueuedAt == 0 {
		t.Fatal("the chat does not wait")
	}
	if got := e.now().Sub(c.Thread.QueuedAt.Time()).Round(time.Second); got != wait {
		t.Errorf("waits for %v, want %v", got, wait)
	}
	if got := e.queuePlace(c.Thread).Position; got != position {
		t.Errorf("position %d, want %d", got, position)
	}
}

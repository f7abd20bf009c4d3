package desk

import (
	"testing"
	"time"
)

// TestIdle: a chat of mine is idle when it was answered and the customer is gone
// or silent; never while somebody waits for me.
func TestIdle(t *testing.T) {
	now := start
	fresh := func() *Board {
		b := newBoard(chatOf("A", anna))
		b.now = func() time.Time { return now }
		return b
	}
	list := func(b *Board) List { r, _ := b.Row("A"); return r.List }

	b := fresh()
	b.Apply(say("1", customer, 1))
	b.Expire()
	now = start.Add(time.Hour)
	if b.Expire(); list(b) != Mine {
		t.Error("a customer who waits is among the idle")
	}
	b.Apply(IncomingEvent{ChatID: "A", ThreadID: "AT", Event: Event{ID: "2", Kind: KindMessage, AuthorID: anna, At: now, Text: "yes"}})
	if list(b) != Mine {
		t.Error("idle as soon as it was answered")
	}
	_, next := b.Expire()
	if want := now.Add(idleAfter); !next.Equal(want) {
		t.Errorf("next look %v, want %v", next, want)
	}
	now = now.Add(idleAfter)
	cs, _ := b.Expire()
	if list(b) != Idle || len(cs) != 1 || cs[0].What&(RegionRow|RegionCounts) != RegionRow|RegionCounts {
		t.Errorf("after the silence: list %s, changes %v", list(b), cs)
	}
	if again := newBoard(b.chats["A"].chat); again != nil {
		again.now = b.now
		if again.Reset(Snapshot{Me: b.me, Chats: []Chat{b.chats["A"].chat}}); list(again) != Idle {
			t.Errorf("a fresh board has it in %s", list(again))
		}
	}
	b.Apply(IncomingEvent{ChatID: "A", ThreadID: "AT", Event: Event{ID: "3", Kind: KindMessage, AuthorID: customer, At: now, Text: "thanks"}})
	if list(b) != Mine {
		t.Error("what the customer said does not bring it back")
	}
}

func TestIdleWhenTheCustomerLeft(t *testing.T) {
	left := chatOf("A", anna)
	left.Users[0].Present = false
	b := newBoard(left)
	if r, _ := b.Row("A"); r.List != Idle {
		t.Errorf("nothing was said and the customer left: %s", r.List)
	}
	b.Apply(say("1", customer, 1))
	if r, _ := b.Row("A"); r.List != Mine {
		t.Errorf("who left a message waits for an answer: %s", r.List)
	}
}

package relay

import (
	"bytes"

	"github.com/r3labs/sse/v2"
)

// An event for a tab that waits for nothing is written by whoever publishes it,
// as far as the kernel takes it at once; the library and its goroutines carry
// what must wait. Nearly every push goes this way, which saves two switches
// between goroutines.

// shot is one event on its straight way to tabs.
type shot struct {
	tabs [4]*tab // enough for most agents; more tabs are queued for
	n    int
}

// take reserves a tab for an event, if it may go straight. The lock is held; the
// tab's writer stays locked until fire, so that what is queued meanwhile comes
// after.
func (s *shot) take(tb *tab, ev *sse.Event) bool {
	w := tb.w
	if s.n == len(s.tabs) || !tb.attached || tb.ending != "" || w.conn == nil || w.conn.direct == nil {
		return false
	}
	// In this order: a writer that can be locked has written all that it counted.
	if !w.out.TryLock() {
		return false
	}
	if w.pending.Load() != 0 || !w.quick() {
		w.out.Unlock()
		return false
	}
	tb.handed = ev.ID
	s.tabs[s.n] = tb
	s.n++
	return true
}

// fire writes to the reserved tabs. It never blocks.
func (s *shot) fire(ev *sse.Event) {
	if s.n == 0 {
		return
	}
	b := newChunk()
	*b = appendEvent(*b, ev)
	all := sealed(b)
	for _, tb := range s.tabs[:s.n] {
		tb.w.straight(all)
	}
	dropChunk(b)
}

// oneLine reports whether an event can be laid out without the library.
func oneLine(ev *sse.Event) bool { return bytes.IndexByte(ev.Data, '\n') < 0 }

// quick makes the connection ready for writing without waiting: an old deadline
// must not count. The writer is locked.
func (w *writer) quick() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.dead || w.done || !w.final.IsZero() {
		return false
	}
	if w.timed {
		w.timed = false
		_ = w.conn.SetWriteDeadline(noDeadline)
	}
	return true
}

// straight writes and unlocks. What the kernel does not take is waited for by a
// goroutine of its own, and counts as an event that waits.
func (w *writer) straight(b []byte) {
	n, err := w.conn.direct.Try(b)
	switch {
	case err != nil:
		w.fail()
	case n < len(b):
		w.pending.Add(1)
		go w.rest(bytes.Clone(b[n:]))
		return
	}
	w.out.Unlock()
}

func (w *writer) rest(b []byte) {
	if w.arm() == nil {
		if _, err := w.conn.Write(b); err != nil {
			w.fail()
		}
		w.armed = false
	}
	w.pending.Add(-1)
	w.out.Unlock()
}

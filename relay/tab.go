package relay

import (
	"time"

	"github.com/r3labs/sse/v2"
)

// streamQueue is the length of the library's own queue per tab. It is short
// because it is paid for by idle tabs too; what does not fit waits in backlog.
const streamQueue = 8

// byeGrace is how long a stream that ends may take to hand over what is queued
// and its last event.
const byeGrace = 500 * time.Millisecond

// tab is one open stream. The hub's lock guards it.
type tab struct {
	id      string // of its stream in the library; never seen outside
	topic   *topic
	session string
	since   string // position the browser came with
	w       *writer
	left    func() // told when it is over
	slot    int

	attached bool   // hello was queued
	ending   string // reason, once it ends

	backlog []*sse.Event // what the library's queue did not take, in order
	bytes   int          // of backlog
	handed  []byte       // id of the newest event that the library took
	// Replayed events do not count as being behind.
	slack, slackBytes int
}

// offer queues a live event and reports whether it did. It never blocks. The
// lock is held.
func (h *Hub) offer(tb *tab, ev *sse.Event, ephemeral bool) bool {
	if !tb.attached || tb.ending != "" {
		return false
	}
	behind := int(tb.w.pending.Load()) - tb.slack
	waiting := tb.bytes - tb.slackBytes
	if ephemeral && (behind >= h.opt.Queue/2 || waiting > h.opt.QueueBytes/2) {
		h.opt.Metrics.Shed()
		return false
	}
	if behind >= h.opt.Queue || waiting > h.opt.QueueBytes {
		h.end(tb, Slow)
		return false
	}
	h.push(tb, ev)
	return true
}

// push puts an event at the end of a tab's queue. The lock is held.
func (h *Hub) push(tb *tab, ev *sse.Event) {
	tb.w.pending.Add(1)
	h.queue(tb, ev)
}

// queue is push for an event that is counted already.
func (h *Hub) queue(tb *tab, ev *sse.Event) {
	tb.backlog = append(tb.backlog, ev)
	tb.bytes += size(ev)
	// The mark is set before the library is tried: whoever drains its queue from
	// here on sees that there is more, so the backlog never waits for nobody.
	tb.w.behind.Store(true)
	h.pump(tb)
}

// pump moves waiting events into the library's queue as far as it takes them.
// The lock is held.
func (h *Hub) pump(tb *tab) {
	n := 0
	for n < len(tb.backlog) && h.srv.TryPublish(tb.id, tb.backlog[n]) {
		tb.handed = tb.backlog[n].ID
		tb.bytes -= size(tb.backlog[n])
		tb.backlog[n] = nil
		n++
	}
	if n < len(tb.backlog) {
		tb.backlog = tb.backlog[n:]
		return
	}
	tb.w.behind.Store(false)
	if cap(tb.backlog) > 4 {
		tb.backlog = nil // an idle tab keeps no large array
	} else {
		tb.backlog = tb.backlog[:0]
	}
}

// end queues the last event. What the library has not taken yet is dropped, and
// the last event carries the id of what it has taken, so that a browser which
// comes back resumes exactly there. A stream that ends already because it is
// slow is only hurried on by a second reason. The lock is held.
func (h *Hub) end(tb *tab, reason string) {
	if tb.ending != "" {
		if tb.attached && reason != Slow {
			tb.w.last(byeGrace)
			tb.w.discard.Store(reason == SignedOut)
		}
		return
	}
	tb.ending = reason
	if !tb.attached {
		return // attach says hello and comes back
	}
	delete(h.beats[tb.slot], tb)
	h.bye(tb)
}

func (h *Hub) bye(tb *tab) {
	dropped := len(tb.backlog)
	tb.backlog, tb.bytes = nil, 0
	if tb.ending == Slow {
		h.opt.Logger.Info("tab cut: it does not keep up", "behind", tb.w.pending.Load())
		tb.w.last(h.opt.Write)
	} else {
		tb.w.last(byeGrace)
	}
	// Counted before it is marked as the last and marked before it is queued:
	// the writer must neither stop in front of it nor wait behind it.
	tb.w.pending.Add(int32(1 - dropped))
	tb.w.ending.Store(true)
	tb.w.discard.Store(tb.ending == SignedOut)
	h.queue(tb, wire("bye", []byte(tb.ending), string(tb.handed)))
}

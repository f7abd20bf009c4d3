package relay

import (
	"crypto/rand"
	"time"

	"github.com/r3labs/sse/v2"
)

// topic is one agent's log and tabs. The hub's lock guards it.
type topic struct {
	name  string
	epoch string
	seq   uint64       // number of the newest logged event
	log   []*sse.Event // the newest events, without gaps, ending with seq
	bytes int
	tabs  []*tab    // oldest first, from before their hello until they have left
	used  time.Time // when a tab last came or left or a position was asked for; zero: closed
	told  int       // what OnTabs heard last
}

func newTopic(name string) *topic { return &topic{name: name, epoch: newEpoch()} }

// newEpoch draws 60 random bits: enough that a position of an earlier life is
// never taken for one of this.
func newEpoch() string { return rand.Text()[:12] }

// append numbers and logs an event and lets the oldest go where the limits ask
// for it. One event larger than the whole log empties it: whoever missed that
// one has to redraw.
func (t *topic) append(name string, data []byte, maxEvents, maxBytes int) *sse.Event {
	t.seq++
	ev := wire(name, data, position(t.epoch, t.seq))
	t.log = append(t.log, ev)
	t.bytes += size(ev)
	drop := 0
	for drop < len(t.log) && (len(t.log)-drop > maxEvents || t.bytes > maxBytes) {
		t.bytes -= size(t.log[drop])
		t.log[drop] = nil
		drop++
	}
	// Cutting from the front moves the slice along its array; append copies the
	// rest to a new one when the array ends, so the cost stays constant.
	t.log = t.log[drop:]
	return ev
}

// since returns the events after a position, and whether there is no gap.
func (t *topic) since(last string) ([]*sse.Event, bool) {
	epoch, seq, ok := parsePosition(last)
	if !ok || epoch != t.epoch || seq > t.seq || t.seq-seq > uint64(len(t.log)) {
		return nil, false
	}
	return t.log[uint64(len(t.log))-(t.seq-seq):], true
}

// restart ends continuity: every position given out so far becomes foreign.
func (t *topic) restart() {
	t.epoch, t.seq, t.log, t.bytes = newEpoch(), 0, nil, 0
}

func (t *topic) position() string { return position(t.epoch, t.seq) }

func (t *topic) active(now time.Time, linger time.Duration) bool {
	return len(t.tabs) > 0 || now.Sub(t.used) < linger
}

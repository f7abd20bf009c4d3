package relay

import "time"

// beatSlots spreads the heartbeats of all tabs over the interval, so that ten
// thousand of them do not fall into one moment. One ticker serves them all.
const beatSlots = 15

func (h *Hub) beat() {
	defer close(h.done)
	tick := time.NewTicker(max(h.opt.Heartbeat/beatSlots, time.Millisecond))
	defer tick.Stop()
	for slot := 0; ; slot = (slot + 1) % beatSlots {
		select {
		case <-h.stop:
			return
		case <-tick.C:
			h.beatSlot(slot)
		}
	}
}

// beatSlot sends a slot's tabs the position they stand at, which also brings a
// quiet tab's Last-Event-ID up to date. The first slot's turn sweeps too.
func (h *Hub) beatSlot(slot int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for tb := range h.beats[slot] {
		id := tb.topic.position()
		h.offer(tb, wire("hb", []byte(id), id), true)
	}
	if slot == 0 {
		h.sweep(time.Now())
	}
}

// sweep forgets topics that are no longer kept up.
func (h *Hub) sweep(now time.Time) {
	for name, t := range h.topics {
		if !t.active(now, h.opt.Linger) {
			delete(h.topics, name)
		}
	}
}

// tell brings OnTabs up to date. Whoever finds it running leaves the work to
// that call, so that calls never overlap and never go back in time.
func (h *Hub) tell() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.opt.OnTabs == nil {
		h.changed = nil
		return
	}
	if h.telling {
		return
	}
	h.telling = true
	for len(h.changed) > 0 {
		t := h.changed[0]
		h.changed = h.changed[1:]
		n := len(t.tabs)
		if n == t.told {
			continue
		}
		t.told = n
		h.mu.Unlock()
		h.opt.OnTabs(t.name, n)
		h.mu.Lock()
	}
	h.telling = false
}

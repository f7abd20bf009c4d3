package relay

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/r3labs/sse/v2"
)

// Hub carries events to tabs. All methods are safe for concurrent use and none
// but Serve blocks.
type Hub struct {
	opt Options
	srv *sse.Server

	mu       sync.Mutex
	topics   map[string]*topic
	tabs     map[string]*tab   // by stream id, from before ServeHTTP until after it
	sessions map[string][]*tab // oldest first
	beats    [beatSlots]map[*tab]struct{}
	slot     int // the slot that the next tab joins
	closed   bool
	changed  []*topic // whose number of tabs OnTabs has not heard yet
	telling  bool

	streams sync.WaitGroup
	stop    chan struct{}
	done    chan struct{}
}

// New makes a Hub and starts its heartbeat; Close ends it.
func New(opt Options) *Hub {
	h := &Hub{
		opt:    opt.withDefaults(),
		topics: map[string]*topic{}, tabs: map[string]*tab{}, sessions: map[string][]*tab{},
		stop: make(chan struct{}), done: make(chan struct{}),
	}
	for i := range h.beats {
		h.beats[i] = map[*tab]struct{}{}
	}
	s := sse.New()
	s.AutoReplay = false // its log is unbounded, renumbers events and answers 400 to our ids
	s.AutoStream = false // otherwise any URL makes a stream
	s.EventTTL = 0       // drops everything where AutoReplay is off
	s.SplitData = true   // a line end in data would forge fields
	s.BufferSize = streamQueue
	s.Headers["Cache-Control"] = "no-store, no-transform"
	s.Headers["X-Accel-Buffering"] = "no"
	s.OnSubscribe = func(id string, _ *sse.Subscriber) { h.attach(id) }
	h.srv = s
	go h.beat()
	return h
}

// Publish logs an event and queues it for the topic's tabs. Where the topic is
// not kept up nobody can hold a position of it, and the event is dropped.
func (h *Hub) Publish(name string, e Event) {
	var s shot
	h.mu.Lock()
	t := h.topics[name]
	if t == nil || h.closed || e.Ephemeral && len(t.tabs) == 0 {
		h.mu.Unlock()
		return
	}
	var ev *sse.Event
	if e.Ephemeral {
		ev = wire(e.Name, e.Data, t.position())
	} else {
		ev = t.append(e.Name, e.Data, h.opt.LogEvents, h.opt.LogBytes)
	}
	single := oneLine(ev)
	n := 0
	for _, tb := range t.tabs {
		if single && s.take(tb, ev) || h.offer(tb, ev, e.Ephemeral) {
			n++
		}
	}
	h.opt.Metrics.Published(n)
	h.mu.Unlock()
	s.fire(ev)
}

// Active reports whether somebody listens to a topic, or did, or was drawn a
// page, within Linger. Where it is false the caller may leave out rendering and
// publishing, but must then call Reset after the change has been made.
func (h *Hub) Active(name string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.topics[name]
	return t != nil && t.active(time.Now(), h.opt.Linger)
}

// Reset ends a topic's continuity: a new epoch begins, the log is dropped, and
// open tabs are told to redraw.
func (h *Hub) Reset(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.topics[name]
	if t == nil {
		return
	}
	t.restart()
	for _, tb := range t.tabs {
		h.offer(tb, hello(t.epoch, 0, false), false)
	}
}

// Position returns where a topic stands, for a page to carry. Ask before
// reading what the page shows: what happens in between is then replayed, not
// lost. It keeps the topic up for Linger, so that the page's stream finds its
// events.
func (h *Hub) Position(name string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.topic(name)
	t.used = time.Now()
	return t.position()
}

// Tabs returns how many tabs a topic has.
func (h *Hub) Tabs(name string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	if t := h.topics[name]; t != nil {
		return len(t.tabs)
	}
	return 0
}

// CloseSession ends all streams of a session with a reason. They are gone
// within half a second, also where the browser does not read.
func (h *Hub) CloseSession(session, reason string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, tb := range slices.Clone(h.sessions[session]) {
		h.end(tb, reason)
	}
}

// CloseTopic ends all streams of a topic with a reason and forgets its log.
func (h *Hub) CloseTopic(name, reason string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.topics[name]
	if t == nil {
		return
	}
	for _, tb := range t.tabs {
		h.end(tb, reason)
	}
	t.restart()
	t.used = time.Time{}
	if len(t.tabs) == 0 {
		delete(h.topics, name)
	}
}

// Close ends all streams with Shutdown and the heartbeat; Serve refuses from
// then on. It does not wait for the streams; Wait does.
func (h *Hub) Close() {
	h.mu.Lock()
	if h.closed {
		h.mu.Unlock()
		<-h.done
		return
	}
	h.closed = true
	for _, tb := range h.tabs {
		h.end(tb, Shutdown)
	}
	h.mu.Unlock()
	close(h.stop)
	<-h.done
}

// Wait returns when all streams are over, after Close. Where ctx ends earlier
// they are cut.
func (h *Hub) Wait(ctx context.Context) error {
	over := make(chan struct{})
	go func() {
		h.streams.Wait()
		close(over)
	}()
	select {
	case <-over:
		return nil
	case <-ctx.Done():
	}
	h.mu.Lock()
	for _, tb := range h.tabs {
		tb.w.fail()
	}
	h.mu.Unlock()
	return ctx.Err()
}

// topic finds or makes a topic. The lock is held.
func (h *Hub) topic(name string) *topic {
	t := h.topics[name]
	if t == nil {
		t = newTopic(name)
		h.topics[name] = t
	}
	return t
}

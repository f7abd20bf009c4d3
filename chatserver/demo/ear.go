package demo

import (
	"sync"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// ear is the connection of somebody simulated: it hears pushes and never blocks.
type ear struct {
	heard chan heard
	ended chan struct{}
	once  sync.Once
}

// heard is one push.
type heard struct {
	action  string
	payload []byte
}

func newEar() *ear { return &ear{heard: make(chan heard, 256), ended: make(chan struct{})} }

// Deliver is engine.Sink. Who does not listen misses things, as people do.
func (e *ear) Deliver(p *engine.Push, _ string) {
	select {
	case e.heard <- heard{p.Action, p.Payload}:
	default:
	}
}

// Close is engine.Sink.
func (e *ear) Close(string) { e.once.Do(func() { close(e.ended) }) }

// decode reads a push; one of another shape gives the zero value.
func decode[T any](h heard) T {
	var v T
	_ = protocol.Decode(h.payload, &v)
	return v
}

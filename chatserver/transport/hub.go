package transport

import (
	"context"
	"sync"

	"agentdesk/protocol"

	"github.com/gorilla/websocket"
)

// Hub counts the open websockets of an API, so that Shutdown can end them.
type Hub struct {
	mu        sync.Mutex
	conns     map[*conn]bool
	strangers int // connections without a login
	closed    bool
	done      sync.WaitGroup
}

// maxStrangers is how many connections may be open without a login: each lives
// for half a minute at most.
const maxStrangers = 2000

// add counts a connection in. It is told to end where there are too many
// without a login, and refused where the server ends.
func (h *Hub) add(c *conn) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return false
	}
	if h.strangers++; h.strangers > maxStrangers {
		c.Close(protocol.ReasonTooManyUnauthorized)
	}
	if h.conns == nil {
		h.conns = map[*conn]bool{}
	}
	h.conns[c] = true
	h.done.Add(1)
	return true
}

// known takes a connection that has logged in from the strangers.
func (h *Hub) known() {
	h.mu.Lock()
	h.strangers--
	h.mu.Unlock()
}

// remove counts a connection out; in tells whether it had logged in.
func (h *Hub) remove(c *conn, in bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !in {
		h.strangers--
	}
	delete(h.conns, c)
	h.done.Done()
}

// Open is the number of open websockets.
func (h *Hub) Open() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.conns)
}

// Shutdown ends all websockets, telling their clients to connect again, and
// waits for them until ctx ends.
func (h *Hub) Shutdown(ctx context.Context) error {
	h.mu.Lock()
	h.closed = true
	for c := range h.conns {
		c.end(protocol.ReasonInternalError, websocket.CloseServiceRestart)
	}
	h.mu.Unlock()
	gone := make(chan struct{})
	go func() { h.done.Wait(); close(gone) }()
	select {
	case <-gone:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

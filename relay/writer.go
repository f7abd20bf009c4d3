package relay

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

var errCut = errors.New("relay: tab is cut")

// writer stands between the library and the connection. The library ignores
// write errors and sets no deadlines; writer does both, counts what is done,
// and flushes once for all events that wait.
type writer struct {
	http.ResponseWriter // nil where there is conn
	conn                *conn
	rc                  *http.ResponseController
	timeout             time.Duration
	cancel              context.CancelFunc
	more                func() // moves waiting events on; takes the hub's lock

	pending atomic.Int32 // events queued and not yet written
	behind  atomic.Bool  // some of them wait outside the library
	ending  atomic.Bool  // the newest of them is the last
	discard atomic.Bool  // of what is queued only hello and the last are to be sent

	// out is held by whoever writes to conn: the handler from the first byte of
	// an event until it is flushed, or a publisher.
	out     sync.Mutex
	holding bool // the handler does

	// Of the handler's goroutine alone; armed of whoever holds out:
	started bool // headers are out
	greeted bool // and hello too
	within  bool // an event has begun
	skip    bool // and is not to be sent
	armed   bool // a deadline runs

	mu    sync.Mutex
	dead  bool      // a write failed
	done  bool      // the handler has returned: hands off the connection
	timed bool      // the connection has a deadline
	final time.Time // no deadline may be later
}

// noDeadline takes a deadline off.
var noDeadline time.Time

// Header is the answer's.
func (w *writer) Header() http.Header {
	if w.conn == nil {
		return w.ResponseWriter.Header()
	}
	return w.conn.head
}

// WriteHeader is called once, with 200.
func (w *writer) WriteHeader(status int) {
	if w.conn == nil {
		w.ResponseWriter.WriteHeader(status)
	}
}

// hold keeps publishers off the connection.
func (w *writer) hold() {
	if w.conn != nil && !w.holding {
		w.out.Lock()
		w.holding = true
	}
}

// release lets them write again.
func (w *writer) release() {
	if w.holding {
		w.holding = false
		w.out.Unlock()
	}
}

// Write passes on a part of an event.
func (w *writer) Write(b []byte) (int, error) {
	w.hold() // first: what is left to write of an event counts as waiting
	if !w.within {
		w.within = true
		w.skip = w.greeted && w.discard.Load() && w.pending.Load() > 1
	}
	if w.skip {
		return len(b), nil
	}
	if err := w.arm(); err != nil {
		return 0, err
	}
	var n int
	var err error
	if w.conn != nil {
		n, err = w.conn.add(b)
	} else {
		n, err = w.ResponseWriter.Write(b)
	}
	if err != nil {
		w.fail()
	}
	return n, err
}

// Flush is what the library calls after the headers and after each event.
func (w *writer) Flush() {
	if !w.started {
		w.started = true
		w.hold()
		w.flush()
		w.release()
		return
	}
	w.within, w.greeted = false, true
	left := w.pending.Add(-1)
	if w.behind.Load() {
		w.more()
	}
	if left > 0 {
		return // the event that follows flushes this one too
	}
	w.flush()
	w.release()
	if w.ending.Load() && w.pending.Load() == 0 {
		w.cancel()
	}
}

func (w *writer) flush() {
	if w.arm() != nil {
		return
	}
	var err error
	if w.conn != nil {
		err = w.conn.flush()
	} else {
		err = w.rc.Flush()
	}
	if err != nil {
		w.fail()
	}
	w.armed = false
}

// arm gives what is written until the next flush one deadline.
func (w *writer) arm() error {
	if w.armed {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.dead {
		return errCut
	}
	at := time.Now().Add(w.timeout)
	if !w.final.IsZero() && w.final.Before(at) {
		at = w.final
	}
	w.setDeadline(at)
	w.armed = true
	return nil
}

func (w *writer) setDeadline(at time.Time) {
	w.timed = true
	if w.conn != nil {
		_ = w.conn.SetWriteDeadline(at)
		return
	}
	_ = w.rc.SetWriteDeadline(at)
}

// last says that the next event queued is the last one, and how long all that
// is queued may take. It may be called from any goroutine.
func (w *writer) last(within time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	at := time.Now().Add(within)
	if !w.final.IsZero() && w.final.Before(at) {
		return
	}
	w.final = at
	if !w.dead && !w.done {
		w.setDeadline(w.final) // reaches a write that hangs
	}
}

func (w *writer) fail() {
	w.mu.Lock()
	w.dead = true
	w.mu.Unlock()
	w.cancel()
}

// finish is called when the handler returns. A connection in good order may
// carry further requests and must not keep our deadline; one that was taken over
// is closed.
func (w *writer) finish() {
	w.mu.Lock()
	w.done = true
	dead := w.dead
	if w.conn == nil {
		if !dead {
			_ = w.rc.SetWriteDeadline(noDeadline)
		}
		w.mu.Unlock()
		return
	}
	if at := time.Now().Add(byeGrace); w.final.IsZero() || at.Before(w.final) {
		w.final = at // also for what a publisher has left to write
	}
	w.setDeadline(w.final)
	w.mu.Unlock()
	w.release() // where an event was begun
	w.out.Lock()
	defer w.out.Unlock()
	if !dead {
		w.conn.end()
	}
	_ = w.conn.Close()
}

// bottom goes down to the writer whose Flush reports errors. Wrappers such as
// echo.Response have a Flush without one, which would hide every write error
// from http.ResponseController.
func bottom(w http.ResponseWriter) http.ResponseWriter {
	for {
		if _, ok := w.(interface{ FlushError() error }); ok {
			return w
		}
		u, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return w
		}
		w = u.Unwrap()
	}
}

package upstream

import (
	"bytes"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"agentdesk/protocol"
)

// maxFrame bounds one frame or HTTP answer of the server, in bytes. A request
// may have protocol.MaxFrame; an answer may be a chat of 10,000 events.
const maxFrame = 8 << 20

// keepBuffer is the largest read buffer that goes back to the pool, in bytes.
const keepBuffer = 64 << 10

// ending is why a connection ended, or was never made.
type ending struct {
	reason string
	err    error
}

// Error names the reason.
func (e *ending) Error() string {
	if e.err == nil {
		return e.reason
	}
	return e.reason + ": " + e.err.Error()
}

// Unwrap returns the cause.
func (e *ending) Unwrap() error { return e.err }

// link is one socket, from its login on. Its reader goroutine decodes and gives
// to its session; its lane writes. It belongs to one attempt and is never reused, so
// nothing of an older connection can be taken for something of a newer one.
type link struct {
	reg    *Registry
	ws     *websocket.Conn
	token  Token
	login  protocol.LoginResponse
	ready  bool      // logged in; set before the reader starts
	early  []inbound // what came before login was answered
	owner  *Session  // whose it is; set before the reader starts
	done   chan struct{}
	close1 sync.Once
	fault  atomic.Pointer[ending] // why we closed it, where it was us
	writes lane
	moved  time.Time // when the read deadline was moved last; the reader's own
	tap    *tap      // administrators' only; set before the reader starts
}

// buffers are shared by all connections: a reader holds one only while a frame
// comes in.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// read runs until the connection ends and hands over what comes. It is the
// link's reader goroutine.
func (l *link) read() {
	defer func() {
		if p := recover(); p != nil {
			l.reg.panicked("reader", p)
			l.owner.hear(l, inbound{end: &ending{reason: reasonPanic}})
		}
	}()
	for {
		buf, err := l.next()
		if !l.handle(buf, err) {
			return
		}
	}
}

// handle decodes a frame and hands it over. false ends the reader.
//
//go:noinline
func (l *link) handle(buf *bytes.Buffer, err error) bool {
	if err != nil {
		l.owner.hear(l, inbound{end: l.why(err)})
		return false
	}
	in, ok := l.take(buf)
	return !ok || l.owner.hear(l, in)
}

// receive reads and decodes the next frame that means something.
func (l *link) receive() (inbound, error) {
	for {
		buf, err := l.next()
		if err != nil {
			return inbound{}, err
		}
		if in, ok := l.take(buf); ok {
			return in, nil
		}
	}
}

// take decodes a frame and gives its buffer back.
func (l *link) take(buf *bytes.Buffer) (inbound, bool) {
	if l.ready {
		l.alive()
	}
	l.tap.heard(buf.Bytes())
	in, ok := l.reg.understand(buf.Bytes())
	if buf.Cap() <= keepBuffer {
		buffers.Put(buf)
	}
	return in, ok
}

// next waits for a frame. An idle agent's reader waits in here, so it keeps
// little on the stack, and takes a buffer only when a frame has begun.
func (l *link) next() (*bytes.Buffer, error) {
	for {
		kind, r, err := l.ws.NextReader()
		if err != nil {
			return nil, err
		}
		if kind != websocket.TextMessage {
			l.reg.metrics.BadFrame()
			continue
		}
		buf := buffers.Get().(*bytes.Buffer)
		buf.Reset()
		_, err = buf.ReadFrom(r)
		return buf, err
	}
}

// alive moves the read deadline: a server that sends nothing, not even an
// answer to our pings, is gone.
func (l *link) alive() {
	now := time.Now()
	if !l.ready {
		return // the deadline of the login stands
	}
	if now.Sub(l.moved) < time.Second && now.Sub(l.moved) < l.reg.timing.Silence/4 {
		return
	}
	l.moved = now
	_ = l.ws.SetReadDeadline(now.Add(l.reg.timing.Ping + l.reg.timing.Silence))
}

// why finds the reason for a read that failed.
func (l *link) why(err error) *ending {
	if f := l.fault.Load(); f != nil {
		return f
	}
	var timeout net.Error
	switch {
	case errors.As(err, &timeout) && timeout.Timeout():
		return &ending{reasonSilent, err}
	case errors.Is(err, websocket.ErrReadLimit):
		l.reg.metrics.BadFrame()
	}
	return &ending{reasonClosed, err}
}

// write queues a frame. It never blocks.
func (l *link) write(frame []byte) {
	l.tap.sent(frame)
	l.writes.add(func() {
		select {
		case <-l.done:
			return
		default:
		}
		_ = l.ws.SetWriteDeadline(time.Now().Add(l.reg.timing.Write))
		if err := l.ws.WriteMessage(websocket.TextMessage, frame); err != nil {
			l.kill(&ending{reasonStuck, err})
		}
	}, l.reg.start)
}

// kill ends the connection at once. The reason is kept where it is the first.
func (l *link) kill(why *ending) {
	if why != nil {
		l.fault.CompareAndSwap(nil, why)
	}
	_ = l.ws.Close()
}

// shut ends the connection with a close frame and stops its reader. It may be
// called more than once.
func (l *link) shut() {
	l.close1.Do(func() {
		close(l.done)
		l.writes.add(func() {
			bye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
			_ = l.ws.WriteControl(websocket.CloseMessage, bye, time.Now().Add(time.Second))
			_ = l.ws.Close()
		}, l.reg.start)
	})
}

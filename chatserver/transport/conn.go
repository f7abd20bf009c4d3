package transport

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
	"agentdesk/protocol/version"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/gorilla/websocket"
)

// conn is one websocket. It is the engine's Sink.
type conn struct {
	api    *API
	hub    *Hub
	speaks version.Version
	ws     *websocket.Conn
	remote string
	client string // User-Agent
	ctx    context.Context
	cancel context.CancelFunc // also stops requests in flight

	outMu sync.Mutex
	out   [][]byte      // frames to write
	wake  chan struct{} // there is something to write
	quit  chan struct{} // closed when the connection is to end
	once  sync.Once
	last  []byte // the frame that tells why, written before the end
	code  int    // of the close frame

	pending atomic.Int32   // requests in flight
	work    sync.WaitGroup // goroutines of requests
	bad     int            // frames that were no requests; the reader's

	mu      sync.Mutex
	session *engine.Session // nil before login
	cause   string          // for engine.End
	queued  []request       // requests that must keep their order
	busy    bool            // a goroutine works through them
}

var buffers sync.Pool

// upgrader takes any origin: these APIs authenticate by token in a message, not
// by cookie.
var upgrader = websocket.Upgrader{
	ReadBufferSize: 1024, WriteBufferSize: 4096, WriteBufferPool: &buffers,
	CheckOrigin: func(*http.Request) bool { return true },
}

// Serve upgrades a request for a version, "v3.6", and returns; the connection
// lives on by itself. A reason to refuse it, where there is one, is told over
// the socket, which then ends. So is a version not spoken here.
func (a *API) Serve(h *Hub, w http.ResponseWriter, r *http.Request, asked, refuse string) {
	v, err := a.parse(asked)
	if err != nil {
		v, refuse = version.Canonical, protocol.ReasonUnsupportedVersion
	}
	header := http.Header{}
	if err == nil {
		setLifecycle(header, v)
	}
	ws, err := upgrader.Upgrade(w, r, header)
	if err != nil {
		return // Upgrade has answered
	}
	c := &conn{api: a, hub: h, speaks: v, ws: ws, remote: remoteIP(r), client: r.UserAgent(), wake: make(chan struct{}, 1), quit: make(chan struct{})}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	c.cause = engine.EndLost
	if !h.add(c) {
		ws.Close()
		return
	}
	if refuse != "" {
		c.Close(refuse)
	}
	go c.write()
	go c.read()
}

func remoteIP(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	return host
}

// Deliver is engine.Sink: it queues a push.
func (c *conn) Deliver(p *engine.Push, requestID string) { c.queue(p.FrameFor(requestID)) }

// queue hands a frame to the writer. A client that does not read is cut.
func (c *conn) queue(frame []byte) {
	c.outMu.Lock()
	full := len(c.out) >= c.api.Timing.Queue
	if !full {
		c.out = append(c.out, frame)
	}
	c.outMu.Unlock()
	if full {
		c.end(protocol.ReasonConnectionTimeout, websocket.ClosePolicyViolation)
		return
	}
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// Close is engine.Sink: it ends the connection with a reason.
func (c *conn) Close(reason string) { c.end(reason, websocket.CloseNormalClosure) }

// end lets the writer tell the reason and close. Only the first call counts.
func (c *conn) end(reason string, code int) {
	c.once.Do(func() {
		if reason == protocol.ReasonDisconnectedByServer && c.api.Kind == protocol.UserCustomer {
			reason = protocol.ReasonInternalError // customers have no word for it
		}
		if reason != "" {
			c.last = c.goodbye(reason)
		}
		c.code = code
		close(c.quit)
		c.cancel()
	})
}

// goodbye is the push that tells why the connection ends.
func (c *conn) goodbye(reason string) []byte {
	payload, _ := protocol.Encode(protocol.AgentDisconnected{Reason: reason})
	p := engine.Push{Action: c.api.Disconnected, Payload: payload, Version: version.Canonical}
	for _, said := range p.In(c.speaks) {
		return said.Frame()
	}
	return nil
}

// write is the only goroutine that sends data frames.
func (c *conn) write() {
	ping := time.NewTicker(c.api.Timing.ControlPing)
	defer ping.Stop()
	defer c.ws.Close() // ends read
	for {
		select {
		case <-c.wake:
			if c.flush() != nil {
				c.end("", websocket.CloseNormalClosure)
				return
			}
		case <-ping.C:
			if c.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(c.api.Timing.WriteTimeout)) != nil {
				c.end("", websocket.CloseNormalClosure)
				return
			}
		case <-c.quit:
			c.farewell()
			return
		}
	}
}

// flush writes what is queued.
func (c *conn) flush() error {
	c.outMu.Lock()
	frames := c.out
	c.out = nil
	c.outMu.Unlock()
	for _, f := range frames {
		if err := c.send(f); err != nil {
			return err
		}
	}
	return nil
}

func (c *conn) send(frame []byte) error {
	c.ws.SetWriteDeadline(time.Now().Add(c.api.Timing.WriteTimeout))
	return c.ws.WriteMessage(websocket.TextMessage, frame)
}

// farewell writes what is queued, the reason and the close frame, as far as the
// client still reads.
func (c *conn) farewell() {
	if c.flush() != nil || c.last != nil && c.send(c.last) != nil {
		return
	}
	c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(c.code, ""), time.Now().Add(time.Second))
}

// answer queues a response to a frame. A call that was not made out is zero.
func (c *conn) answer(f protocol.Frame, req call, result any, err error) {
	ok := err == nil
	out := protocol.Frame{RequestID: f.RequestID, Action: f.Action, Type: protocol.TypeResponse, Success: &ok}
	if err != nil {
		if req.version == 0 {
			req.version, req.name = c.speaks, f.Action
		}
		result = protocol.ErrorPayload{Error: *c.api.fault(err, req)}
	}
	if result == nil {
		result = struct{}{}
	}
	payload, encErr := protocol.Encode(result)
	if encErr != nil {
		c.api.Logger.Error("a response could not be encoded", "action", f.Action, "err", encErr)
		c.answer(f, req, nil, protocol.Fail(protocol.ErrInternal, "Internal server error"))
		return
	}
	out.Payload = payload
	b, _ := protocol.Encode(out)
	c.queue(b)
}

// isTimeout reports whether reading ended because the client was silent.
func isTimeout(err error) bool {
	var ne net.Error
	return errors.As(err, &ne) && ne.Timeout()
}

var emptyPayload = jsontext.Value("{}")

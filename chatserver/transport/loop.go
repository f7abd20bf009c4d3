package transport

import (
	"errors"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
	"agentdesk/protocol/version"

	"github.com/gorilla/websocket"
)

// read is the connection's life: frames in, until it ends.
func (c *conn) read() {
	t := c.api.Timing
	c.ws.SetReadLimit(protocol.MaxFrame)
	c.ws.SetReadDeadline(time.Now().Add(t.LoginWithin))
	c.ws.SetPongHandler(func(string) error { c.alive(); return nil })
	c.ws.SetPingHandler(func(data string) error {
		c.alive()
		// A lost pong is not worth more than the write deadline of the next frame.
		c.ws.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(time.Second))
		return nil
	})
	for {
		kind, data, err := c.ws.ReadMessage()
		if err != nil {
			c.readEnded(err)
			break
		}
		c.alive()
		if kind != websocket.TextMessage {
			c.refuse(protocol.Fail(protocol.ErrValidation, "Only text frames are understood."))
			continue
		}
		c.frame(data)
	}
	c.cancel()
	c.work.Wait()
	c.mu.Lock()
	s, cause := c.session, c.cause
	c.mu.Unlock()
	if s != nil {
		c.api.Engine.End(s, cause)
	}
	c.hub.remove(c, s != nil)
}

// alive moves the moment at which silence ends the connection. Before login
// nothing does.
func (c *conn) alive() {
	c.mu.Lock()
	in := c.session != nil
	c.mu.Unlock()
	if in {
		c.ws.SetReadDeadline(time.Now().Add(c.api.Timing.Silence))
	}
}

func (c *conn) readEnded(err error) {
	switch {
	case isTimeout(err):
		c.end(protocol.ReasonConnectionTimeout, websocket.CloseNormalClosure)
	case errors.Is(err, websocket.ErrReadLimit):
		c.end(protocol.ReasonDisconnectedByServer, websocket.CloseMessageTooBig)
	default:
		c.end("", websocket.CloseNormalClosure)
	}
}

// maxBad is how many frames that are no requests a connection may send.
const maxBad = 20

// refuse answers a frame that cannot be taken as a request.
func (c *conn) refuse(err error) {
	c.answer(protocol.Frame{}, call{}, nil, err)
	if c.bad++; c.bad >= maxBad {
		c.end(protocol.ReasonDisconnectedByServer, websocket.ClosePolicyViolation)
	}
}

// request is a frame with what it asks for.
type request struct {
	protocol.Frame
	call
}

// frame takes one request. It runs on the reading goroutine and does not wait.
func (c *conn) frame(data []byte) {
	f, err := protocol.ParseFrame(data)
	if err != nil {
		c.refuse(protocol.Fail(protocol.ErrValidation, "Wrong format of request: "+err.Error()))
		return
	}
	v, err := c.asks(f)
	if err != nil {
		c.answer(f, call{}, nil, err)
		return
	}
	if f.Payload == nil || string(f.Payload) == "null" {
		f.Payload = emptyPayload
	}
	if f.Action == protocol.ActPing {
		c.answer(f, call{}, nil, nil)
		return
	}
	if int(c.pending.Add(1)) > c.api.Timing.Pending {
		c.pending.Add(-1)
		c.answer(f, call{}, nil, protocol.Fail(protocol.ErrPendingRequestsLimit, "Requests limit reached"))
		return
	}
	r := request{f, c.api.resolve(v, version.Message{Action: f.Action, Payload: f.Payload}, false)}
	r.author = f.AuthorID
	c.schedule(r)
}

// asks tells the version of a request: that of the connection, or, from 3.3 on,
// a higher one.
func (c *conn) asks(f protocol.Frame) (version.Version, error) {
	if f.Type != "" {
		return 0, protocol.Fail(protocol.ErrValidation, "`type` is for what the server sends.")
	}
	if f.Version == "" {
		return c.speaks, nil
	}
	v, err := c.api.parse(f.Version)
	if err != nil {
		return 0, err
	}
	if v < c.speaks || v > c.speaks && c.speaks < version.V33 {
		return 0, protocol.Fail(protocol.ErrUnsupportedVersion, "Cannot call unsupported API versions.")
	}
	return v, nil
}

// schedule lets reads run side by side; everything else of a connection runs in
// the order in which it was sent.
func (c *conn) schedule(r request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.session != nil && r.act.Reads {
		c.work.Go(func() { c.request(r) })
		return
	}
	if c.queued = append(c.queued, r); c.busy {
		return
	}
	c.busy = true
	c.work.Go(c.inOrder)
}

func (c *conn) inOrder() {
	for {
		c.mu.Lock()
		if len(c.queued) == 0 {
			c.busy, c.queued = false, nil
			c.mu.Unlock()
			return
		}
		r := c.queued[0]
		c.queued = c.queued[1:]
		// A read that came while the login was running need not hold up the rest.
		aside := c.session != nil && r.act.Reads
		c.mu.Unlock()
		if aside {
			c.work.Go(func() { c.request(r) })
			continue
		}
		c.request(r)
	}
}

// request performs one request and answers it, through reply on every path.
func (c *conn) request(f request) {
	r := &Request{Remote: c.remote, UserAgent: c.client}
	c.mu.Lock()
	s := c.session
	c.mu.Unlock()
	if f.Action == protocol.ActLogin {
		c.login(f, r, s)
		return
	}
	if s == nil {
		c.reply(f, nil, protocol.Fail(protocol.ErrAuthentication, "Log in first."))
		return
	}
	if f.Action == protocol.ActLogout {
		c.mu.Lock()
		c.cause = engine.EndSignedOut
		c.mu.Unlock()
		c.reply(f, nil, nil)
		c.end("", websocket.CloseNormalClosure)
		return
	}
	r.Actor = engine.Actor{Kind: s.Kind, ID: s.UserID, Scopes: c.api.Engine.ScopesOf(s), Client: s.Client, Session: s, RequestID: f.RequestID}
	out, err := c.api.perform(c.ctx, f.call, r)
	c.reply(f, out, err)
}

// reply answers a request and frees its place among those in flight. The place
// is free before the answer is out: who has read ten answers may send ten more.
func (c *conn) reply(f request, result any, err error) {
	c.pending.Add(-1)
	c.answer(f.Frame, f.call, result, err)
}

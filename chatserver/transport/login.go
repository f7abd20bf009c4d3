package transport

import (
	"context"
	"errors"
	"strings"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"

	"github.com/gorilla/websocket"
)

// login runs in order with everything else, so there is one at a time. Whatever
// version it is written in, the pushes follow that of the connection.
func (c *conn) login(f request, r *Request, have *engine.Session) {
	if have != nil {
		f.err = protocol.Fail(protocol.ErrValidation, "This connection is logged in already.")
	}
	if f.err != nil {
		c.reply(f, nil, f.err)
		return
	}
	r.Action, r.Payload, r.Version, r.Asked = f.msg.Action, f.msg.Payload, c.speaks, f.Payload
	ctx, cancel := context.WithTimeout(c.ctx, c.api.Timing.RequestTimeout)
	defer cancel()
	s, err := c.api.Login(ctx, r, c, func(response any) {
		out, err := c.api.say(f.call, response)
		c.reply(f, out, err)
	})
	var refusal *engine.Refusal
	if errors.As(err, &refusal) {
		c.end(refusal.Reason, websocket.CloseNormalClosure)
		return
	}
	if err != nil {
		c.reply(f, nil, err)
		return
	}
	c.mu.Lock()
	c.session = s
	c.mu.Unlock()
	c.hub.known()
	c.alive()
}

// Token reads the token field that both logins have.
func Token(r *Request) (string, error) {
	var t struct {
		Token string `json:"token"`
	}
	if err := r.Decode(&t); err != nil {
		return "", err
	}
	if strings.TrimSpace(t.Token) == "" {
		return "", protocol.Fail(protocol.ErrValidation, "`token` is required")
	}
	return t.Token, nil
}

package upstream

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/gorilla/websocket"

	"agentdesk/internal/nonblock"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

type dial = func(ctx context.Context, network, addr string) (net.Conn, error)

// direct makes a dial's connections cheap to read.
func direct(d dial) dial {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := d(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return nonblock.Conn(c), nil
	}
}

// connect dials and logs in. The error is always an *ending. A chat server that
// refuses the login's words may have a licence that does not allow so many customers
// to be told of: it is asked again without.
func (r *Registry) connect(ctx context.Context, token Token, reconnect, away bool) (*link, error) {
	level := r.dialect.monitoring()
	l, err := r.connectTelling(ctx, level, token, reconnect, away)
	if typ := wireType(err); level != "" && (typ == protocol.ErrValidation || typ == protocol.ErrAuthorization) {
		return r.connectTelling(ctx, "", token, reconnect, away)
	}
	return l, err
}

// connectTelling is connect with a level of the customers to be told of, "" for the
// chat server's own.
func (r *Registry) connectTelling(ctx context.Context, level string, token Token, reconnect, away bool) (*link, error) {
	dialCtx, cancel := context.WithTimeout(ctx, r.timing.Dial)
	defer cancel()
	ws, res, err := r.dialer.DialContext(dialCtx, r.web.at.socket, nil)
	if err != nil {
		if res != nil && res.StatusCode >= 400 && res.StatusCode < 500 &&
			res.StatusCode != http.StatusTooManyRequests && res.StatusCode != http.StatusRequestTimeout {
			return nil, &ending{reasonRefused, err}
		}
		return nil, &ending{reasonDial, err}
	}
	l := &link{reg: r, ws: ws, token: token, done: make(chan struct{})}
	ws.SetReadLimit(maxFrame)
	ws.SetPingHandler(func(data string) error {
		l.alive()
		err := ws.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(r.timing.Write))
		if errors.Is(err, websocket.ErrCloseSent) {
			return nil
		}
		return err
	})
	ws.SetPongHandler(func(string) error { l.alive(); return nil })
	stop := context.AfterFunc(ctx, func() { l.kill(&ending{reasonDial, ctx.Err()}) })
	defer stop()
	if err := l.signIn(level, reconnect, away); err != nil {
		l.kill(nil)
		return nil, err
	}
	return l, nil
}

// signIn sends login and reads until its answer. Pushes may come before it.
func (l *link) signIn(level string, reconnect, away bool) error {
	id := l.reg.nextID()
	frame, said, err := l.reg.encode(id, protocol.ActLogin, protocol.LoginRequest{
		Token: l.token.header(), Reconnect: reconnect, Away: away && l.reg.dialect.Version >= version.V32,
		Application: &protocol.Application{Name: l.reg.application}, MonitoringLevel: level,
	})
	if err != nil {
		return &ending{reasonPanic, err}
	}
	deadline := time.Now().Add(l.reg.timing.Login)
	_ = l.ws.SetWriteDeadline(deadline)
	_ = l.ws.SetReadDeadline(deadline)
	if err := l.ws.WriteMessage(websocket.TextMessage, frame); err != nil {
		return &ending{reasonClosed, err}
	}
	for {
		in, err := l.receive()
		switch {
		case err != nil:
			return l.why(err)
		case in.end != nil:
			return in.end
		case in.reply == nil || in.reply.id != id:
			l.early = append(l.early, in)
		case in.reply.err != nil:
			return &ending{wireType(in.reply.err), in.reply.err}
		default:
			if err := l.reg.decode(said, in.reply.payload, &l.login); err != nil {
				return &ending{reasonSnapshot, err}
			}
			if l.login.MyProfile.ID == "" {
				return &ending{reasonSnapshot, errors.New("login was answered without a profile")}
			}
			l.tap = tapFor(l.reg, l.token, l.login.MyProfile.Permission)
			l.tap.loggedIn(frame, id, in.reply.payload)
			l.ready = true
			l.alive()
			return nil
		}
	}
}

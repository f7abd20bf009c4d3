package agentapi

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// Login opens an agent's session (v3.6 "Login"). Tokens of customers are not
// taken.
func Login(e *engine.Engine) transport.Login {
	return func(ctx context.Context, r *transport.Request, sink engine.Sink, greet func(any)) (*engine.Session, error) {
		if _, err := transport.Token(r); err != nil {
			return nil, err
		}
		var in protocol.LoginRequest
		if err := r.Decode(&in); err != nil {
			return nil, err
		}
		phone, err := notifications(r)
		if err != nil {
			return nil, err
		}
		cred, err := e.Authenticate(ctx, in.Token)
		if err != nil {
			return nil, err
		}
		if cred.Kind != protocol.UserAgent {
			return nil, protocol.Fail(protocol.ErrAuthentication, "Invalid access token")
		}
		s, err := e.LoginAgentAt(ctx, r.Version, cred, in, sink, func(out protocol.LoginResponse) { greet(out) })
		if err == nil && phone != nil && phone.Token != "" {
			err = e.SetNotifications(s, *phone, true)
		}
		return s, err
	}
}

// notifications reads login's push_notifications, which 3.5 has no more.
func notifications(r *transport.Request) (*engine.Notifications, error) {
	if r.Version >= version.V35 {
		return nil, nil
	}
	var in struct {
		Phone *engine.Notifications `json:"push_notifications"`
	}
	asked := *r
	asked.Payload = r.Asked
	if err := asked.Decode(&in); err != nil || in.Phone == nil {
		return nil, err
	}
	return in.Phone, in.Phone.Check("push_notifications.")
}

package agentapi

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
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
		cred, err := e.Authenticate(ctx, in.Token)
		if err != nil {
			return nil, err
		}
		if cred.Kind != protocol.UserAgent {
			return nil, protocol.Fail(protocol.ErrAuthentication, "Invalid access token")
		}
		return e.LoginAgentAt(ctx, r.Version, cred, in, sink, func(out protocol.LoginResponse) { greet(out) })
	}
}

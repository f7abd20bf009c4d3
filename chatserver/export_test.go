package chatserver

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// The raw-frame suite does not know package protocol, and no method of the API
// does what follows: these do it for the suite.

// DeleteThread deletes a closed thread.
func (s *Server) DeleteThread(ctx context.Context, chat, thread string) error {
	return s.engine.DeleteThread(ctx, engine.Actor{}, protocol.ThreadRequest{ChatID: chat, ThreadID: thread})
}

// DeleteThreads deletes all closed threads.
func (s *Server) DeleteThreads(ctx context.Context) error {
	return s.engine.DeleteThreads(ctx, engine.Actor{}, protocol.ThreadsDeleted{DateTo: protocol.At(s.engine.Now())})
}

// LogoutRemotely ends an agent's connections.
func (s *Server) LogoutRemotely(ctx context.Context, agent string) error {
	return s.engine.LogoutRemotely(ctx, agent)
}

// DeleteChat deletes an inactive chat.
func (s *Server) DeleteChat(ctx context.Context, chat string) error {
	return s.engine.DeleteChat(ctx, engine.Actor{}, chat)
}

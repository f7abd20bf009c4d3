package chatserver

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// The raw-frame suite does not know package protocol, and no method of the API
// deletes conversations: these do it for the suite.

// DeleteThread deletes a closed thread.
func (s *Server) DeleteThread(ctx context.Context, chat, thread string) error {
	return s.engine.DeleteThread(ctx, engine.Actor{}, protocol.ThreadRequest{ChatID: chat, ThreadID: thread})
}

// DeleteThreads deletes all closed threads.
func (s *Server) DeleteThreads(ctx context.Context) error {
	return s.engine.DeleteThreads(ctx, engine.Actor{}, protocol.ThreadsDeleted{DateTo: protocol.At(s.engine.Now())})
}

// DeleteChat deletes an inactive chat.
func (s *Server) DeleteChat(ctx context.Context, chat string) error {
	return s.engine.DeleteChat(ctx, engine.Actor{}, chat)
}

package engine

import (
	"context"

	"agentdesk/protocol"
)

// DescribeFile gives the file event that sending an upload would make, and keeps
// the upload for good. It is for ImportThreads, whose events are written as they
// come.
func (e *Engine) DescribeFile(ctx context.Context, url string) (protocol.Event, error) {
	ev := protocol.Event{Type: protocol.EventFile, Visibility: protocol.VisibilityAll}
	err := e.change(ctx, Actor{}, func(w *work) error { return w.checkFile("event", protocol.Event{URL: url}, &ev) })
	return ev, err
}

package engine

import (
	"context"
	"os"
	"time"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

func (e *Engine) expired(f store.File) bool {
	return !f.Used && e.now().Sub(f.CreatedAt.Time()) > e.set.FileLifetime
}

// useFiles keeps the uploads that an event names as long as its thread: its file,
// and the pictures of a rich message.
func (w *work) useFiles(threadID string, ev *protocol.Event) error {
	urls := []string{ev.URL}
	for _, el := range ev.Elements {
		if el.Image != nil {
			urls = append(urls, el.Image.URL)
		}
	}
	for _, u := range urls {
		if id, ours := w.e.fileID(u); ours {
			if err := w.UseFile(id, threadID); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *Engine) removeFile(id string) {
	for _, variant := range []string{"", ".thumb", ".thumb2x"} {
		os.Remove(e.filePath(id, variant))
	}
}

// sweepFiles deletes uploads that no event came to use, or that no event uses any
// more. mu is held.
func (e *Engine) sweepFiles(ctx context.Context, now time.Time) {
	old, err := e.store.UnusedFiles(ctx, protocol.At(now.Add(-e.set.FileLifetime)))
	if err != nil {
		e.log.Error("old uploads could not be listed", "err", err)
		return
	}
	for _, f := range old {
		if err := e.store.Update(ctx, func(t *store.Tx) error { return t.DeleteFile(f.ID) }); err == nil {
			e.removeFile(f.ID)
		}
	}
}

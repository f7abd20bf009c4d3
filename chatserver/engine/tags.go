package engine

import (
	"context"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// maxTags bounds the tags of one thread, and maxTag the length of one in bytes.
const (
	maxTags = 100
	maxTag  = 255
)

// TagThread marks a thread with a word (v3.6 "Tag Thread").
func (e *Engine) TagThread(ctx context.Context, by Actor, r protocol.TagRequest) error {
	return e.editTags(ctx, by, r, protocol.PushThreadTagged, func(tags []string) ([]string, error) {
		if slices.Contains(tags, r.Tag) {
			return nil, errUnchanged
		}
		if len(tags) >= maxTags {
			return nil, invalid("tag", "would be one tag too many on this thread")
		}
		return append(tags, r.Tag), nil
	})
}

// UntagThread takes the word off again (v3.6 "Untag Thread").
func (e *Engine) UntagThread(ctx context.Context, by Actor, r protocol.TagRequest) error {
	return e.editTags(ctx, by, r, protocol.PushThreadUntagged, func(tags []string) ([]string, error) {
		i := slices.Index(tags, r.Tag)
		if i < 0 {
			return nil, errUnchanged
		}
		return slices.Delete(tags, i, i+1), nil
	})
}

func (e *Engine) editTags(ctx context.Context, by Actor, r protocol.TagRequest, push string, edit func([]string) ([]string, error)) error {
	if err := required("chat_id", r.ChatID); err != nil {
		return err
	}
	if err := required("thread_id", r.ThreadID); err != nil {
		return err
	}
	if r.Tag == "" || len(r.Tag) > maxTag {
		return invalid("tag", "must be 1 to 255 bytes long")
	}
	return e.editThread(ctx, by, r.ChatID, r.ThreadID, func(w *work, d *draft, t *store.Thread) error {
		tags, err := edit(slices.Clone(t.Tags))
		if err != nil {
			return err
		}
		t.Tags = tags
		w.push(push, protocol.ThreadTag{ChatID: d.ID, ThreadID: t.ID, Tag: r.Tag}, e.watchers(d.Chat))
		return nil
	})
}

// editThread changes any thread of a chat, the newest or an older one, and lets
// searches know of it.
func (e *Engine) editThread(ctx context.Context, by Actor, chatID, threadID string, fn func(*work, *draft, *store.Thread) error) error {
	return e.change(ctx, by, func(w *work) error {
		d, err := w.chat(chatID)
		if err != nil {
			return err
		}
		if err := e.mayWrite(by, d.Chat); err != nil {
			return err
		}
		if d.Thread != nil && d.Thread.ID == threadID {
			d.archive = !d.Thread.Active
			return fn(w, d, d.Thread)
		}
		t, err := e.store.Thread(ctx, threadID)
		if err == store.ErrNotFound || err == nil && t.ChatID != chatID {
			return notFound("thread")
		}
		if err != nil {
			return err
		}
		if err := fn(w, d, t); err != nil {
			return err
		}
		if err := w.PutThread(t); err != nil {
			return err
		}
		return w.rearchive(d, t)
	})
}

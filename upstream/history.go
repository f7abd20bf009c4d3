package upstream

import (
	"cmp"
	"context"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// verbatim is the payload of a response as it came, with the request it answers.
// As a result of ask it is not put into canonical words.
type verbatim struct {
	said    version.Message
	payload jsontext.Value
}

// getChat reads a chat with one of its threads, the newest where thread is
// empty. It is for any goroutine but the session's own.
func (s *Session) getChat(ctx context.Context, on *link, id, thread string) (protocol.Chat, error) {
	newest := ""
	if thread == "" && s.reg.dialect.Version < version.V32 {
		if err := s.do(ctx, func() { newest = s.board.ThreadID(id) }); err != nil {
			return protocol.Chat{}, err
		}
	}
	return s.getChatKnown(ctx, on, id, thread, newest)
}

// getChatKnown is getChat for who knows the name that the newest thread had
// last; it may be empty.
func (s *Session) getChatKnown(ctx context.Context, on *link, id, thread, newest string) (c protocol.Chat, err error) {
	if s.reg.dialect.Version < version.V32 {
		c, err = s.getChatThreads(ctx, on, id, thread, newest)
	} else {
		err = s.read(ctx, on, protocol.ActGetChat, protocol.GetChatRequest{ChatID: id, ThreadID: thread}, &c)
	}
	if err == nil && c.ID != id {
		return protocol.Chat{}, errUnreadable
	}
	return c, s.reg.dialect.unseen(err)
}

// errUnreadable is for an answer that is not what was asked for.
var errUnreadable = desk.Fail(desk.Internal, "The chat server's answer could not be read.")

// unseen is the error of reading a chat. Before 3.4 there is no type of its own
// for a chat that does not exist or may not be seen (api guide, section 1).
func (d dialect) unseen(err error) error {
	if typ := wireType(err); d.Version < version.V34 && (typ == protocol.ErrValidation || typ == protocol.ErrAuthorization) {
		return desk.Wrap(desk.NotFound, meanings[protocol.ErrMissingAccess].text, err)
	}
	return err
}

// getChatThreads is getChatKnown before 3.2. There a chat comes with all its threads
// where none is named, and no thread names its neighbours; but the order of all
// threads is told, so the newest is asked for by the name it had last, and once
// more where it is another one now (v3.0 "Get chat threads").
func (s *Session) getChatThreads(ctx context.Context, on *link, id, thread, newest string) (c protocol.Chat, err error) {
	want := cmp.Or(thread, newest)
	if want == "" {
		if want, err = s.newestThread(ctx, on, id); err != nil {
			return c, err
		}
	}
	for range 2 {
		var a verbatim
		if err := s.read(ctx, on, protocol.ActGetChat, protocol.GetChatRequest{ChatID: id, ThreadID: want}, &a); err != nil {
			return c, err
		}
		order := threadOrder(a.payload)
		if newest := last(order); thread == "" && want != "" && newest != "" && newest != want {
			want = newest
			continue
		}
		payload, err := s.reg.dialect.hear(a.said, a.payload)
		if err == nil {
			err = protocol.DecodeUpTo(payload, maxFrame, &c)
		}
		if err != nil {
			return c, desk.Wrap(desk.Internal, errUnreadable.Text, err)
		}
		nameNeighbours(c.Thread, order)
		return c, nil
	}
	return c, errSilent // threads begin faster than they can be read
}

// newestThread is the id of a chat's newest thread: get_chat_threads_summary,
// newest first, one row. It spares the reading of all that was ever said in a
// chat of which nothing is known yet.
func (s *Session) newestThread(ctx context.Context, on *link, id string) (string, error) {
	var page protocol.ListThreadsResponse
	if err := s.read(ctx, on, protocol.ActListThreads, protocol.ListThreadsRequest{ChatID: id, Limit: 1}, &page); err != nil {
		return "", err
	}
	if len(page.Threads) == 0 {
		return "", nil // then all are asked for
	}
	return page.Threads[0].ID, nil
}

// threadOrder has the ids of a chat's threads, oldest first, from the answer to
// get_chat_threads.
func threadOrder(payload jsontext.Value) []string {
	var p struct {
		Chat struct {
			Summary []struct {
				ID    string `json:"thread_id"`
				Order int64  `json:"order"`
			} `json:"threads_summary"`
		} `json:"chat"`
	}
	_ = json.Unmarshal(payload, &p)
	list := p.Chat.Summary
	slices.SortStableFunc(list, func(x, y struct {
		ID    string `json:"thread_id"`
		Order int64  `json:"order"`
	}) int {
		return cmp.Compare(x.Order, y.Order)
	})
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	return ids
}

func last(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return ids[len(ids)-1]
}

func nameNeighbours(t *protocol.Thread, order []string) {
	if t == nil {
		return
	}
	i := slices.Index(order, t.ID)
	if i > 0 {
		t.PreviousThreadID = order[i-1]
	}
	if i >= 0 && i+1 < len(order) {
		t.NextThreadID = order[i+1]
	}
}

// olderThreads reads the threads of a chat, newest first, until look has seen
// enough. It reads no more than lookPages times lookThreads of them.
func (s *Session) olderThreads(ctx context.Context, on *link, id string, look func(*protocol.Thread) (enough bool)) error {
	if s.reg.dialect.Version < version.V32 {
		return s.walkThreads(ctx, on, id, look)
	}
	q := protocol.ListThreadsRequest{ChatID: id, Limit: lookThreads}
	for range lookPages {
		var page protocol.ListThreadsResponse
		if err := s.read(ctx, on, protocol.ActListThreads, q, &page); err != nil {
			return err
		}
		for i := range page.Threads {
			if look(&page.Threads[i]) {
				return nil
			}
		}
		if page.NextPageID == "" {
			return nil
		}
		q = protocol.ListThreadsRequest{ChatID: id, PageID: page.NextPageID}
	}
	return nil
}

// walkThreads is olderThreads before 3.2, one thread at a time.
func (s *Session) walkThreads(ctx context.Context, on *link, id string, look func(*protocol.Thread) bool) error {
	thread := ""
	for range lookPages * lookThreads {
		c, err := s.getChat(ctx, on, id, thread)
		if err != nil {
			return err
		}
		if c.Thread == nil || look(c.Thread) || c.Thread.PreviousThreadID == "" {
			return nil
		}
		thread = c.Thread.PreviousThreadID
	}
	return nil
}

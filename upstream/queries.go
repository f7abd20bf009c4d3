package upstream

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// Inbox returns the lists as they are on the board, connected or not.
func (s *Session) Inbox(ctx context.Context, f desk.Filter) (in desk.Inbox, err error) {
	err = s.do(ctx, func() {
		s.used()
		in = s.board.Inbox(f)
	})
	return in, err
}

// Count says how many chats each of some filters shows.
func (s *Session) Count(ctx context.Context, filters []desk.Filter) (n []int, err error) {
	err = s.do(ctx, func() { n = s.board.Count(filters) })
	return n, err
}

// Find returns the chats that have a text, what wants the agent first.
func (s *Session) Find(ctx context.Context, text string, limit int) (rows []desk.Row, err error) {
	err = s.do(ctx, func() {
		s.used()
		rows = s.board.Find(text, limit)
	})
	return rows, err
}

// Chat opens a chat and returns its newest events, or those before the event
// named by before; limit 0 gives 100. A chat that is not here whole is read
// first; where that cannot be, what is here is returned.
func (s *Session) Chat(ctx context.Context, chatID, before string, limit int) (v desk.ChatView, err error) {
	var loaded, has bool
	look := func() {
		s.used()
		if loaded = s.board.Loaded(chatID); loaded {
			s.board.Open(chatID)
		}
		v, has = s.board.Chat(chatID, before, limit)
	}
	if err := s.do(ctx, look); err != nil || loaded {
		return v, err
	}
	if err := s.loadChat(ctx, chatID); err != nil {
		if has && desk.CodeOf(err) == desk.Unavailable {
			return v, nil
		}
		return v, err
	}
	if err := s.do(ctx, look); err != nil {
		return v, err
	}
	if !has {
		return v, desk.Fail(desk.NotFound, meanings[protocol.ErrMissingAccess].text)
	}
	return v, nil
}

// Thread returns one thread of a chat, straight from the server.
func (s *Session) Thread(ctx context.Context, chatID, threadID string) (desk.ArchivedThread, error) {
	s.post(s.used)
	c, err := s.getChat(ctx, nil, chatID, threadID)
	if err != nil {
		return desk.ArchivedThread{}, err
	}
	if c.Thread == nil {
		return desk.ArchivedThread{}, desk.Fail(desk.NotFound, "This conversation does not exist, or you may not see it.")
	}
	return archived(&c), nil
}

// Archives searches closed threads. Found words are enclosed in desk.MarkStart
// and desk.MarkEnd.
func (s *Session) Archives(ctx context.Context, q desk.ArchiveQuery) (desk.ArchivePage, error) {
	s.post(s.used)
	var res protocol.ListArchivesResponse
	if s.reg.dialect.Version < version.V32 && !q.To.IsZero() {
		q.To = q.To.Add(-time.Microsecond) // it becomes a day, which is searched to its end
	}
	if strings.HasPrefix(q.Page, latestPage) {
		return s.latestArchives(ctx, q, nil)
	}
	if err := s.read(ctx, nil, protocol.ActListArchives, archiveRequest(q), &res); err != nil {
		if s.reg.dialect.Version == version.V30 && wireType(err) == protocol.ErrAuthorization {
			return s.latestArchives(ctx, q, err)
		}
		return desk.ArchivePage{}, err
	}
	out := desk.ArchivePage{Found: res.FoundChats, Next: res.NextPageID, Previous: res.PreviousPageID}
	for i := range res.Chats {
		// Whether active threads come too is not documented; they are not asked for.
		if c := &res.Chats[i]; c.Thread != nil && !c.Thread.Active {
			out.Threads = append(out.Threads, archived(c))
		}
	}
	return out, nil
}

// archiveRequest puts a query into the words of list_archives v3.6. A page id
// stands for all filters and must come without them.
func archiveRequest(q desk.ArchiveQuery) protocol.ListArchivesRequest {
	var r protocol.ListArchivesRequest
	if q.Text != "" {
		r.Highlights = &protocol.Highlights{PreTag: desk.MarkStart, PostTag: desk.MarkEnd}
	}
	if q.Page != "" {
		r.PageID = q.Page
		return r
	}
	r.Limit = q.Limit
	if r.Limit <= 0 {
		r.Limit = 25
	}
	r.Limit = min(r.Limit, 100)
	f := protocol.ArchiveFilters{Query: q.Text, From: protocol.At(q.From), To: protocol.At(q.To), GroupIDs: q.Groups}
	if len(q.Agents) > 0 {
		f.Agents = &protocol.SetFilter{Values: q.Agents}
	}
	if len(q.Tags) > 0 {
		f.Tags = &protocol.SetFilter{Values: q.Tags}
	}
	r.Filters = &f
	return r
}

// TransferTargets lists who can take a chat, the least busy first.
func (s *Session) TransferTargets(ctx context.Context, chatID string) ([]desk.TransferTarget, error) {
	s.post(s.used)
	if _, has := s.reg.dialect.Method(protocol.ActListAgentsForTransfer); !has {
		return s.guessTargets(ctx)
	}
	var rows []protocol.TransferAgent
	type request struct {
		ChatID string `json:"chat_id"`
	}
	if err := s.read(ctx, nil, protocol.ActListAgentsForTransfer, request{chatID}, &rows); err != nil {
		return nil, err
	}
	known := map[string]desk.Agent{}
	if err := s.do(ctx, func() {
		for _, a := range s.board.Agents() {
			known[a.ID] = a
		}
	}); err != nil {
		return nil, err
	}
	out := make([]desk.TransferTarget, 0, len(rows))
	for _, r := range rows {
		a, ok := known[r.AgentID]
		if !ok || a.Name == "" {
			a.ID, a.Name = r.AgentID, cmp.Or(a.Name, r.AgentID)
		}
		out = append(out, desk.TransferTarget{Agent: a, Active: max(r.TotalActive, r.Active)})
	}
	slices.SortStableFunc(out, lessBusy)
	return out, nil
}

// guessTargets is TransferTargets for servers that do not tell (before 3.2): the
// colleagues who are not known to be offline, with the chats that the board
// knows of.
func (s *Session) guessTargets(ctx context.Context) (out []desk.TransferTarget, err error) {
	err = s.do(ctx, func() {
		for _, c := range s.board.Team() {
			if c.ID != s.id && c.Status != desk.Offline {
				out = append(out, desk.TransferTarget{Agent: c.Agent, Active: c.Chats})
			}
		}
	})
	slices.SortStableFunc(out, lessBusy)
	return out, err
}

func lessBusy(x, y desk.TransferTarget) int {
	return cmp.Or(cmp.Compare(x.Active, y.Active), cmp.Compare(x.Agent.Name, y.Agent.Name))
}

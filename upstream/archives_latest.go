package upstream

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// latestPage begins the page ids of latestArchives. How many conversations come
// before the page follows.
const latestPage = "latest."

// latestArchives is the search of the archives for agents of 3.0 who may not see
// all chats: get_archives asks for that right, while get_filtered_chats gives the
// closed chats that the agent may see, each with its newest thread and what was
// said last (v3.0 "Get archives", "Get filtered chats"). Who may not do that
// either gets the refusal.
func (s *Session) latestArchives(ctx context.Context, q desk.ArchiveQuery, refusal error) (desk.ArchivePage, error) {
	r := reading{s: s}
	closed, answered, read := false, false, 0
	var found []desk.ArchivedThread
	err := r.pages(ctx, &closed, maxPages, func(list []protocol.ChatSummary) (enough bool) {
		answered, read = true, read+len(list)
		for i := range list {
			if t, ok := latest(&list[i]); ok && fits(&q, &t) {
				found = append(found, t)
			}
		}
		return read >= blindChats
	})
	if err == nil && !answered {
		err = desk.Wrap(desk.Forbidden, "At this chat server only those who may see all chats can search the archives.", refusal)
	}
	if err != nil {
		return desk.ArchivePage{}, err
	}
	slices.SortStableFunc(found, func(x, y desk.ArchivedThread) int { return y.Thread.CreatedAt.Compare(x.Thread.CreatedAt) })
	return cutLatest(found, &q), nil
}

// cutLatest is the page of what was found that a query asks for.
func cutLatest(found []desk.ArchivedThread, q *desk.ArchiveQuery) desk.ArchivePage {
	limit := q.Limit
	if limit <= 0 {
		limit = 25
	}
	from, err := strconv.Atoi(strings.TrimPrefix(q.Page, latestPage))
	if err != nil || from < 0 {
		from = 0
	}
	from = min(from, len(found))
	to := min(from+limit, len(found))
	out := desk.ArchivePage{Latest: true, Found: len(found), Threads: found[from:to]}
	if to < len(found) {
		out.Next = latestPage + strconv.Itoa(to)
	}
	if from > 0 {
		out.Previous = latestPage + strconv.Itoa(max(0, from-limit))
	}
	return out
}

// latest is the newest thread of a closed chat, as far as a list tells of it.
func latest(row *protocol.ChatSummary) (desk.ArchivedThread, bool) {
	c := summary(row)
	t := desk.ArchivedThread{ChatID: c.ID, Users: c.Users, Thread: c.Thread}
	t.Thread.Active = false // 3.0 does not say it; the list was of closed chats
	if c.LastEvent.ID != "" {
		t.Thread.Events = []desk.Event{c.LastEvent}
	}
	if len(t.Thread.Groups) == 0 {
		t.Thread.Groups = c.Groups
	}
	return t, t.Thread.ID != ""
}

// fits reports whether a thread is what a query asks for. Words are looked for in
// the customer's name and address and in what was said last, whatever their case.
func fits(q *desk.ArchiveQuery, t *desk.ArchivedThread) bool {
	among := func(id string) bool { return slices.Contains(q.Agents, id) }
	in := func(group int) bool { return slices.Contains(q.Groups, group) }
	at := t.Thread.CreatedAt
	switch {
	case !q.From.IsZero() && at.Before(q.From), !q.To.IsZero() && at.After(q.To):
		return false
	case len(q.Agents) > 0 && !slices.ContainsFunc(t.Thread.UserIDs, among):
		return false
	case len(q.Groups) > 0 && !slices.ContainsFunc(t.Thread.Groups, in):
		return false
	}
	who := t.Customer()
	said := who.Name + "\n" + who.Email
	for i := range t.Thread.Events {
		said += "\n" + t.Thread.Events[i].Text
	}
	said = strings.ToLower(said)
	for word := range strings.FieldsSeq(strings.ToLower(q.Text)) {
		if !strings.Contains(said, word) {
			return false
		}
	}
	return true
}

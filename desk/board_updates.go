package desk

import (
	"slices"
	"time"
)

// thoughtful is how long thinking stands without news: an answer may take a
// while, and nothing tells that none will come.
const thoughtful = 30 * time.Second

type thinker struct {
	id, title, text string
	at              time.Time
}

func (b *Board) thinks(p Thinking) {
	e := b.chats[p.ChatID]
	if e == nil || p.AuthorID == b.me.ID {
		return
	}
	e.thinking = append(withoutThinker(e.thinking, p.AuthorID), thinker{p.AuthorID, p.Title, p.Text, b.now()})
	b.hot[p.ChatID] = e
	b.note(p.ChatID, RegionPeek)
}

// withoutThinker returns a copy without what an author thinks.
func withoutThinker(list []thinker, author string) []thinker {
	return slices.DeleteFunc(slices.Clone(list), func(t thinker) bool { return t.id == author })
}

// endThoughts ends thinking whose time is up. soonest is when the next one ends.
func (b *Board) endThoughts(e *entry) (soonest time.Time, ended bool) {
	limit := b.now().Add(-thoughtful)
	kept := slices.DeleteFunc(slices.Clone(e.thinking), func(t thinker) bool { return !t.at.After(limit) })
	ended = len(kept) < len(e.thinking)
	e.thinking = kept
	for _, t := range kept {
		soonest = sooner(soonest, t.at.Add(thoughtful))
	}
	return soonest, ended
}

// eventDeleted leaves an event in its place, so that the conversation still
// shows that something was said there.
func (b *Board) eventDeleted(p EventDeleted) {
	e := b.chats[p.ChatID]
	if e == nil {
		return
	}
	if e.deleted == nil {
		e.deleted = map[string]bool{}
	}
	e.deleted[p.EventID] = true
	i := slices.IndexFunc(e.chat.Thread.Events, func(ev Event) bool { return ev.ID == p.EventID })
	if i >= 0 {
		events := slices.Clone(e.chat.Thread.Events)
		events[i] = b.takenBack(events[i])
		e.chat.Thread.Events = events
		b.changes = append(b.changes, Change{ChatID: p.ChatID, What: RegionEvent, EventID: p.EventID, CustomID: events[i].CustomID})
	}
	if e.chat.LastEvent.ID == p.EventID {
		e.chat.LastEvent = b.takenBack(e.chat.LastEvent)
		if last := lastSpoken(e.chat.Thread.Events); last.ID != "" {
			e.chat.LastEvent = last
		}
	}
	b.touch(e, RegionRow)
}

// takenBack is an event after its deletion: administrators still see what it
// said, as the server lets them, all others that there was something (v3.6
// "Deleted event").
func (b *Board) takenBack(ev Event) Event {
	ev.Deleted = true
	if b.me.Administrator() {
		return ev
	}
	return Event{ID: ev.ID, CustomID: ev.CustomID, Kind: ev.Kind, AuthorID: ev.AuthorID, At: ev.At, AgentsOnly: ev.AgentsOnly, Deleted: true}
}

func lastSpoken(list []Event) Event {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].counts() {
			return list[i]
		}
	}
	return Event{}
}

func (b *Board) summarySet(p SummarySet) {
	e := b.chats[p.ChatID]
	if e == nil || p.ThreadID != "" && p.ThreadID != e.chat.Thread.ID {
		return
	}
	th := &e.chat.Thread
	if p.Failed {
		th.SummaryFailed = true // an older summary still stands
	} else {
		th.Summary, th.SummaryAt, th.SummaryFailed = p.Text, p.At, false
	}
	b.note(p.ChatID, RegionHead)
}

// directory takes over colleagues, groups and tags. Names stand on every part
// of the page, so all of it is drawn anew; this does not happen often.
func (b *Board) directory(p Directory) {
	if p.Agents != nil {
		known := b.agents
		b.agents = make(map[string]Agent, len(p.Agents))
		for _, a := range p.Agents {
			if a.Status == "" {
				a.Status = known[a.ID].Status
			}
			b.agents[a.ID] = a
			if a.Avatar != known[a.ID].Avatar {
				b.repaint(a)
			}
		}
	}
	if p.Groups != nil {
		b.groups = p.Groups
	}
	if p.Tags != nil {
		b.tags = p.Tags
	}
	for _, e := range b.chats {
		// Its groups may be this agent's now, or no longer.
		if b.settle(e); e.list == "" && !b.isOpened(e.chat.ID) {
			b.remove(e)
		}
	}
	b.changes = append(b.changes, Change{What: RegionAll})
}

// repaint gives an agent's new picture to the chats the agent is in.
func (b *Board) repaint(a Agent) {
	if a.ID == b.me.ID {
		b.me.Avatar = a.Avatar
	}
	for _, e := range b.chats {
		if u := e.chat.User(a.ID); u != nil {
			u.Avatar = a.Avatar
		}
	}
}

package desk

import "time"

// ephemeral is how long typing and a sneak peek stand without news.
const ephemeral = 10 * time.Second

func (b *Board) incomingEvent(chatID, threadID string, ev Event, update bool) {
	e := b.find(chatID)
	if e == nil {
		return
	}
	th := &e.chat.Thread
	if threadID != "" && threadID != th.ID {
		if th.ID == "" || !th.Active {
			b.missing[chatID] = true // a thread we have not heard of
		}
		return
	}
	if e.deleted[ev.ID] {
		ev = b.takenBack(ev) // its deletion came first
	}
	what := RegionRow
	if ev.AuthorID == b.me.ID {
		if me := e.chat.User(b.me.ID); me != nil && ev.At.After(me.SeenUpTo) {
			me.SeenUpTo = ev.At // sending marks everything before as seen (3.3+)
		}
		b.arrived(chatID, ev.CustomID)
	}
	if b.quiet(e, ev.AuthorID) {
		what |= RegionPeek | RegionColleagues
	}
	fresh := ev.ID != e.chat.LastEvent.ID
	if last := &e.chat.LastEvent; ev.counts() && (last.Deleted || !ev.At.Before(last.At)) {
		e.chat.LastEvent = ev
	}
	if e.chat.Loaded {
		n := len(th.Events)
		th.Events = upsert(th.Events, ev)
		fresh = len(th.Events) == n+1
		e.grown = fresh && th.Events[n].ID == ev.ID
	}
	b.touch(e, what)
	if fresh && !update {
		b.said(e, &ev)
	}
	if e.chat.Loaded {
		b.changes = append(b.changes, Change{ChatID: chatID, What: RegionEvent, EventID: ev.ID, CustomID: ev.CustomID})
	}
}

// upsert replaces an event with the same id or puts a new one in its place. The
// list is never changed in place below its end, because views share it.
func upsert(list []Event, ev Event) []Event {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].ID == ev.ID {
			fresh := append([]Event(nil), list...)
			fresh[i] = ev
			return fresh
		}
		if list[i].At.Before(ev.At) {
			break
		}
	}
	if n := len(list); n == 0 || !ev.At.Before(list[n-1].At) {
		return append(list, ev)
	}
	return insert(append([]Event(nil), list...), ev)
}

func (b *Board) seen(p Seen) {
	e := b.chats[p.ChatID]
	if e == nil {
		return
	}
	u := e.chat.User(p.UserID)
	if u == nil || !p.UpTo.After(u.SeenUpTo) {
		return
	}
	u.SeenUpTo = p.UpTo
	if p.UserID == b.me.ID {
		b.touch(e, RegionRow)
	} else if !u.Agent {
		b.note(p.ChatID, RegionSeen)
	}
}

func (b *Board) typing(p Typing) {
	e := b.chats[p.ChatID]
	if e == nil || p.AuthorID == b.me.ID {
		return
	}
	kept := e.typing[:0:0]
	was := false
	for _, t := range e.typing {
		if t.id == p.AuthorID {
			was = true
			continue
		}
		kept = append(kept, t)
	}
	if p.On {
		kept = append(kept, typer{p.AuthorID, b.now()})
		b.hot[p.ChatID] = e
	}
	e.typing = kept
	if was != p.On {
		b.note(p.ChatID, RegionRow|RegionPeek|RegionColleagues)
	}
}

func (b *Board) sneakPeek(p SneakPeek) {
	e := b.chats[p.ChatID]
	if e == nil || e.peek == p.Text {
		if e != nil {
			e.peekAt = b.now()
		}
		return
	}
	what := RegionPeek
	if (e.peek == "") != (p.Text == "") {
		what |= RegionRow // the row only says that something is typed
	}
	e.peek, e.peekAt = p.Text, b.now()
	b.hot[p.ChatID] = e
	b.note(p.ChatID, what)
}

// quiet ends what an author was typing, and reports whether there was anything.
func (b *Board) quiet(e *entry, author string) (was bool) {
	if author == e.chat.Customer().ID && e.peek != "" {
		e.peek, was = "", true
	}
	if kept := withoutThinker(e.thinking, author); len(kept) < len(e.thinking) {
		e.thinking, was = kept, true
	}
	for i, t := range e.typing {
		if t.id == author {
			e.typing = append(e.typing[:i:i], e.typing[i+1:]...)
			return true
		}
	}
	return was
}

// Expire ends typing and peeks that nothing was heard of for 10 seconds, and
// thinking that nothing came of for 30. next says when to call it again; zero: when something is typed again.
func (b *Board) Expire() (changes []Change, next time.Time) {
	b.changes = b.changes[:0]
	limit := b.now().Add(-ephemeral)
	for id, e := range b.hot {
		changed := false
		kept := e.typing[:0:0]
		for _, t := range e.typing {
			if !t.at.After(limit) {
				changed = true
				b.note(id, RegionRow|RegionColleagues)
				continue
			}
			kept = append(kept, t)
			next = sooner(next, t.at.Add(ephemeral))
		}
		e.typing = kept
		if e.peek != "" {
			if !e.peekAt.After(limit) {
				e.peek, changed = "", true
				b.note(id, RegionRow)
			} else {
				next = sooner(next, e.peekAt.Add(ephemeral))
			}
		}
		if soonest, ended := b.endThoughts(e); !soonest.IsZero() || ended {
			changed = changed || ended
			if !soonest.IsZero() {
				next = sooner(next, soonest)
			}
		}
		if changed {
			b.note(id, RegionPeek)
		}
		if len(kept) == 0 && e.peek == "" && len(e.thinking) == 0 {
			delete(b.hot, id)
		}
	}
	return b.changes, sooner(next, b.calm())
}

func sooner(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

package desk

// Apply takes a push and says what it changed. Pushes that come twice, late or
// out of order do no harm: events are known by id, an update may come before
// its event, a deletion too. The result is valid until the next call.
func (b *Board) Apply(p Push) []Change {
	b.changes = b.changes[:0]
	switch p := p.(type) {
	case IncomingEvent:
		b.incomingEvent(p.ChatID, p.ThreadID, p.Event, false)
	case EventUpdated:
		b.incomingEvent(p.ChatID, p.ThreadID, p.Event, true)
	case EventDeleted:
		b.eventDeleted(p)
	case Typing:
		b.typing(p)
	case SneakPeek:
		b.sneakPeek(p)
	case Seen:
		b.seen(p)
	case IncomingChat:
		b.incomingChat(p.Chat)
	case ChatDeactivated:
		b.deactivated(p)
	case ChatTransferred:
		b.transferred(p)
	case UserAdded:
		b.userAdded(p)
	case UserRemoved:
		b.userRemoved(p)
	case QueuePositions:
		b.queuePositions(p)
	default:
		b.applyRest(p)
	}
	return b.changes
}

func (b *Board) applyRest(p Push) {
	switch p := p.(type) {
	case ChatAccess:
		if e := b.find(p.ChatID); e != nil {
			e.chat.Groups = p.Groups
			b.touch(e, RegionRow|RegionHead)
		}
	case ChatGone:
		if e := b.chats[p.ChatID]; e != nil {
			before := e.list
			b.remove(e)
			b.moved(e, before)
			b.note(p.ChatID, RegionGone|RegionHead|RegionCounts)
		}
	case ChatUnfollowed:
		if e := b.chats[p.ChatID]; e != nil {
			e.chat.Followed = false
			b.touch(e, RegionRow|RegionHead)
		}
	case Tagged:
		b.tagged(p)
	case PropertiesChanged:
		b.propertiesChanged(p)
	case StatusSet:
		b.statusSet(p)
	case ChoicesSet:
		if b.me.Choices != p.Choices {
			b.me.Choices = p.Choices
			b.note("", RegionMe)
		}
	case Thinking:
		b.thinks(p)
	case SummarySet:
		b.summarySet(p)
	case Notice:
		b.told(p)
	case Directory:
		b.directory(p)
	case CustomerFollowed:
		b.customer(p.CustomerID, func(u *Person) { details(u).Followed = p.On })
	case CustomerUpdated:
		b.customer(p.Customer.ID, func(u *Person) { updateCustomer(u, p.Customer) })
	case CustomerPage:
		b.customer(p.CustomerID, func(u *Person) { openPage(u, p.Page) })
	case CustomerLeft:
		b.customer(p.CustomerID, func(u *Person) { left(u, p.At) })
	case CustomerBanned:
		b.ban(p)
		b.customer(p.CustomerID, func(u *Person) { details(u).Banned, details(u).BannedUntil = !p.Lifted, b.bans[p.CustomerID] })
	}
}

// find returns a chat, or notes that it must be loaded.
func (b *Board) find(id string) *entry {
	e := b.chats[id]
	if e == nil && id != "" {
		b.missing[id] = true
	}
	return e
}

// touch settles a chat after a change and notes it. A chat that belongs to no
// list any more leaves the board, unless somebody looks at it.
func (b *Board) touch(e *entry, what Regions) {
	before, unread := e.list, e.unread > 0
	if b.settle(e) {
		what |= RegionRow | RegionHead | RegionCounts
	} else if unread != (e.unread > 0) {
		what |= RegionCounts
	}
	if e.list == "" && before != "" {
		what = what&^RegionRow | RegionGone
		if !b.isOpened(e.chat.ID) {
			b.remove(e)
		}
	}
	if e.list == "" {
		what &^= RegionRow
	}
	b.note(e.chat.ID, what)
	if e.list == Recent && before != Recent {
		b.trimRecent()
	}
}

func (b *Board) incomingChat(c Chat) {
	if c.Loaded = true; c.ID == "" {
		return
	}
	if old := b.chats[c.ID]; old != nil && old.list == "" {
		// It was only looked at; now it is back in a list.
		old.chat.Loaded = old.chat.Loaded && old.chat.Thread.ID == c.Thread.ID
	}
	b.merge(c)
	e := b.chats[c.ID]
	if e.list == "" && !b.isOpened(c.ID) {
		b.remove(e)
		b.changes = b.changes[:0]
		return
	}
	if !e.list.Served() && !b.isOpened(c.ID) {
		e.chat.Loaded, e.chat.Thread.Events = false, nil
	}
	for _, o := range b.out[c.ID] {
		if _, ok := b.FindCustom(c.ID, o.CustomID); ok {
			b.arrived(c.ID, o.CustomID)
		}
	}
	b.note(c.ID, RegionRow|RegionHead|RegionCounts)
}

func (b *Board) deactivated(p ChatDeactivated) {
	e := b.find(p.ChatID)
	if e == nil || !e.chat.Thread.Active || p.ThreadID != "" && p.ThreadID != e.chat.Thread.ID {
		return
	}
	e.chat.Thread.Active, e.chat.Thread.Queue = false, nil
	e.chat.TransferredFrom = ""
	e.typing, e.thinking, e.peek = nil, nil, ""
	delete(b.hot, p.ChatID)
	b.touch(e, RegionRow|RegionHead|RegionPeek|RegionCounts)
}

func (b *Board) transferred(p ChatTransferred) {
	e := b.find(p.ChatID)
	if e == nil {
		return
	}
	if p.Queue != nil {
		q := *p.Queue
		if q.Since.IsZero() {
			q.Since = b.now()
		}
		e.chat.Thread.Queue = &q
	} else if len(p.Agents) > 0 {
		e.chat.Thread.Queue = nil
	}
	if len(p.Groups) > 0 {
		e.chat.Groups = p.Groups
	}
	b.touch(e, RegionRow|RegionHead)
}

func (b *Board) userAdded(p UserAdded) {
	e := b.find(p.ChatID)
	if e == nil {
		return
	}
	u := p.User
	if old := e.chat.User(u.ID); old != nil {
		if old.SeenUpTo.After(u.SeenUpTo) {
			u.SeenUpTo = old.SeenUpTo
		}
		*old = u
	} else {
		e.chat.Users = append(append([]Person(nil), e.chat.Users...), u)
	}
	if u.Agent && !contains(e.chat.Thread.UserIDs, u.ID) {
		e.chat.Thread.UserIDs = append(append([]string(nil), e.chat.Thread.UserIDs...), u.ID)
	}
	if u.Agent && u.Present && !u.AgentsOnly {
		e.chat.Thread.Queue = nil
	}
	b.touch(e, RegionRow|RegionHead)
}

func (b *Board) userRemoved(p UserRemoved) {
	e := b.chats[p.ChatID]
	if e == nil {
		return
	}
	users := make([]Person, 0, len(e.chat.Users))
	for _, u := range e.chat.Users {
		if u.ID == p.UserID {
			if u.Agent {
				continue
			}
			u.Present = false
		}
		users = append(users, u)
	}
	e.chat.Users = users
	if p.UserID == b.me.ID {
		e.chat.TransferredFrom = ""
	}
	b.touch(e, RegionRow|RegionHead)
}

func (b *Board) queuePositions(p QueuePositions) {
	for _, place := range p.Places {
		e := b.find(place.ChatID)
		if e == nil || !e.chat.Thread.Active || place.ThreadID != "" && place.ThreadID != e.chat.Thread.ID {
			continue
		}
		q := place.Queue
		if old := e.chat.Thread.Queue; old != nil {
			if q.Since.IsZero() {
				q.Since = old.Since
			}
			if q == *old {
				continue
			}
		} else if served(&e.chat) {
			continue // assigned meanwhile: an old position
		}
		if q.Since.IsZero() {
			q.Since = e.chat.Thread.CreatedAt
		}
		e.chat.Thread.Queue = &q
		b.touch(e, RegionRow)
	}
}

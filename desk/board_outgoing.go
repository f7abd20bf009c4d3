package desk

import "slices"

// SetOutgoing adds a message on its way or changes its state. A message whose
// event is on the board already is not added.
func (b *Board) SetOutgoing(o Outgoing) []Change {
	b.changes = b.changes[:0]
	if _, ok := b.FindCustom(o.ChatID, o.CustomID); ok {
		return nil
	}
	list := slices.Clone(b.out[o.ChatID])
	i := slices.IndexFunc(list, func(x Outgoing) bool { return x.CustomID == o.CustomID })
	if i < 0 {
		list = append(list, o)
	} else {
		list[i] = o
	}
	b.out[o.ChatID] = list
	b.changes = append(b.changes, Change{ChatID: o.ChatID, What: RegionPending, CustomID: o.CustomID})
	if b.chats[o.ChatID] != nil {
		b.note(o.ChatID, RegionRow)
	}
	b.note("", RegionConnection)
	return b.changes
}

// DropOutgoing forgets a message: it was sent, or the agent discarded it.
func (b *Board) DropOutgoing(chatID, customID string) []Change {
	b.changes = b.changes[:0]
	if !b.dropOutgoing(chatID, customID) {
		return nil
	}
	b.changes = append(b.changes, Change{ChatID: chatID, What: RegionPending, CustomID: customID})
	if b.chats[chatID] != nil {
		b.note(chatID, RegionRow)
	}
	b.note("", RegionConnection)
	return b.changes
}

// arrived drops a message whose event is on the board, and notes that there is one
// less on its way.
func (b *Board) arrived(chatID, customID string) {
	if b.dropOutgoing(chatID, customID) {
		b.note("", RegionConnection)
	}
}

func (b *Board) dropOutgoing(chatID, customID string) bool {
	if customID == "" {
		return false
	}
	list := b.out[chatID]
	i := slices.IndexFunc(list, func(x Outgoing) bool { return x.CustomID == customID })
	if i < 0 {
		return false
	}
	if len(list) == 1 {
		delete(b.out, chatID)
	} else {
		b.out[chatID] = slices.Delete(slices.Clone(list), i, i+1)
	}
	return true
}

// Outgoing returns a chat's messages on their way, in the order they were sent.
func (b *Board) Outgoing(chatID string) []Outgoing { return slices.Clone(b.out[chatID]) }

// OutgoingOne finds one message on its way.
func (b *Board) OutgoingOne(chatID, customID string) (Outgoing, bool) {
	for _, o := range b.out[chatID] {
		if o.CustomID == customID {
			return o, true
		}
	}
	return Outgoing{}, false
}

// AllOutgoing returns every message on its way, in no order across chats.
func (b *Board) AllOutgoing() (list []Outgoing) {
	for _, o := range b.out {
		list = append(list, o...)
	}
	return list
}

// Unsent counts messages on their way and failed ones.
func (b *Board) Unsent() (sending, failed int) {
	for _, list := range b.out {
		for i := range list {
			if list[i].State == Failed {
				failed++
			} else {
				sending++
			}
		}
	}
	return sending, failed
}

// FindCustom finds my event with a custom id in a loaded chat.
func (b *Board) FindCustom(chatID, customID string) (eventID string, ok bool) {
	e := b.chats[chatID]
	if e == nil || customID == "" {
		return "", false
	}
	for i := len(e.chat.Thread.Events) - 1; i >= 0; i-- {
		if ev := &e.chat.Thread.Events[i]; ev.CustomID == customID && ev.AuthorID == b.me.ID {
			return ev.ID, true
		}
	}
	return "", false
}

package desk

// Look tells that a browser of this agent shows a chat, or does not any more.
// Unless told again it ends after some 45 seconds.
type Look struct {
	ChatID string
	On     bool
}

func (Look) command() {}

// SeeColleagues says whom to ask for the names of the colleagues who look at a
// chat now. It is asked for every row that is drawn.
func (b *Board) SeeColleagues(ask func(chatID string) []string) { b.looking = ask }

// Looked says what changes where colleagues began to look at chats, or ceased
// to: only in chats that this agent may act on.
func (b *Board) Looked(chatIDs []string) []Change {
	b.changes = b.changes[:0]
	for _, id := range chatIDs {
		e := b.chats[id]
		switch {
		case e == nil:
		case e.list.Served() || e.list == Waiting:
			b.note(id, RegionRow|RegionColleagues)
		case e.chat.Loaded:
			b.note(id, RegionColleagues)
		}
	}
	return b.changes
}

// colleagues are those who look at a chat.
func (b *Board) colleagues(e *entry) []string {
	if b.looking == nil || e.list == Recent {
		return nil
	}
	return b.looking(e.chat.ID)
}

// writers are the names of the colleagues who type in a chat.
func (b *Board) writers(e *entry) (names []string) {
	for _, t := range e.typing {
		if u := e.chat.User(t.id); u == nil && b.agents[t.id].ID != "" || u != nil && u.Agent {
			names = append(names, b.nameOf(&e.chat, t.id))
		}
	}
	return names
}

package desk

// MarkUnread gives a chat of the agent's own the mark of an unread one, so that it
// is not forgotten. The chat server knows no way back from seen, so the mark is
// the dashboard's own: it stays until the chat is read again, and it ends with
// the dashboard's run.
type MarkUnread struct{ ChatID string }

func (MarkUnread) command() {}

// MarkUnread puts the mark on a chat. There are no changes where the agent does
// not serve it.
func (b *Board) MarkUnread(chatID string) []Change {
	b.changes = b.changes[:0]
	e := b.chats[chatID]
	if e == nil || !e.list.Served() || b.marked[chatID] {
		return nil
	}
	if b.marked == nil {
		b.marked = map[string]bool{}
	}
	b.marked[chatID] = true
	b.touch(e, RegionRow)
	return b.changes
}

// MarkRead takes the mark away again.
func (b *Board) MarkRead(chatID string) []Change {
	b.changes = b.changes[:0]
	e := b.chats[chatID]
	if !b.marked[chatID] {
		return nil
	}
	delete(b.marked, chatID)
	if e != nil {
		e.grown = false // the number is to be counted anew
		b.touch(e, RegionRow)
	}
	return b.changes
}

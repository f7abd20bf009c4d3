package desk

import "time"

// MarkUnread gives a chat of the agent's own the mark of an unread one, so that it
// is not forgotten. The chat server knows no way back from seen, so the mark is
// the dashboard's own and kept in its store: it is there in all of the agent's
// tabs, and after a restart, until the chat is read again, answered or closed.
type MarkUnread struct{ ChatID string }

func (MarkUnread) command() {}

// UnreadMark is what MarkUnread leaves behind. It is good for one thread, and no
// longer once something newer than its event is the agent's own.
type UnreadMark struct {
	ChatID   string
	ThreadID string
	EventID  string // the newest one when the mark was put there, "" where there was none
	At       time.Time
}

// MarkUnread puts the mark on a chat. There are no changes, and ok is false, where
// the agent does not serve it or it has a mark already.
func (b *Board) MarkUnread(chatID string) (m UnreadMark, changes []Change, ok bool) {
	b.changes = b.changes[:0]
	e := b.chats[chatID]
	if _, had := b.marked[chatID]; had || e == nil || !e.list.Served() {
		return m, nil, false
	}
	m = UnreadMark{ChatID: chatID, ThreadID: e.chat.Thread.ID, EventID: e.chat.LastEvent.ID, At: b.now()}
	b.SetMarks([]UnreadMark{m})
	b.touch(e, RegionRow)
	return m, b.changes, true
}

// MarkRead takes the mark away again.
func (b *Board) MarkRead(chatID string) []Change {
	b.changes = b.changes[:0]
	if _, had := b.marked[chatID]; !had {
		return nil
	}
	b.unmark(chatID)
	if e := b.chats[chatID]; e != nil {
		e.grown = false // the number is to be counted anew
		b.touch(e, RegionRow)
	}
	return b.changes
}

// SetMarks puts marks on a board whose chats have not come yet.
func (b *Board) SetMarks(list []UnreadMark) {
	for _, m := range list {
		if b.marked == nil {
			b.marked = map[string]UnreadMark{}
		}
		b.marked[m.ChatID] = m
	}
}

// TakeUnmarked returns the chats whose marks have ended since it was asked last.
// The list is valid until the board changes.
func (b *Board) TakeUnmarked() []string {
	list := b.unmarked
	b.unmarked = b.unmarked[:0]
	return list
}

// holds reports whether a chat that the agent serves has a mark, and ends one that
// is over.
func (b *Board) holds(e *entry, list List) bool {
	m, ok := b.marked[e.chat.ID]
	if !ok {
		return false
	}
	c := &e.chat
	if last := &c.LastEvent; !c.Thread.Active || c.Thread.ID != m.ThreadID || last.AuthorID == b.me.ID && last.ID != m.EventID {
		b.unmark(c.ID)
		return false
	}
	return list == Mine
}

func (b *Board) unmark(chatID string) {
	delete(b.marked, chatID)
	b.unmarked = append(b.unmarked, chatID)
}

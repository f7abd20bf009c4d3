package desk

import "time"

// UndoFor is how long closing a chat may be taken back.
const UndoFor = 5 * time.Second

// CloseSoon closes a chat after UndoFor, whatever becomes of the browser that
// asked for it; KeepOpen takes that back.
type (
	CloseSoon struct {
		ChatID         string
		IgnorePresence bool
	}
	KeepOpen struct{ ChatID string }
)

func (CloseSoon) command() {}
func (KeepOpen) command()  {}

// closing is a chat that is about to be closed, or the reason why it was not. It
// is about one thread.
type closing struct{ threadID, failed string }

// SetClosing notes that a chat will be closed shortly.
func (b *Board) SetClosing(chatID string) []Change {
	return b.setClosing(chatID, &closing{threadID: b.ThreadID(chatID)})
}

// ClosingDone notes that a chat was closed or is kept open. failed, where it is
// not empty, says why it could not be closed; that stands until the next try, or
// until the thread ends.
func (b *Board) ClosingDone(chatID, failed string) []Change {
	if failed == "" {
		return b.setClosing(chatID, nil)
	}
	return b.setClosing(chatID, &closing{b.closing[chatID].threadID, failed})
}

func (b *Board) setClosing(chatID string, c *closing) []Change {
	b.changes = b.changes[:0]
	old, had := b.closing[chatID]
	if c == nil && !had || c != nil && had && *c == old {
		return nil
	}
	if c == nil {
		delete(b.closing, chatID)
	} else {
		if b.closing == nil {
			b.closing = map[string]closing{}
		}
		b.closing[chatID] = *c
	}
	if b.chats[chatID] != nil {
		b.note(chatID, RegionRow|RegionHead)
	}
	return b.changes
}

// closingOf tells whether a chat is about to be closed, and why it was not.
func (b *Board) closingOf(e *entry) (soon bool, failed string) {
	c, ok := b.closing[e.chat.ID]
	if !ok || !e.chat.Thread.Active || c.threadID != e.chat.Thread.ID {
		return false, ""
	}
	return c.failed == "", c.failed
}

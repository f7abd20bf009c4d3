package desk

import (
	"strings"
	"time"
)

// Limits of drafts. A text is as long as a message may be, in bytes.
const (
	MaxDraft  = 16 << 10
	maxDrafts = 500 // chats of one agent that have one
)

// Draft is what an agent has begun to write in a chat and not sent. The dashboard
// keeps it, so that it is there on every device.
type Draft struct {
	ChatID string
	Text   string
	Note   bool // it is to be a note
	At     time.Time
}

// KeepDraft keeps what is being written in a chat; a blank text ends the draft.
// The last one to write wins.
type KeepDraft struct {
	ChatID string
	Text   string
	Note   bool
}

func (KeepDraft) command() {}

// Check refuses a draft that cannot be kept.
func (c KeepDraft) Check() error {
	if len(c.Text) > MaxDraft {
		return &Error{Code: Invalid, Text: "This is too long to keep: at most 16 kB.", Field: "text"}
	}
	return nil
}

// SetDraft puts a draft on the board, or takes it off where its text is blank. It
// reports what changed, and an error where there are too many drafts.
func (b *Board) SetDraft(d Draft) ([]Change, error) {
	old, had := b.drafts[d.ChatID]
	has := strings.TrimSpace(d.Text) != ""
	switch {
	case !has && !had || has && had && old.Text == d.Text && old.Note == d.Note:
		return nil, nil
	case has && !had && len(b.drafts) >= maxDrafts:
		return nil, Fail(TooMany, "Too many drafts are kept already. Send or clear some of them first.")
	}
	if has {
		if b.drafts == nil {
			b.drafts = map[string]Draft{}
		}
		b.drafts[d.ChatID] = d
	} else {
		delete(b.drafts, d.ChatID)
	}
	what := RegionHead
	if has != had {
		what |= RegionRow
	}
	b.changes = b.changes[:0]
	if b.chats[d.ChatID] != nil {
		b.note(d.ChatID, what)
	}
	return b.changes, nil
}

// SetDrafts puts all drafts on a board that nobody has seen yet.
func (b *Board) SetDrafts(list []Draft) {
	for _, d := range list {
		if b.drafts == nil {
			b.drafts = map[string]Draft{}
		}
		b.drafts[d.ChatID] = d
	}
}

// Draft returns a chat's draft, zero where there is none.
func (b *Board) Draft(chatID string) Draft { return b.drafts[chatID] }

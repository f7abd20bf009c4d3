package desk

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds of the notes about one customer.
const (
	MaxNotes     = 100
	MaxNoteBytes = 4000
)

// CustomerNote is what an agent wrote down about a customer for the whole team.
// The dashboard keeps it; the chat server and the customer never get it.
type CustomerNote struct {
	ID         string
	CustomerID string
	Author     string // id of the agent
	Name       string // what the author was called then
	Text       string
	At         time.Time
	Changed    time.Time // zero: as it was written
}

// EditedBy reports whether an agent may change the text: authors only.
func (n CustomerNote) EditedBy(me Me) bool { return n.Author == me.ID }

// DeletedBy reports whether an agent may take the note away: its author, and
// administrators.
func (n CustomerNote) DeletedBy(me Me) bool { return n.Author == me.ID || me.Administrator() }

// Check refuses what cannot be a note.
func (n CustomerNote) Check() error {
	switch {
	case strings.TrimSpace(n.Text) == "":
		return &Error{Code: Invalid, Text: "Write the note.", Field: "text"}
	case len(n.Text) > MaxNoteBytes:
		return &Error{Code: Invalid, Text: "This is too long: at most %d characters.", Args: []any{MaxNoteBytes}, Field: "text"}
	case !utf8.ValidString(n.Text) || strings.ContainsRune(n.Text, 0):
		return &Error{Code: Invalid, Text: "This holds characters that cannot be sent.", Field: "text"}
	}
	return nil
}

package views

import "agentdesk/desk"

// NotesPane are the team's notes about a customer. Text, Edit and Error give a
// refused form back.
type NotesPane struct {
	CustomerID string
	ChatID     string // the chat beside which they stand; "" on the customer's page
	List       []desk.CustomerNote
	Text       string // what was written and not accepted
	Edit       string // the note whose text that was; "" a new one
	Error      string // why, a sentence
}

func (n *NotesPane) path(e Env, more ...string) string {
	return e.Path(append([]string{"customers", n.CustomerID, "notes"}, more...)...)
}

// text is what the form of a note begins with; id "" is a new one.
func (n *NotesPane) text(id, now string) string {
	if n.Error != "" && n.Edit == id {
		return n.Text
	}
	return now
}

func (n *NotesPane) wrong(id string) bool { return n.Error != "" && n.Edit == id }

// by is what an author is called.
func (n *NotesPane) by(e Env, note desk.CustomerNote) string {
	switch {
	case note.Author == e.MeID:
		return e.T("You")
	case note.Name != "":
		return label(note.Name)
	}
	return label(note.Author)
}

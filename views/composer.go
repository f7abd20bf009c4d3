package views

import "agentdesk/desk"

// footWord says why there is no composer, "" where there is one.
func (c ChatPane) footWord(e Env) string {
	switch {
	case !c.View.Chat.Thread.Active:
		return e.T("This chat is closed. Resume it to write to %s again.", firstName(c.name(e)))
	case c.View.Member || c.View.Row.Watching:
		return ""
	case c.View.Row.List == desk.Waiting:
		return e.T("%s is waiting for somebody to answer.", firstName(c.name(e)))
	}
	return e.T("You are not part of this chat.")
}

// text is what stands in the composer: what could not be sent, else the draft.
func (c ChatPane) text() string {
	if c.Text != "" || c.Error != "" {
		return c.Text
	}
	return c.View.Draft.Text
}

// note reports whether what is written is to be a note.
func (c ChatPane) note() bool {
	if c.Text != "" || c.Error != "" {
		return c.Note
	}
	return c.Note || c.View.Draft.Note
}

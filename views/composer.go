package views

import (
	"strings"

	"agentdesk/desk"
)

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

// Quote puts an event into the composer, behind the draft. A note is answered by
// a note.
func (c *ChatPane) Quote(e Env, ev desk.Event, by desk.Person) {
	said := e.Quoted(ev, by)
	if said == "" {
		return
	}
	if c.Text = c.View.Draft.Text; c.Text != "" && !strings.HasSuffix(c.Text, "\n") {
		c.Text += "\n"
	}
	c.Text, c.Note = c.Text+said, ev.AgentsOnly || c.View.Draft.Note
}

// note reports whether what is written is to be a note.
func (c ChatPane) note() bool {
	if c.Text != "" || c.Error != "" {
		return c.Note
	}
	return c.Note || c.View.Draft.Note
}

// watchers says who looks at a chat.
func (e Env) watchers(names []string) string {
	first := firstName(label(names[0]))
	if len(names) == 1 {
		return e.T("%s is here", first)
	}
	return e.N(len(names)-1, "%[2]s and %[1]d colleague are here", "%[2]s and %[1]d colleagues are here", first)
}

// trouble is what went wrong in this chat.
func (c ChatPane) trouble(e Env) string {
	if c.Error == "" && c.View.Row.NotClosed != "" {
		return e.T("The chat was not closed. %s", e.T(c.View.Row.NotClosed))
	}
	return c.Error
}

package views

import "agentdesk/desk"

// footWord says why there is no composer, "" where there is one.
func (c ChatPane) footWord() string {
	switch {
	case !c.View.Chat.Thread.Active:
		return "This chat is closed. Resume it to write to " + firstName(c.name()) + " again."
	case c.View.Member || c.View.Row.Watching:
		return ""
	case c.View.Row.List == desk.Waiting:
		return firstName(c.name()) + " is waiting for somebody to answer."
	}
	return "You are not part of this chat."
}

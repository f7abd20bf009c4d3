package handlers

import (
	"agentdesk/desk"
	"agentdesk/views"
)

// keepDraft keeps what is being written in a chat.
func keepDraft(f *form, chatID string) desk.Command {
	return desk.KeepDraft{ChatID: chatID, Text: messageText(f), Note: f.agentsOnly()}
}

// viewing tells that a browser shows a chat.
func viewing(f *form, chatID string) desk.Command {
	return desk.Look{ChatID: chatID, On: f.choice("on", "true", "false") == "true"}
}

// keepOpen takes back that a chat is to be closed.
func keepOpen(_ *form, chatID string) desk.Command { return desk.KeepOpen{ChatID: chatID} }

// keepText puts what was written back into the composer.
func keepText(p *views.ChatPane, f *form) {
	p.Text, p.Note = f.values.Get("text"), f.values.Get("visibility") == "agents"
}

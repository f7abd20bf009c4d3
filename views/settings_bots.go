package views

import (
	"strings"

	"agentdesk/desk"
)

func (e Env) botName(b desk.Bot) string {
	return e.nameOf(desk.Person{Agent: true, ID: b.ID, Name: b.Name})
}

// cannedNote says by which words a canned answer is found, and whose it is.
func (p SettingsPage) cannedNote(c desk.Canned) string {
	tags := make([]string, 0, len(c.Tags))
	for _, t := range c.Tags {
		tags = append(tags, label(t))
	}
	return strings.Join(filled(strings.Join(tags, " "), p.groupName(p.Setup.Groups, c.Group)), " · ")
}

package views

import "agentdesk/desk"

// PaletteChat is a chat as static/js/palette.js reads it.
type PaletteChat struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Text   string `json:"text,omitempty"` // the newest message, on one line
	List   string `json:"list"`           // in words
	Unread int    `json:"unread,omitempty"`
}

// PaletteChats puts chats into the words of a page's language.
func PaletteChats(e Env, rows []desk.Row) []PaletteChat {
	list := make([]PaletteChat, 0, len(rows))
	for _, r := range rows {
		list = append(list, PaletteChat{ID: r.ChatID, Name: e.nameOf(r.Customer), Text: oneliner(r.Last.Text), List: e.sectionName(r.List), Unread: r.Unread})
	}
	return list
}

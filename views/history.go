package views

import "agentdesk/desk"

// files are those of the conversations listed, newest conversation first.
func (p HistoryPage) files() (out []desk.Event) {
	for _, t := range p.Threads {
		out = append(out, FilesOf(t.Thread.Events)...)
	}
	return out
}

func (p HistoryPage) more(part string) string {
	return p.Path("chats", p.View.Chat.ID, "history") + "?before=" + queryEscape(p.Next) + "#" + part
}

// said is how much was said in a conversation.
func (p HistoryPage) said(t desk.Thread) string {
	n := 0
	for i := range t.Events {
		if t.Events[i].Spoken() {
			n++
		}
	}
	return p.N(n, "%d message", "%d messages")
}

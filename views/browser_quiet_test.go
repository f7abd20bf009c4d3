package views

import (
	"io"
	"slices"
	"testing"

	"agentdesk/desk"
)

// While no chat is open, the pane says what to do, and stays true as chats come and
// go and as people begin or stop to take chats.
func TestQuietPane(t *testing.T) {
	b := openTab(t, chrome(t), "/")
	says := func(text string) {
		t.Helper()
		b.until(`[...document.querySelectorAll(".chat.none p")].filter(p => p.checkVisibility()).map(p => p.textContent).join() === "` + text + `"`)
	}
	empty := func(l desk.List) {
		for _, r := range sampleRows() {
			if r.List == l {
				b.push(t, func(w io.Writer) error { return RowGonePatch(w, r.ChatID) })
			}
		}
	}
	says("Customers wait for an answer. Take one from the top of the list.")
	empty(desk.Waiting)
	says("Choose one of your chats from the list.")
	empty(desk.Mine)
	says("You accept chats, and nobody is waiting. 1 colleague is accepting chats too.")
	me, agents := sampleMe, slices.Clone(sampleAgents)
	me.Status = desk.NotAccepting
	for i := range agents {
		agents[i].Status = desk.Offline
	}
	b.push(t, func(w io.Writer) error { return TeamPatch(w, env0, me, agents) })
	says("You do not accept chats, so none come to you. Nobody else is accepting chats now.")
	b.is(`document.querySelector(".chat.none [data-action=status] button").textContent`, "Accept chats")
}

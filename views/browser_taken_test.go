package views

import (
	"io"
	"testing"

	"agentdesk/desk"
)

// Whose chat is taken away while he writes goes on writing for a moment: none of that
// is a key that does something to a chat. The focus is at the chat's name, what was
// written is kept, and Escape ends it at once.
func TestTakenWhileWriting(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	b.do(`document.querySelector("form[data-action=send] textarea").focus()`)
	b.keys("I am")
	v := samplePane().View
	v.Member, v.Row.List = false, desk.Others
	b.push(t, func(w io.Writer) error { return HeadPatch(w, env0, v, nil) })
	b.until(`!document.querySelector("form[data-action=send]")`)
	b.is(`document.activeElement.outerHTML.slice(0, 3) + document.activeElement.closest(".head").id`, "<h2head-JONAS")
	before := len(b.posted("/chats/JONAS/take")) + len(b.posted("/chats/JONAS/deactivate"))
	b.keys(" Lei?")
	if n := len(b.posted("/chats/JONAS/take")) + len(b.posted("/chats/JONAS/deactivate")); n != before {
		t.Errorf("what was written did something: %d", n)
	}
	b.is(`document.querySelectorAll("details.pop[open], dialog[open]").length + " " + document.body.dataset.open`, "0 JONAS")
	b.eventually("what was written is kept", func() bool {
		for _, f := range b.posted("/chats/JONAS/draft") {
			if f.Get("text") == "I am" {
				return true
			}
		}
		return false
	})
	b.chord("Escape", "Escape", 0)
	b.keys("?")
	b.until(`!!document.querySelector("dialog[open] .shortcuts")`)
	b.noViolations()
}

package views

import "testing"

// Escape leaves a field that one writes in; chats that are chosen stay chosen.
func TestEscapeKeepsTheChosen(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	const chosen = `document.querySelectorAll(".row[data-chosen]").length`
	b.do(`document.activeElement.blur()`)
	b.chord("x", "KeyX", 0)
	b.is(chosen, "1")
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("half a sentence")
	b.chord("Escape", "Escape", 0)
	b.is(chosen, "1")
	b.is(`document.activeElement.getAttribute("role")`, "log")
	b.chord("Escape", "Escape", 0)
	b.is(chosen, "0")
}

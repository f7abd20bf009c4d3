package main

import (
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The later part of the shift of shift_test.go.

// marksUnread leaves a chat for later and comes back to it.
func (s *shift) marksUnread() {
	s.press(escape)
	s.press("u") // to a chat that wants an answer
	s.focus("textbox", "Message to")
	s.press("The parcel has the number 4711\r")
	s.hears("number 4711")
	s.press(escape)
	s.focus("log", "Chat with")
	s.press("U")
	s.focus("link", "1 unread message")
	s.press("\r")
	s.focus("textbox", "Message to")
}

// closes a chat, takes that back, and closes it after all.
func (s *shift) closes() {
	s.press(escape)
	s.focus("log", "Chat with")
	s.press("e")
	s.hears("Closing the chat")
	s.wait("a way back", func(x spot) bool { return x.role == "button" && strings.HasPrefix(x.name, "Undo") })
	s.focus("link", "") // never lost: the next chat has it
	s.press("z")
	s.hears("The chat stays open")
	s.focus("link", "")
	s.press("e")
	s.wait("the closed chat", func(x spot) bool { return x.role == "button" && x.name == "Resume the chat" })
	s.focus("link", "")
}

// savesView narrows the lists and keeps what she sees under a name.
func (s *shift) savesView() {
	s.press("/")
	s.focus("searchbox", "Find in chats")
	s.tabTo("link", "Unanswered")
	s.press("\r")
	s.until("the narrowed lists", `document.querySelector("[data-narrowed]")`)
	s.focus("link", "Unanswered")
	s.tabTo("DisclosureTriangle", "Views", chromedp.ModifierShift)
	s.press("\r")
	s.tabTo("textbox", "Save this view as")
	s.press("To answer\r")
	s.wait("the view", func(x spot) bool { return x.role == "DisclosureTriangle" && x.name == "To answer" })
}

// findsAgain finds the closed chat in the archives and reads it there.
func (s *shift) findsAgain() {
	s.press(escape)
	s.press("ga")
	s.wait("the archives", func(x spot) bool { return x.role == "heading" && x.name == "Archives" })
	s.until("its keys", `document.documentElement.matches(".js")`)
	s.press("/")
	s.focus("searchbox", "Words")
	s.press("4711\r")
	s.hears("1 conversation")
	s.noViolations("what was found")
	s.tabTo("link", "with Anna")
	s.press("\r")
	s.wait("the transcript", func(x spot) bool { return x.role == "log" && x.name == "Transcript" })
	s.wait("what was said", func(x spot) bool { return x.role == "StaticText" && strings.Contains(x.name, "number 4711") })
	s.noViolations("the transcript")
	s.tabTo("log", "Transcript") // which so can be scrolled by keys
}

// changesSetting makes the rows narrow, and wide again.
func (s *shift) changesSetting() {
	s.ownMenu()
	s.tabTo("link", "My settings")
	s.press("\r")
	s.wait("the settings", func(x spot) bool { return x.role == "heading" && x.name == "My settings" })
	for _, step := range []struct{ from, key, to string }{{"Comfortable", kb.ArrowRight, "Compact"}, {"Compact", kb.ArrowLeft, "Comfortable"}} {
		s.tabTo("radio", step.from)
		s.press(step.key)
		s.focus("radio", step.to)
		s.tabTo("button", "Save: Appearance")
		s.press("\r")
		s.saved("look")
		s.wait("what was chosen", func(x spot) bool { return x.role == "radio" && x.name == step.to && x.state == "checked" })
	}
}

// staysHere is warned before she would be set away, and one key is enough to stay.
func (s *shift) staysHere() {
	s.tabTo("spinbutton", "Set me away after")
	s.press("a", chromedp.ModifierCtrl)
	s.press("1\r")
	s.saved("work")
	s.press("gc")
	s.wait("the inbox", func(x spot) bool { return x.role == "heading" && x.name == "Chats" })
	s.wait("the line", func(x spot) bool { return x.role == "StaticText" && x.name == "Connected" })
	s.js(`(now => (Date.now = () => now() + 61e3, ""))(Date.now)`) // a minute later
	s.hears("You will be set away in a minute")
	s.press(kb.Shift)
	s.until("the warning to be gone", `!document.querySelector("#idle")`)
	s.wait("her state", func(x spot) bool { return x.name == "You: Anna Lindqvist, Accepting chats" })
}

// saved hears that a part of the settings is saved, and forgets it: the next time
// is another.
func (s *shift) saved(part string) {
	s.until("the page after saving", `location.search === "?saved=`+part+`"`)
	s.hears("Saved")
	s.js(`(history.replaceState(null, "", location.pathname), "")`)
}

// ownMenu unfolds the menu behind her name.
func (s *shift) ownMenu() {
	s.tabTo("DisclosureTriangle", "You: Anna")
	s.press("\r")
	s.wait("her menu", func(x spot) bool {
		return x.role == "DisclosureTriangle" && x.state == "expanded" && strings.Contains(x.name, "You: Anna")
	})
}

func (s *shift) leaves() {
	s.ownMenu()
	s.tabTo("button", "Sign out")
	s.press("\r")
	s.wait("the sign-in page", func(x spot) bool { return x.role == "heading" && x.name == "Sign in to agentdesk" })
	s.focus("textbox", "E-mail")
}

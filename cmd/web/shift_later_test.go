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
		s.hears("Saved")
		s.wait("what was chosen", func(x spot) bool { return x.role == "radio" && x.name == step.to && x.state == "checked" })
	}
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

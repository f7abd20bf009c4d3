package main

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// shift is a day at the desk of Anna, who neither sees the page nor has a mouse:
// she presses keys, and has what the accessibility tree has.
type shift struct {
	*chrome
	p *program
	v *visitor // whose chat she has taken
}

func TestShiftByKeyboardAndTree(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	s := &shift{chrome: newChrome(t, p.URL(), true), p: p}
	for _, part := range []func(){
		s.begins, s.takes, s.answers, s.notes, s.usesResponse, s.attaches, s.transfers, // in this file
		s.marksUnread, s.closes, s.savesView, s.findsAgain, s.changesSetting, s.staysHere, s.leaves,
	} {
		part()
	}
}

func (s *shift) begins() {
	s.open("/login")
	s.noViolations("the sign-in page")
	s.focus("textbox", "E-mail")
	s.press("anna@example.com\t")
	s.focus("textbox", "Password")
	s.press("demo\r")
	s.wait("the inbox", func(x spot) bool { return x.role == "heading" && x.name == "Chats" })
	s.wait("the line", func(x spot) bool { return x.role == "StaticText" && x.name == "Connected" })
	form := url.Values{"words": {"#measures"}, "text": {"It is 40 cm high."}, "for": {"me"}}
	if code, body := withDemoToken(s.t, s.p, "anna").post("/canned/save", form); code != http.StatusSeeOther {
		s.t.Fatalf("keeping a response answered %d: %.300s", code, body)
	}
}

// takes fills the agents' hands until somebody waits, and takes that chat.
func (s *shift) takes() {
	for n := 0; ; n++ {
		s.v = s.p.visitor()
		s.v.start("Is the zebra lamp still available?")
		s.until("this chat, not one before", `document.querySelector(".row[data-chat-id='`+s.v.chat+`']")`)
		s.wait("the chat", func(x spot) bool { return x.role == "link" && strings.Contains(x.name, "zebra lamp") })
		if slices.ContainsFunc(s.tree(), func(x spot) bool { return x.role == "button" && strings.HasPrefix(x.name, "Take the chat") }) {
			break
		}
		if n == 40 {
			s.t.Fatal("the agents take every chat")
		}
	}
	s.hears("queue|waiting|want you")
	s.press("t")
	s.focus("textbox", "Message to")
	s.hears("Is the zebra lamp still available")
}

func (s *shift) answers() {
	s.press("Yes, we have two left.\r")
	s.hears("Yes, we have two left")
	s.focus("textbox", "Message to") // and stays there
	s.v.say("Wonderful, I take both")
	s.hears("Wonderful, I take both")
	s.noViolations("the inbox with a chat")
}

// notes writes to her colleagues what the customer must not read, and goes back to
// what he does.
func (s *shift) notes() {
	s.press(escape)
	s.focus("log", "Chat with")
	s.press("n")
	s.focus("textbox", "Message to")
	s.hears("Only agents see it")
	s.press("He was rude last time\r")
	s.hears("He was rude last time")
	s.press(escape)
	s.press("r")
	s.focus("textbox", "Message to")
	s.wait("the way to the customer", func(x spot) bool { return x.role == "radio" && x.name == "Reply" && x.state == "checked" })
	if s.v.has("rude") != 0 {
		s.t.Error("the customer has the note")
	}
}

func (s *shift) usesResponse() {
	s.press("#mea")
	s.hears("1 suggestion")
	s.wait("the response", func(x spot) bool { return x.role == "option" && strings.Contains(x.name, "40 cm") })
	s.press("\r")
	s.wait("its text", func(x spot) bool { return x.focused && x.role == "textbox" && x.value == "It is 40 cm high." })
	s.press("\r")
	s.hears("It is 40 cm high")
}

// attaches sends a file. The chooser is the system's; which file is chosen in it
// comes from here.
func (s *shift) attaches() {
	file := filepath.Join(s.t.TempDir(), "prices.txt")
	if err := os.WriteFile(file, []byte("Zebra lamp: 40"), 0o600); err != nil {
		s.t.Fatal(err)
	}
	if _, err := chromedp.Call(s.ctx, page.SetInterceptFileChooserDialog, page.SetInterceptFileChooserDialogParams{Enabled: true}); err != nil {
		s.t.Fatal(err)
	}
	opened := make(chan *page.EventFileChooserOpened, 1)
	if err := chromedp.Listen(s.ctx, func(ev any) {
		if ev, ok := ev.(*page.EventFileChooserOpened); ok {
			opened <- ev
		}
	}); err != nil {
		s.t.Fatal(err)
	}
	s.press("U", chromedp.ModifierCtrl)
	select {
	case ev := <-opened:
		if _, err := chromedp.Call(s.ctx, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{file}, BackendNodeID: ev.BackendNodeID}); err != nil {
			s.t.Fatal(err)
		}
	case <-time.After(40 * time.Second):
		s.t.Fatal("the key opens no chooser of files")
	}
	s.wait("the file before it is sent", func(x spot) bool { return x.role == "button" && x.name == "Do not send prices.txt" })
	s.focus("textbox", "Message to")
	s.press("\r")
	s.hears("prices.txt")
	until(s.t, "the customer to have the file", func() bool { return s.v.has("prices.txt") > 0 })
}

func (s *shift) transfers() {
	s.press(escape)
	s.focus("log", "Chat with")
	s.press("a")
	s.wait("the dialog", func(x spot) bool { return x.role == "dialog" && strings.Contains(x.name, "Transfer") })
	s.noViolations("the dialog")
	s.tabTo("radio", "Support")
	s.press(kb.ArrowDown)
	s.focus("radio", "Sales")
	s.tabTo("button", "Transfer")
	s.press("\r")
	if x := s.wait("an answer", func(x spot) bool {
		return x.role == "StaticText" && x.name == "Transferred" || x.role == "checkbox" && strings.Contains(x.name, "wait there")
	}); x.role == "checkbox" {
		s.focus("paragraph", "Nobody in this group can take the chat now.") // and so it is read
		s.tabTo("checkbox", "wait there")
		s.press(" ")
		s.tabTo("button", "Transfer")
		s.press("\r")
	}
	s.hears("Transferred")
}

package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestComposerOfTwoAgents: what one has begun to write is on every device and
// outlives the program's restart of the session, canned responses are filled in,
// colleagues see each other, and a chat that is to be closed stays open for a
// moment. Nothing of it needs scripts but to be seen at once.
func TestComposerOfTwoAgents(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	phone, laptop, sam := withDemoToken(t, p, "anna"), withDemoToken(t, p, "anna"), withDemoToken(t, p, "sam")
	v := p.visitor()
	v.start("May I ask something?")
	chat := "/chats/" + v.chat
	shows := func(b *browser, path, want string, has bool) {
		t.Helper()
		until(t, want+" at "+path, func() bool {
			code, body := b.get(path)
			return code == http.StatusOK && strings.Contains(body, want) == has
		})
	}
	form := func(b *browser, path string, want int, pairs ...string) {
		t.Helper()
		f := url.Values{}
		for i := 0; i+1 < len(pairs); i += 2 {
			f.Set(pairs[i], pairs[i+1])
		}
		if code, body := b.post(path, f); code != want {
			t.Fatalf("%s answered %d: %.300s", path, code, body)
		}
	}
	shows(laptop, chat, "May I ask something?", true)

	form(phone, chat+"/draft", http.StatusSeeOther, "text", "Half a thought", "visibility", "all")
	shows(laptop, chat, "Half a thought</textarea>", true)
	shows(laptop, "/chats", `<span class="dr">`, true)
	shows(sam, "/chats", `<span class="dr">`, false)

	form(laptop, "/canned/save", http.StatusSeeOther, "words", "#greet", "text", "Good to hear from you, %name%. Here is %agent%.", "for", "me")
	shows(laptop, chat+"/canned", "Here is Anna", true)
	_, page := laptop.get(chat + "/canned")
	form(laptop, chat+"/draft", http.StatusSeeOther, "insert", valueOf(page, `name="insert" value="`, `"`))
	shows(phone, chat, "Half a thought\nGood to hear from you, ", true)

	form(phone, chat+"/events", http.StatusSeeOther, "text", "A whole thought", "visibility", "all", "custom_id", "whole1")
	shows(laptop, chat, "Half a thought", false)
	shows(laptop, chat, "A whole thought", true)

	// Sam looks at Anna's chat.
	shows(sam, chat, "A whole thought", true)
	form(sam, chat+"/viewing", http.StatusSeeOther, "on", "true")
	shows(laptop, chat, "Sam is here", true)
	form(sam, chat+"/viewing", http.StatusSeeOther, "on", "false")
	shows(laptop, chat, "Sam is here", false)

	form(phone, chat+"/deactivate", http.StatusSeeOther, "undo", "1")
	shows(laptop, chat, `data-action="keep-open"`, true)
	form(laptop, chat+"/keep-open", http.StatusSeeOther)
	shows(phone, chat, `data-action="keep-open"`, false)
	form(phone, chat+"/events", http.StatusSeeOther, "text", "Goodbye", "visibility", "all", "custom_id", "bye1", "close", "1", "undo", "1")
	shows(laptop, chat, "Goodbye", true)
	shows(laptop, chat, `data-action="resume"`, true) // some seconds later, with no browser asking for it
}

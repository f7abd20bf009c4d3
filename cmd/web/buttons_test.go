package main

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"agentdesk/chatserver/demo"
)

const quickReplies = `{"type":"rich_message","template_id":"quick_replies","elements":[{"title":"Which size?","buttons":[
	{"type":"message","text":"Medium","value":"m","postback_id":"m","user_ids":[]},{"type":"message","text":"Large","value":"l","postback_id":"l","user_ids":[]}]}]}`

// TestButtonsOfRichMessages: an agent presses a rich message's button and lets go
// of it again, with JavaScript and without.
func TestButtonsOfRichMessages(t *testing.T) {
	for name, script := range map[string]bool{"with JavaScript": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := startProgram(t, "AGENTDESK_DEMO", "true")
			agent := newChrome(t, p.URL(), script)
			signIn(agent, "anna@example.com")
			v := p.visitor()
			v.start("Which sizes are there?")
			page := "/chats/" + v.chat
			until(t, "the chat", func() bool {
				agent.open(page)
				return agent.js(`String(Boolean(document.querySelector(".head")))`) == "true"
			})
			takeIfWaiting(agent)
			p.call("/v3.6/agent/action/send_event", token(t, "anna@example.com"), `{"chat_id":"`+v.chat+`","event":`+quickReplies+`}`)

			const large = `[...document.querySelectorAll("[role=log] form[data-action=postback] button")].find(b => b.textContent.includes("Large"))`
			const pressed = large + `?.getAttribute("aria-pressed") === "true"`
			shown := func(what, expr string) {
				t.Helper()
				if script {
					agent.until(what, expr)
					return
				}
				until(t, what, func() bool {
					agent.open(page)
					return agent.js("String(Boolean("+expr+"))") == "true"
				})
			}
			press := func() {
				t.Helper()
				agent.js(`window.stale = "1"`)
				agent.click(`[role=log] li:last-child form[data-action=postback] button`)
				if !script {
					agent.until("the page that the form leads to", `!window.stale && document.readyState === "complete"`)
				}
			}
			shown("the buttons", large)
			press()
			shown("the button to be pressed", pressed)
			if said := v.do("list_threads", `{"chat_id":"`+v.chat+`"}`); !strings.Contains(said, "Which size?") {
				t.Errorf("the customer sees no rich message: %.500s", said)
			}
			press()
			shown("the button to be let go", large+`?.getAttribute("aria-pressed") === "false"`)
		})
	}
}

// token is the demo account's access token.
func token(t *testing.T, email string) string {
	t.Helper()
	for _, a := range demo.Accounts {
		if a.Email == email {
			return a.Token
		}
	}
	t.Fatalf("no demo account %s", email)
	return ""
}

// TestKeys: the keys of the list behind "?" do what it says.
func TestKeys(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	first := p.visitor()
	agent := newChrome(t, p.URL(), true)
	signIn(agent, "anna@example.com")
	agent.until("an online desk", `document.body.dataset.connection === "online"`)

	press := func(key string, more ...string) {
		t.Helper()
		init := map[string]any{"key": key, "bubbles": true, "cancelable": true}
		for _, m := range more {
			init[m] = true
		}
		b, err := json.Marshal(init)
		if err != nil {
			t.Fatal(err)
		}
		agent.js(`(document.activeElement || document.body).dispatchEvent(new KeyboardEvent("keydown", ` + string(b) + `)), ""`)
	}
	first.start("Anybody there?")
	agent.until("a chat", `document.querySelector("#list-mine [data-chat-id]")`)
	press("A", "shiftKey")
	agent.until("to be paused", `document.querySelector("#me").dataset.status === "not_accepting_chats"`)
	agent.until("a waiting chat", `document.querySelector("#list-waiting .take")`)
	press("t")
	agent.until("the waiting chat to be mine and open", `document.querySelector("#list-mine [data-chat-id='`+first.chat+`']") && location.pathname.endsWith("`+first.chat+`") && document.activeElement.name === "text"`)
	press("Escape")
	press("A", "shiftKey")
	agent.until("to accept again", `document.querySelector("#me").dataset.status === "accepting_chats"`)

	second := p.visitor()
	second.start("And I?")
	agent.until("a second chat", `document.querySelector("#list-mine [data-chat-id='`+second.chat+`'][data-unread]")`)
	press("u")
	agent.until("the unread chat to be open", `location.pathname.endsWith("`+second.chat+`")`)
	agent.until("the composer to be focused", `document.activeElement.name === "text"`)
	for _, key := range []string{"ArrowDown", "ArrowUp"} {
		from := agent.js("location.pathname")
		press(key, "altKey")
		agent.until("Alt "+key+" to open the other chat", "location.pathname !== "+quote(from))
	}

	agent.until("the composer to be focused", `document.activeElement.name === "text"`)
	press("Escape")
	press("g")
	press("a")
	agent.until("the archives", `location.pathname === "/archives" && document.readyState === "complete"`)
	press("g")
	press("r")
	agent.until("the reports", `location.pathname === "/reports" && document.readyState === "complete"`)
	press("g")
	press("c")
	agent.until("the chats", `location.pathname === "/chats" && document.readyState === "complete"`)
	press("A", "shiftKey")
	agent.until("the chats to wait", `document.querySelector("#list-waiting [data-chat-id='`+second.chat+`']")`)
	agent.open("/chats/" + second.chat)
	agent.until("a chat to take", `document.querySelector(".acts form[data-action=take]")`)
	press("i")
	agent.until("the chat to be mine", `document.querySelector("main form[data-action=send]")`)
}

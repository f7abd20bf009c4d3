package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestMarkedChatOutlivesThePower: a chat that was marked as unread on one device is
// so on the other too, and still after the power went; reading it ends the mark for
// good.
func TestMarkedChatOutlivesThePower(t *testing.T) {
	t.Parallel()
	server := startProgram(t, "AGENTDESK_DEMO", "true")
	p := newProcess(t, "AGENTDESK_UPSTREAM="+server.URL())
	p.start()
	agent := newChrome(t, p.url(), true)
	agent.before(`document.hasFocus = () => true`) // somebody sits there and reads
	signIn(agent, "anna@example.com")
	agent.until("an online desk", `document.body.dataset.connection === "online"`)
	v := server.visitor()
	v.start("Is this wool?")
	chat := v.chat
	row := `document.querySelector(".row[data-chat-id='` + chat + `']`
	agent.until("the chat", row+`")`)
	agent.js(row + ` a").click(), ""`)
	agent.text("[role=log]", "Is this wool?")
	takeIfWaiting(agent)
	agent.until("the chat to be read", row+`:not([data-unread])")`)
	answered := `document.querySelector("[role=log] [data-state=sent]")?.textContent.includes("One moment")`
	agent.write(`form[data-action=send] textarea[name=text]`, "One moment\r")
	agent.until("the answer", answered)

	agent.js(`document.activeElement.blur(), ""`)
	agent.press("U")
	agent.until("the list with the mark", `location.pathname === "/chats" && `+row+`[data-unread]")`)
	phone := newBrowser(t, p.url())
	phone.signIn("anna@example.com")
	marked := func(want bool) {
		t.Helper()
		until(t, "the mark on another device", func() bool {
			code, body := phone.get("/chats")
			_, body, _ = strings.Cut(body, `data-chat-id="`+chat+`"`)
			tag, _, _ := strings.Cut(body, ">")
			return code == http.StatusOK && strings.Contains(tag, "data-unread") == want
		})
	}
	marked(true)

	p.kill()
	p.start()
	marked(true)
	agent.until("the mark after the restart", `document.body.dataset.connection === "online" && `+row+`[data-unread]")`)
	agent.js(row + ` a").click(), ""`)
	marked(false)
	agent.until("no mark while it is open", row+`:not([data-unread])")`)

	p.kill()
	p.start()
	marked(false)
}

// TestMarkOfOwnWords: a chat where only the agent spoke can be marked as well. To open
// it ends the mark; one that another device puts there while it is open stays, however
// one scrolls, until one leaves the chat and comes back.
func TestMarkOfOwnWords(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	phone := newBrowser(t, p.URL())
	phone.signIn("anna@example.com")
	agent := newChrome(t, p.URL(), true)
	agent.before(`document.hasFocus = () => true`) // somebody sits there and reads
	signIn(agent, "anna@example.com")
	chat := begunChat(t, p, phone)
	row := `document.querySelector(".row[data-chat-id='` + chat + `']`
	open := func() {
		t.Helper()
		agent.until("the chat in the list", row+`")`)
		agent.js(row + ` a").click(), ""`)
		agent.text("[role=log]", "May I help you?")
	}
	mark := func() {
		t.Helper()
		if code, body := phone.post("/chats/"+chat+"/unread", nil); code != http.StatusSeeOther {
			t.Fatalf("marking answered %d: %.300s", code, body)
		}
		agent.until("the mark", row+`[data-unread]")`)
	}
	agent.open("/chats")
	agent.until("the chat", row+`")`)
	mark()
	open()
	agent.until("no mark once it is open", row+`:not([data-unread])")`)

	mark()
	agent.js(`document.querySelector("[role=log]").dispatchEvent(new Event("scroll")), dispatchEvent(new Event("focus")), setTimeout(() => window.later = true, 1000), ""`)
	agent.until("the time of a look", `window.later`)
	if agent.js(row+`[data-unread]") ? "marked" : ""`) != "marked" {
		t.Error("a look at the open chat ends the mark")
	}
	agent.js(`document.querySelector("nav a[href='/chats']").click(), ""`)
	agent.until("the list alone", `location.pathname === "/chats"`)
	open()
	agent.until("no mark once it is opened again", row+`:not([data-unread])")`)
}

// begunChat is a chat that an agent began, and where nobody else has spoken.
func begunChat(t *testing.T, p *program, b *browser) (chat string) {
	t.Helper()
	id := valueOf(p.visitor().do("get_customer", "{}"), `"id":"`, `"`)
	if code, body := b.post("/customers/chat", url.Values{"customer_id": {id}}); code != http.StatusSeeOther {
		t.Fatalf("the start answered %d: %.300s", code, body)
	}
	until(t, "the chat", func() bool {
		_, body := b.get("/chats")
		_, mine, _ := strings.Cut(body, `id="list-mine"`)
		chat = valueOf(mine, `data-chat-id="`, `"`)
		return chat != ""
	})
	if code, body := b.post("/chats/"+chat+"/events", url.Values{"text": {"May I help you?"}, "visibility": {"all"}, "custom_id": {"own-1"}}); code != http.StatusSeeOther {
		t.Fatalf("the message answered %d: %.300s", code, body)
	}
	return chat
}

package main

import (
	"net/http"
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

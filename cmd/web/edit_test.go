package main

import "testing"

// TestEditingBesideTheChat: with scripts a refused form says beside its field what
// is wrong, a saved one shows on the page, and a property comes and goes.
func TestEditingBesideTheChat(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	agent := newChrome(t, p.URL(), true)
	signIn(agent, "anna@example.com")
	agent.until("an online desk", `document.body.dataset.connection === "online"`)
	v := p.visitor()
	v.start("Can you call me?")
	agent.until("the chat", `document.querySelector("#list-mine [data-chat-id]")`)
	agent.open("/chats/" + v.chat)
	agent.until("the details", `document.body.dataset.connection === "online" && document.querySelector(".about")`)

	const phone = `document.querySelector(".about form[data-action=customer] [name=phone]")`
	enter := func(number string) {
		agent.js(phone + `.closest("details").open = true, ` + phone + `.value = "", ""`)
		agent.write(".about form[data-action=customer] [name=phone]", number+"\r")
	}
	enter("12")
	agent.until("the reason beside the field", phone+`.validationMessage.includes("+15551234567")`)
	enter("+49 40 123456")
	agent.until("the number among the facts", `[...document.querySelectorAll(".about dd")].some(d => d.textContent === "+4940123456")`)

	const form = ".about form[data-action=set-property]"
	agent.js(`document.querySelector("` + form + `").closest("details").open = true, ""`)
	agent.write(form+" [name=namespace]", "desk")
	agent.write(form+" [name=name]", "colour")
	agent.write(form+" [name=value]", "aubergine\r")
	agent.until("the property", `document.querySelector(".props li")?.textContent.includes("aubergine")`)
	agent.until("an empty form", `document.querySelector("`+form+` [name=name]").value === ""`)
	agent.click(".about form[data-action=delete-property] button")
	agent.until("the property to be gone", `!document.querySelector(".about .props li")`)
}

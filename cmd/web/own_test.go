package main

import "testing"

// TestOwnMenu: an agent who wants that is read while writing, and one who is away
// says so; and every event leads to its own page, by mouse and by key.
func TestOwnMenu(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	agent := newChrome(t, p.URL(), true)
	signIn(agent, "anna@example.com")
	agent.until("an online desk", `document.body.dataset.connection === "online"`)
	customer := newChrome(t, p.URL(), true)
	customer.open("/demo/shop")
	customer.until("the launcher", launcher)
	customer.js(launcher + `.click(), ""`)
	customer.until("the widget's text field", inWidget("#text")+" && "+inWidget("#text")+".offsetParent")
	sayInWidget(customer, "Is the zebra lamp still available?")
	agent.until("the customer's chat", rowWith("zebra lamp"))
	agent.js(rowWith("zebra lamp") + `.querySelector("a").click(), ""`)
	agent.text("[role=log]", "Is the zebra lamp still available?")
	takeIfWaiting(agent)

	choose := func(button string) {
		agent.js(`document.querySelector("#me").open = true, document.querySelector("#me ` + button + `").click(), ""`)
	}
	const composer = `form[data-action=send] textarea[name=text]`
	agent.write(composer, "You cannot see this")
	customer.until("that somebody types", inWidget("#typing")+".hidden === false")
	choose("form[data-action=preview] button")
	agent.until("previews to be on", `document.querySelector("#me[data-preview]")`)
	agent.write(composer, " yet")
	customer.until("what is being written", inWidget("#preview")+`.textContent === "You cannot see this yet"`)
	agent.write(composer, ".\r")
	customer.until("the message in its place", widget+`.querySelector("#log").textContent.includes("You cannot see this yet.") && `+inWidget("#preview")+".hidden")

	choose("form[data-action=away] button[value=true]")
	agent.until("to be away", `document.querySelector("#me[data-away] .state")?.textContent === "Away"`)
	choose("form[data-action=away] button[value=false]")
	agent.until("to be back", `!document.querySelector("#me[data-away]")`)

	// Into the conversation and on to its newest event, by Tab.
	agent.js(`document.querySelector(".log").focus(), document.querySelector(".log").dispatchEvent(new KeyboardEvent("keydown", {key: "Tab", bubbles: true, cancelable: true})), ""`)
	agent.until("the newest event's dots", `document.activeElement === [...document.querySelectorAll(".log .of")].pop()`)
	agent.js(`document.activeElement.click(), ""`)
	agent.js(`[...document.querySelectorAll(".log [role=menuitem]")].pop().click(), ""`)
	agent.until("the event's page in a dialog", `document.querySelector("dialog[open] form[data-action=set-property]")`)
	agent.js(`document.querySelector("dialog details").open = true, ""`)
	agent.write("dialog [name=namespace]", "desk")
	agent.write("dialog [name=name]", "mood")
	agent.write("dialog [name=value]", "vermilion\r")
	agent.until("the dialog to close", `!document.querySelector("dialog")`)
	agent.js(`[...document.querySelectorAll(".log .of")].pop().click(), ""`)
	agent.js(`[...document.querySelectorAll(".log [role=menuitem]")].pop().click(), ""`)
	agent.text("dialog .props", "vermilion")
	agent.click("dialog form[data-action=delete-property] button")
	agent.until("the dialog to close", `!document.querySelector("dialog")`)
}

package main

import (
	"strings"
	"testing"
)

// The story of the README, told in a real browser: an agent signs in, talks
// with a live customer, passes one chat on, closes another, finds it again, and
// a power cut takes nothing away.

func TestStoryWithScript(t *testing.T) {
	p := newDemo(t)
	p.start()
	story(t, p, p)
}

func TestStoryWithoutScript(t *testing.T) {
	p := newDemo(t)
	p.start()
	plainStory(t, p)
}

// TestStoryOfTwoProcesses: the second process has the first as its chat server.
func TestStoryOfTwoProcesses(t *testing.T) {
	server := newDemo(t)
	server.start()
	desk := newProcess(t, "AGENTDESK_UPSTREAM="+server.url())
	desk.start()
	story(t, desk, server)
}

// story drives the desk of one process and the shop of another, or the same.
func story(t *testing.T, desk, server *process) {
	agent := newChrome(t, desk.url(), true)
	signIn(agent, "anna@example.com")
	agent.until("an online desk", `document.body.dataset.connection === "online"`)
	agent.until("simulated chats to come by themselves", `document.querySelectorAll("#list-mine [data-chat-id], #list-waiting [data-chat-id]").length > 0`)
	agent.shoot("1-inbox")

	customer := newChrome(t, server.url(), true)
	customer.open("/demo/shop")
	customer.until("the launcher", launcher)
	customer.js(launcher + `.click(), ""`)
	customer.until("the widget's text field", inWidget("#text")+" && "+inWidget("#text")+".offsetParent")
	sayInWidget(customer, "Is the zebra lamp still available?")
	customer.shoot("2-widget")

	// The chat comes to the list by itself and is opened.
	agent.until("the customer's chat", rowWith("zebra lamp"))
	agent.js(rowWith("zebra lamp") + `.querySelector("a").click(), ""`)
	agent.text("[role=log]", "Is the zebra lamp still available?")
	takeIfWaiting(agent)

	// The agent sees what the customer types before it is sent.
	typeInWidget(customer, "And in gre")
	agent.text("[data-sneak-peek]", "And in gre")
	agent.shoot("3-peek")

	// Answer, and answer to the answer.
	agent.write(`form[data-action=send] textarea[name=text]`, "Yes, we have two left.\r")
	agent.until("the answer to be sent once", `[...document.querySelectorAll("[role=log] [data-state=sent]")].filter(e => e.textContent.includes("Yes, we have two left.")).length === 1`)
	customer.until("the answer in the widget", widget+`.body.textContent.includes("Yes, we have two left.")`)
	sayInWidget(customer, "Wonderful, I take both")
	agent.text("[role=log]", "Wonderful, I take both")
	agent.shoot("4-talk")

	// A note stays between agents.
	agent.click(`form[data-action=send] input[value=agents] + span`)
	agent.write(`form[data-action=send] textarea[name=text]`, "A note about lamps\r")
	agent.text("[role=log] .note", "A note about lamps")

	// Close it, and find it in the archives by a word from it.
	agent.click(`form[data-action=deactivate] button`)
	agent.until("the chat to be closed", `document.querySelector("form[data-action=resume]")`)
	customer.until("the widget to say so", widget+`.querySelector("#closed").hidden === false`)
	if customer.js(widget+`.body.textContent`) == "" ||
		strings.Contains(customer.js(widget+`.body.textContent`), "note about lamps") {
		t.Error("the customer sees a note that only agents may see")
	}
	agent.open("/archives?query=zebra")
	agent.text("mark", "zebra")
	agent.shoot("5-archives")

	newBrowser(t, desk.url()).signIn("ben@example.com") // so that he is there, not his stand-in
	transferOne(agent)

	// A power cut: everything is there afterwards.
	server.kill()
	if desk != server {
		desk.kill()
	}
	server.start()
	if desk != server {
		desk.start()
	}
	agent.open("/chats")
	agent.until("an online desk after the restart", `document.body.dataset.connection === "online"`)
	agent.until("the closed chat after the restart", `[...document.querySelectorAll("#list-closed [data-chat-id]")].some(r => r.textContent.includes("A note about lamps"))`)
	agent.open("/archives?query=zebra")
	agent.text("mark", "zebra")
}

func signIn(c *chrome, email string) {
	c.t.Helper()
	c.open("/login")
	c.write("input[name=email]", email)
	c.write("input[name=password]", "demo")
	c.click("form[data-action=login] button")
	c.until("the inbox", `location.pathname.endsWith("/chats")`)
}

// supportChat is a chat of the group that Ben belongs to too.
const supportChat = `[...document.querySelectorAll("#list-mine [data-chat-id], #list-waiting [data-chat-id]")].find(r => r.textContent.includes("Support"))?.querySelector("a")`

// toBen is Ben among those a chat can be given to.
const toBen = "label:has(input[value='agent:ben@example.com'])"

// transferOne gives a chat to Ben.
func transferOne(agent *chrome) {
	agent.t.Helper()
	agent.open("/chats")
	agent.until("a chat to pass on", supportChat)
	id := agent.js(supportChat + `.closest("[data-chat-id]").dataset.chatId`)
	agent.open("/chats/" + id)
	takeIfWaiting(agent)
	agent.open("/chats/" + id + "/transfer")
	agent.click(toBen)
	agent.click(`form[data-action=transfer] button.primary`)
	agent.until("the chat to leave my list", `location.pathname.includes("/chats") && !location.pathname.endsWith("/transfer") && !document.querySelector("#list-mine [data-chat-id='`+id+`']")`)
}

func takeIfWaiting(agent *chrome) {
	agent.t.Helper()
	agent.until("the composer or a way to take the chat", `document.querySelector("form[data-action=send], main form[data-action=take]")`)
	if agent.js(`String(Boolean(document.querySelector("main form[data-action=send]")))`) != "true" {
		agent.click("main form[data-action=take] button")
	}
	agent.see("form[data-action=send] textarea[name=text]")
}

const launcher = `[...document.querySelectorAll("button"), ...[...document.querySelectorAll("*")].flatMap(e => e.shadowRoot ? [...e.shadowRoot.querySelectorAll("button")] : [])].find(b => /chat/i.test(b.getAttribute("aria-label") || b.textContent))`

// widget is the document in the widget's frame.
const widget = `document.querySelector("[data-agentdesk-widget]")?.shadowRoot.querySelector("iframe")?.contentDocument`

// inWidget finds an element inside the widget's frame.
func inWidget(sel string) string {
	return widget + `?.querySelector(` + quote(sel) + `)`
}

func sayInWidget(c *chrome, text string) {
	c.t.Helper()
	typeInWidget(c, text)
	c.js(inWidget("#composer") + `.requestSubmit(), ""`)
	c.until("the message in the widget", widget+`.querySelector("#log").textContent.includes(`+quote(text)+`)`)
}

// typeInWidget writes into the text field as keys do.
func typeInWidget(c *chrome, text string) {
	c.t.Helper()
	c.js(`(field => { field.value = ` + quote(text) + `; field.dispatchEvent(new Event("input", {bubbles: true})); return "" })(` + inWidget("#text") + `)`)
}

func rowWith(words string) string {
	return `[...document.querySelectorAll("[id^=list-] [data-chat-id]")].find(e => e.textContent.includes(` + quote(words) + `))`
}

// plainStory is the same without JavaScript at the agent's: forms and pages.
func plainStory(t *testing.T, p *process) {
	agent := newChrome(t, p.url(), false)
	signIn(agent, "anna@example.com")
	customer := newChrome(t, p.url(), true)
	customer.open("/demo/shop")
	customer.until("the launcher", launcher)
	customer.js(launcher + `.click(), ""`)
	customer.until("the widget's text field", inWidget("#text")+" && "+inWidget("#text")+".offsetParent")
	sayInWidget(customer, "Do you ship zebra lamps to Norway?")

	reload := func(what, expr string) {
		t.Helper()
		until(t, what, func() bool {
			agent.open("/chats")
			return agent.js("String(Boolean("+expr+"))") == "true"
		})
	}
	reload("the customer's chat", rowWith("zebra lamps"))
	path := agent.js(rowWith("zebra lamps") + `.querySelector("a").getAttribute("href")`)
	agent.open(path)
	if agent.js(`String(Boolean(document.querySelector("main form[data-action=send]")))`) != "true" {
		agent.click("main form[data-action=take] button")
	}
	agent.see("form[data-action=send] textarea[name=text]")
	agent.write("form[data-action=send] textarea[name=text]", "Yes, within a week.")
	agent.click("form[data-action=send] button.send")
	agent.text("[role=log]", "Yes, within a week.")
	until(t, "the answer on the page", func() bool {
		agent.open(path)
		return agent.js(`String([...document.querySelectorAll("[role=log] [data-state=sent]")].filter(e => e.textContent.includes("Yes, within a week.")).length)`) == "1"
	})
	customer.until("the answer in the widget", widget+`.body.textContent.includes("Yes, within a week.")`)
	sayInWidget(customer, "Perfect, thank you")
	until(t, "the answer to the answer", func() bool {
		agent.open(path)
		return strings.Contains(agent.js(`document.querySelector("[role=log]").textContent`), "Perfect, thank you")
	})
	agent.shoot("1-chat")
	agent.click("main form[data-action=deactivate] button")
	agent.until("the chat to be closed", `document.querySelector("form[data-action=resume]")`)
	agent.open("/archives?query=zebra")
	agent.see("mark")
	agent.shoot("2-archives")
	newBrowser(t, p.url()).signIn("ben@example.com")
	reload("a chat to pass on", supportChat)
	path = agent.js(supportChat + `.getAttribute("href")`)
	path, _, _ = strings.Cut(path, "?")
	agent.open(path)
	if agent.js(`String(Boolean(document.querySelector("main form[data-action=send]")))`) != "true" {
		agent.click("main form[data-action=take] button")
		agent.until("the composer", `document.querySelector("main form[data-action=send]")`)
	}
	agent.open(path + "/transfer")
	agent.click(toBen)
	agent.click("form[data-action=transfer] button.primary")
	agent.until("the page after the transfer", `!location.pathname.endsWith("/transfer")`)
	reload("the chat to leave my list", `!document.querySelector("#list-mine [data-chat-id] a[href^='`+path+`']")`)

	p.kill()
	p.start()
	until(t, "the archives after the restart", func() bool {
		agent.open("/archives?query=zebra")
		return agent.js(`String(Boolean(document.querySelector("mark")))`) == "true"
	})
}

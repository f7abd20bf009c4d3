package main

import (
	"testing"
)

// TestLivePageAndNotes: the panel shows the page a customer opens as soon as she
// opens it, and what one agent notes down, another reads beside the same chat and
// on the customer's page. The customers page leads to the chat that goes on.
func TestLivePageAndNotes(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	anna, customer := newChrome(t, p.url.String(), true), newChrome(t, p.url.String(), true)
	signIn(anna, "anna@example.com")
	customer.open("/demo/shop")
	customer.until("the launcher", launcher)
	customer.js(launcher + `.click(), ""`)
	customer.until("the widget's text field", inWidget("#text")+" && "+inWidget("#text")+".offsetParent")
	sayInWidget(customer, "Do you have this in blue?")
	anna.until("the customer's chat", rowWith("this in blue"))
	chat := anna.js(rowWith("this in blue") + `.dataset.chatId`)
	anna.open("/chats/" + chat)
	takeIfWaiting(anna)
	anna.see(".about .now")
	before := customer.js("document.title")
	customer.js(`[...document.querySelectorAll("nav a")].find(a => a.hash && a.hash !== location.hash && a.hash !== "#/").click(), ""`)
	customer.until("another page", `document.title !== `+quote(before))
	anna.text(".about .now", customer.js("document.title"))

	// What is folded stays so in the next chat and after a reload.
	anna.click(`.about [data-fold=facts] > summary`)
	folded := `[...document.querySelectorAll(".about [data-fold=facts]")].some(el => !el.open)`
	anna.until("the folded block", folded)
	anna.open("/chats/" + chat)
	anna.until("the folded block after a reload", folded)

	anna.write(".team-note textarea[name=text]", "Asks for blue, always")
	anna.click(".team-note form[data-action=note] button")
	anna.text(".notes", "Asks for blue, always")
	anna.until("an empty field for the next note", `document.querySelector("form[data-action=note] textarea").value === ""`)
	anna.shoot("notes")

	sam := newChrome(t, p.url.String(), true)
	signIn(sam, "sam@example.com")
	sam.open("/chats/" + chat)
	sam.text(".notes", "Asks for blue, always")
	sam.text(".notes", "Anna")
	sam.write(".team-note textarea[name=text]", "Bought one in May")
	sam.click(".team-note form[data-action=note] button")
	anna.text(".notes", "Bought one in May") // without her doing anything

	anna.open("/customers")
	anna.until("the way to the chat", `document.querySelector("#customers a[href$='/chats/`+chat+`']")`)
	anna.click("#customers li:has(a[href$='/chats/" + chat + "']) a.name")
	anna.text(".notes", "Bought one in May")
}

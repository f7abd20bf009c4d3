package main

import "testing"

// TestSeveralChatsAtOnce: chats are chosen by key, tagged and closed together, and
// what fails is told by chat. A view of them is saved and reaches a colleague.
func TestSeveralChatsAtOnce(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	anna := newChrome(t, p.URL(), true)
	signIn(anna, "anna@example.com")
	anna.open("/chats")
	for _, words := range []string{"Where is my order?", "Can I pay later?"} {
		p.visitor().start(words)
	}
	anna.until("two chats of hers", `document.querySelectorAll("#list-mine .row").length === 2`)
	choose := func(list string) {
		t.Helper()
		anna.js(`document.querySelector("#list-` + list + ` .row a").focus(), ""`)
		anna.js(`[...document.querySelectorAll("#list-` + list + ` .row")].forEach(r => { r.dispatchEvent(new PointerEvent("pointerover", {bubbles: true, pointerType: "pen"})); r.querySelector(".chooser").click(); }), ""`)
		anna.until("the bar with two", `document.querySelector("#bulk .said")?.textContent === "2 chats chosen"`)
	}
	choose("mine")
	anna.js(`(f => { f.elements.tag.value = "refund"; f.requestSubmit(f.querySelector("[value=tag]")); })(document.querySelector("#bulk")), ""`)
	anna.until("both tagged", `document.querySelectorAll("#list-mine .row .tag").length === 2 && !document.querySelector("#bulk")`)

	anna.open("/chats?tag=refund&sort=waiting")
	anna.js(`document.querySelector(".views > summary").click(), ""`)
	anna.write("form[data-action=save-view] input[name=name]", "Refunds")
	anna.js(`document.querySelector("form[data-action=save-view] input[name=shared]").click(), ""`)
	anna.click("form[data-action=save-view] button")
	anna.until("the view by its name", `document.querySelector(".views > summary").innerText.trim() === "Refunds"`)
	sam := newChrome(t, p.URL(), true)
	signIn(sam, "sam@example.com")
	sam.open("/chats")
	sam.until("the view that is shared", `[...document.querySelectorAll(".views .item bdi")].some(v => v.textContent === "Refunds")`)

	anna.open("/chats")
	choose("mine")
	anna.click(`#bulk [value=close]`)
	anna.until("both closed", `document.querySelectorAll("#list-closed .row").length === 2 && !document.querySelector("#bulk")`)
	anna.open("/chats")
	choose("closed")
	anna.click(`#bulk [value=close]`)
	anna.until("the report", `document.querySelector("dialog .report h2")?.textContent === "Failed in 2 of 2 chats." && document.querySelectorAll("dialog .report li").length === 2`)
}

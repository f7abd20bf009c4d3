package main

import "testing"

// TestFormsOfOtherPages: outside the inbox a form does with scripts what it does
// without: it leads to a page that shows what came of it.
func TestFormsOfOtherPages(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	newBrowser(t, p.URL()).signIn("anna@example.com")
	v := p.visitor()
	v.start("Is anybody there?")
	sam := newChrome(t, p.URL(), true)
	signIn(sam, "sam@example.com")

	sam.open("/customers")
	sam.write(".filters input[name=email]", "nobody@nowhere.example\r")
	sam.until("the customers' filter", `location.search.includes("nobody") && document.querySelector(".empty")`)
	sam.open("/inspector")
	sam.write(".filters input[name=action]", "login\r")
	sam.until("the inspector's filter", `location.search.includes("action=login") && document.querySelectorAll(".frame").length === 2`)
	sam.open("/archives")
	sam.write(".filters input[name=query]", "zebra\r")
	sam.until("the archives' search", `location.search.includes("query=zebra")`)

	sam.open("/team")
	const anna = `[data-agent-id="anna@example.com"] form[data-action=team-status] button`
	sam.text(anna, "Pause")
	sam.click(anna)
	sam.text(anna, "Accept chats")

	// The rail's switch stays on the page.
	sam.js(`document.querySelector("#me summary").click(), ""`)
	sam.click(`#me button[value=not_accepting_chats]`)
	sam.until("to be paused", `document.querySelector("#me").dataset.status === "not_accepting_chats" && location.pathname === "/team"`)
}

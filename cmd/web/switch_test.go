package main

import "testing"

// answered notes of each page that a script asks for whether the lists were left
// out of it, and holds pages back while window.gate stands.
const answered = `(ask => { window.left = []; window.fetch = async (...a) => {
	const r = await ask(...a);
	if (!r.headers.get("Content-Type")?.startsWith("text/html")) return r;
	left.push((await r.clone().text()).includes('id="list-pane" data-absent'));
	await window.gate;
	return r;
}; })(window.fetch), ""`

// TestListsFromChatToChat: going from chat to chat the lists are not drawn again,
// and yet they show which chat is open, what is unread, and what comes meanwhile.
func TestListsFromChatToChat(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	anna := newChrome(t, p.URL(), true)
	signIn(anna, "anna@example.com")
	anna.before(`document.hasFocus = () => true`) // somebody sits there and reads
	anna.open("/chats")
	order, pay := p.visitor(), p.visitor()
	order.start("Where is my order?")
	pay.start("Can I pay later?")
	anna.until("two chats of hers", `document.querySelectorAll("#list-mine .row").length === 2`)
	anna.js(answered)
	row := func(v *visitor) string { return `document.getElementById("row-` + v.chat + `")` }
	stands := func(v *visitor, left string) {
		t.Helper()
		anna.until("the chat", `document.body.dataset.open === "`+v.chat+`" && document.querySelector(".chat .log")?.dataset.chatId === "`+v.chat+`"`)
		anna.until("the mark at its row alone", `[...document.querySelectorAll("#rows [aria-current]")].map(a => a.closest(".row").id).join() === "row-`+v.chat+`"`)
		if got := anna.js(`String(left.at(-1))`); got != left {
			t.Errorf("lists left out of the page: %s, want %s", got, left)
		}
	}
	anna.js(row(order) + `.querySelector("a").click(), ""`)
	stands(order, "true")
	pay.say("Hello?")
	anna.until("what is unread", row(pay)+`.dataset.unread === "2" && document.querySelector("#nav-unread").dataset.count === "1"`)

	// Both write between the page's drawing and its showing.
	anna.js(`window.gate = new Promise(go => { window.lift = go; }), window.before = left.length, ` + row(pay) + `.querySelector("a").click(), ""`)
	anna.until("the page to be drawn", `left.length > before`)
	order.say("It has not come")
	pay.say("In two months?")
	anna.until("both in the lists", row(order)+`.textContent.includes("It has not come") && `+row(pay)+`.textContent.includes("In two months?")`)
	anna.js(`lift(), ""`)
	stands(pay, "true")
	shownOnce(anna, "In two months?")
	shownOnce(anna, "Hello?")
	anna.until("the open chat to be read, the other one not", `!`+row(pay)+`.dataset.unread && `+row(order)+`.dataset.unread === "1"`)
	anna.js(`history.back(), ""`)
	stands(order, "true")
	shownOnce(anna, "It has not come")
	anna.until("nothing unread", `!document.querySelector("#rows [data-unread]") && document.querySelector("#nav-unread").dataset.count === "0"`)

	// Lists of another filter have to be drawn, beside the chat that is open now.
	anna.js(`document.querySelector("#list-pane .chips > a").click(), ""`)
	anna.until("no unread chat", `location.pathname.endsWith("/chats/`+order.chat+`") && location.search === "?unread=1" && !document.querySelector("#rows .row")`)
	anna.js(`history.back(), ""`)
	anna.until("the lists again", `document.querySelectorAll("#list-mine .row").length === 2`)
	stands(order, "false")
}

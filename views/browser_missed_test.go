package views

import "testing"

// heldPosts keeps what a page sends to a chat back until the test lets it go.
const heldPosts = `const send = window.fetch; window.held = [];
window.fetch = (url, how) => how?.method === "POST" && /\/events$/.test(url) ? new Promise(done => held.push(() => done(send(url, how)))) : send(url, how);`

// What fails while another chat is shown is said there, with whose it is: who answers
// twelve customers at once has long gone on.
func TestFailedElsewhere(t *testing.T) {
	b := newTab(t, chrome(t), newFakeDesk(t), "/chats/JONAS", heldPosts)
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("for Jonas\r")
	b.until(`held.length === 1`)
	b.do(`document.querySelector("#row-LINH a").click()`)
	b.until(`document.body.dataset.open === "LINH"`)
	b.set(func() { b.answer = 403 })
	b.do(`held.pop()()`)
	b.until(`!!document.querySelector("#toasts [role=alert]")`)
	b.is(`document.querySelector("#toasts [role=alert]").textContent`, "Jonas Weber: Not sent: Said by the server")
	b.do(`document.querySelector("#toasts a").click()`)
	b.until(`document.body.dataset.open === "JONAS" && !!document.querySelector(".msg[data-state=failed]")`)
	b.is(`document.querySelector(".msg[data-state=failed] .bub").textContent`, "for Jonas")
}

// What is refused as it is while another chat is shown becomes the draft of its chat
// again, in front of what was written there since.
func TestRefusedElsewhere(t *testing.T) {
	b := newTab(t, chrome(t), newFakeDesk(t), "/chats/JONAS", heldPosts)
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("refused\r")
	b.until(`held.length === 1`)
	b.keys("and more")
	b.do(`document.querySelector("#row-LINH a").click()`)
	b.until(`document.body.dataset.open === "LINH"`)
	b.set(func() { b.answer = 422 })
	b.do(`held.pop()()`)
	b.until(`!!document.querySelector("#toasts [role=alert]")`)
	b.do(`document.querySelector("#row-JONAS a").click()`)
	b.until(`document.body.dataset.open === "JONAS"`)
	b.is(`document.querySelector("textarea[name=text]").value`, "refused\nand more")
}

// A file whose line breaks while another chat is shown is told of too, and goes by
// itself when the desk can be reached, once.
func TestFileFailedElsewhere(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	hold := make(chan struct{})
	b.set(func() { b.hold = hold })
	b.do(`const bag = new DataTransfer(), field = document.querySelector("input[name=file]"); bag.items.add(new File(["x"], "bill.txt")); field.files = bag.files; field.dispatchEvent(new Event("change", { bubbles: true }))`)
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("\r")
	b.until(`!!document.querySelector(".msg[data-state=sending] progress")`)
	b.do(`document.querySelector("#row-LINH a").click()`)
	b.until(`document.body.dataset.open === "LINH"`)
	b.set(func() { b.answer, b.hold = lineCut, nil })
	close(hold)
	b.until(`!!document.querySelector("#toasts [role=alert]")`)
	b.is(`document.querySelector("#toasts [role=alert]").textContent.startsWith("Jonas Weber: bill.txt: Not sent: ")`, "true")
	b.set(func() { b.answer = 204 })
	sent := func() int { return len(b.posted("/chats/JONAS/events")) }
	before := sent()
	b.eventually("the file is sent again", func() bool { return sent() > before })
	b.cut()
	b.until(`document.body.dataset.connection !== "online"`)
	b.until(`document.body.dataset.connection === "online"`)
	b.do(`document.querySelector("#row-JONAS a").click()`)
	b.until(`document.body.dataset.open === "JONAS"`)
	if list := b.posted("/chats/JONAS/events"); len(list) != before+1 || list[before].Get("custom_id") != list[before-1].Get("custom_id") {
		t.Errorf("posted %v", list)
	}
}

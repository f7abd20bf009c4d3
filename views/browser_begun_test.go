package views

import "testing"

// What was begun in a chat is there when one comes back from another one: its files,
// and that a placeholder has no value yet.
func TestBegunStaysWithItsChat(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	b.set(func() {
		b.canned = `[{"id":"1","words":["late"],"text":"Order %order% is late","unfilled":["%order%"]}]`
	})
	const files = `[...document.querySelectorAll("form[data-action=send] .files bdi")].map(e => e.textContent).join()`
	b.do(`const bag = new DataTransfer(), field = document.querySelector("input[name=file]"); bag.items.add(new File(["x"], "bill.txt")); field.files = bag.files; field.dispatchEvent(new Event("change", { bubbles: true }))`)
	b.keys("#la")
	b.until(`!!document.getElementById("pick")`)
	b.keys("\r")
	b.until(`document.querySelector("textarea[name=text]").value === "Order %order% is late"`)
	for _, c := range []struct{ chat, files string }{{"LINH", ""}, {"JONAS", "bill.txt"}} {
		b.do(`document.querySelector("#row-` + c.chat + ` a").click()`)
		b.until(`document.body.dataset.open === "` + c.chat + `" && document.activeElement.name === "text"`)
		b.is(files, c.files)
	}
	b.is(`document.querySelector("textarea[name=text]").value`, "Order %order% is late")
	b.keys("\r")
	b.until(`!!document.querySelector(".ask")`)
	b.keys("\r")
	b.eventually("the text and the file are sent", func() bool { return len(b.posted("/chats/JONAS/events")) == 2 })
	b.is(files, "")
}

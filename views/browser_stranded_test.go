package views

import "testing"

// lineCut is the answer of a fake desk whose line breaks while a form is sent.
const lineCut = -1

// What could not reach the desk goes by itself when it can be reached, as the
// same message and once; what was discarded does not.
func TestStranded(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	posts := func() int { return len(b.posted("/chats/JONAS/events")) }
	b.set(func() { b.answer = lineCut })
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("thrown away\r")
	b.until(`!!document.querySelector(".msg[data-state=failed]")`)
	b.do(`[...document.querySelectorAll(".msg[data-state=failed] .btn")].pop().click()`)
	b.is(`document.querySelectorAll(".msg[data-state=failed]").length`, "0")
	b.keys("written in a tunnel\r")
	b.until(`!!document.querySelector(".msg[data-state=failed]")`)
	before := posts()
	b.set(func() { b.answer = 204 })
	b.eventually("it is sent again", func() bool { return posts() > before })
	b.until(`!document.querySelector(".msg[data-state=failed]")`)
	b.cut()
	b.until(`document.body.dataset.connection === "online"`)
	list := b.posted("/chats/JONAS/events")
	if last := list[len(list)-1]; posts() != before+1 || last.Get("text") != "written in a tunnel" || last.Get("custom_id") != list[before-1].Get("custom_id") {
		t.Errorf("posted %v", list)
	}
}

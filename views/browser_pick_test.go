package views

import (
	"cmp"
	"net/http"
	"strings"
	"testing"
)

// cannedJSON is what the dashboard gives the script for a chat.
const cannedJSON = `[
{"id":"1","words":["refund","money"],"text":"Hello Jonas, your refund of %amount% is on its way.","unfilled":["%amount%"]},
{"id":"2","words":["hello"],"text":"Hello Jonas, how can I help?"},
{"id":"3","words":["terms"],"text":"Here are our terms.","files":[{"id":"F1","name":"terms.pdf","size":1200}]}]`

func (f *fakeDesk) giveCanned(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(cmp.Or(f.canned, cannedJSON)))
}

func browserCanned(b *tab) {
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("Hi #")
	b.until(`document.querySelectorAll("#pick [role=option]").length === 3`)
	b.is(`document.activeElement.getAttribute("aria-activedescendant")`, "pick-0")
	b.keys("he")
	b.until(`document.querySelectorAll("#pick [role=option]").length === 1`)
	b.keys("\t")
	b.until(textIs + `"Hi Hello Jonas, how can I help?"`)
	b.is(`!!document.querySelector("#pick")`, "false")

	// Another one at the caret, not in the place of the text; Escape leaves what is
	// there; a sign within a word is no sign.
	b.do(`const t = document.activeElement; t.setSelectionRange(3, 3)`)
	b.keys("/mon")
	b.until(`document.querySelectorAll("#pick [role=option]").length === 1`)
	b.keys("\u001b")
	b.until(`!document.querySelector("#pick")`)
	b.is(textIs+`"Hi /monHello Jonas, how can I help?"`, "true")
	b.is(`document.activeElement.name`, "text")
	b.keys("e")
	b.until(`document.querySelectorAll("#pick [role=option]").length === 1`)
	b.keys("\r")
	b.until(textIs + `"Hi Hello Jonas, your refund of %amount% is on its way.Hello Jonas, how can I help?"`)
	b.keys(" a#b")
	b.is(`!!document.querySelector("#pick")`, "false")

	// What is not filled in is marked before it is sent.
	b.keys("\r")
	b.until(`document.querySelector(".ask span")?.textContent === "%amount% is not filled in. Send anyway?"`)
	if n := len(b.posted("/chats/JONAS/events")); n != 0 {
		b.Fatalf("%d messages were sent", n)
	}
	b.do(`const t = document.activeElement; t.select()`)
	b.keys("#ter")
	b.until(`document.querySelectorAll("#pick [role=option]").length === 1`)
	b.do(`document.querySelector("#pick-0").dispatchEvent(new PointerEvent("pointerdown", {bubbles: true, cancelable: true}))`)
	b.until(textIs + `"Here are our terms."`)
	b.until(`document.querySelector(".files li bdi")?.textContent === "terms.pdf"`)
	b.keys("\r")
	b.eventually("text and file are sent", func() bool { return len(b.posted("/chats/JONAS/events")) == 2 })
	b.set(func() { b.canned = "[]" })
	b.do(`document.querySelector("#row-LINH a").click()`)
	b.until(`document.body.dataset.open === "LINH" && document.activeElement.name === "text"`)
	b.do(`document.querySelector("[data-pick='#']").click()`)
	b.until(`!!document.querySelector(".toast") && ` + textIs + `""`)
	p := b.posted("/chats/JONAS/events")
	if p[0].Get("text") != "Here are our terms." || p[1].Get("canned_file") != "F1" {
		b.Errorf("sent %v", p)
	}
}

func browserEmoji(b *tab) {
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("at 10:30 :thu")
	b.until(`document.querySelectorAll("#pick.grid [role=option]").length >= 2`)
	b.is(`document.querySelector("#pick-0").getAttribute("aria-label").includes("thumbs")`, "true")
	b.keys("\r")
	b.until(textIs + `"at 10:30 👍"`)
	if n := len(b.posted("/chats/JONAS/events")); n != 0 {
		b.Errorf("%d messages were sent", n)
	}
	b.do(`document.querySelector("[data-pick=':']").click()`)
	b.until(`document.querySelectorAll("#pick.grid [role=option]").length > 280`)
	b.keys("\u001b")
	b.until(`!document.querySelector("#pick") && ` + textIs + `"at 10:30 👍 "`)
	b.is(`[...document.querySelectorAll("#pick")].length`, "0")
}

func browserSendAndClose(b *tab) {
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("Goodbye")
	b.do(`document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", ctrlKey: true, shiftKey: true, bubbles: true, cancelable: true}))`)
	b.eventually("sent", func() bool { return len(b.posted("/chats/JONAS/events")) == 1 })
	if v := b.posted("/chats/JONAS/events")[0]; v.Get("close") != "1" || v.Get("undo") != "1" || v.Get("text") != "Goodbye" {
		b.Errorf("sent %v", v)
	}
	b.until(`!!document.querySelector(".toast.undo")`)
	b.do(`document.querySelector(".sends").open = true; document.querySelector(".sends button").click()`) // with nothing to send it closes
	b.eventually("closed", func() bool { return len(b.posted("/chats/JONAS/deactivate")) == 1 })

	// By preference Enter is a line and Ctrl+Enter sends.
	b.set(func() { b.prefs = "ctrl" })
	b.do(`location.reload()`)
	b.until(`document.readyState === "complete" && document.body.dataset.connection === "online" && JSON.parse(document.body.dataset.prefs).ctrl`)
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("one\rtwo")
	b.until(textIs + `"one\ntwo"`)
	b.do(`document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", ctrlKey: true, bubbles: true, cancelable: true}))`)
	b.eventually("sent with two lines", func() bool {
		p := b.posted("/chats/JONAS/events")
		return len(p) == 2 && strings.ReplaceAll(p[1].Get("text"), "\r", "") == "one\ntwo"
	})
}

// browserUploads: a file says how far it is, and can be taken back while it goes.
func browserUploads(b *tab) {
	hold := make(chan struct{})
	b.set(func() { b.hold = hold })
	b.do(`const d = new DataTransfer(); d.items.add(new File(["hello"], "a.txt", {type: "text/plain"})); d.items.add(new File(["x"], "b.txt"));
		const i = document.querySelector("input[type=file]"); i.files = d.files; i.dispatchEvent(new Event("change", {bubbles: true}));
		document.querySelector("form[data-action=send]").requestSubmit()`)
	b.until(`document.querySelectorAll(".msg.own[data-state=sending] progress").length === 2`)
	b.do(`document.querySelectorAll(".msg.own[data-state=sending] .file button").forEach(x => x.click())`)
	b.until(`document.querySelectorAll(".msg.own[data-state=sending]").length === 0 && !document.querySelector("[data-state=failed]")`)
	close(hold)
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("still works\r")
	b.eventually("the next message is sent", func() bool {
		p := b.posted("/chats/JONAS/events")
		return len(p) > 0 && p[len(p)-1].Get("text") == "still works"
	})
}

// TestAnswersOutOfTurn: while one writes on, the responses are asked for more than
// once, and what was asked for last need not come last.
func TestAnswersOutOfTurn(t *testing.T) {
	b := newTab(t, chrome(t), newFakeDesk(t), "/chats/JONAS", `{
		const get = window.fetch;
		window.asked = window.came = 0;
		window.fetch = async (...a) => {
			if (!String(a[0]).endsWith("/canned")) return get(...a);
			if (!window.asked++) await new Promise(done => window.first = done);
			const r = await get(...a);
			window.came++;
			return r;
		};
	}`)
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("#he")
	b.until(`asked > 1 && came === asked - 1`)
	b.do(`window.first()`)
	b.until(`document.querySelectorAll("#pick [role=option]").length === 1`)
	b.keys("\r")
	b.until(textIs + `"Hello Jonas, how can I help?"`)
}

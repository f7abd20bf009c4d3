package views

import (
	"io"
	"strings"
	"time"

	"github.com/chromedp/chromedp"

	"agentdesk/desk"
)

func browserPatches(b *tab) {
	// A sneak peek has no number of its own: it carries that of the page.
	v := samplePane().View
	v.Peek = "letter by letter"
	b.flash(b.T, func(w io.Writer) error { return PeekPatch(w, env0, v) })
	b.until(`document.querySelector("[data-sneak-peek]")?.textContent.includes("letter by letter")`)

	// A row moves to another list and keeps its element.
	b.do(`window.was = document.getElementById("row-MARTA")`)
	r := sampleRows()[0]
	r.List, r.Sort, r.WaitFrom, r.Unread = desk.Mine, "0000000000000000-MARTA", time.Time{}, 2
	b.push(b.T, func(w io.Writer) error { return RowPatch(w, env0, r) })
	b.until(`document.querySelector("#list-mine > :first-child").dataset.chatId === "MARTA"`)
	b.is(`window.was === document.getElementById("row-MARTA")`, "true")
	b.is(`document.querySelectorAll("#list-waiting > li").length`, "1")
	b.is(`document.getElementById("row-MARTA").dataset.unread`, "2")

	// An event comes in at its place, with its line breaks and without markup.
	ev := message("E9", "c3", "one\ntwo <img src=x onerror=alert(1)>", time.Now())
	b.push(b.T, func(w io.Writer) error { return EventPatch(w, env0, "JONAS", "TH1", ev, jonas()) })
	b.until(`!!document.getElementById("e-E9")`)
	b.is(`document.querySelector("#e-E9 .bub").textContent`, "one\ntwo <img src=x onerror=alert(1)>")
	b.is(`document.querySelector("[role=log] [data-event-id=E9]").dataset.eventType`, "message")

	// An older one is put where it belongs; one of another chat is ignored.
	old := message("E2b", "c3", "in between", ago(9*time.Minute-6*time.Second))
	b.push(b.T, func(w io.Writer) error { return EventPatch(w, env0, "JONAS", "TH1", old, jonas()) })
	b.push(b.T, func(w io.Writer) error {
		return EventPatch(w, env0, "LINH", "TH1", message("X1", "c6", "x", sampleNow), desk.Person{})
	})
	b.push(b.T, func(w io.Writer) error { return EventGonePatch(w, "E9") })
	b.until(`!document.getElementById("e-E9")`)
	b.is(`document.getElementById("e-E2b").previousElementSibling.id`, "e-E2")
	b.is(`document.getElementById("e-E2b").hasAttribute("data-cont")`, "true")
	b.is(`!!document.getElementById("e-X1")`, "false")

	b.push(b.T, func(w io.Writer) error { return RowGonePatch(w, "CHEN") })
	b.push(b.T, func(w io.Writer) error {
		return CountsPatch(w, env0, []desk.Section{{List: desk.Mine, Total: 9, Unread: 4}})
	})
	b.push(b.T, func(w io.Writer) error {
		return ConnectionPatch(w, env0, desk.Connection{State: desk.Reconnecting}, 0, 1)
	})
	b.until(`document.body.dataset.connection === "reconnecting"`)
	b.is(`!!document.getElementById("row-CHEN")`, "false")
	b.is(`document.querySelector("#count-mine .n").textContent.trim()`, "9")
	b.until(`document.title.startsWith("(4) ")`)
}

func browserComposer(b *tab) {
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("Hello there")
	b.eventually("typing is told", func() bool { return len(b.posted("/chats/JONAS/typing")) > 0 })
	b.keys("\r")
	b.until(`!!document.querySelector(".msg.own[data-state=sending]")`)
	b.is(`document.querySelector("textarea[name=text]").value`, "")
	b.eventually("the message is posted", func() bool { return len(b.posted("/chats/JONAS/events")) == 1 })
	sent := b.posted("/chats/JONAS/events")[0]
	id := sent.Get("custom_id")
	if sent.Get("text") != "Hello there" || sent.Get("visibility") != "all" || len(id) != 32 {
		b.Errorf("posted %v", sent)
	}
	ev := desk.Event{ID: "E20", CustomID: id, Kind: desk.KindMessage, AuthorID: sampleMe.ID, Text: "Hello there", At: time.Now()}
	b.push(b.T, func(w io.Writer) error { return EventPatch(w, env0, "JONAS", "TH1", ev, desk.Person{}) })
	b.until(`!!document.querySelector("[data-event-id=E20][data-state=sent]")`)
	b.is(`document.querySelectorAll(".msg.own[data-state=sending]").length`, "0")
	b.is(`document.querySelectorAll("[data-custom-id='`+id+`']").length`, "1")

	// A pending message that is no more goes, but not once it was sent.
	b.push(b.T, func(w io.Writer) error { return PendingGonePatch(w, id) })
	o := desk.Outgoing{CustomID: "cafe", ChatID: "JONAS", Text: "x", State: desk.Failed, At: time.Now()}
	b.push(b.T, func(w io.Writer) error { return PendingPatch(w, env0, o) })
	b.until(`!!document.querySelector("[data-custom-id=cafe][data-state=failed] form[data-action=retry]")`)
	b.push(b.T, func(w io.Writer) error { return PendingGonePatch(w, "cafe") })
	b.until(`!document.querySelector("[data-custom-id=cafe]")`)
	b.is(`!!document.querySelector("[data-event-id=E20]")`, "true")

	// Notes go to agents; Shift+Enter is a line.
	b.do(`document.querySelector("input[value=agents]").click()`)
	b.is(`document.activeElement.name`, "text")
	b.keys("a note\r")
	b.eventually("the note is posted", func() bool { return len(b.posted("/chats/JONAS/events")) == 2 })
	if v := b.posted("/chats/JONAS/events")[1]; v.Get("visibility") != "agents" || v.Get("custom_id") == id {
		b.Errorf("posted %v", v)
	}
}

func browserFailures(b *tab) {
	b.set(func() { b.answer = 503 })
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("will fail\r")
	b.until(`!!document.querySelector(".msg[data-state=failed]")`)
	if s := b.text(`document.querySelector(".tick.fail").textContent`); !strings.Contains(s, "Said by the server") {
		b.Errorf("reason is %q", s)
	}
	// It survives a reload, and a retry uses the same id.
	if err := chromedp.Do(b.ctx, chromedp.Reload()); err != nil {
		b.Fatal(err)
	}
	b.until(`document.querySelector(".msg[data-state=failed] .bub")?.textContent === "will fail"`)
	b.set(func() { b.answer = 204 })
	b.do(`document.querySelector(".msg[data-state=failed] .btn").click()`)
	b.eventually("retried", func() bool { return len(b.posted("/chats/JONAS/events")) == 2 })
	p := b.posted("/chats/JONAS/events")
	if p[0].Get("custom_id") != p[1].Get("custom_id") || p[1].Get("text") != "will fail" {
		b.Errorf("retry is another message: %v", p)
	}
	// A refused text comes back into the composer.
	b.set(func() { b.answer = 422 })
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("refused\r")
	b.until(`document.querySelector("textarea[name=text]").value === "refused"`)
	b.is(`document.querySelector(".hint").textContent`, "Said by the server.")
}

func browserDrafts(b *tab) {
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("half a thought")
	b.do(`document.querySelector("#row-LINH a").click()`)
	b.until(`document.body.dataset.open === "LINH" && !!document.querySelector("[data-event-id=FLINH]")`)
	b.is(`location.pathname`, "/chats/LINH")
	b.is(`document.querySelector("textarea[name=text]").value`, "")
	b.until(`!!document.querySelector("#row-JONAS .dr")`)
	b.is(`document.querySelector("#row-LINH a").getAttribute("aria-current")`, "true")
	b.is(`document.querySelectorAll(".row a[aria-current]").length`, "1")
	b.is(`document.querySelector("main").dataset.chatId`, "LINH")
	b.do(`history.back()`)
	b.until(`document.body.dataset.open === "JONAS" && document.querySelector("textarea[name=text]")?.value === "half a thought"`)
	if err := chromedp.Do(b.ctx, chromedp.Reload()); err != nil {
		b.Fatal(err)
	}
	b.until(`document.querySelector("textarea[name=text]").value === "half a thought"`)
}

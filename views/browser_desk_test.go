package views

import (
	"io"
	"net/http"
	"strings"
	"time"

	"agentdesk/desk"
)

func browserFocus(b *tab) {
	const folds = `[...document.querySelectorAll(".about details")].map(d => d.id + d.open).join()`
	b.do(`const t = document.querySelector("textarea[name=text]"); t.focus(); t.value = "abcdef"; t.setSelectionRange(2, 3); window.node = t;
		document.querySelector(".about details:not([open])").open = true; window.folds = ` + folds + `; document.querySelector("#rows").scrollTop = 40`)
	v := samplePane().View
	v.Chat.Thread.Tags = []string{"changed"}
	b.push(b.T, func(w io.Writer) error { return HeadPatch(w, env0, v, nil) })
	b.until(`document.querySelector(".head .tag").textContent === "changed"`)
	for i := range 5 {
		r := sampleRows()[i]
		r.Unread = 9
		b.push(b.T, func(w io.Writer) error { return RowPatch(w, env0, r) })
	}
	b.until(`document.querySelectorAll(".row[data-unread='9']").length === 5`)
	b.is(`document.activeElement === window.node && window.node.isConnected`, "true")
	b.is(`window.node.value + window.node.selectionStart + window.node.selectionEnd`, "abcdef23")
	b.is(folds+` === window.folds`, "true")
	b.is(`document.querySelector("#rows").scrollTop`, "40")
	// The whole page drawn again keeps all that too.
	b.bye("slow")
	asked := "nothing"
	b.set(func() {
		b.resume, b.answers = false, func(_ http.ResponseWriter, r *http.Request) bool { asked = r.Header.Get("X-Quiet"); return false }
	})
	b.eventually("the page is fetched again", func() bool { b.mu.Lock(); defer b.mu.Unlock(); return len(b.gets) > 1 })
	b.until(`document.querySelectorAll(".row[data-unread='9']").length === 0`)
	b.set(func() {
		if asked != "1" {
			b.Errorf("a page that nobody asked for is said to be used: %q", asked)
		}
	})
	b.is(`document.activeElement === window.node`, "true")
	b.is(`window.node.value + window.node.selectionStart + window.node.selectionEnd`, "abcdef23")
	b.is(folds+` === window.folds`, "true")
}

func browserStream(b *tab) {
	// Down, and the way back answers 503 first: no dead page.
	b.set(func() { b.head, b.resume = 503, false })
	b.cut()
	b.until(`document.body.dataset.connection === "reconnecting"`)
	b.set(func() {
		b.head = 200
		b.panes["JONAS"].View.Chat.Thread.Events = append(b.panes["JONAS"].View.Chat.Thread.Events, message("E77", "c3", "said meanwhile", time.Now()))
	})
	b.until(`document.body.dataset.connection === "online" && !!document.querySelector("[data-event-id=E77]")`)
	b.is(`document.querySelectorAll("[data-event-id]").length === new Set([...document.querySelectorAll("[data-event-id]")].map(e => e.dataset.eventId)).size`, "true")
	// The server answers nothing but errors for a while: the page is drawn again
	// as soon as it can be, and older patches do not come back on top of it.
	b.set(func() { b.failing = true })
	b.cut()
	b.eventually("a page is asked for in vain", func() bool { b.mu.Lock(); defer b.mu.Unlock(); return b.failed > 0 })
	b.set(func() {
		b.failing = false
		b.panes["JONAS"].View.Chat.Thread.Events = append(b.panes["JONAS"].View.Chat.Thread.Events, message("E78", "c3", "said later", time.Now()))
	})
	b.until(`!!document.querySelector("[data-event-id=E78]")`)
	// Used elsewhere: told, and taken back by a button.
	b.bye("elsewhere")
	b.until(`document.body.dataset.connection === "offline" && !!document.querySelector("[data-do=wake]")`)
	b.set(func() { b.resume = true })
	b.do(`document.querySelector("[data-do=wake]").click()`)
	b.until(`document.body.dataset.connection === "online" && !document.querySelector("#stream")`)
	// Signed out: the sign-in page, with the way back.
	b.bye("signed-out")
	b.until(`location.pathname === "/login" && document.querySelector("[name=next]").value === "/chats/JONAS"`)
}

func browserForms(b *tab) {
	b.do(`document.querySelector("[data-open=transfer]").click()`)
	b.until(`!!document.querySelector("dialog[open] form[data-action=transfer]")`)
	b.set(func() { b.answer = 409 })
	b.do(`const f = document.querySelector("dialog form"); f.elements.to[0].checked = true; f.requestSubmit()`)
	b.until(`document.querySelector("dialog .reason")?.textContent === "Said by the server." && !!document.querySelector("dialog [name=force]")`)
	b.set(func() { b.answer = 204 })
	b.do(`document.querySelector("dialog form").requestSubmit()`)
	b.until(`!document.querySelector("dialog")`)
	if p := b.posted("/chats/JONAS/transfer"); len(p) != 2 || p[1].Get("to") != "agent:ben@example.com" {
		b.Errorf("posted %v", p)
	}
	b.do(`document.querySelector("form[data-action=untag] button").click()`)
	b.eventually("untagged", func() bool { return len(b.posted("/chats/JONAS/tags/remove")) == 1 })
	b.do(`document.querySelector("#me button[value=not_accepting_chats]").click()`)
	b.eventually("status", func() bool {
		p := b.posted("/status")
		return len(p) == 1 && p[0].Get("status") == "not_accepting_chats"
	})
	b.do(`document.querySelector("#row-V4417 .take").click()`)
	b.until(`document.body.dataset.open === "V4417"`)
	// A narrowed list is fetched again instead of being patched.
	b.do(`document.querySelector(".chips .chip").click()`)
	b.until(`!!document.querySelector("[data-narrowed]")`)
	n := b.text(`document.querySelectorAll(".row").length`)
	r := sampleRows()[0]
	r.ChatID = "NEW"
	b.set(func() { b.gets = nil })
	b.push(b.T, func(w io.Writer) error { return RowPatch(w, env0, r) })
	b.eventually("fetched again", func() bool { return b.got("/chats/V4417?unread=1") })
	b.is(`document.querySelectorAll(".row").length`, n)
}

func browserScroll(b *tab) {
	fill := func(i int) func(w io.Writer) error {
		ev := message("S"+itoa(100+i), "c3", strings.Repeat("words ", 40), time.Now().Add(time.Duration(i)*time.Second))
		return func(w io.Writer) error { return EventPatch(w, env0, "JONAS", "TH1", ev, jonas()) }
	}
	for i := range 10 {
		b.push(b.T, fill(i))
	}
	b.until(`!!document.getElementById("e-S109")`)
	b.is(`document.querySelector(".log").scrollTop`, "0")
	b.is(`document.querySelector(".jump").hidden`, "true")
	b.do(`document.querySelector(".log").scrollTop = -300`)
	b.until(`!document.querySelector(".jump").hidden`)
	b.do(`window.y = document.getElementById("e-S103").getBoundingClientRect().top`)
	b.push(b.T, fill(11))
	b.until(`!!document.getElementById("e-S111")`)
	b.is(`Math.abs(document.getElementById("e-S103").getBoundingClientRect().top - window.y) < 2`, "true")
	b.until(`document.querySelector(".jump").textContent.includes("1 new")`)
	b.is(`document.querySelectorAll(".day.new").length`, "1")
	b.do(`document.querySelector(".jump").click()`)
	b.until(`document.querySelector(".jump").hidden && document.querySelector(".log").scrollTop > -2`)
}

func browserFiles(b *tab) {
	b.do(`const d = new DataTransfer(); d.items.add(new File(["hello"], "a \u202egpj.txt", {type: "text/plain"})); d.items.add(new File(["x"], "b.txt"));
		const i = document.querySelector("input[type=file]"); i.files = d.files; i.dispatchEvent(new Event("change", {bubbles: true}))`)
	b.until(`document.querySelectorAll(".files li").length === 2`)
	b.do(`document.querySelector(".files li:last-child button").click()`)
	b.do(`document.querySelector("form[data-action=send]").requestSubmit()`)
	b.eventually("the file is posted", func() bool { return len(b.posted("/chats/JONAS/events")) == 1 })
	b.until(`document.querySelectorAll(".files li").length === 0`)
	id := b.posted("/chats/JONAS/events")[0].Get("custom_id")
	// The server numbers the files of a form: its event takes the bubble's place.
	ev := desk.Event{ID: "E30", CustomID: id + "-1", Kind: desk.KindFile, AuthorID: sampleMe.ID, At: time.Now(), File: &desk.File{Name: "a.txt", URL: "https://files.example/a.txt"}}
	b.push(b.T, func(w io.Writer) error { return EventPatch(w, env0, "JONAS", "TH1", ev, desk.Person{}) })
	b.until(`!!document.querySelector("[data-event-id=E30][data-state=sent]")`)
	b.is(`document.querySelectorAll("[data-state=sending]").length`, "0")
}

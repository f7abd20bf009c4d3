package views

import (
	"io"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"agentdesk/desk"
)

// browserQuote answers one message with a quote, by the keyboard alone.
func browserQuote(b *tab) {
	b.do(`document.querySelector("#e-E8 .of").focus()`)
	b.keys("\r")
	b.until(`document.activeElement.role === "menuitem" && document.activeElement.textContent === "Quote in the answer"`)
	b.keys(kb.End)
	b.is(`document.activeElement.textContent`, "Properties")
	b.keys(kb.Escape)
	b.is(`document.activeElement.className + document.querySelectorAll("[role=menu]").length`, "of0")

	b.do(`const ta = document.querySelector("textarea[name=text]"); ta.value = "Hello"; ta.setSelectionRange(5, 5)`)
	b.do(`document.querySelector("#e-E8 .of").click()`)
	b.keys("\r")
	b.until(`document.activeElement.name === "text"`)
	b.is(`document.activeElement.value`, "Hello\n> Jonas: Great. How long until it is on my account?\n")
	b.keys("In two days.\r")
	b.eventually("the answer is posted", func() bool { return len(b.posted("/chats/JONAS/events")) == 1 })
	sent := b.posted("/chats/JONAS/events")[0]
	text := "Hello\n> Jonas: Great. How long until it is on my account?\nIn two days."
	if sent.Get("text") != text {
		b.Errorf("posted %q", sent.Get("text"))
	}
	b.is(`document.querySelector("#e-c-`+sent.Get("custom_id")+` .bub").outerHTML`, `<div class="bub" dir="auto">Hello<blockquote dir="auto">Jonas: Great. How long until it is on my account?</blockquote>In two days.</div>`)
	ev := desk.Event{ID: "E20", CustomID: sent.Get("custom_id"), Kind: desk.KindMessage, AuthorID: sampleMe.ID, Text: text, At: time.Now()}
	b.push(b.T, func(w io.Writer) error { return EventPatch(w, env0, "JONAS", "TH1", ev, desk.Person{}) })
	b.until(`document.querySelector("[data-event-id=E20] blockquote")?.textContent === "Jonas: Great. How long until it is on my account?"`)
	b.is(`document.querySelector("[data-event-id=E20] .bub").lastChild.textContent`, "In two days.")

	// What only agents see is answered to agents.
	b.do(`document.querySelector("#e-E6 .of").click()`)
	b.keys("\r")
	b.until(`document.querySelector("input[name=visibility][value=agents]").checked && document.querySelector("textarea[name=text]").value.startsWith("> Sam: He is")`)
}

// browserMarks: sent, then seen, in one place.
func browserMarks(b *tab) {
	mark := `[...document.querySelectorAll(".log .tick")].filter(x => x.checkVisibility()).map(x => x.textContent.trim()).join()`
	say := func(id string, by string, at time.Time) {
		ev := desk.Event{ID: id, Kind: desk.KindMessage, AuthorID: by, Text: "x", At: at}
		b.push(b.T, func(w io.Writer) error { return EventPatch(w, env0, "JONAS", "TH1", ev, jonas()) })
		b.until(`!!document.getElementById("e-` + id + `")`)
	}
	at := time.Now()
	say("M1", sampleMe.ID, at)
	b.is(mark, "Sent")
	v := samplePane().View
	v.SeenBy = at
	b.push(b.T, func(w io.Writer) error { return SeenPatch(w, env0, v) })
	b.until(mark + `.startsWith("Seen ")`)
	say("M2", sampleMe.ID, at.Add(time.Second))
	b.is(mark+`.replace(/[0-9]+:[0-9]+/, "T")`, "Seen T,Sent")
	say("M3", "c3", at.Add(2*time.Second))
	b.is(mark+`.includes("Sent")`, "false")
}

// browserLots folds lines that come in, once something else is said.
func browserLots(b *tab) {
	at := time.Now()
	line := func(id string, after time.Duration) {
		ev := desk.Event{ID: id, Kind: desk.KindSystemText, SystemType: "routing.idle", Vars: map[string]string{"duration": "5"}, At: at.Add(after)}
		b.push(b.T, func(w io.Writer) error { return EventPatch(w, env0, "JONAS", "TH1", ev, desk.Person{}) })
		b.until(`!!document.getElementById("e-` + id + `")`)
	}
	for i := range 3 {
		line("L"+itoa(i), time.Duration(i)*time.Second)
	}
	b.is(`document.querySelectorAll(".lot").length`, "0")
	b.push(b.T, func(w io.Writer) error {
		return EventPatch(w, env0, "JONAS", "TH1", message("L9", "c3", "x", at.Add(time.Minute)), jonas())
	})
	b.until(`document.querySelector(".lot summary")?.textContent === "3 events"`)
	b.is(`document.getElementById("lot-e-L0").open`, "false")
	b.do(`document.getElementById("lot-e-L0").open = true`)
	line("L1b", 1500*time.Millisecond) // late, into the fold
	b.until(`document.querySelector(".lot summary").textContent === "4 events"`)
	b.is(`document.getElementById("e-L1b").previousElementSibling.id + document.getElementById("lot-e-L0").open`, "e-L1true")
	for _, id := range []string{"L0", "L1", "L1b", "L2"} {
		b.push(b.T, func(w io.Writer) error { return EventGonePatch(w, id) })
	}
	b.until(`!document.querySelector(".lot")`)
}

// browserPictures shows pictures large, one after the other.
func browserPictures(b *tab) {
	for i, size := range [][2]int{{1600, 900}, {0, 0}} {
		ev := desk.Event{ID: "I" + itoa(i), Kind: desk.KindFile, AuthorID: "c3", At: time.Now().Add(time.Duration(i) * time.Second),
			File: &desk.File{Name: "shot" + itoa(i) + ".png", URL: "https://files.example/shot" + itoa(i) + ".png", ContentType: "image/png", Width: size[0], Height: size[1]}}
		b.push(b.T, func(w io.Writer) error { return EventPatch(w, env0, "JONAS", "TH1", ev, jonas()) })
		b.until(`!!document.getElementById("e-I` + itoa(i) + `")`)
	}
	// Their place is kept although they do not come.
	b.is(`[...document.querySelectorAll(".shot img")].map(x => x.offsetWidth + "x" + x.offsetHeight).join()`, "338x190,240x160")
	b.do(`document.querySelector("#e-I0 .shot a").click()`)
	b.until(`document.querySelector("dialog .lightbox img")?.getAttribute("src") === "https://files.example/shot0.png"`)
	b.is(`document.querySelector("dialog header bdi").textContent`, "shot0.png")
	b.keys(kb.ArrowRight)
	b.is(`document.querySelector("dialog img").getAttribute("src") + document.querySelector("dialog [download]").href`, "https://files.example/shot1.pnghttps://files.example/shot1.png")
	b.keys(kb.ArrowRight)
	b.is(`document.querySelector("dialog bdi").textContent`, "shot0.png")
	b.keys("+")
	b.is(`document.querySelector("dialog [aria-pressed]").getAttribute("aria-pressed")`, "true")
	b.do(`document.querySelector("dialog").close()`)
	b.until(`!document.querySelector("dialog") && !!document.activeElement.closest("#e-I0")`)
	b.set(func() { b.csp = nil }) // the pictures of this test are not to be had
}

// browserNew keeps the New line until the chat is left, also when the page is
// drawn again, and tells that something was seen only when it is in view.
func browserNew(b *tab) {
	b.until(`document.querySelector(".day.new")?.nextElementSibling.id === "e-E7"`)
	b.set(func() {
		b.panes["JONAS"].View.NewFrom = time.Time{}
		b.resume = false
	})
	b.do(`document.querySelector("#head-JONAS").dataset.mark = "old"`)
	b.cut()
	b.until(`!document.querySelector("#head-JONAS").dataset.mark`)
	b.is(`document.querySelector(".day.new")?.nextElementSibling.id`, "e-E7")
	b.is(`document.querySelectorAll(".day.new").length`, "1")
	b.do(`document.querySelector("#row-LINH a").click()`)
	b.until(`document.body.dataset.open === "LINH"`)
	b.do(`document.querySelector("#row-JONAS a").click()`)
	b.until(`document.body.dataset.open === "JONAS"`)
	b.is(`!!document.querySelector(".day.new")`, "false")
}

func TestEventsInBrowser(t *testing.T) {
	browser := chrome(t)
	for name, test := range map[string]func(*tab){"quote": browserQuote, "marks": browserMarks, "lots": browserLots, "pictures": browserPictures, "new": browserNew} {
		t.Run(name, func(t *testing.T) {
			b := openTab(t, browser, "/chats/JONAS")
			b.T = t
			test(b)
			b.noViolations()
		})
	}
}

// What can be done with a message of an earlier conversation, which was loaded above
// this one, is asked for where it stands.
func TestEarlierEventsProperties(t *testing.T) {
	f := newFakeDesk(t)
	l := newLong(8, 10)
	f.answers = l.answer
	b := newTab(t, chrome(t), f, "/chats/JONAS", "")
	b.do(`document.querySelector(".log [data-older]").click()`)
	b.until(`!!document.getElementById("e-P1")`)
	b.do(`document.querySelector("#e-P1 .of").click(); [...document.querySelectorAll("#e-P1 [role=menuitem]")].pop().click()`)
	b.eventually("its page is asked for", func() bool { return b.got("/chats/JONAS/threads/TH0?event=P1") })
}

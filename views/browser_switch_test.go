package views

import (
	"io"
	"strconv"
	"testing"
	"time"

	"agentdesk/desk"
)

// From chat to chat: what a switch costs beside asking for the page and reading
// it, which is its floor. A ratio holds on a slow machine too.
func TestSwitching(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	b.do(`(async () => {
  const ids = ["LINH", "JONAS", "FATIMA", "EVA"], switched = [], bare = [], moment = () => new Promise(r => { const c = new MessageChannel(); c.port1.onmessage = r; c.port2.postMessage(0); });
  for (let i = 0; i < 20; i++) {
    const a = document.querySelector("#row-" + ids[i % 4] + " a");
    let t = performance.now();
    const page = new DOMParser().parseFromString(await (await fetch(a.href)).text(), "text/html");
    bare.push(performance.now() - t);
    t = performance.now();
    a.click();
    while (document.querySelector(".chat .log")?.dataset.chatId !== ids[i % 4]) await moment();
    document.querySelector(".chat .log").getBoundingClientRect();
    switched.push(performance.now() - t);
    await new Promise(r => setTimeout(r, 30));
  }
  const middle = list => list.sort((x, y) => x - y)[10];
  window.switching = [middle(switched), middle(bare)];
})()`)
	b.slowly(`window.switching`)
	ratio, _ := strconv.ParseFloat(b.text(`(switching[0] / switching[1]).toFixed(2)`), 64)
	t.Logf("a switch takes %s ms, %.2f times what it takes to read its page", b.text(`switching[0].toFixed(1)`), ratio)
	if ratio <= 0 || ratio > 8 {
		t.Errorf("a switch takes %.2f times what it takes to read its page", ratio)
	}
}

// A chat is asked for when its row is pressed. What happens between that and the
// click is shown all the same.
func TestAskedEarly(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	b.do(`document.querySelector("#row-LINH a").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }))`)
	b.eventually("the page is asked for", func() bool { return b.got("/chats/LINH") })
	b.push(t, func(w io.Writer) error {
		return EventPatch(w, env0, "LINH", "TH1", message("X9", "c6", "said meanwhile", time.Now()), jonas())
	})
	r := sampleRows()[0]
	r.Unread = 7
	b.push(t, func(w io.Writer) error { return RowPatch(w, env0, r) })
	b.until(`document.getElementById("row-MARTA").dataset.unread === "7"`)
	b.do(`document.querySelector("#row-LINH a").click()`)
	b.until(`document.body.dataset.open === "LINH" && !!document.getElementById("e-X9")`)
	b.is(`document.getElementById("row-MARTA").dataset.unread`, "7")
	n := 0
	b.set(func() {
		for _, g := range b.gets {
			if g == "/chats/LINH" {
				n++
			}
		}
	})
	if n != 1 {
		t.Errorf("the page was asked for %d times", n)
	}
}

// Going from chat to chat the lists are neither sent nor drawn again. What in them
// depends on the open chat is right all the same, and so is what comes meanwhile.
func TestListsStay(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	b.set(func() { b.keeps = true })
	last := func() (n int, kept bool) {
		b.set(func() { n, kept = len(b.left), b.left[len(b.left)-1] })
		return n, kept
	}
	stands := func(chat string, kept bool) {
		t.Helper()
		b.until(`document.body.dataset.open === "` + chat + `" && document.querySelector(".chat .log").dataset.chatId === "` + chat + `"`)
		if _, got := last(); got != kept {
			t.Errorf("%s: lists left out %v, want %v", chat, got, kept)
		}
		b.is(`[...document.querySelectorAll("#rows [aria-current]")].map(a => a.closest(".row").id).join()`, "row-"+chat)
		b.is(`[...document.querySelectorAll("#list-pane .chips > a, #list-pane .filter form")].every(e => (e.getAttribute("href") || e.getAttribute("action")).split("?")[0] === "/chats/`+chat+`")`, "true")
		b.is(`document.querySelectorAll("main, .about").length + " " + document.querySelector(".about").id`, "2 details-"+chat)
	}
	b.do(`document.querySelector("textarea[name=text]").focus(); document.querySelector("#row-LINH a").click()`)
	stands("LINH", true)
	b.is(`document.activeElement.name + " " + document.activeElement.closest("[data-chat-id]").dataset.chatId`, "text LINH")
	b.do(`history.back()`)
	stands("JONAS", true)

	// The page is drawn before the stream has told all that it shows: only the
	// lists still need that.
	b.set(func() { b.behind = -2 })
	b.do(`document.querySelector("#row-LINH a").click()`)
	stands("LINH", true)
	b.set(func() { b.behind = 0 })
	r := sampleRows()[0]
	r.Unread = 7
	said := func(id string) func(io.Writer) error {
		return func(w io.Writer) error {
			return EventPatch(w, env0, "LINH", "TH1", message(id, "c6", "said meanwhile", time.Now()), jonas())
		}
	}
	b.push(t, said("X8"))
	b.push(t, func(w io.Writer) error { return RowPatch(w, env0, r) })
	b.push(t, said("X9"))
	b.until(`!!document.getElementById("e-X9")`)
	b.is(`document.getElementById("row-MARTA").dataset.unread + " " + document.getElementById("e-X8")`, "7 null")

	// Other lists are drawn, and filtered ones each time.
	b.do(`document.querySelector("#list-pane .chips > a").click()`)
	b.until(`location.search === "?unread=1" && !!document.querySelector("[data-narrowed]")`)
	stands("LINH", false)
	b.do(`document.querySelector("#row-JONAS a").click()`)
	stands("JONAS", false)
	b.do(`document.querySelector("#list-pane .chips > a").click()`)
	b.until(`!location.search && !document.querySelector("[data-narrowed]")`)
	stands("JONAS", false)
	b.do(`document.querySelector("#row-LINH a").click()`)
	stands("LINH", true)

	// After a gap the next page has the lists, whoever asks for it.
	b.set(func() { b.resume, b.failing = false, true })
	b.cut()
	b.eventually("the page is asked for after the gap", func() (asked bool) { b.set(func() { asked = b.failed > 0 }); return asked })
	n, _ := last()
	b.set(func() { b.failing = false })
	b.do(`document.querySelector("#row-JONAS a").click()`)
	b.until(`document.body.dataset.open === "JONAS"`)
	b.set(func() {
		if b.left[n] {
			t.Error("a page after a gap has no lists")
		}
	})
	b.noViolations()
}

// Going from row to row by keys, the chat behind is asked for while the agent looks at
// the one before it, once, and is not asked for again.
func TestAskedAhead(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	b.set(func() { b.keeps = true })
	b.do(`window.order = [...document.querySelectorAll("#rows .row")].filter(r => !r.closest("[data-folded]")).map(r => r.dataset.chatId); document.activeElement.blur()`)
	next := b.text(`order[order.indexOf("JONAS") + 1]`)
	then := b.text(`order[order.indexOf("JONAS") + 2]`)
	asked := func(chat string) (n int) {
		b.set(func() {
			for _, g := range b.gets {
				if g == "/chats/"+chat {
					n++
				}
			}
		})
		return n
	}
	b.chord("j", "KeyJ", 0)
	b.until(`document.body.dataset.open === "` + next + `"`)
	b.eventually("the chat behind is asked for", func() bool { return asked(then) == 1 })
	// What only shows for a moment has the position of the page.
	typed := desk.ChatView{Peek: "letter by letter"}
	typed.Chat.ID = then
	b.flash(t, func(w io.Writer) error { return PeekPatch(w, env0, typed) })
	b.push(t, func(w io.Writer) error {
		return EventPatch(w, env0, then, "TH1", message("X9", "c6", "said meanwhile", time.Now()), jonas())
	})
	r := sampleRows()[0]
	r.Unread = 7
	b.push(t, func(w io.Writer) error { return RowPatch(w, env0, r) })
	b.until(`document.getElementById("row-MARTA").dataset.unread === "7"`) // all that came before is done with
	b.do(`document.activeElement.blur()`)
	b.chord("j", "KeyJ", 0)
	b.until(`document.body.dataset.open === "` + then + `" && !!document.getElementById("e-X9")`)
	b.until(`document.querySelector("[data-sneak-peek]")?.textContent.includes("letter by letter")`)
	if n := asked(then); n != 1 {
		t.Errorf("the chat was asked for %d times", n)
	}

	// So is the chat whose row has the focus.
	b.set(func() { b.gets = nil })
	b.do(`document.querySelector("#row-JONAS a").focus()`)
	b.eventually("the chat in the focus is asked for", func() bool { return asked("JONAS") == 1 })
	b.do(`document.activeElement.click()`)
	b.until(`document.body.dataset.open === "JONAS"`)
	if n := asked("JONAS"); n != 1 {
		t.Errorf("the chat in the focus was asked for %d times", n)
	}
}

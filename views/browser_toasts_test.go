package views

import (
	"io"
	"testing"
	"time"

	"agentdesk/desk"
)

// TestToastsHideNothing: what stands for a while takes room of its own between the
// conversation and the composer: it hides neither the newest message nor what has the
// focus, however much there is of it, and gives the room back.
func TestToastsHideNothing(t *testing.T) {
	browser := chrome(t)
	const (
		overlaps = `((a, b) => { a = a.getBoundingClientRect(); b = b.getBoundingClientRect(); return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1; })`
		toasts   = `[...document.querySelectorAll(".toast")]`
		inside   = toasts + `.every(el => { const r = el.getBoundingClientRect(); return r.width && r.left >= 0 && r.right <= innerWidth && r.top >= 0 && r.bottom <= innerHeight; })`
	)
	hidden := func(sel string) string {
		return toasts + `.some(el => [...document.querySelectorAll("` + sel + `")].some(o => ` + overlaps + `(el, o)))`
	}
	for _, size := range [][2]int64{{1440, 900}, {1024, 768}, {390, 844}, {320, 640}} {
		f := newFakeDesk(t)
		b := newTab(t, browser, f, "/chats/JONAS", `{ const wait = window.setTimeout; window.setTimeout = (f, ms, ...a) => ms === 9000 || ms === 4000 ? wait(f, window.over ?? 60e3, ...a) : wait(f, ms, ...a); }`)
		b.narrow(size[0], size[1])
		const newest = `[...document.querySelectorAll(".log .msg")].at(-1).getBoundingClientRect()`
		box := b.text(`document.querySelector(".box").getBoundingClientRect().top`)
		f.call(t, desk.Alert{Kind: desk.AlertTaken, ChatID: "LINH", Title: "Linh", At: time.Now()})
		f.call(t, desk.Alert{Kind: desk.AlertTaken, ChatID: "EVA", Title: "Eva with a name that needs more than one line on the narrow window of a telephone", At: time.Now().Add(time.Millisecond)})
		b.until(`document.querySelectorAll(".toast").length > 0 && parseFloat(getComputedStyle(document.querySelector(".logs")).marginBlockEnd) > 30`)
		b.push(t, func(w io.Writer) error {
			return EventPatch(w, env0, "JONAS", "TH1", message("E99", "c3", "Can you read this?", time.Now()), jonas())
		})
		b.until(`!!document.getElementById("e-E99")`)
		b.until(inside)
		b.is(hidden(".log, .head, .peek, .foot, .list, .about, .rail"), "false")
		b.is(newest+`.bottom <= document.querySelector(".log").getBoundingClientRect().bottom`, "true")
		b.is(`document.querySelector(".box").getBoundingClientRect().top`, box) // the composer stays where it is
		// A long answer is being written: it is not hidden either.
		b.do(`const ta = document.querySelector("textarea[name=text]"); ta.focus(); document.execCommand("insertText", false, "line\n".repeat(9))`)
		b.is(hidden(".foot"), "false")
		// Where the customer is shown on top of the chat.
		if size[0] < 1200 {
			b.do(`location.hash = document.querySelector(".about").id`)
			b.until(`document.querySelector(".about").checkVisibility()`)
			b.until(inside)
			b.until("!" + hidden(".about"))
			b.do(`location.hash = "main"`)
		}
		b.do(`document.querySelectorAll(".toast").forEach(el => el.remove()); document.querySelector("textarea[name=text]").value = ""`)
		b.until(`getComputedStyle(document.querySelector(".logs")).marginBlockEnd === "0px"`) // and the room is given back

		// The same without a chat, where the lists are all that a phone shows.
		b.do(`history.pushState(null, "", "/chats"); location.reload()`)
		b.until(`document.body.dataset.connection === "online" && !document.body.dataset.open`)
		f.call(t, desk.Alert{Kind: desk.AlertTaken, ChatID: "LINH", Title: "Linh", At: time.Now().Add(time.Second)})
		b.until(`document.querySelectorAll(".toast").length > 0`)
		b.push(t, func(w io.Writer) error {
			return NoticePatch(w, env0, desk.Notice{ByID: "o", By: "Olivia Stone", Text: "The warehouse is closed on Monday.", At: time.Now()})
		})
		b.until(`!!document.querySelector(".notice details")`)
		b.until("!" + hidden(".list, .rail, .empty p, .empty button, .notice details"))
		b.until(inside)
		b.noViolations()
	}
}

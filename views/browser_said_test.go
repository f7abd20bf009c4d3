package views

import (
	"io"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"agentdesk/desk"
)

// atWill is a clock that stands still until window.skip moves it on, and counts the
// page's looks at it. What is said goes at once.
const atWill = `{
	const now = Date.now(), every = window.setInterval, wait = window.setTimeout;
	window.skip = window.looks = 0;
	Date.now = () => now + window.skip;
	window.setInterval = (f, ms, ...a) => every(() => { f(...a); window.looks++; }, ms === 1000 ? 50 : ms);
	window.setTimeout = (f, ms, ...a) => wait(f, ms === 5000 ? 10 : ms, ...a);
}`

// TestTypingIsSaidSeldom: that somebody types is said once in five seconds at most,
// not what is typed, and it is never part of the conversation.
func TestTypingIsSaidSeldom(t *testing.T) {
	b := newTab(t, chrome(t), newFakeDesk(t), "/chats/JONAS", atWill+listener)
	const said = "Jonas is typing:"
	b.until(`said.join("|") === "` + said + `"`)
	v := samplePane().View
	draw := func(text, drawn string) {
		t.Helper()
		v.Peek = text
		b.flash(t, func(w io.Writer) error { return PeekPatch(w, env0, v) })
		b.until(drawn)
		b.do(`window.looks = 0`)
		b.until(`looks > 2`)
	}
	for range 3 {
		draw("", `!document.querySelector("[data-sneak-peek]")`)
		draw("the blue one", `document.querySelector("[data-sneak-peek]")?.textContent.includes("blue")`)
	}
	b.is(`said.join("|")`, said)
	b.do(`window.skip += 4900; window.looks = 0`)
	b.until(`looks > 2`)
	b.is(`said.join("|")`, said)
	b.do(`window.skip += 100`)
	b.until(`said.join("|") === "` + said + `|` + said + `"`)
	b.is(`heard.join("|") + alerts.join("|")`, "")
}

// TestOtherChatsAreSaidTogether: what comes into other chats within some seconds is
// one sentence, beside the conversation that is open, and interrupts nothing.
func TestOtherChatsAreSaidTogether(t *testing.T) {
	f := newFakeDesk(t)
	f.set(func() { f.panes["JONAS"].View.Peek = "" })
	sooner := `{ const wait = window.setTimeout; window.setTimeout = (f, ms, ...a) => wait(f, ms === 4000 ? 1000 : ms, ...a); }`
	b := newTab(t, chrome(t), f, "/chats/JONAS", sooner+listener)
	f.call(t, wrote("FATIMA", "Fatima", "one"), wrote("FATIMA", "Fatima", "two"), wrote("LINH", "Linh", "three"))
	b.until(`said.length > 0`)
	f.call(t, wrote("FATIMA", "Fatima", "four"))
	b.until(`said.length > 1`)
	b.is(`said.join("|")`, "3 new messages, 2 chats|Fatima wrote")
	b.is(`heard.join("|") + alerts.join("|")`, "")
	// Of one chat its name is told, and what else calls comes before.
	f.call(t, wrote("LINH", "Linh", "five"), wrote("LINH", "Linh", "six"), desk.Alert{Kind: desk.AlertQueue, ChatID: "MARTA", Title: "Marta"})
	b.until(`said.length > 2`)
	b.is(`said[2]`, "Marta waits in the queue. 2 new messages, Linh")
}

// TestNothingSaidIsLost: sentences that come close together are each read out once,
// also where the page is drawn again meanwhile; they are not kept for long.
func TestNothingSaidIsLost(t *testing.T) {
	f := newFakeDesk(t)
	f.set(func() { f.panes["JONAS"].View.Peek = "" })
	sooner := `{ const wait = window.setTimeout; window.setTimeout = (f, ms, ...a) => wait(f, ms === 4000 ? 100 : ms, ...a); }`
	b := newTab(t, chrome(t), f, "/chats/JONAS", sooner+listener)
	b.is(`[live.role, live.ariaLive, live.ariaAtomic].join()`, "status,polite,false")
	f.call(t, wrote("FATIMA", "Fatima", "one"))
	b.until(`live.textContent === "Fatima wrote"`)
	tooLong := `document.querySelector("textarea[name=text]").value = "x".repeat(17000); document.querySelector("form[data-action=send]").requestSubmit();`
	b.do(tooLong)
	const both = "Fatima wrote|Too long: at most 16 kB in one message"
	b.until(`said.join("|") === "` + both + `"`)
	b.is(`[...live.children].map(p => p.textContent).join("|")`, both) // the first is still to be read
	b.do(`document.querySelector("#row-LINH a").click()`)
	b.until(`document.body.dataset.open === "LINH"`)
	b.is(`[...live.children].map(p => p.textContent).join("|")`, both)
	b.is(`said.join("|")`, both)
	b.do(`for (let i = 0; i < 30; i++) { ` + tooLong + ` }`)
	b.is(`live.children.length < 20`, "true")
	b.until(`said.length === 32`)
	b.until(`!live.children.length`)
}

// TestSuggestionsAreSaidOnce: while somebody types only the newest number is said.
func TestSuggestionsAreSaidOnce(t *testing.T) {
	f := newFakeDesk(t)
	f.set(func() { f.panes["JONAS"].View.Peek = "" })
	b := newTab(t, chrome(t), f, "/chats/JONAS", listener)
	b.do(`const ta = document.querySelector("textarea[name=text]"); ta.focus(); document.execCommand("insertText", false, "#");`)
	b.until(`document.querySelectorAll("#pick [role=option]").length > 1`)
	for _, letter := range "re" {
		b.do(`document.execCommand("insertText", false, "` + string(letter) + `")`)
	}
	b.until(`said.length > 0`)
	b.is(`said.join("|")`, "1 suggestion")
}

// TestNarrowedListsAreCounted: how many chats are left is said once where the lists
// are filtered or searched in, also while somebody types, and where they are whole
// again; not where they are drawn again by themselves.
func TestNarrowedListsAreCounted(t *testing.T) {
	f := newFakeDesk(t)
	f.set(func() { f.panes["JONAS"].View.Peek = "" })
	b := newTab(t, chrome(t), f, "/chats/JONAS", listener)
	says := func(want string) {
		t.Helper()
		b.until(`said.length > 0`)
		b.is(`said.join("|")`, want)
		b.do(`said.length = 0`)
	}
	whole := b.text(`[...document.querySelectorAll("#rows [data-total]")].reduce((n, h) => n + +h.dataset.total, 0)`) + " chats"
	b.do(`document.querySelector("#list-pane .chips > a").click()`)
	b.until(`!!document.querySelector("[data-narrowed]")`)
	says(whole) // the fake desk filters nothing
	b.do(`document.querySelector("#row-LINH a").click()`)
	b.until(`document.body.dataset.open === "LINH"`)
	b.row("FATIMA", func(r *desk.Row) { r.Unread = 9 }) // and the server draws the lists again
	b.eventually("drawn again", func() bool { return b.got("/chats/LINH?unread=1") })
	b.set(func() {
		for i := range b.inbox.Sections {
			b.inbox.Sections[i].Rows, b.inbox.Sections[i].Total = nil, 0
		}
	})
	b.do(`document.querySelector("#list-pane .filter form").elements.tag.value = "x", document.querySelector("#list-pane .filter form").requestSubmit()`)
	b.until(`location.search.includes("tag=x")`)
	says("No chat fits these filters.")
}

// TestFoundInListsIsCounted: the field above the lists says how many fit, when
// nothing more is typed.
func TestFoundInListsIsCounted(t *testing.T) {
	f := newFakeDesk(t)
	f.set(func() { f.panes["JONAS"].View.Peek = "" })
	b := newTab(t, chrome(t), f, "/chats/JONAS", listener)
	b.do(`document.querySelector("#find").focus()`)
	for _, text := range []string{"linh", "zzzz", ""} {
		b.do(`said.length = 0; document.activeElement.select()`)
		b.do(`const f = document.activeElement; for (const part of ["` + text + `".slice(0, 2), "` + text + `"]) { f.value = part; f.dispatchEvent(new Event("input", { bubbles: true })); }`)
		b.until(`said.length > 0`)
		left := b.text(`[...document.querySelectorAll(".row")].filter(r => !r.hidden).length`)
		b.is(`said.join("|")`, map[string]string{"linh": "1 result", "zzzz": "Nothing has these words.", "": left + " results"}[text])
	}
}

// TestPaletteIsCounted: the palette does the same, in its own line, as all behind a
// dialog is out of reach.
func TestPaletteIsCounted(t *testing.T) {
	f := newFakeDesk(t)
	b := newTab(t, chrome(t), f, "/chats/JONAS", listener)
	b.chord("k", "KeyK", chromedp.ModifierCtrl)
	b.until(`!!document.querySelector("dialog[open] [role=status]")?.textContent`)
	b.do(`window.counts = []; new MutationObserver(l => l.forEach(m => m.addedNodes.forEach(n => counts.push(n.textContent)))).observe(document.querySelector("dialog [role=status]"), { childList: true })`)
	for _, part := range []string{"l", "li", "lin", "linh"} {
		b.do(`const f = document.querySelector("#palette"); f.value = "` + part + `"; f.dispatchEvent(new Event("input", { bubbles: true }))`)
	}
	b.until(`counts.at(-1) === "1 result"`)
	b.is(`counts.length < 3`, "true") // of four letters
}

// TestNoticeOfAPageIsSaid: what a page brings with it is not read out by itself, as
// only changes are.
func TestNoticeOfAPageIsSaid(t *testing.T) {
	f := newFakeDesk(t)
	f.answers = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/views" {
			return false
		}
		p := page("Views", NavNone)
		p.Base, p.Position, p.Notice = "", "7.42", "Saved"
		_ = Views(ViewsPage{Page: p}).Render(r.Context(), w)
		return true
	}
	b := newTab(t, chrome(t), f, "/views", listener)
	b.until(`said.join("|") === "Saved"`)
}

// TestOldMessagesAreNotRecited: what is loaded above the conversation comes in
// while that says that it is busy, so nobody hears it.
func TestOldMessagesAreNotRecited(t *testing.T) {
	f, l := newFakeDesk(t), newLong(150, 100)
	f.answers = l.answer
	b := newTab(t, chrome(t), f, "/chats/JONAS", listener)
	b.until(atRest)
	for _, id := range []string{"E20", "P1"} { // of this conversation, and of the one before
		b.do(`document.querySelector("a[data-older]").click()`)
		b.until(`!!document.getElementById("e-` + id + `") && ` + atRest)
	}
	b.is(`heard.join("|")`, "")
	ev := message("N1", "c3", "And news", time.Now())
	b.set(func() { l.now = append(slices.Clone(l.now), ev) })
	b.push(t, func(w io.Writer) error { return EventPatch(w, env0, "JONAS", "TH1", ev, jonas()) })
	b.until(inHeard + `"And news")).length === 1`)
}

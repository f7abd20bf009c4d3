package views

import (
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	page_ "github.com/chromedp/cdproto/page"

	"agentdesk/desk"
)

// listener notes what those hear who listen instead of looking: what comes into a
// role=log that is not busy, what ends being busy in it, what #live says, and what
// interrupts. With window.hasten timers of ten seconds run fast: not before the page is
// online, because on a busy machine that takes longer than they then wait.
const listener = `window.heard = [], window.said = [], window.alerts = [];
	const wait = window.setTimeout;
	window.setTimeout = (f, ms, ...a) => wait(f, ms === 10e3 && window.hasten ? 500 : ms, ...a);
	const observer = new MutationObserver(list => {
		const over = list.filter(m => m.type === "attributes" && m.target.matches(".msg:not([aria-busy])")).map(m => m.target);
		for (const m of list) {
			const el = m.target.nodeType === 1 ? m.target : m.target.parentElement;
			const quiet = el?.closest("[aria-busy=true], [aria-live=off], [aria-hidden=true]");
			if (m.type === "attributes") {
				if (over.includes(el) && !quiet) heard.push(el.textContent);
				continue;
			}
			const whole = over.some(msg => msg.contains(el)); // it is read out as a whole
			for (const n of m.addedNodes) {
				const text = n.textContent.trim();
				if (el?.closest("#live") && text) said.push(text);
				if (n.nodeType === 1 && (n.matches("[role=alert]") || n.querySelector("[role=alert]"))) alerts.push((n.matches("[role=alert]") ? n : n.querySelector("[role=alert]")).textContent);
				if (!whole && el?.closest("[role=log]") && text && !quiet && !(n.nodeType === 1 && n.matches("[aria-busy=true]"))) heard.push(text);
			}
		}
	});
	document.addEventListener("readystatechange", () => observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["aria-busy"] }), { once: true });`

const (
	atRest  = `!document.querySelector(".chat .log[aria-busy]")`
	inHeard = `heard.filter(t => t.includes(`
)

// TestHeard: the conversation is read out as it goes on, and nothing else of it:
// not its first part, not another chat's, no day that stood there before; one's own
// words once, and not before they are accepted.
func TestHeard(t *testing.T) {
	b := newTab(t, chrome(t), newFakeDesk(t), "/chats/JONAS", listener)
	b.until(atRest)
	b.is(`heard.join("|")`, "")

	b.do(`document.querySelector("#row-LINH a").click()`)
	b.until(`document.body.dataset.open === "LINH" && ` + atRest)
	b.do(`document.querySelector("#row-JONAS a").click()`)
	b.until(`document.body.dataset.open === "JONAS" && ` + atRest)
	b.is(`heard.join("|")`, "")

	ev := message("E71", "c3", "Is it still there?", sampleNow.Add(time.Minute))
	b.push(t, func(w io.Writer) error { return EventPatch(w, env0, "JONAS", "TH1", ev, jonas()) })
	b.until(inHeard + `"still there")).length === 1`)

	// One's own words are not read out before they are accepted.
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("Mine alone\r")
	b.eventually("it is sent", func() bool { return len(b.posted("/chats/JONAS/events")) > 0 })
	b.is(inHeard+`"Mine alone")).length`, "0")
	mine := message("E72", sampleMe.ID, "Mine alone", sampleNow.Add(2*time.Minute))
	mine.CustomID = b.posted("/chats/JONAS/events")[0].Get("custom_id")
	b.push(t, func(w io.Writer) error { return EventPatch(w, env0, "JONAS", "TH1", mine, desk.Person{}) })
	b.until(`!!document.querySelector("[data-event-id=E72][data-state=sent]")`)
	b.is(inHeard+`"Mine alone")).length`, "1")
	b.is(`document.activeElement.name`, "text")

	// What comes next is all that is read out then.
	b.do(`heard.length = 0`)
	ev = message("E73", "c3", "One last thing", sampleNow.Add(3*time.Minute))
	b.push(t, func(w io.Writer) error { return EventPatch(w, env0, "JONAS", "TH1", ev, jonas()) })
	b.until(inHeard + `"One last thing")).length === 1`)
	b.is(`heard.length`, "1")
}

// TestHeardAfterOutage: what came while the line was down is counted, not read out;
// where it comes behind the others, and where the page is drawn again.
func TestHeardAfterOutage(t *testing.T) {
	b := newTab(t, chrome(t), newFakeDesk(t), "/chats/JONAS", listener)
	for i, resume := range []bool{true, false} {
		b.until(atRest)
		b.do(`said.length = heard.length = 0`)
		b.set(func() { b.head, b.resume = 503, resume })
		b.cut()
		b.until(`document.body.dataset.connection !== "online"`)
		p := *b.panes["JONAS"]
		for n := range 2 {
			ev := message(fmt.Sprint("E8", i, n), "c3", "Said meanwhile", sampleNow.Add(time.Duration(10*i+n+1)*time.Minute))
			p.View.Chat.Thread.Events = append(slices.Clone(p.View.Chat.Thread.Events), ev)
			p.View.Total++
			b.push(t, func(w io.Writer) error { return EventPatch(w, env0, "JONAS", "TH1", ev, jonas()) })
		}
		b.set(func() { b.panes["JONAS"], b.head = &p, 200 })
		b.do(`dispatchEvent(new Event("online"))`) // it need not wait for its next try
		b.until(`said.includes("2 messages while you were disconnected")`)
		b.is(inHeard+`"Said meanwhile")).length`, "0")
		b.until(atRest)
		b.is(`[...document.querySelectorAll(".log .msg")].filter(m => m.textContent.includes("Said meanwhile")).length`, fmt.Sprint(2*i+2))
	}
}

// TestHeardAfterSleep: a tab that catches up counts what came meanwhile and reads
// nothing of it out, whether the browser put it to sleep, the computer slept, or a
// hidden one of many had let its stream go; then it goes on as before.
func TestHeardAfterSleep(t *testing.T) {
	browser := chrome(t)
	const dozing = `{ const now = Date.now; window.skip = 0; Date.now = () => now() + window.skip; }`
	for name, c := range map[string]struct {
		before       string
		sleeps, woke func(*tab)
	}{
		"frozen":       {"", func(b *tab) { b.freeze(page_.SetWebLifecycleStateStateFrozen) }, func(b *tab) { b.freeze(page_.SetWebLifecycleStateStateActive) }},
		"frozen alone": {"delete window.SharedWorker;", func(b *tab) { b.freeze(page_.SetWebLifecycleStateStateFrozen) }, func(b *tab) { b.freeze(page_.SetWebLifecycleStateStateActive) }},
		"computer":     {dozing, func(b *tab) { b.do(`skip += 46e3`) }, nil},
	} {
		for _, n := range []int{3, 60} {
			t.Run(fmt.Sprint(name, " ", n), func(t *testing.T) {
				f := newFakeDesk(t)
				f.set(func() { f.panes["JONAS"].View.Peek = "" })
				b := newTab(t, browser, f, "/chats/JONAS", c.before+listener)
				b.until(atRest)
				b.eventually("its stream is there", func() bool { return b.live() > 0 })
				b.do(`said.length = heard.length = 0`)
				c.sleeps(b)
				p := *b.panes["JONAS"]
				p.View.Chat.Thread.Events = slices.Clone(p.View.Chat.Thread.Events)
				for i := range n {
					ev := message(fmt.Sprintf("E8%03d", i), "c3", "Said meanwhile", sampleNow.Add(time.Duration(i+1)*time.Second))
					p.View.Chat.Thread.Events = append(p.View.Chat.Thread.Events, ev)
					p.View.Total++
					b.push(t, func(w io.Writer) error { return EventPatch(w, env0, "JONAS", "TH1", ev, jonas()) })
				}
				b.set(func() { b.panes["JONAS"] = &p })
				if c.woke != nil {
					c.woke(b)
				}
				b.until(fmt.Sprintf(`said.includes("%d messages while you were disconnected")`, n))
				b.is(inHeard+`"Said meanwhile")).length`, "0")
				b.until(atRest)
				ev := message("E9", "c3", "And news", sampleNow.Add(10*time.Minute))
				b.push(t, func(w io.Writer) error { return EventPatch(w, env0, "JONAS", "TH1", ev, jonas()) })
				b.until(inHeard + `"And news")).length === 1`)
				b.is(`heard.length`, "1")
			})
		}
	}
}

// TestInterrupts: three things break into what is being read out, and no other.
func TestInterrupts(t *testing.T) {
	b := newTab(t, chrome(t), newFakeDesk(t), "/chats/JONAS", listener)
	b.eventually("its stream is there", func() bool { return b.live() > 0 })
	b.do(`window.hasten = true`)
	b.do(`alerts.length = 0`) // where that took long, it was said
	b.do(`document.querySelector(".acts form[data-action=deactivate]").requestSubmit()`)
	b.until(`!!document.querySelector("#toasts[role=status] .undo")`)
	b.set(func() { b.answer = 503 })
	b.do(`document.querySelector(".tagging form[data-action=tag] input").value = "x", document.querySelector(".tagging form[data-action=tag]").requestSubmit()`)
	b.until(`!!document.querySelector("#toasts[role=status] .bad")`)
	b.is(`alerts.join("|")`, "")

	b.call(t, desk.Alert{Kind: desk.AlertTaken, ChatID: "JONAS", Title: "Jonas", At: time.Now()})
	b.until(`alerts.join("|") === "Jonas was taken from you"`)

	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("Nobody gets it\r")
	b.until(`alerts.length === 2 && alerts[1].startsWith("Not sent")`)

	b.set(func() { b.head = 503 })
	b.cut()
	b.until(`alerts.length === 3 && alerts[2] === "The connection is lost."`)
}

// TestFocusAfterClosing: it goes to the next chat, and is never lost.
func TestFocusAfterClosing(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	b.do(`document.querySelector(".log").focus()`)
	b.keys("e")
	b.until(`document.activeElement.closest(".row") && document.activeElement.closest(".row").previousElementSibling?.id === "row-JONAS"`)

	// A dialog gives it back, also where that place is gone; its refusal has it.
	b.set(func() { b.answer = 409 })
	b.do(`document.querySelector(".log").focus()`)
	b.keys("a")
	b.until(`!!document.querySelector("dialog form.transfer")`)
	b.do(`document.querySelector("dialog form.transfer").elements.to[0].checked = true, document.querySelector("dialog form.transfer").requestSubmit()`)
	b.until(`document.activeElement.matches("dialog #refused.reason")`)
	b.do(`document.querySelector(".log").remove(); document.querySelector("dialog").close()`)
	b.until(`document.activeElement.matches("#row-JONAS a")`)
}

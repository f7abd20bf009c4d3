package views

import "testing"

// Where what had the focus goes away, by one's own doing or not, the focus goes to
// what stands near, never to nothing.
func TestFocusIsNotLost(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	const at = `(a => a.closest(".row")?.id || a.textContent.trim())(document.activeElement)`
	const name = "Jonas Weber"
	press := func(find string) {
		t.Helper()
		b.do(`const a = (` + find + `); a.focus(); if (document.activeElement !== a) throw new Error("no focus")`)
		b.keys("\r")
	}
	b.set(func() { b.answer = 403 })
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("one\r")
	b.until(`!!document.querySelector(".msg[data-state=failed]")`)
	press(`document.querySelector(".msg[data-state=failed] .btn")`)
	b.eventually("it is tried again", func() bool { return len(b.posted("/chats/JONAS/events")) == 2 })
	b.is(at, name)
	b.until(`!!document.querySelector(".msg[data-state=failed]")`)
	press(`[...document.querySelectorAll(".msg[data-state=failed] .btn")].pop()`)
	b.until(`!document.querySelector(".msg[data-state=failed]")`)
	b.is(at, name)
	b.set(func() { b.answer = 204 })

	// A form that folds away when it is saved.
	b.do(`document.querySelector("[data-action=customer]").closest("details").open = true`)
	press(`document.querySelector("[data-action=customer] button")`)
	b.until(`!document.querySelector("[data-action=customer]").closest("details").open`)
	b.is(`document.activeElement === document.querySelector("[data-action=customer]").closest("details").querySelector("summary")`, "true")

	// A filter that is taken away.
	b.set(func() { b.inbox.Filter.Tag = "vip" })
	b.do(`document.querySelectorAll(".chips > a")[0].click()`)
	b.until(`document.querySelectorAll(".chips > a").length === 3`)
	b.set(func() { b.inbox.Filter.Tag = "" })
	press(`document.querySelectorAll(".chips > a")[2]`)
	b.until(`document.querySelectorAll(".chips > a").length === 2`)
	b.is(at, "row-JONAS")

	// The open chat is gone when the page is drawn again.
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.set(func() { delete(b.panes, "JONAS"); b.resume = false })
	b.cut()
	b.until(`!!document.querySelector("main.none")`)
	b.is(at, "Chats")
	b.noViolations()
}

// The button that lets the lists move goes when they have moved; whoever is at it goes
// to their name.
func TestOrderButtonKeepsTheFocus(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	b.do(`document.querySelector("#row-PETER a").focus()`)
	b.row("EVA", newest)
	b.until(`!!document.getElementById("order")`)
	b.do(`document.getElementById("order").focus()`)
	b.until(`!document.getElementById("order")`)
	b.is(`document.activeElement.textContent`, "Chats")
}

// A double click opens one dialog, not one over the other.
func TestOneDialogAtOnce(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	b.do(`const fetched = window.fetch; window.answers = 0; window.fetch = async (...of) => { const r = await fetched(...of), text = r.text.bind(r); r.text = async () => { const s = await text(); setTimeout(() => answers++, 100); return s; }; return r; };
		const a = document.querySelector(".acts [data-open=transfer]"); a.click(); a.click()`)
	b.until(`answers >= 2`)
	b.is(`document.querySelectorAll("dialog[open]").length`, "1")
}

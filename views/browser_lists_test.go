package views

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"agentdesk/desk"
)

var sampleViews = []desk.SavedView{
	{ID: "v1", Owner: sampleMe.ID, Name: "Refunds that wait", Query: "sort=waiting&tag=refund"},
	{ID: "v2", Owner: "ben@example.com", Name: "Unread", Query: "unread=1", Shared: true, Position: 1},
}

// bulk answers as the dashboard does. The chat LINH fails. The caller holds the
// lock.
func (f *fakeDesk) bulk(w http.ResponseWriter, v url.Values) {
	p := BulkPage{Page: Page{Env: env0}, Do: v.Get("do")}
	for _, id := range v["chat"] {
		r := BulkResult{ChatID: id, Name: id}
		if id == "LINH" {
			r.Error = "This chat is closed already."
		}
		p.Results = append(p.Results, r)
	}
	_ = BulkReport(p).Render(context.Background(), w)
}

// point moves the pointer to the middle of an element.
func (b *tab) point(sel string) {
	b.Helper()
	var x, y float64
	if _, err := fmt.Sscan(strings.ReplaceAll(b.text(fmt.Sprintf(`(r => [r.x + r.width / 2, r.y + r.height / 2])(document.querySelector(%q).getBoundingClientRect())`, sel)), ",", " "), &x, &y); err != nil {
		b.Fatal(err)
	}
	if _, err := chromedp.Call(b.ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: "mouseMoved", X: x, Y: y}); err != nil {
		b.Fatal(err)
	}
}

// inList is a list's chats, in their order.
func inList(l desk.List) string {
	return `[...document.querySelectorAll("#list-` + string(l) + ` .row")].map(r => r.dataset.chatId).join()`
}

func (b *tab) row(id string, change func(*desk.Row)) {
	b.Helper()
	for _, r := range sampleRows() {
		if r.ChatID == id {
			change(&r)
			b.push(b.T, func(w io.Writer) error { return RowPatch(w, env0, r) })
			return
		}
	}
	b.Fatalf("no row %s", id)
}

const mineAsDrawn = "JONAS,FATIMA,PETER,LINH,EVA,TOMASZ"

// newest makes a row the newest of its list.
func newest(r *desk.Row) { r.Sort, r.Unread = "00003", 7 }

func browserHold(b *tab) {
	b.point("#row-PETER")
	b.do(`window.top0 = document.querySelector("#row-PETER").getBoundingClientRect().top;
		window.shifts = []; new PerformanceObserver(l => window.shifts.push(...l.getEntries().flatMap(e => e.sources.map(s => s.node?.className || s.node?.nodeName)))).observe({type: "layout-shift"})`)
	b.row("EVA", newest)
	newer := row("NEWEST", desk.Waiting, customer("n", "Nadia New", "", true), "", "hello?", 0)
	b.push(b.T, func(w io.Writer) error { return RowPatch(w, env0, newer) })
	b.push(b.T, func(w io.Writer) error { return RowGonePatch(w, "FATIMA") })
	b.until(`document.querySelector("#order")?.textContent === "Order changed, 3 newer ↑"`)
	b.is(`window.shifts.join()`, "")
	// What is below comes in at once; what would move the row under the pointer waits.
	later := row("LATER", desk.Others, customer("o", "Olga Other", "", true), "", "later", 0)
	b.push(b.T, func(w io.Writer) error { return RowPatch(w, env0, later) })
	b.until(`!!document.querySelector("#list-others #row-LATER") && document.querySelector("#row-EVA").dataset.unread === "7"`)
	b.is(inList(desk.Mine), mineAsDrawn)
	b.is(`!!document.querySelector("#row-NEWEST") + " " + document.querySelector("#row-FATIMA").classList.contains("gone")`, "false true")
	b.is(`document.querySelector("#row-PETER").getBoundingClientRect().top === window.top0`, "true")
	b.is(`document.querySelector("#order").textContent`, "Order changed, 3 newer ↑")
	// Drawn again from the server, the lists hold still as well.
	b.set(func() { b.gets = nil })
	b.do(`document.querySelector("#row-PETER a").click()`)
	b.until(`document.body.dataset.open === "PETER"`)
	b.point("#row-PETER")
	b.is(`document.querySelector("#row-PETER").getBoundingClientRect().top === window.top0`, "true")
	b.row("EVA", newest)
	b.until(`document.querySelector("#row-EVA").dataset.unread === "7"`)
	b.is(`document.querySelector("#order")?.textContent`, "Order changed, 2 newer ↑") // and the server knows of no LATER
	b.do(`document.querySelector("#order").click()`)
	b.is(inList(desk.Mine), "EVA,JONAS,FATIMA,PETER,LINH,TOMASZ")
	b.is(`document.querySelector("#order")`, "null")
	// The pointer goes: what waited comes by itself.
	b.row("TOMASZ", func(r *desk.Row) { r.Sort = "00002" })
	b.until(`!!document.querySelector("#order")`)
	b.point(".log")
	b.until(inList(desk.Mine) + ` === "TOMASZ,EVA,JONAS,FATIMA,PETER,LINH"`)
	// A row with the focus holds them too.
	b.do(`document.querySelector("#row-LINH a").focus()`)
	b.row("PETER", func(r *desk.Row) { r.Sort = "00001" })
	b.until(`!!document.querySelector("#order")`)
	b.is(inList(desk.Mine), "TOMASZ,EVA,JONAS,FATIMA,PETER,LINH")
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.until(inList(desk.Mine) + ` === "PETER,TOMASZ,EVA,JONAS,FATIMA,LINH"`)
	// A pointer that was left over them holds for half a minute: then who waits comes in.
	b.point("#row-PETER")
	b.row("LINH", func(r *desk.Row) { r.Sort = "00000" })
	b.until(`!!document.querySelector("#order")`)
	b.do(`window.now = Date.now; Date.now = () => now.call(Date) + 31e3`)
	b.push(b.T, func(w io.Writer) error { return RowPatch(w, env0, newer) })
	b.until(`!!document.querySelector("#list-waiting #row-NEWEST") && !document.querySelector("#order") && ` + inList(desk.Mine) + ` === "LINH,PETER,TOMASZ,EVA,JONAS,FATIMA"`)
	b.do(`Date.now = now`)
}

func browserFold(b *tab) {
	seen := func(l desk.List) string {
		return `document.querySelector("#list-` + string(l) + `").checkVisibility()`
	}
	b.is(seen(desk.Others), "true")
	b.do(`document.querySelector("[data-list=others] .folder").click()`)
	b.is(seen(desk.Others), "false")
	b.is(`document.querySelector("[data-list=others] .folder").ariaExpanded`, "false")
	b.row("ROSA", newest) // a patch does not unfold it, nor does another page
	b.until(`document.querySelector("#row-ROSA").dataset.unread === "7"`)
	b.do(`document.querySelector("#row-LINH a").click()`)
	b.until(`document.body.dataset.open === "LINH"`)
	b.is(seen(desk.Others), "false")
	if err := chromedp.Do(b.ctx, chromedp.Navigate(b.URL+"/chats/JONAS")); err != nil {
		b.Fatal(err)
	}
	b.until(`!!document.querySelector("[data-list=others] .folder")`)
	b.is(seen(desk.Others), "false")
	// Who waits stays in sight, however far the lists are scrolled.
	b.do(`document.querySelector("[data-list=others] .folder").click(); const r = document.querySelector("#rows"); r.style.blockSize = "200px"; r.style.flex = "none"; r.scrollTop = r.scrollHeight`)
	b.is(`(() => { const h = document.querySelector("#count-waiting").getBoundingClientRect(), r = document.querySelector("#rows").getBoundingClientRect(); return document.querySelector("#rows").scrollTop > 100 && h.top >= r.top && h.bottom <= r.bottom && h.height > 0 })()`, "true")
	b.is(`document.querySelector("#count-waiting .n").textContent`, "2")
}

func browserBulk(b *tab) {
	b.do(`document.querySelector("#row-FATIMA a").focus()`)
	b.keys("x")
	b.until(`document.querySelector("#bulk .said")?.textContent === "1 chat chosen"`)
	b.do(`document.querySelector("#row-LINH .chooser").dispatchEvent(new MouseEvent("click", {bubbles: true, shiftKey: true}))`)
	b.until(`document.querySelector("#bulk .said").textContent === "3 chats chosen"`)
	b.row("PETER", func(r *desk.Row) { r.Unread = 4 }) // a patch keeps the ticks
	b.until(`document.querySelector("#row-PETER").dataset.unread === "4"`)
	b.is(`[...document.querySelectorAll(".chooser:checked")].map(c => c.closest(".row").dataset.chatId).join()`, "FATIMA,PETER,LINH")
	b.do(`const f = document.querySelector("#bulk"); f.elements.tag.value = "refund"; f.requestSubmit(f.querySelector("[value=tag]"))`)
	b.until(`document.querySelector("dialog .report h2")?.textContent === "Failed in 1 of 3 chats."`)
	b.is(`document.querySelector("dialog .report li").textContent`, "Linh Nguyen This chat is closed already.")
	if p := b.posted("/chats/bulk"); len(p) != 1 || p[0].Get("do") != "tag" || p[0].Get("tag") != "refund" || strings.Join(p[0]["chat"], ",") != "FATIMA,PETER,LINH" {
		b.Errorf("posted %v", p)
	}
	b.keys("\u001b")
	b.until(`!document.querySelector("dialog") && document.querySelector("#bulk .said").textContent === "1 chat chosen"`)
	b.do(`document.querySelector("#row-JONAS a").focus()`)
	b.keys("\u001b")
	b.until(`!document.querySelector("#bulk") && !document.querySelector(".chooser:checked")`)
	// Refused as a whole, nothing is lost.
	b.keys("x")
	b.until(`!!document.querySelector("#bulk")`)
	b.set(func() { b.answer = http.StatusUnprocessableEntity })
	b.do(`document.querySelector("#bulk [value=close]").click()`)
	b.until(`document.querySelector("#toasts .bad")?.textContent === "Said by the server."`)
	b.is(`document.querySelectorAll(".chooser:checked").length`, "1")
}

func browserViews(b *tab) {
	b.do(`document.querySelector(".views > summary").click()`)
	b.is(`[...document.querySelectorAll(".views .item bdi")].map(i => i.textContent).join()`, "Refunds that wait,Unread")
	b.is(`document.querySelector("form[data-action=save-view]")`, "null")
	b.do(`[...document.querySelectorAll(".views .item")].find(i => i.href.endsWith("unread=1")).click()`)
	b.until(`location.search === "?unread=1" && document.querySelector(".views > summary").innerText.trim() === "Unread"`)
	// A row that is shown changes in its place; the server is asked once for a change that may matter, not for typing.
	b.set(func() { b.gets = nil })
	b.row("FATIMA", func(r *desk.Row) { r.Typing = true })
	b.until(`!!document.querySelector("#row-FATIMA [data-typing]")`)
	b.row("FATIMA", func(r *desk.Row) { r.Unread = 9 })
	b.until(`document.querySelector("#row-FATIMA").dataset.unread === "9"`)
	b.eventually("fetched again", func() bool { return b.got("/chats/JONAS?unread=1") })
	// The menu counts anew when it is opened, and stays open.
	b.do(`document.querySelector(".views").open = false`)
	b.set(func() { b.gets = nil })
	b.do(`document.querySelector(".views > summary").click()`)
	b.eventually("counted again", func() bool { return b.got("/chats/JONAS?unread=1") })
	b.until(`document.querySelector("#log-JONAS") && document.querySelector(".views").open`)
}

func TestBrowserLists(t *testing.T) {
	browser := chrome(t)
	for name, test := range map[string]func(*tab){"hold": browserHold, "fold": browserFold, "bulk": browserBulk, "views": browserViews, "preview": browserPreview} {
		t.Run(name, func(t *testing.T) {
			b := openTab(t, browser, "/chats/JONAS")
			b.T = t
			test(b)
			b.noViolations()
		})
	}
}

package views

import (
	"io"
	"strings"
	"testing"
	"time"

	"agentdesk/desk"
)

// browserPreview: who said it leads in the page's direction, and what was said
// begins where its own language begins, however long it is.
func browserPreview(b *tab) {
	left := time.Now().Add(-3 * time.Minute)
	for id, text := range map[string]string{"LINH": "I have asked the warehouse " + strings.Repeat("and they will call back ", 9), "EVA": strings.Repeat("هل يمكنني تغيير عنوان التوصيل؟ ", 9)} {
		b.row(id, func(r *desk.Row) {
			r.Last.Text, r.Customer = text, customer(id, id, "", false)
			r.Customer.Customer.Visit.EndedAt = left
		})
		b.until(`document.querySelector("#row-` + id + ` .pre").innerText.includes("left 3 min ago")`)
	}
	place := `((id, i) => document.querySelector("#row-" + id + " .pre").children[i].getBoundingClientRect())`
	inner := `(id => { const x = document.querySelector("#row-" + id + " .pre").lastElementChild, r = document.createRange(); r.setStart(x.firstChild, 0); r.setEnd(x.firstChild, 1); const a = r.getBoundingClientRect(), box = x.getBoundingClientRect(); return a.left >= box.left - 1 && a.right <= box.right + 1 && box.width > 40 })`
	for dir, leads := range map[string]string{"ltr": "<", "rtl": ">"} {
		b.do(`document.documentElement.dir = "` + dir + `"`)
		for _, id := range []string{"LINH", "EVA"} {
			b.is(place+`("`+id+`", 1).left `+leads+" "+place+`("`+id+`", 2).left`, "true")
			b.is(inner+`("`+id+`")`, "true") // the first letter is in sight
			b.is(`document.querySelector("#row-`+id+`").scrollWidth <= document.querySelector("#row-`+id+`").clientWidth`, "true")
		}
	}
	b.do(`document.documentElement.dir = "ltr"; const real = Date.now; Date.now = () => real() + 3600e3`)
	b.until(`document.querySelector("#row-LINH [data-f=left]").textContent === "left 1 h ago"`)
	// Who owes a reply sees a ring, and a clock too once it is late.
	b.row("FATIMA", func(r *desk.Row) { r.WaitFrom = time.Now().Add(time.Hour) })
	seen := func(sel string) string {
		return `document.querySelector("#row-FATIMA .wait ` + sel + `").checkVisibility()`
	}
	b.until(seen(".owe") + " && !" + seen(".i"))
	b.row("FATIMA", func(r *desk.Row) { r.WaitFrom = time.Now() })
	b.until(seen(".owe") + " && " + seen(".i"))
}

// TestWaitMarks: the page marks waits by the limits of their group, and the script
// goes on where the page stopped.
func TestWaitMarks(t *testing.T) {
	browser := chrome(t)
	b := openTab(t, browser, "/chats")
	b.T = t
	env := env0
	env.Now = time.Now()
	env.Limits = desk.WaitLimits{{Group: 2, Warn: time.Hour, Late: 2 * time.Hour}, {Group: 3, Warn: 5 * time.Second, Late: 6 * time.Second}}
	for id, c := range map[string]struct {
		group  int
		waited time.Duration
	}{"a": {2, 30 * time.Minute}, "b": {2, 90 * time.Minute}, "c": {3, 30 * time.Second}, "d": {1, 30 * time.Minute}} {
		r := row(id, desk.Waiting, customer(id, id, "", true), "", "x", 0)
		r.GroupID, r.WaitFrom = c.group, env.Now.Add(-c.waited)
		b.push(t, func(w io.Writer) error { return RowPatch(w, env, r) })
	}
	for id, want := range map[string]string{"a": "wait", "b": "wait warn", "c": "wait late", "d": "wait late"} {
		b.until(`document.querySelector("#row-` + id + ` .wait")?.className.trim() === "` + want + `"`)
	}
	// The clock of the script is ahead by an hour: it goes by the same limits.
	b.do(`const real = Date.now; Date.now = () => real() + 3600e3`)
	for id, want := range map[string]string{"a": "wait warn", "b": "wait late"} {
		b.until(`document.querySelector("#row-` + id + ` .wait")?.className.trim() === "` + want + `"`)
	}
}

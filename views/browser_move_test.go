package views

import (
	"io"
	"testing"
	"time"

	"agentdesk/desk"
)

// A chat that comes back from the closed ones looks unread in its new list. A
// browser that keeps a row's state while it is moved (Chromium 148, moveBefore)
// can keep its old looks too.
func TestLooksOfMovedRows(t *testing.T) {
	b := openTab(t, chrome(t), "/")
	const weights = `[...document.querySelectorAll("#list-mine .row[data-unread] .name")].map(e => getComputedStyle(e).fontWeight)`
	for _, r := range sampleRows() {
		if r.List != desk.Recent {
			continue
		}
		r.List, r.Unread, r.WaitFrom, r.Sort = desk.Mine, 1, time.Now(), "00001-"+r.ChatID
		b.push(t, func(w io.Writer) error { return RowPatch(w, env0, r) })
		b.until(`document.querySelector("#list-mine #row-` + r.ChatID + `")?.offsetTop > 0`)
	}
	b.is(weights+`.join()`, "700,700,700,700,700,700")
}

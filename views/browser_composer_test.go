package views

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"agentdesk/desk"
)

// does what the dashboard does for a form, as far as browsers see it. The caller
// holds the lock.
func (f *fakeDesk) does(path string, v url.Values) {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if len(parts) != 3 || parts[0] != "chats" || f.panes[parts[1]] == nil {
		return
	}
	p := f.panes[parts[1]]
	switch parts[2] {
	case "draft":
		p.View.Draft = desk.Draft{ChatID: parts[1], Text: v.Get("text"), Note: v.Get("visibility") == "agents"}
	case "events":
		p.View.Draft = desk.Draft{}
	case "deactivate":
		p.View.Row.Closing = v.Get("undo") != ""
	case "keep-open":
		p.View.Row.Closing = false
	default:
		return
	}
	p.View.Row.Draft = p.View.Draft.Text != ""
	for i, s := range f.inbox.Sections {
		for j := range s.Rows {
			if s.Rows[j].ChatID == parts[1] {
				f.inbox.Sections[i].Rows[j] = p.View.Row
			}
		}
	}
	f.patch(func(w io.Writer) error { return HeadPatch(w, env0, p.View, nil) })
	f.patch(func(w io.Writer) error { return RowPatch(w, env0, p.View.Row) })
}

// patch sends a patch to all tabs. The caller holds the lock.
func (f *fakeDesk) patch(draw func(w io.Writer) error) {
	var b bytes.Buffer
	if draw(&b) != nil {
		return // the tests of patches tell
	}
	f.seq++
	for ch := range f.tabs {
		ch <- fmt.Sprintf("id: 7.%d\nevent: patch\ndata: %s\n\n", f.seq, b.String())
	}
}

const textIs = `document.querySelector("textarea[name=text]").value === `

// TestDraftOnTwoDevices: what is begun on one is there on the other, also while
// that is open; sending on the other clears it.
func TestDraftOnTwoDevices(t *testing.T) {
	first := openTab(t, chrome(t), "/chats/JONAS")
	browser := chrome(t) // another process: nothing is shared but the desk
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	second := &tab{t, first.fakeDesk, ctx}
	if err := chromedp.Do(ctx, chromedp.Navigate(first.URL+"/chats/JONAS")); err != nil {
		t.Fatal(err)
	}
	second.until(`document.body.dataset.connection === "online"`)
	first.do(`document.querySelector("textarea[name=text]").focus()`)
	second.do(`document.activeElement.blur()`)
	first.keys("Half a thought")
	second.until(textIs + `"Half a thought"`)

	// The other one is being written in: it is left alone.
	second.do(`document.querySelector("textarea[name=text]").focus()`)
	second.keys(" and mine")
	first.do(`document.activeElement.blur()`)
	first.until(textIs + `"Half a thought and mine"`)

	// A note stays a note, and a chat that is opened later has it too.
	second.do(`document.querySelector("#row-LINH a").click()`)
	second.until(`document.body.dataset.open === "LINH"`)
	first.do(`document.querySelector("input[value=agents]").click()`)
	first.keys("!")
	first.until(`document.querySelector(".hint").textContent === "Draft kept"`)
	second.until(`!!document.querySelector("#row-JONAS .dr")`)
	second.do(`document.querySelector("#row-JONAS a").click()`)
	second.until(textIs + `"Half a thought and mine!"`)
	second.is(`document.querySelector("input[value=agents]").checked`, "true")
	second.do(`document.querySelector("form[data-action=send]").requestSubmit()`)
	first.do(`document.activeElement.blur()`)
	first.until(textIs + `""`)
	first.until(`!document.querySelector("#row-JONAS .dr")`)
	first.noViolations()
}

// browserDraftOffline: what the server did not get is there after a reload, with
// what another device wrote meanwhile.
func browserDraftOffline(b *tab) {
	b.set(func() { b.answer = 503 })
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("written offline")
	b.eventually("it is tried", func() bool { return len(b.posted("/chats/JONAS/draft")) > 0 })
	b.set(func() {
		b.answer = 204
		b.panes["JONAS"].View.Draft = desk.Draft{ChatID: "JONAS", Text: "from the phone"}
	})
	if err := chromedp.Do(b.ctx, chromedp.Reload()); err != nil {
		b.Fatal(err)
	}
	b.until(textIs + `"from the phone\nwritten offline"`)
	b.eventually("both are kept", func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return b.panes["JONAS"].View.Draft.Text == "from the phone\nwritten offline"
	})
	b.until(`Object.keys(localStorage).filter(k => k.startsWith("draft:")).length === 0`)
}

// browserCollision: before two agents answer at once, the second one is asked.
func browserCollision(b *tab) {
	v := b.panes["JONAS"].View
	draw := func() { b.push(b.T, func(w io.Writer) error { return ColleaguesPatch(w, env0, v) }) }
	b.eventually("it is told that the chat is shown", func() bool { return len(b.posted("/chats/JONAS/viewing")) > 0 })
	v.Here = []string{"Eva Berg"}
	draw()
	b.until(`document.querySelector(".with").textContent.trim() === "Eva is here"`)
	v.Writers = []string{"Eva Berg"}
	draw()
	b.until(`document.querySelector(".with").textContent.trim() === "Eva is writing here"`)
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("An answer\r")
	b.until(`document.querySelector(".ask span")?.textContent === "Eva is writing here. Send anyway?"`)
	b.is(textIs+`"An answer"`, "true")
	if n := len(b.posted("/chats/JONAS/events")); n != 0 {
		b.Fatalf("%d messages were sent without an answer", n)
	}
	b.keys("\r")
	b.eventually("sent after all", func() bool { return len(b.posted("/chats/JONAS/events")) == 1 })
	b.until(`!document.querySelector(".ask")`)
	// A note does not reach the customer: nobody is asked.
	b.do(`document.querySelector("input[value=agents]").click()`)
	b.keys("A note\r")
	b.eventually("the note is sent", func() bool { return len(b.posted("/chats/JONAS/events")) == 2 })
	// What a colleague has just sent counts like what one is writing.
	b.do(`document.querySelector("input[value=all]").click()`)
	v.Writers, v.Here = nil, nil
	draw()
	ev := message("E90", "sam@example.com", "I have it", time.Now().Add(time.Minute)) // however slow this machine is
	b.push(b.T, func(w io.Writer) error {
		return EventPatch(w, env0, "JONAS", "TH1", ev, agentPerson("sam@example.com", "Sam Berg"))
	})
	b.until(`!!document.querySelector("[data-event-id=E90]") && !document.querySelector(".with[data-writer]")`)
	b.keys("Another\r")
	b.until(`!!document.querySelector(".ask")`)
	b.do(`document.querySelector(".ask [type=button]").click()`)
	b.until(`!document.querySelector(".ask") && document.activeElement.name === "text"`)
}

// browserUndo: closing waits at the server, and can be taken back from the toast,
// the row and the header.
func browserUndo(b *tab) {
	b.do(`document.querySelector(".head h2").focus()`)
	b.keys("e")
	b.eventually("asked to close", func() bool { return len(b.posted("/chats/JONAS/deactivate")) == 1 })
	if v := b.posted("/chats/JONAS/deactivate")[0]; v.Get("undo") == "" {
		b.Errorf("closed at once: %v", v)
	}
	b.until(`(() => { const undo = document.querySelector(".toast.undo button"); undo?.click(); return !!undo; })()`) // it is there for a moment only
	b.eventually("taken back", func() bool { return len(b.posted("/chats/JONAS/keep-open")) == 1 })
	b.until(`!!document.querySelector(".head [data-action=deactivate]") && !document.querySelector("#row-JONAS.idle")`)
	b.until(`(() => { const close = document.querySelector(".head [data-action=deactivate] button"); close?.click(); return !!close; })()`) // the head may still be drawn anew
	b.until(`!!document.querySelector("#row-JONAS.idle [data-action=keep-open] button") && !!document.querySelector(".head [data-action=keep-open]")`)
	b.until(`(() => { const open = document.querySelector("#row-JONAS [data-action=keep-open] button"); open?.click(); return !!open; })()`) // so may the row
	b.until(`!document.querySelector(".toast.undo") && !document.querySelector("#row-JONAS.idle")`)
}

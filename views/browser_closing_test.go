package views

import (
	"io"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"agentdesk/desk"
)

// closed tells the tabs that the server has closed a chat for good.
func (b *tab) closed(id string) {
	b.Helper()
	b.row(id, func(r *desk.Row) { r.List, r.Closing = desk.Recent, false })
	b.until(`!!document.querySelector("#list-recent #row-` + id + `, #row-` + id + `.gone, #order") || document.querySelector("#row-` + id + `").dataset.into === "list-recent"`)
}

const rowOfFocus = `document.activeElement.closest(".row")?.dataset.chatId`

// TestFocusWhenAChatIsClosed: it goes to the next chat of the list, before the last
// one of it to the one before, wherever it was and however the chat is closed. The
// chat that is brought back has it again.
func TestFocusWhenAChatIsClosed(t *testing.T) {
	browser := chrome(t)
	places := map[string]string{
		"row":      `document.querySelector("#row-CHAT a").focus()`,
		"composer": `document.querySelector("textarea[name=text]").focus()`,
		"header":   `document.querySelector(".acts form[data-action=deactivate] button").focus()`,
		"log":      `document.querySelector(".log").focus()`,
		"details":  `document.querySelector(".about summary").focus()`,
		"nowhere":  `document.activeElement.blur()`,
	}
	next := map[string]string{"JONAS": "FATIMA", "TOMASZ": "EVA", "V4417": "MARTA"} // TOMASZ and V4417 are the last of their lists
	for place, focus := range places {
		for chat, want := range next {
			if place == "composer" && chat == "V4417" || chat == "V4417" && place != "row" {
				continue
			}
			t.Run(place+" "+chat, func(t *testing.T) {
				b := openTab(t, browser, "/chats/"+chat)
				b.T = t
				here := `document.body.dataset.open === "` + chat + `"`
				b.until(here)
				b.do(strings.ReplaceAll(focus, "CHAT", chat))
				switch place {
				case "composer":
					b.chord("Enter", "Enter", chromedp.ModifierCtrl|chromedp.ModifierShift)
				case "header":
					b.keys("\r")
				default:
					b.keys("e")
				}
				b.until(rowOfFocus + ` === "` + want + `"`)
				b.until(`document.querySelector("#row-` + chat + `").classList.contains("idle")`)
				if place != "row" { // it is closed for good
					b.closed(chat)
					b.is(rowOfFocus, want)
					return
				}
				b.keys("z")
				b.eventually("taken back", func() bool { return len(b.posted("/chats/"+chat+"/keep-open")) == 1 })
				b.until(rowOfFocus + ` === "` + chat + `"`)
				b.until(`!document.querySelector("#row-` + chat + `.idle")`)
				b.is(rowOfFocus, chat)
			})
		}
	}
}

// TestFocusWhenTheNextIsOpened: closing a chat and opening the next leads to the
// field of that, as opening it does; the last one has none behind it.
func TestFocusWhenTheNextIsOpened(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	b.do(`document.querySelector("#row-JONAS a").focus()`)
	b.keys("E")
	b.until(`document.body.dataset.open === "FATIMA" && document.activeElement.name === "text"`)
	b.until(`document.querySelector("#row-JONAS").classList.contains("idle")`)
	// Brought back by the button, it is what the person goes on with.
	b.do(`document.querySelector(".toast.undo button").focus()`)
	b.keys("\r")
	b.until(rowOfFocus + ` === "JONAS"`)
	// While something is being written, nothing takes the field away.
	b.do(`const ta = document.querySelector("textarea[name=text]"); ta.focus(); ta.value = "half a sent"; document.querySelector(".acts form[data-action=deactivate]").requestSubmit()`)
	b.until(`!!document.querySelector(".toast.undo")`)
	b.is(`document.activeElement.name`, "text")
}

// TestFocusWhenTheLastChatIsClosed: with no other chat there it goes to the name of
// the lists. Where those are not shown it goes to the name of the chat.
func TestFocusWhenTheLastChatIsClosed(t *testing.T) {
	browser := chrome(t)
	for _, small := range []bool{false, true} {
		b := openTab(t, browser, "/chats/JONAS")
		want := "h1"
		if small {
			want = ".head h2"
			if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(390, 844)); err != nil {
				t.Fatal(err)
			}
		}
		for _, r := range sampleRows() {
			if r.ChatID != "JONAS" {
				b.push(t, func(w io.Writer) error { return RowGonePatch(w, r.ChatID) })
			}
		}
		b.until(`document.querySelectorAll(".row").length === 1`)
		b.do(`document.querySelector(".acts form[data-action=deactivate] button").focus()`)
		b.keys("\r")
		b.until(`document.querySelector("#row-JONAS").classList.contains("idle") && document.activeElement.matches("` + want + `")`)
		b.push(t, func(w io.Writer) error { return RowGonePatch(w, "JONAS") })
		b.until(`document.querySelectorAll(".row:not(.gone)").length === 0`)
		b.is(`document.activeElement.matches("`+want+`")`, "true")
	}
}

// TestFocusOfAChatThatGoes: a row that is taken away while it has the focus passes it
// on, and so does the bar of several chats.
func TestFocusOfAChatThatGoes(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	b.do(`document.querySelector("#row-LINH a").focus()`)
	b.push(t, func(w io.Writer) error { return RowGonePatch(w, "LINH") })
	b.until(`!!document.querySelector("#row-LINH.gone")`) // it stays while it has the focus
	b.do(`document.querySelector("#order").click()`)
	b.until(`!document.querySelector("#row-LINH")`)
	b.is(rowOfFocus, "EVA")
	b.keys("x")
	b.until(`!!document.querySelector("#bulk")`)
	b.do(`document.querySelector("#bulk [value=close]").focus()`)
	b.keys("\r")
	b.until(`!document.querySelector("#bulk")`)
	b.is(`!!document.activeElement.closest(".row")`, "true")
}

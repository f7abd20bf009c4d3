package views

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"agentdesk/desk"
	"agentdesk/static"
)

// The single keys of the scripts' table are those of the desk: the same actions,
// keys and names.
func TestKeyTable(t *testing.T) {
	js, err := static.FS.ReadFile("js/keys.js")
	if err != nil {
		t.Fatal(err)
	}
	p, seen := MePage{}, map[string]bool{}
	for _, m := range regexp.MustCompile(`\{ id: "([a-z-]+)", key: "([^"]+)", name: "([^"]+)", at: "([a-z]+)"`).FindAllStringSubmatch(string(js), -1) {
		id, key, name, at := m[1], m[2], m[3], m[4]
		if seen[id] {
			t.Errorf("%s stands twice", id)
		}
		seen[id] = true
		if len(key) != 1 || at == "field" {
			continue
		}
		if want := (desk.Keys{}).Key(id); want != key {
			t.Errorf("%s has the key %q, in the desk %q", id, key, want)
		}
		if want := p.keyName(id); want != name {
			t.Errorf("%s is called %q, in the settings %q", id, name, want)
		}
	}
	for _, a := range desk.KeyActions {
		if !seen[a.Name] {
			t.Errorf("%s is not in the scripts' table", a.Name)
		}
	}
	for _, id := range []string{"palette", "send-close", "attach", "next-writing", "unread-writing", "go-settings"} {
		if !seen[id] {
			t.Errorf("%s is missing", id)
		}
	}
}

// adopted are the keys that agents of other desks know, by what they do here.
var adopted = map[string]string{
	"palette": "Mod+k", "help": "?", "next": "j", "previous": "k", "next-writing": "Alt+ArrowDown", "previous-writing": "Alt+ArrowUp",
	"unread": "u", "unread-writing": "Alt+Shift+ArrowDown", "unread-back": "Alt+Shift+ArrowUp", "waiting": "t", "enter": "Enter", "open": "o",
	"leave": "Escape", "reply": "r", "note": "n", "send": "Enter", "send-mod": "Mod+Enter", "line": "Shift+Enter", "send-close": "Mod+Shift+Enter",
	"canned": "#", "canned-too": "/", "emoji": ":", "attach": "Mod+Shift+u", "close": "e", "close-next": "E", "transfer": "a", "take": "i", "tags": "l",
	"mark-unread": "U", "details": "p", "search": "/", "go-chats": "g c", "go-archives": "g a", "go-customers": "g v", "go-team": "g t", "go-reports": "g r", "go-settings": "g s",
	"accept": "A", "more": ".",
}

// The adopted keys are in the table, and none that browsers or menus need.
func TestAdoptedKeys(t *testing.T) {
	js, err := static.FS.ReadFile("js/keys.js")
	if err != nil {
		t.Fatal(err)
	}
	table := map[string]string{}
	for _, m := range regexp.MustCompile(`\{ id: "([a-z-]+)", key: "([^"]+)"`).FindAllStringSubmatch(string(js), -1) {
		table[m[1]] = m[2]
		if regexp.MustCompile(`^Mod\+(Shift\+)?[wtnlrfp]$|^Alt\+.$`).MatchString(m[2]) {
			t.Errorf("%s takes %s", m[1], m[2])
		}
	}
	for id, key := range adopted {
		if table[id] != key {
			t.Errorf("%s has the key %q, not %q", id, table[id], key)
		}
	}
}

// Buttons say their key in the tooltip; what an input method or AltGr writes is no
// key, and the browser's own keys are left to it.
func browserTooltips(b *tab) {
	for _, a := range []string{
		"go-chats G C", "go-archives G A", "go-customers G V", "go-team G T", "go-reports G R", "accept Shift A", "search /",
		"reply R", "note N", "transfer A", "tags L", "close E", "mark-unread Shift U", "details P", "more .",
		"send Enter", "send-close Ctrl Shift Enter", "canned #", "emoji :", "attach Ctrl Shift U",
	} {
		id, caps, _ := strings.Cut(a, " ")
		const box = `(el => el?.matches("kbd") ? el.closest("button, summary, label, a") || el.previousElementSibling : el)(document.querySelector("[data-key=%s]"))`
		b.is(fmt.Sprintf(box+`?.title.replace(/^[^(]+ /, "") ?? "no such button"`, id), "("+caps+")")
	}
	b.do(`document.querySelector(".head h2").focus()`)
	for _, init := range []string{
		`key: "e", modifierAltGraph: true`, `key: "e", isComposing: true`, `key: "e", keyCode: 229`, `key: "e", ctrlKey: true`, `key: "e", metaKey: true`, `key: "e", altKey: true`,
		`key: "w", ctrlKey: true`, `key: "t", ctrlKey: true`, `key: "n", ctrlKey: true`, `key: "l", ctrlKey: true`, `key: "r", ctrlKey: true`, `key: "f", ctrlKey: true`, `key: "p", ctrlKey: true`, `key: "d", altKey: true`,
	} {
		b.is(`document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, `+init+` }))`, "true") // nobody has taken it
	}
	if n := len(b.posted("/chats/JONAS/deactivate")); n != 0 {
		b.Errorf("closed %d times", n)
	}
	// The palette has the keys of the composer too.
	b.chord("k", "KeyK", chromedp.ModifierCtrl)
	b.until(`!!document.querySelector("dialog[open] #palette")`)
	b.keys("send and")
	b.until(`document.querySelector("[role=option] .caps")?.textContent.trim() === "Ctrl Shift Enter"`)
}

// chord presses a key with others held.
func (b *tab) chord(key string, code string, held chromedp.Modifier) {
	b.Helper()
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		if _, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: key, Code: code, Modifiers: int64(held)}); err != nil {
			b.Fatal(err)
		}
	}
}

func browserKeys(b *tab) {
	// step waits until the chat some rows further is open, and the focus where it belongs.
	step := func(press func()) {
		b.Helper()
		was := b.text(`document.body.dataset.open`)
		press()
		b.until(`document.body.dataset.open !== "` + was + `" && document.activeElement.name === "text"`)
	}
	b.do(`document.querySelector(".head h2").focus()`)
	step(func() { b.keys("j") })
	next := b.text(`document.body.dataset.open`)
	b.keys("jk") // in a field they are letters
	b.is(`document.querySelector("textarea[name=text]").value`, "jk")
	b.keys("\u001b")
	b.until(`document.activeElement.matches("[role=log]")`)
	b.keys("\u001b")
	b.until(`document.activeElement.closest(".row")?.dataset.chatId === "` + next + `"`)
	b.do(`[...document.querySelectorAll(".row")].find(r => r.dataset.chatId === "JONAS").querySelector("a").click()`)
	b.until(`document.body.dataset.open === "JONAS" && document.activeElement.name === "text"`)
	step(func() { b.chord("ArrowDown", "ArrowDown", chromedp.ModifierAlt) }) // while writing
	step(func() { b.chord("ArrowUp", "ArrowUp", chromedp.ModifierAlt) })
	b.is(`document.body.dataset.open`, "JONAS")
	b.keys("\u001b\u001b")
	b.keys("n")
	b.until(`document.activeElement.name === "text" && document.querySelector("input[value=agents]").checked`)
	b.keys("\u001b\u001b")
	b.keys("p")
	b.until(`document.activeElement.matches(".about")`)
	b.keys("p")
	b.until(`getComputedStyle(document.querySelector(".about")).display === "none" && document.activeElement.name === "text"`)
	b.keys("\u001b\u001b")
	b.chord("ي", "KeyP", 0) // a keyboard that writes no Latin letters
	b.until(`document.activeElement.matches(".about")`)
	b.keys("?")
	b.until(`!!document.querySelector("dialog[open] .shortcuts")`)
	b.is(`[...document.querySelectorAll("dialog .shortcuts div")].find(d => d.textContent.includes("Close the chat and open the next")).querySelector("dt").textContent.trim()`, "Shift E")
	b.keys("\u001b")
	b.until(`!document.querySelector("dialog")`)
	b.keys("e")
	b.eventually("closed by a key", func() bool { return len(b.posted("/chats/JONAS/deactivate")) == 1 })
	b.until(`!!document.querySelector(".undo button")`)
	b.keys("z")
	b.eventually("taken back by a key", func() bool { return len(b.posted("/chats/JONAS/keep-open")) == 1 })
	b.keys("U")
	b.eventually("marked", func() bool { return len(b.posted("/chats/JONAS/unread")) == 1 })
	b.until(`location.pathname === "/chats" && document.activeElement.closest(".row")?.dataset.chatId === "JONAS"`)
	b.keys("/")
	b.until(`document.activeElement.id === "find"`)
	b.do(`document.activeElement.value = ""`) // the driver's key types the slash too, a person's does not
	b.keys("linh")
	b.until(`[...document.querySelectorAll(".row")].filter(r => !r.hidden).length === 1`)
}

// Keys that were changed are obeyed and printed; the switch turns single keys off
// and no others.
func browserRemaps(b *tab) {
	b.do(`document.querySelector(".head h2").focus()`)
	b.set(func() { b.chosen.Keys.Map, b.resume = "close=q", false })
	b.bye("slow")
	b.until(`document.querySelector("form[data-action=deactivate] kbd").textContent === "Q"`)
	b.is(`document.querySelector("form[data-action=deactivate] button").title`, "Close the chat (Q)")
	b.is(`document.querySelector("form[data-action=deactivate] button").getAttribute("aria-keyshortcuts")`, "q")
	b.keys("e")
	b.keys("q")
	b.eventually("closed by the new key", func() bool { return len(b.posted("/chats/JONAS/deactivate")) == 1 })
	b.set(func() { b.chosen.Keys.Off, b.panes["JONAS"].View.Row.Closing = true, false })
	b.bye("slow")
	b.until(`document.documentElement.hasAttribute("data-no-keys")`)
	b.is(`document.querySelector("form[data-action=deactivate] button").title`, "Close the chat")
	b.keys("j")
	b.is(`document.body.dataset.open`, "JONAS")
	b.chord("k", "KeyK", chromedp.ModifierCtrl)
	b.until(`!!document.querySelector("dialog[open] #palette")`)
}

func (f *fakeDesk) palette(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var rows []desk.Row
	for _, row := range sampleRows() {
		if strings.Contains(strings.ToLower(row.Customer.Name), strings.ToLower(r.URL.Query().Get("q"))) {
			rows = append(rows, row)
		}
	}
	slices.SortStableFunc(rows, func(x, y desk.Row) int { return min(y.Unread, 1) - min(x.Unread, 1) })
	_ = json.NewEncoder(w).Encode(PaletteChats(env0, rows))
}

func browserPalette(b *tab) {
	const option = `document.getElementById(document.getElementById("palette").getAttribute("aria-activedescendant"))`
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.chord("k", "KeyK", chromedp.ModifierCtrl)
	b.until(`document.activeElement.id === "palette"`)
	b.until(`document.querySelector("[role=option][aria-selected=true] > small")?.textContent.includes("unread")`) // unread first
	b.keys("linh")
	b.until(`document.querySelectorAll("[role=option]").length === 1 && ` + option + `.textContent.includes("Linh")`)
	b.until(`document.querySelector("dialog [role=status]").textContent === "1 result"`)
	b.keys("\r")
	b.until(`!document.querySelector("dialog") && document.querySelector(".head h2")?.textContent.includes("Linh")`)
	b.chord("k", "KeyK", chromedp.ModifierCtrl)
	b.until(`document.querySelector("[role=group]")?.getAttribute("aria-label") === "Lately" && ` + option + `?.textContent.includes("Linh")`)
	b.keys("transfer")
	b.until(option + `?.querySelector("bdi").textContent === "Transfer"`)
	b.is(option+`.querySelector("kbd").textContent`, "A")
	b.keys("\r")
	b.until(`!!document.querySelector("dialog form[data-action=transfer]")`)
	b.keys("\u001b")
	b.until(`!document.querySelector("dialog")`)
	b.chord("k", "KeyK", chromedp.ModifierCtrl)
	b.keys("zzzz")
	b.until(`document.querySelector("dialog [role=status]").textContent === "Nothing has these words."`)
	b.keys("\u001b")
	b.until(`!document.querySelector("dialog")`)
}

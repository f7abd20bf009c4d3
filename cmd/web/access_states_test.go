package main

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// key is a key pressed where the focus is.
func key(init string) string {
	return `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {bubbles: true, cancelable: true, ` + init + `}))`
}

const closeDialog = `document.querySelector("dialog[open]").close()`

// TestAccessibleLive walks through the inbox of the live program and the states that
// its scripts bring about, and finds no fault in any.
func TestAccessibleLive(t *testing.T) {
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	c := newChrome(t, p.URL(), true)
	c.before(blockedTones)
	c.focused()
	c.appearance("prefers-color-scheme=light", "prefers-reduced-motion=reduce")
	c.open("/login")
	c.faultless("the sign-in page")
	c.write("input[name=email]", "olivia@example.com")
	c.write("input[name=password]", "wrong\r")
	c.until("the refusal", `document.querySelector("#reason")`)
	c.faultless("a refused sign-in")
	signIn(c, "olivia@example.com")
	c.until("the hint that tones are blocked", `document.querySelector("#blocked")`)
	c.faultless("an inbox without chats")
	c.js(`sessionStorage.heard = 1, dispatchEvent(new KeyboardEvent("keydown", {key: "Control"})), ""`)
	c.until("the hint to be gone", `!document.querySelector("#blocked")`)

	v, other := p.visitor(), p.visitor()
	v.start("Is the zebra lamp still available?")
	other.start("Where is my order?")
	c.until("two chats", `document.querySelectorAll("#list-mine .row").length === 2`)
	c.walk(lists...)
	c.js(rowWith("zebra lamp") + `.querySelector("a").click(), ""`)
	c.until("the open chat", `document.querySelector("form[data-action=send]")`)
	c.faultless("an open chat")
	c.unobscured("an open chat")
	c.visible("an open chat")
	c.walk(chatMenus...)
	composing(t, c, p, v)

	p.end()
	c.until("the cut connection", `document.querySelector("#stream[data-connection=reconnecting]")`)
	c.write("form[data-action=send] textarea[name=text]", "Nobody gets it\r")
	c.walk(state{"a cut connection", ``, `document.querySelector(".log .tick.fail")`, ``})
	c.walk(state{"a connection that stays cut", ``, `document.querySelector("#toasts [role=alert]")`, ``})
	c.unobscured("a cut connection")
	c.visible("a cut connection")
}

// blockedTones is a browser that plays nothing before sessionStorage.heard is set.
const blockedTones = `window.AudioContext = class {
	state = "suspended"; currentTime = 0;
	async resume() { if (sessionStorage.heard) { this.state = "running"; this.onstatechange(); } }
	createOscillator() { return { frequency: {}, connect: g => g, start() {}, stop() {} }; }
	createGain() { return { gain: { setValueAtTime() {}, linearRampToValueAtTime() {} }, connect() {} }; }
}`

var lists = []state{
	{"the inbox", ``, `document.querySelector(".row")`, ``},
	{"the views", `document.querySelector(".views > summary").click()`, `document.querySelector(".views[open]")`, `document.querySelector(".views > summary").click()`},
	{"the filters", `document.querySelector(".filter > summary").click()`, `document.querySelector(".filter[open]")`, `document.querySelector(".filter > summary").click()`},
	{"one's own menu", `document.querySelector("#me > summary").click()`, `document.querySelector("#me[open]")`, `document.querySelector("#me > summary").click()`},
	{"a folded list", `document.querySelector(".folder").click()`, `document.querySelector("[data-folded]")`, `document.querySelector(".folder").click()`},
	{"chosen chats", `document.querySelectorAll("#list-mine .row").forEach(r => { r.dispatchEvent(new PointerEvent("pointerover", {bubbles: true, pointerType: "pen"})); r.querySelector(".chooser").click() })`,
		`document.querySelector("#bulk")`, ``},
	{"tags for chosen chats", `document.querySelector("#bulk summary").click()`, `document.querySelector("#bulk details[open]")`, `document.querySelector("#bulk [data-clear]").click()`},
	{"the list of keys", key(`key: "?"`), `document.querySelector("dialog .shortcuts")`, closeDialog},
	{"the palette", key(`key: "k", ctrlKey: true`), `document.querySelectorAll("#palette-list [role=option]").length > 5`, ``},
	{"the palette with nothing found", `palette_ = document.querySelector("#palette"); palette_.value = "xyzzy"; palette_.dispatchEvent(new Event("input", {bubbles: true}))`, `document.querySelector("dialog [role=status].faint")`, closeDialog},
}

var chatMenus = []state{
	{"the tags", `document.querySelector(".tagging > summary").click()`, `document.querySelector(".tagging[open]")`, `document.querySelector(".tagging > summary").click()`},
	{"more actions", `document.querySelector(".acts .more > summary").click()`, `document.querySelector(".acts .more[open]")`, `document.querySelector(".acts .more > summary").click()`},
	{"ways to send", `document.querySelector(".sends > summary").click()`, `document.querySelector(".sends[open]")`, `document.querySelector(".sends > summary").click()`},
	{"all about the customer", `document.querySelectorAll(".about details").forEach(d => d.open = true)`, `document.querySelector(".about form[data-action=customer]").checkVisibility()`, ``},
	{"an event's menu", `[...document.querySelectorAll(".log .of")].pop().click()`, `document.querySelector(".log [role=menu]")`, ``},
	{"an event's properties", `[...document.querySelectorAll(".log [role=menuitem]")].pop().click()`, `document.querySelector("dialog[open] form")`, closeDialog},
	{"the transfer", `document.querySelector("[data-open=transfer]").click()`, `document.querySelector("dialog[open] form.transfer")`, ``},
	{"a refused transfer", `(f => { f.elements.to.value = "group:2"; f.requestSubmit() })(document.querySelector("dialog form.transfer"))`, `document.querySelector("dialog [name=force]")`, closeDialog},
	{"the form of a note", `document.querySelector("form[data-action=send] [value=agents]").click()`, `document.querySelector("[value=agents]:checked")`, `document.querySelector("form[data-action=send] [value=all]").click()`},
	{"the emoji", `document.querySelector("[data-pick=':']").click()`, `document.querySelectorAll("#pick [role=option]").length > 50`, key(`key: "Escape"`)},
}

// composing is what happens while one writes.
func composing(t *testing.T, c *chrome, p *program, v *visitor) {
	const text = `form[data-action=send] textarea[name=text]`
	sam := withDemoToken(t, p, "sam")
	if code, body := sam.post("/canned/save", url.Values{"words": {"#hello"}, "text": {"Good to hear from you, %name%."}, "for": {"all"}}); code != http.StatusSeeOther {
		t.Fatalf("keeping a response answered %d: %.300s", code, body)
	}
	c.write(text, "#he")
	c.walk(state{"the canned responses", ``, `document.querySelector("#pick [role=option]")`, key(`key: "Escape"`) + `; document.activeElement.value = ""`})
	file := filepath.Join(t.TempDir(), "lamp.png")
	if err := os.WriteFile(file, onePixel, 0o600); err != nil {
		t.Fatal(err)
	}
	c.do(chromedp.SetUploadFiles(chromedp.CSS("form[data-action=send] input[type=file]"), []string{file}))
	c.walk(state{"a file to send", ``, `document.querySelector(".files li")`, ``})
	c.write(text, "Here it is\r")
	c.until("the picture", `document.querySelector(".log .shot img")?.complete`)
	v.say("Thank you")
	c.text("[role=log]", "Thank you")
	c.faultless("a conversation")
	c.walk(state{"a picture, large", `document.querySelector(".log .shot a").click()`, `document.querySelector("dialog .lightbox img").complete`, closeDialog})
	v.do("send_sneak_peek", `{"chat_id":"`+v.chat+`","sneak_peek_text":"or the blue one"}`)
	c.walk(state{"somebody who types", ``, `document.querySelector("[data-sneak-peek]")`, ``})
	sam.post("/team/tell", url.Values{"text": {"The shop is closed on Monday"}, "group": {"0"}})
	c.walk(state{"a notice of the team", ``, `document.querySelector("#notice details")`, ``})
}

var onePixel = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82")

package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// tab opens another tab of the same browser.
func (c *chrome) tab(path string) *chrome {
	c.t.Helper()
	ctx, cancel := chromedp.NewContext(c.ctx)
	c.t.Cleanup(cancel)
	other := &chrome{t: c.t, ctx: ctx, base: c.base}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1440, 900)); err != nil {
		c.t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, other.complain); err != nil {
		c.t.Fatal(err)
	}
	other.open(path)
	other.until("the stream", `document.body.dataset.connection === "online"`)
	return other
}

// threeTabs are Anna's: one for her settings, one at her inbox, and one on a page
// that the stream does not draw.
func threeTabs(t *testing.T) (p *program, mine, inbox, archives *chrome) {
	t.Helper()
	p = startProgram(t, "AGENTDESK_DEMO", "true")
	c := newChrome(t, p.URL(), true)
	c.open("/login")
	c.write("[name=email]", "anna@example.com")
	c.write("[name=password]", "demo")
	c.click("form[data-action=login] .btn.primary")
	c.until("the inbox", `document.body.dataset.connection === "online"`)
	for range 4 {
		p.visitor().start("Is the zebra lamp still available?")
	}
	inbox, archives = c.tab("/chats"), c.tab("/archives")
	c.open("/me")
	return p, c, inbox, archives
}

// choose fills in the form of a part and saves it.
func (c *chrome) choose(part string, values map[string]string) {
	c.t.Helper()
	for name, v := range values {
		c.js(`(() => { for (const e of document.querySelectorAll("#` + part + ` ~ form [name=` + name + `]"))
			if (e.type === "checkbox") e.checked = ` + quote(v) + ` === "on"; else if (e.type === "radio") e.checked = e.value === ` + quote(v) + `; else e.value = ` + quote(v) + `; return "" })()`)
	}
	c.js(`(() => { window.old = true; return "" })()`)
	c.click(`#` + part + ` ~ form .btn.primary`)
	c.until("the page after saving", `!window.old && document.querySelector("#toasts")`)
}

// TestMySettingsReachEveryTab: what an agent sets in one tab is drawn in the
// others at once, in the inbox and on pages that the stream does not draw.
func TestMySettingsReachEveryTab(t *testing.T) {
	t.Parallel()
	_, c, inbox, archives := threeTabs(t)
	const (
		rows  = `[...document.querySelectorAll(".row")].map(r => r.getBoundingClientRect().height)`
		times = `[...document.querySelectorAll("time[data-f]")].map(e => e.textContent)`
	)
	inbox.until("comfortable rows", rows+`.length >= 4 && Math.min(...`+rows+`) >= 45`)
	inbox.until("at least 14 of them on the screen", `Math.max(...`+rows+`) * 14 < 900 - document.querySelector(".row").getBoundingClientRect().top`)
	inbox.click(".row > a")
	inbox.until("a time with 24 hours", `/^\d\d:\d\d$/.test(document.querySelector(".log time[data-f=clock]")?.textContent)`)

	c.choose("look", map[string]string{"theme": "dark", "density": "compact", "clock": "12"})
	for name, other := range map[string]*chrome{"inbox": inbox, "archives": archives} {
		other.until("the dark theme in the "+name, `document.documentElement.dataset.theme === "dark" && getComputedStyle(document.documentElement).colorScheme === "dark"`)
		other.until("twelve hours in the "+name, `JSON.parse(document.body.dataset.prefs).hour12`)
	}
	inbox.until("compact rows", `Math.max(...`+rows+`) === 40`)
	inbox.until("whole times too", `/ [ap]m /.test([...document.querySelectorAll("time[data-f][title]")].map(e => e.title + " ").join())`)
	inbox.until("times with twelve hours", times+`.some(t => /\d [ap]m$/.test(t)) && !`+times+`.some(t => /^\d\d:\d\d$/.test(t))`)

	c.choose("look", map[string]string{"theme": "", "density": "", "language": "de"})
	for name, other := range map[string]*chrome{"mine": c, "inbox": inbox, "archives": archives} {
		other.until("German in "+name, `document.documentElement.lang === "de" && !document.documentElement.dataset.theme`)
	}
	inbox.until("comfortable rows again", `document.body.dataset.connection === "online" && Math.min(...`+rows+`) >= 45`)
}

// TestWidthsOfPanes: they are set by a form, and by the handle between them with
// keys and the pointer.
func TestWidthsOfPanes(t *testing.T) {
	t.Parallel()
	_, c, inbox, archives := threeTabs(t)
	c.choose("panes", map[string]string{"list": "400", "details": "280"})
	inbox.until("the wider list", `document.querySelector(".list").getBoundingClientRect().width === 400`)

	inbox.js(`(document.querySelector("#split-list").focus(), "")`)
	inbox.do(chromedp.KeyEvent(kb.ArrowRight))
	archives.until("the width that a key gave", `document.documentElement.dataset.list === "440"`)
	for _, step := range []struct {
		kind input.DispatchMouseEventType
		x    float64
	}{{input.DispatchMouseEventTypeMousePressed, 64 + 440}, {input.DispatchMouseEventTypeMouseMoved, 64 + 350}, {input.DispatchMouseEventTypeMouseReleased, 64 + 350}} {
		inbox.do(chromedp.MouseEvent(step.kind, step.x, 300, chromedp.ButtonLeft))
	}
	archives.until("the width that the pointer gave", `document.documentElement.dataset.list === "360"`)
	inbox.until("that width here", `document.querySelector(".list").getBoundingClientRect().width === 360 && document.querySelector("#split-list").getAttribute("aria-valuenow") === "360"`)
}

// TestTypingIsSaid: that a customer types is said to those who listen, and not to
// those who have switched it off.
func TestTypingIsSaid(t *testing.T) {
	t.Parallel()
	p, c, inbox, _ := threeTabs(t)
	v := p.visitor()
	v.start("Is the zebra lamp still available?")
	inbox.open("/chats/" + v.chat)
	const typing = `document.querySelector(".peek [data-sneak-peek]")?.textContent.includes(%s)`
	inbox.until("the stream", `document.body.dataset.connection === "online"`)
	v.do("send_sneak_peek", `{"chat_id":"`+v.chat+`","sneak_peek_text":"or the blue one"}`)
	inbox.until("what is said", `document.querySelector("#live").textContent.includes("is typing") && !document.querySelector("#live").textContent.includes("blue")`)

	c.choose("work", map[string]string{"typing": "off"})
	inbox.until("the new settings", `!JSON.parse(document.body.dataset.prefs).typing`)
	inbox.until("silence", `!document.querySelector("#live").textContent`)
	inbox.js(`(window.told = "", new MutationObserver(() => { told += document.querySelector("#live").textContent }).observe(document.querySelector("#live"), { childList: true, characterData: true, subtree: true }), "")`)
	v.do("send_sneak_peek", `{"chat_id":"`+v.chat+`","sneak_peek_text":"or the red one"}`)
	inbox.until("what is typed", fmt.Sprintf(typing, `"red"`))
	const clock = `document.querySelector("time[data-since]").textContent`
	for range 2 { // the page has looked twice for what to say
		inbox.until("a second", clock+` !== `+quote(inbox.js(clock)))
	}
	if told := inbox.js(`window.told`); told != "" {
		t.Errorf("said %q", told)
	}
}

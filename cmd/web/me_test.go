package main

import (
	"testing"

	"github.com/chromedp/chromedp"
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

// TestMySettingsReachEveryTab: what an agent sets in one tab is drawn in the
// others at once, in the inbox and on pages that the stream does not draw.
func TestMySettingsReachEveryTab(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	c := newChrome(t, p.URL(), true)
	c.open("/login")
	c.write("[name=email]", "anna@example.com")
	c.write("[name=password]", "demo")
	c.click("form[data-action=login] .btn.primary")
	c.until("the inbox", `document.body.dataset.connection === "online"`)
	for range 4 {
		p.visitor().start("Is the zebra lamp still available?")
	}
	inbox, archives := c.tab("/chats"), c.tab("/archives")
	const rows = `[...document.querySelectorAll(".row")].map(r => r.getBoundingClientRect().height)`
	inbox.until("comfortable rows", rows+`.length >= 4 && Math.min(...`+rows+`) >= 46`)
	inbox.until("at least 14 of them on the screen", `Math.max(...`+rows+`) * 14 < 900 - document.querySelector(".rows, .list").getBoundingClientRect().top`)
	inbox.click(".row > a")
	inbox.until("a time with 24 hours", `/^\d\d:\d\d$/.test(document.querySelector(".log time[data-f=clock]")?.textContent)`)

	c.open("/me")
	c.see("#look")
	c.js(`(() => { const f = document.querySelector("#look ~ form"); f.elements.theme.value = "dark"; f.elements.density.value = "compact"; f.elements.clock.value = "12"; return "" })()`)
	c.click(`#look ~ form .btn`)
	c.text(".toast", "Saved")
	for name, other := range map[string]*chrome{"inbox": inbox, "archives": archives} {
		other.until("the dark theme in the "+name, `document.documentElement.dataset.theme === "dark" && getComputedStyle(document.documentElement).colorScheme === "dark"`)
		other.until("twelve hours in the "+name, `JSON.parse(document.body.dataset.prefs).hour12`)
	}
	const times = `[...document.querySelectorAll("time[data-f]")].map(e => e.textContent)`
	inbox.until("times with twelve hours", times+`.some(t => /\d [ap]m$/.test(t)) && !`+times+`.some(t => /^\d\d:\d\d$/.test(t))`)
	inbox.until("compact rows", `Math.max(...`+rows+`) === 40`)

	c.js(`(() => { const f = document.querySelector("#look ~ form"); f.elements.language.value = "de"; for (const e of f.querySelectorAll("[type=radio][value='']")) e.checked = true; return "" })()`)
	c.click(`#look ~ form .btn`)
	c.until("German", `document.documentElement.lang === "de"`)
	for name, other := range map[string]*chrome{"inbox": inbox, "archives": archives} {
		other.until("German in the "+name, `document.documentElement.lang === "de" && !document.documentElement.dataset.theme`)
	}
	inbox.until("the connection again", `document.body.dataset.connection === "online" && Math.min(...`+rows+`) >= 46`)

	c.open("/me")
	c.js(`(() => { const f = document.querySelector("#panes ~ form"); f.elements.list.value = "400"; f.elements.details.value = "280"; return "" })()`)
	c.click(`#panes ~ form .btn`)
	inbox.until("the wider list", `document.querySelector(".list").getBoundingClientRect().width === 400`)
}

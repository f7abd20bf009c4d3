package views

import (
	"io"
	"testing"

	"agentdesk/desk"
)

// TestAwayAndBack: a minute without use, a minute of warning, and the agent is
// away, once for all tabs; a key undoes the warning, and later the being away.
func TestAwayAndBack(t *testing.T) {
	browser := chrome(t)
	f := newFakeDesk(t)
	f.set(func() { f.chosen.AwayAfter = 1 })
	clock := `{ const now = Date.now; window.skip = 0; Date.now = () => now() + window.skip; }`
	b := newTab(t, browser, f, "/chats/JONAS", clock)
	other := newTab(t, browser, f, "/chats", clock)
	minute := func() {
		b.do(`window.skip += 61000`)
		other.do(`window.skip += 61000`)
	}
	minute()
	b.until(`!!document.querySelector("#toasts #idle button")`)
	other.until(`!!document.querySelector("#toasts #idle button")`)
	if n := len(f.posted("/away")); n != 0 {
		t.Fatal("away without a warning")
	}
	b.keys("x")
	b.until(`!document.querySelector("#idle")`)
	other.until(`!document.querySelector("#idle")`)
	b.eventually("it is told that somebody is here", func() bool { return len(f.posted("/here")) > 0 })
	// Nobody stays.
	minute()
	b.until(`!!document.querySelector("#idle")`)
	minute()
	b.eventually("away", func() bool { return len(f.posted("/away")) > 0 })
	if p := f.posted("/away")[0]; p.Get("on") != "true" || p.Get("idle") != "1" {
		t.Errorf("posted %v", p)
	}
	me := sampleMe
	me.Choices = desk.Choices{Away: true, Idle: true}
	f.push(t, func(w io.Writer) error { return MePatch(w, env0, me) })
	other.until(`document.querySelector("#me").hasAttribute("data-idle")`)
	before := len(f.posted("/here"))
	other.keys("x")
	other.eventually("back", func() bool { return len(f.posted("/here")) > before })
	b.noViolations()
}

// TestWarnedBeforeSignedOut: ten minutes before a session ends for want of use the
// agent is told, and one key keeps it.
func TestWarnedBeforeSignedOut(t *testing.T) {
	browser := chrome(t)
	f := newFakeDesk(t)
	b := newTab(t, browser, f, "/chats/JONAS", `{ const now = Date.now; window.skip = 0; Date.now = () => now() + window.skip; }`)
	b.is(`document.body.dataset.lasts`, "28800")
	b.do(`window.skip += (8 * 60 - 11) * 60e3`)
	b.is(`document.querySelector("#idle")`, "null")
	b.do(`window.skip += 2 * 60e3`)
	b.until(`document.querySelector("#toasts[role=status] #idle")?.textContent.includes("You will be signed out")`)
	before := len(f.posted("/here"))
	b.keys("x")
	b.until(`!document.querySelector("#idle")`)
	b.eventually("the session is kept", func() bool { return len(f.posted("/here")) > before })
}

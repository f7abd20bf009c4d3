package main

import (
	"context"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"agentdesk/internal/axe"
)

// state is a page after something was done on it.
type state struct {
	what  string
	do    string // how it comes about
	shows string // what is there then
	undo  string // how the page is again what it was, "" where that is not needed
}

// walk brings about one state after the other, and looks for faults in each.
func (c *chrome) walk(states ...state) {
	c.t.Helper()
	for _, s := range states {
		if s.do != "" {
			c.js("(() => {" + s.do + "; return '' })()")
		}
		c.until(s.what, s.shows)
		c.faultless(s.what)
		if s.undo != "" {
			c.js("(() => {" + s.undo + "; return '' })()")
		}
	}
}

// faultless finds no fault of WCAG 2.2 AA in the page as it stands: by axe in
// light colours and, where it can differ, in the dark; and by what axe does not
// measure, in a window as wide as is usual and in one of 320 px.
func (c *chrome) faultless(what string) {
	c.t.Helper()
	c.noViolations(what, "-target-size") // measured below, also below what lies on top
	c.appearance("prefers-color-scheme=dark", "prefers-reduced-motion=reduce")
	c.noViolations(what+", dark", "color-contrast", "link-in-text-block")
	c.measure(what, "it moves without wish", axe.Moving)
	c.appearance("prefers-color-scheme=light", "prefers-reduced-motion=reduce")
	c.measure(what, "too small to press", axe.Small)
	c.measure(what, "cut with wide text", axe.Cut)
	c.window(320, 640)
	c.measure(what+" at 320 px", "wider than the window", axe.Wide)
	c.measure(what+" at 320 px", "too small to press", axe.Small)
	c.measure(what+" at 320 px", "cut with wide text", axe.Cut)
	c.window(1440, 900)
}

// unobscured moves the focus over the page in windows of several sizes; it is
// nowhere hidden. 720 by 450 is a window of 1440 by 900 at 200 %.
func (c *chrome) unobscured(what string) {
	c.t.Helper()
	for _, size := range [][2]int64{{1440, 900}, {720, 450}, {390, 844}, {320, 640}} {
		c.window(size[0], size[1])
		c.measure(what, "hidden with the focus on it", axe.Obscured)
	}
	c.window(1440, 900)
}

// focused lets the page be as one in a window that has the focus.
func (c *chrome) focused() {
	c.t.Helper()
	if _, err := chromedp.Call(c.ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
		c.t.Fatal(err)
	}
}

// visible looks at the page in forced colours: what is seen otherwise is seen there.
func (c *chrome) visible(what string) {
	c.t.Helper()
	c.js(axe.Painted)
	c.appearance("forced-colors=active", "prefers-reduced-motion=reduce")
	c.measure(what, "not seen in forced colours", axe.Vanished)
	c.appearance("prefers-color-scheme=light", "prefers-reduced-motion=reduce")
}

func (c *chrome) measure(what, fault, script string) {
	c.t.Helper()
	if found := c.js(script); found != "" {
		c.t.Errorf("%s, %s: %s", what, fault, found)
		c.shoot(strings.ReplaceAll(what+" "+fault, " ", "-"))
	}
}

func (c *chrome) window(width, height int64) {
	c.t.Helper()
	c.do(chromedp.EmulateViewport(width, height))
}

// appearance sets what a person wants of all pages, as "feature=value".
func (c *chrome) appearance(features ...string) {
	c.t.Helper()
	var p emulation.SetEmulatedMediaParams
	for _, f := range features {
		name, value, _ := strings.Cut(f, "=")
		p.Features = append(p.Features, &emulation.MediaFeature{Name: name, Value: value})
	}
	if _, err := chromedp.Call(c.ctx, emulation.SetEmulatedMedia, p); err != nil {
		c.t.Fatal(err)
	}
}

// noViolations lets axe look at the page as it stands, by all rules or by some.
func (c *chrome) noViolations(what string, rules ...string) {
	c.t.Helper()
	c.js("window.axe ? '' : (() => {" + axe.Script + "; return ''})()")
	ctx, cancel := context.WithTimeout(c.ctx, 60*time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](axe.Check(rules...), chromedp.EvalAwaitPromise))
	if err != nil || text != "" {
		c.t.Errorf("%s: %v\n%s", what, err, text)
	}
}

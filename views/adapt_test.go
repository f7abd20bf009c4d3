package views

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestAdapts: what people set for themselves reaches the pages. Text with the
// spacing of WCAG 2.2, 1.4.12 is not cut; nothing moves where motion is not
// wanted; in forced colours what is chosen stays marked.
func TestAdapts(t *testing.T) {
	browser := chrome(t)
	url := gallery(t, galleryPages(), true)
	ask := func(page, expr string) string {
		t.Helper()
		if err := chromedp.Do(browser, chromedp.Navigate(url+"/"+page)); err != nil {
			t.Fatal(err)
		}
		text, err := chromedp.Run(browser, chromedp.Evaluate[string](expr))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	const spaced = `(() => {
		const style = document.createElement("style");
		style.textContent = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }";
		document.head.append(style);
		const out = [];
		if (document.documentElement.scrollWidth > innerWidth) out.push("page " + document.documentElement.scrollWidth);
		for (const el of document.querySelectorAll("button, .btn, summary, label, h1, h2")) {
			const s = getComputedStyle(el);
			if (el.checkVisibility() && !el.matches(".hidden") && (el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 1) && s.overflow === "hidden" && s.textOverflow !== "ellipsis") out.push(el.outerHTML.slice(0, 80));
		}
		return out.slice(0, 4).join("; ");
	})()`
	for _, width := range []int64{1440, 320} {
		if err := chromedp.Do(browser, chromedp.EmulateViewport(width, 900)); err != nil {
			t.Fatal(err)
		}
		for _, page := range []string{"inbox", "kinds", "waiting", "login", "archives", "transcript", "settings", "my-settings", "team", "customers", "reports"} {
			if cut := ask(page, spaced); cut != "" {
				t.Errorf("%s at %d with wide text: %s", page, width, cut)
			}
		}
	}
	if err := chromedp.Do(browser, chromedp.EmulateViewport(1440, 900)); err != nil {
		t.Fatal(err)
	}
	const moving = `String(document.getAnimations().filter(a => a.playState === "running").length)`
	media(t, browser, "prefers-reduced-motion=no-preference")
	if n := ask("inbox", moving); n == "0" {
		t.Error("nothing moves, so that the next check says nothing")
	}
	media(t, browser, "prefers-reduced-motion=reduce")
	for _, page := range []string{"inbox", "kinds", "closed"} {
		if n := ask(page, moving); n != "0" {
			t.Errorf("%s: %s things move", page, n)
		}
	}
	media(t, browser, "forced-colors=active")
	for what, sel := range map[string]string{"open chat": `.row:has([aria-current])`, "place": `.place[aria-current]`} {
		if style := ask("inbox", `getComputedStyle(document.querySelector('`+sel+`')).outlineStyle`); style != "solid" {
			t.Errorf("in forced colours the %s has an outline %s", what, style)
		}
	}
	for _, sel := range []string{".bars rect", ".bar rect", ".marks text"} {
		if fill, ink := ask("reports", `getComputedStyle(document.querySelector("`+sel+`")).fill`), ask("reports", `getComputedStyle(document.querySelector("h1")).color`); fill != ink {
			t.Errorf("in forced colours %s is filled with %s, what is written is %s", sel, fill, ink)
		}
	}
}

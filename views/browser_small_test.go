package views

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"agentdesk/desk"
	"agentdesk/words"
)

// outside are the parts of what has unfolded that cannot be reached in a window: those
// beyond its sides, and those above or below it that nothing scrolls into view.
const outside = `(sel => {
	const box = [...document.querySelectorAll(sel)].find(el => el.checkVisibility() && el.getBoundingClientRect().width);
	if (!box) return "nothing is open";
	const w = innerWidth, h = innerHeight, r = box.getBoundingClientRect(), out = [];
	if (r.left < 0 || r.right > w || r.top < 0 || r.bottom > h) out.push("box " + [r.left, r.top, r.right, r.bottom].map(Math.round));
	for (const el of box.querySelectorAll("button, a, input:not([type=hidden]), select, textarea, [role=option]")) {
		const c = el.getBoundingClientRect();
		if (c.width && (c.left < -1 || c.right > w + 1)) out.push((el.textContent.trim() || el.name) + " " + [c.left, c.right].map(Math.round));
	}
	return out.join("; ");
})`

// inWords answers a page in another language.
func inWords(f *fakeDesk, tag string) {
	l := words.Find(tag)
	f.answers = func(w http.ResponseWriter, r *http.Request) bool {
		parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
		if parts[0] != "chats" || len(parts) == 3 && parts[2] == "canned" {
			return false
		}
		p := page("Chats", NavChats)
		p.Base, p.Position, p.Words, p.Me.Permission = "", fmt.Sprintf("7.%d", f.seq), l, "administrator"
		p.Me.Preferences = f.chosen
		if len(parts) == 3 {
			tp := sampleTransfer()
			tp.Page = p
			_ = TransferForm(tp).Render(context.Background(), w)
			return true
		}
		in := InboxPage{Page: p, Inbox: f.inbox, Views: sampleViews, Select: r.URL.Query().Get("select") == "1"}
		if len(parts) > 1 {
			in.Chat = f.panes[parts[1]]
		}
		_ = Inbox(in).Render(context.Background(), w)
		return true
	}
}

// narrow gives a tab the window of a phone.
func (b *tab) narrow(width, height int64) {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1}); err != nil {
		b.Fatal(err)
	}
	b.until(fmt.Sprintf(`innerWidth === %d`, width))
}

// TestUnfoldedOnAPhone: every menu and all that unfolds lies within the window of a
// phone, from left to right and from right to left.
func TestUnfoldedOnAPhone(t *testing.T) {
	browser := chrome(t)
	type part struct{ path, opens, box string }
	unfold := func(sel string) string { return `document.querySelector("` + sel + ` > summary").click()` }
	parts := map[string]part{
		"tags":      {"/chats/JONAS", unfold(".tagging"), ".tagging .menu"},
		"more":      {"/chats/JONAS", unfold(".acts .more"), ".acts .more .menu"},
		"send":      {"/chats/JONAS", unfold(".sends"), ".sends .menu"},
		"canned":    {"/chats/JONAS", `document.querySelector("[data-pick='#']").click()`, "#pick"},
		"emoji":     {"/chats/JONAS", `document.querySelector("[data-pick=':']").click()`, "#pick"},
		"transfer":  {"/chats/JONAS", `document.querySelector("[data-open=transfer]").click()`, "dialog[open]"},
		"palette":   {"/chats/JONAS", `dispatchEvent.call(document.body, new KeyboardEvent("keydown", { key: "k", ctrlKey: true, bubbles: true }))`, "dialog[open]"},
		"keys":      {"/chats/JONAS", `dispatchEvent.call(document.body, new KeyboardEvent("keydown", { key: "?", shiftKey: true, bubbles: true }))`, "dialog[open]"},
		"message":   {"/chats/JONAS", `[...document.querySelectorAll(".log .msg .of")].at(-1).click()`, ".log .menu"},
		"filter":    {"/chats", unfold(".filter"), ".filter .menu"},
		"views":     {"/chats", unfold(".views"), ".views .menu"},
		"me":        {"/chats", unfold("#me"), "#me .menu"},
		"bulk tag":  {"/chats?select=1", unfold("#bulk .pop"), "#bulk .menu"},
		"bulk pass": {"/chats?select=1", unfold("#bulk .pop + .pop"), "#bulk .pop + .pop .menu"},
	}
	for _, tag := range []string{"en", "de", "ar"} {
		f := newFakeDesk(t)
		if tag != "en" {
			inWords(f, tag)
		}
		b := newTab(t, browser, f, "/chats", "")
		for _, size := range [][2]int64{{390, 844}, {320, 640}} {
			b.narrow(size[0], size[1])
			for name, p := range parts {
				t.Run(fmt.Sprint(tag, " ", size[0], " ", name), func(t *testing.T) {
					b.T = t
					if err := chromedp.Do(b.ctx, chromedp.Navigate(f.URL+p.path)); err != nil {
						t.Fatal(err)
					}
					b.until(`document.body.dataset.connection === "online"`)
					b.do(p.opens)
					b.until(outside + `("` + p.box + `") !== "nothing is open"`)
					b.is(outside+`("`+p.box+`")`, "")
					b.is(`document.documentElement.scrollWidth <= innerWidth`, "true")
				})
			}
		}
	}
}

// TestRailOnAPhone: each place and one's own status has one line, in each language,
// and no two of them share any of it.
func TestRailOnAPhone(t *testing.T) {
	browser := chrome(t)
	for _, l := range words.Languages() {
		for _, status := range []desk.RoutingStatus{desk.Accepting, desk.NotAccepting} {
			f := newFakeDesk(t)
			inWords(f, l.Tag)
			b := newTab(t, browser, f, "/chats", "")
			b.narrow(320, 640)
			me := sampleMe
			me.Status = status
			env := env0
			env.Words = l
			b.push(t, func(w io.Writer) error { return MePatch(w, env, me) })
			b.until(`document.querySelector("#me").dataset.status === "` + string(status) + `"`)
			b.is(`[...document.querySelectorAll(".rail .place, .me .state")].map(el => {
				const range = document.createRange();
				range.selectNodeContents(el.matches(".state") ? el : [...el.childNodes].findLast(n => n.nodeType === 3 && n.data.trim()));
				return [el, range.getBoundingClientRect(), range.getClientRects().length];
			}).filter(([el, r, n], i, all) => n !== 1 || r.left < 0 || r.right > innerWidth || all.some(([o, q]) => o !== el && q.left < r.right - 1 && r.left < q.right - 1)).map(([el]) => el.textContent.trim()).join()`, "")
		}
	}
}

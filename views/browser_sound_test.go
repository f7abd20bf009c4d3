package views

import (
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"agentdesk/desk"
)

// meAsWell lets a fake desk have the page of one's own settings.
func (f *fakeDesk) meAsWell() {
	f.answers = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/me" {
			return false
		}
		p := sampleMePage()
		p.Base, p.Position, p.Me.Preferences = "", fmt.Sprint("7.", f.seq), f.chosen
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = Me(p).Render(r.Context(), w)
		return true
	}
}

// A browser that plays nothing before the first click or key says so until then, on
// every page, and the line can be reached with the keyboard. Whoever wants no tones
// is not told.
func TestBlockedSound(t *testing.T) {
	chrome(t) // or skip
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if p, err := exec.LookPath(name); err == nil && path == "" {
			path = p
		}
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WindowSize(1440, 900), chromedp.Flag("autoplay-policy", "document-user-activation-required"))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), opts...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, place string }{{"/chats/JONAS", ".list > #blocked + #connection"}, {"/me", "#toasts > #blocked"}} {
		f := newFakeDesk(t) // an origin of its own, where no other tab is heard
		f.meAsWell()
		b := newTab(t, ctx, f, c.path, "")
		b.until(`!!document.querySelector("` + c.place + `")`)
		b.is(`document.querySelector("#blocked").getAttribute("role")`, "status")
		b.do(`document.querySelector("#blocked button").focus()`)
		b.is(`document.activeElement.textContent`, "Turn tones on")
		b.keys(kb.Enter)
		b.until(`!document.querySelector("#blocked")`)
		b.noViolations()
	}
	f := newFakeDesk(t)
	f.meAsWell()
	f.set(func() { f.chosen.Alerts.Quieter = 100 })
	b := newTab(t, ctx, f, "/me", "")
	b.until(`document.querySelector("#toasts").childElementCount === 0`)
	b.is(`!!document.querySelector("#blocked")`, "false")
}

// While the desk is being used tones come for other chats too, unless the agent
// wants none then. The queue is heard in any case.
func TestSoundWhileFocused(t *testing.T) {
	f := newFakeDesk(t)
	b := newTab(t, chrome(t), f, "/chats/JONAS", hearing)
	n := 0
	called := func(a desk.Alert, tones string) {
		t.Helper()
		n++
		b.do(`window.played.length = 0`)
		f.call(t, a)
		b.until(fmt.Sprintf("window.shown.length === %d", n)) // in the same turn as the tone is decided on
		if tones != "" {
			b.until(fmt.Sprintf("window.played.join() === %q", tones))
			return
		}
		if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`new Promise(done => setTimeout(() => done(true), 2500))`, chromedp.EvalAwaitPromise)); err != nil {
			t.Fatal(err)
		}
		b.is(`window.played.length`, "0")
	}
	b.do(`window.looked = true; dispatchEvent(new Event("focus"))`)
	called(wrote("FATIMA", "Fatima", "one"), "1175")
	f.set(func() { f.chosen.Alerts.FocusSilent, f.resume = true, false })
	f.bye("slow")
	b.until(`document.body.dataset.prefs.includes('"focused":false')`)
	called(wrote("FATIMA", "Fatima", "two"), "")
	called(desk.Alert{Kind: desk.AlertQueue, ChatID: "NEW", Title: "New"}, "784,1047")
	b.do(`window.looked = false; dispatchEvent(new Event("blur"))`)
	called(wrote("FATIMA", "Fatima", "three"), "1175")
}

// The tones of one's settings can be tried, as loud as the page says, before they
// are saved; and the tone of the queue comes once where the agent wants it so.
func TestVolumeAndOnce(t *testing.T) {
	f := newFakeDesk(t)
	f.meAsWell()
	f.set(func() { f.chosen.Alerts = desk.Alerts{Message: "off", Quieter: 30, Once: true} })
	const loud = `window.loud = []; AudioContext.prototype.createGain = () => ({ gain: { setValueAtTime() {}, linearRampToValueAtTime(v) { if (v) window.loud.push(v) } }, connect() {} });
		const si = setInterval, now = Date.now, t0 = now(); setInterval = (f, ms) => si(f, ms / 40); Date.now = () => t0 + (now() - t0) * 40;`
	b := newTab(t, chrome(t), f, "/me", hearing+loud)
	b.do(`document.querySelector("[data-play=queue]").click()`)
	b.is(`window.played.join() + " " + window.loud.join()`, "784,1047 0.35,0.35")
	b.do(`document.querySelector("input[name=volume]").value = 100; document.querySelector("select[name=queue]").value = "3"; document.querySelector("[data-play=queue]").click()`)
	b.is(`window.played.at(-1) + " " + window.loud.at(-1)`, "1175 0.5")
	b.do(`document.querySelector("[data-play=message]").click()`) // off
	b.is(`window.played.length`, "3")
	b.do(`window.played.length = 0`)
	f.push(t, func(w io.Writer) error { return CountsPatch(w, env0, []desk.Section{{List: desk.Waiting, Total: 3}}) })
	b.until(`document.title.startsWith("(3) ")`)
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`new Promise(done => setTimeout(() => done(true), 1500))`, chromedp.EvalAwaitPromise)); err != nil {
		t.Fatal(err)
	}
	b.is(`window.played.length`, "0") // a minute on this page's clock
}

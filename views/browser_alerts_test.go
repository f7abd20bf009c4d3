package views

import (
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"agentdesk/desk"
)

// hearing notes what a page plays and shows instead of doing it. Nobody looks at
// the page unless a test says so.
const hearing = `
	window.played = []; window.shown = []; window.looked = false;
	document.hasFocus = () => window.looked;
	window.AudioContext = class {
		state = window.mute ? "suspended" : "running"; currentTime = 0;
		resume() { return Promise.resolve(); }
		createOscillator() { const o = { frequency: {}, connect: g => g, start: () => window.played.push(o.frequency.value), stop() {} }; return o; }
		createGain() { return { gain: { setValueAtTime() {}, linearRampToValueAtTime() {} }, connect() {} }; }
	};
	window.Notification = class {
		constructor(title, o) { window.shown.push(title + "|" + o.body); window.note = this; }
		close() {}
		static permission = "granted";
	};
`

// call pushes alerts in one patch, as a stream that goes on after a gap does.
func (f *fakeDesk) call(t *testing.T, list ...desk.Alert) {
	t.Helper()
	f.push(t, func(w io.Writer) error {
		for _, a := range list {
			if a.At.IsZero() {
				a.At = time.Now()
			}
			if err := AlertPatch(w, a); err != nil {
				return err
			}
		}
		return nil
	})
}

func wrote(chat, name, text string) desk.Alert {
	return desk.Alert{Kind: desk.AlertMessage, ChatID: chat, Title: name, Text: text}
}

// Of three tabs one plays and shows, and none where the chat is looked at.
func TestOneAlertForAllTabs(t *testing.T) {
	browser := chrome(t)
	for name, before := range map[string]string{"one stream": "", "a stream each": "delete window.SharedWorker;"} {
		t.Run(name, func(t *testing.T) {
			f := newFakeDesk(t)
			var tabs []*tab
			for range 3 {
				tabs = append(tabs, newTab(t, browser, f, "/chats/JONAS", before+hearing))
			}
			total := func(of string) (n int) {
				for _, b := range tabs {
					var k int
					_, _ = fmt.Sscan(b.text("window."+of+".length"), &k)
					n += k
				}
				return n
			}
			f.call(t, wrote("FATIMA", "Fatima", "hello?"))
			tabs[0].eventually("shown", func() bool { return total("shown") > 0 })
			// The tabs that stand by have had their turn when this is over.
			for _, b := range tabs {
				if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`new Promise(done => setTimeout(() => done(true), 2500))`, chromedp.EvalAwaitPromise)); err != nil {
					t.Fatal(err)
				}
			}
			if p, s := total("played"), total("shown"); p != 1 || s != 1 {
				t.Errorf("%d tones and %d notifications for one message", p, s)
			}
			tabs[1].do(`window.looked = true; dispatchEvent(new Event("focus"))`)
			f.call(t, wrote("JONAS", "Jonas", "in view"))
			f.call(t, wrote("FATIMA", "Fatima", "not in view"))
			tabs[0].eventually("the other chat is told", func() bool { return total("shown") == 2 })
			tabs[1].is(`window.shown.at(-1)`, "Fatima wrote|not in view")
			tabs[1].do(`window.note.onclick()`)
			tabs[1].until(`document.body.dataset.open === "FATIMA"`)
			tabs[1].noViolations()
		})
	}
}

// Fifty alerts at once are one, what is old is none, and whoever listens hears
// one sentence.
func TestAlertsComeTogether(t *testing.T) {
	f := newFakeDesk(t)
	b := newTab(t, chrome(t), f, "/chats/JONAS", hearing)
	list := []desk.Alert{{Kind: desk.AlertQueue, ChatID: "OLD", Title: "Old", At: time.Now().Add(-time.Hour)}}
	for i := range 50 {
		list = append(list, wrote(fmt.Sprint("C", i%3), "Marta", fmt.Sprint(i)))
		list[i+1].At = time.Now().Add(time.Duration(i) * time.Millisecond)
	}
	list = append(list, desk.Alert{Kind: desk.AlertTransfer, ChatID: "P", Title: "Piotr"})
	f.call(t, list...)
	b.until(`window.shown.length > 0`)
	b.is(`window.shown.join()`, "Piotr was passed on to you. 50 new messages, 3 chats|")
	b.is(`window.played.join()`, "880,659") // a chat that was passed on counts for more than a message
	b.until(`document.querySelector("#live").textContent === "Piotr was passed on to you. 50 new messages, 3 chats"`)
}

// What the stream could not bring is seen in the numbers when the page is drawn
// again.
func TestAlertAfterAGap(t *testing.T) {
	f := newFakeDesk(t)
	b := newTab(t, chrome(t), f, "/chats/JONAS", hearing)
	b.do(`window.played.length = 0`)
	f.set(func() { f.resume = false; f.waiting = 3 })
	f.cut()
	b.until(`window.played.length > 0`)
	b.is(`window.shown.join()`, "3 chats want you|")
}

func TestQuietHours(t *testing.T) {
	f := newFakeDesk(t)
	f.set(func() { f.chosen.Alerts = desk.Alerts{QuietFrom: "00:00", QuietTo: "23:59", Message: "2"} })
	b := newTab(t, chrome(t), f, "/chats/JONAS", hearing+`Date.prototype.getHours = () => window.hour ?? 12; Date.prototype.getMinutes = () => 30;`)
	f.call(t, wrote("FATIMA", "Fatima", "psst"))
	b.until(`document.querySelector("#live").textContent === "Fatima wrote"`)
	b.is(`window.played.length + window.shown.length`, "0")
	// Over midnight, and changed while the page stands.
	f.set(func() {
		f.chosen.Alerts.QuietFrom, f.chosen.Alerts.QuietTo, f.chosen.Alerts.NoDesktop, f.resume = "22:00", "12:30", true, false
	})
	f.bye("slow")
	b.until(`document.body.dataset.prefs.includes("22:00")`)
	f.call(t, wrote("FATIMA", "Fatima", "now"))
	b.until(`window.played.length > 0`)
	b.is(`window.played.join()`, "659,831,988")
	b.is(`window.shown.length`, "0")
}

// The tone of the queue comes again until somebody takes the chat.
func TestUntilTaken(t *testing.T) {
	f := newFakeDesk(t)
	fast := `const si = setInterval, now = Date.now, t0 = now(); setInterval = (f, ms) => si(f, ms / 40); Date.now = () => t0 + (now() - t0) * 40;`
	b := newTab(t, chrome(t), f, "/chats/JONAS", hearing+fast)
	counts := func(waiting int) {
		f.push(t, func(w io.Writer) error {
			return CountsPatch(w, env0, []desk.Section{{List: desk.Waiting, Total: waiting}, {List: desk.Mine, Total: 4, Unread: 2}})
		})
	}
	b.is(`document.title.startsWith("(") && document.querySelector("link[rel=icon]").href.includes("favicon-dot")`, "true")
	counts(3)
	b.until(`window.played.length >= 6`)
	b.is(`document.title.startsWith("(5) ")`, "true")
	counts(0)
	b.until(`document.title.startsWith("(2) ")`)
	b.do(`window.played.length = 0`)
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`new Promise(done => setTimeout(() => done(true), 1500))`, chromedp.EvalAwaitPromise)); err != nil {
		t.Fatal(err)
	}
	b.is(`window.played.length`, "0")
	f.push(t, func(w io.Writer) error { return CountsPatch(w, env0, nil) })
	b.until(`!document.title.startsWith("(") && !document.querySelector("link[rel=icon]").href.includes("favicon-dot")`)
}

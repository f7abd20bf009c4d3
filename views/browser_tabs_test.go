package views

import (
	"fmt"
	"io"
	"strings"
	"testing"

	page_ "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"agentdesk/static"
)

func (f *fakeDesk) live() int { f.mu.Lock(); defer f.mu.Unlock(); return len(f.tabs) }

// unread pushes a row whose number a page shows.
func (f *fakeDesk) unread(t *testing.T, n int) {
	t.Helper()
	r := sampleRows()[0]
	r.Unread = n
	f.push(t, func(w io.Writer) error { return RowPatch(w, env0, r) })
}

func (b *tab) untilUnread(n int) {
	b.Helper()
	b.until(fmt.Sprintf(`!!document.querySelector(".row[data-unread='%d']")`, n))
}

func (b *tab) freeze(state page_.SetWebLifecycleStateState) {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, page_.SetWebLifecycleState, page_.SetWebLifecycleStateParams{State: state}); err != nil {
		b.Fatal(err)
	}
}

// Eight tabs have one stream: with one each, the seventh would hang.
func TestManyTabs(t *testing.T) {
	browser := chrome(t)
	f := newFakeDesk(t)
	var tabs []*tab
	for range 8 {
		tabs = append(tabs, newTab(t, browser, f, "/chats/JONAS", ""))
	}
	f.unread(t, 17)
	for _, b := range tabs {
		b.untilUnread(17)
	}
	if n := f.live(); n != 1 {
		t.Errorf("%d streams for eight tabs", n)
	}
	for _, b := range tabs[1:] {
		if err := chromedp.Do(b.ctx, chromedp.Navigate("about:blank")); err != nil {
			t.Fatal(err)
		}
	}
	f.unread(t, 18)
	tabs[0].untilUnread(18)
	// A page that was drawn a while ago gets what came since.
	f.unread(t, 19)
	tabs[0].untilUnread(19)
	f.set(func() { f.behind, f.gets = 1, nil })
	late := newTab(t, browser, f, "/chats/JONAS", "")
	late.untilUnread(19)
	if n := len(f.gets); n != 1 {
		t.Errorf("a late tab asked for %d pages: %q", n, f.gets)
	}
	// One that was drawn before all that is remembered draws itself again.
	f.set(func() { f.behind, f.gets = 30, nil })
	old := newTab(t, browser, f, "/chats/FATIMA", "")
	old.eventually("the page is drawn again", func() bool { f.mu.Lock(); defer f.mu.Unlock(); return len(f.gets) > 1 })
	// Signed out in one, all are.
	f.bye("signed-out")
	for _, b := range []*tab{tabs[0], late, old} {
		b.until(`location.pathname === "/login"`)
	}
	tabs[0].noViolations()
}

// A tab that slept gets what it missed, however much that was.
func TestSleepingTab(t *testing.T) {
	browser := chrome(t)
	for name, n := range map[string]int{"a little": 20, "much": 400, "more than is kept": 900} {
		t.Run(name, func(t *testing.T) {
			f := newFakeDesk(t)
			awake := newTab(t, browser, f, "/chats/JONAS", "")
			b := newTab(t, browser, f, "/chats/JONAS", "")
			b.do(`window.node = document.querySelector("textarea[name=text]"); node.value = "half a sent"`)
			b.freeze(page_.SetWebLifecycleStateStateFrozen)
			for i := range n {
				f.unread(t, 1000+i)
			}
			f.set(func() { f.inbox.Sections[0].Rows[0].Unread = 1000 + n - 1 })
			awake.untilUnread(1000 + n - 1)
			b.freeze(page_.SetWebLifecycleStateStateActive)
			b.untilUnread(1000 + n - 1)
			b.is(`window.node.isConnected + window.node.value`, "truehalf a sent")
			if live := f.live(); live != 1 {
				t.Errorf("%d streams", live)
			}
		})
	}
}

// Where there are no such workers, or theirs does not start, each tab has a
// stream of its own, and a hidden one of many lets it go.
func TestWithoutWorker(t *testing.T) {
	browser := chrome(t)
	for name, before := range map[string]string{"no such thing": `delete window.SharedWorker`, "not to be had": ""} {
		t.Run(name, func(t *testing.T) {
			f := newFakeDesk(t)
			f.set(func() { f.workers = before != "" })
			b := newTab(t, browser, f, "/chats/JONAS", before)
			second := newTab(t, browser, f, "/chats/JONAS", before)
			f.unread(t, 21)
			b.untilUnread(21)
			second.untilUnread(21)
			if n := f.live(); n != 2 {
				t.Fatalf("%d streams for two tabs", n)
			}
			if err := chromedp.Do(second.ctx, chromedp.Navigate("about:blank")); err != nil {
				t.Fatal(err)
			}
			b.eventually("its stream is closed", func() bool { return f.live() == 1 })
			browserResting(b)
		})
	}
}

// Of many tabs, a hidden one lets its stream go and comes back when it is shown.
func browserResting(b *tab) {
	live := b.live
	b.do(`window.hid = true; Object.defineProperty(document, "hidden", {get: () => window.hid});
		const c = new BroadcastChannel("agentdesk"); window.c = c; dispatchEvent(new Event("visibilitychange"));
		for (let i = 0; i < 3; i++) c.postMessage({id: "t" + i, hiddenAt: 0, live: true})`)
	b.is(`document.body.dataset.connection`, "online")
	if n := live(); n != 1 {
		b.Fatalf("%d streams with four tabs, want this tab's to stay", n)
	}
	b.do(`window.c.postMessage({id: "t3", hiddenAt: 0, live: true})`)
	b.eventually("the stream is let go", func() bool { return live() == 0 })
	b.do(`window.hid = false; dispatchEvent(new Event("visibilitychange"))`)
	b.eventually("the stream is back", func() bool { return live() == 1 })
	b.until(`document.body.dataset.connection === "online"`)
}

// sleep runs the scripts of the line and the worker against a clock of its own.
const sleep = `(() => {
	let now = 1e12, timers = new Map(), n = 0, opened = [];
	const Date = { now: () => now }, Math = { ...window.Math, min: window.Math.min, random: () => 0.5 };
	const setTimeout = (f, ms) => { timers.set(++n, { f, at: now + (ms || 0) }); return n; }, clearTimeout = id => timers.delete(id);
	const run = ms => { now += ms; for (const [id, t] of [...timers].sort((a, b) => a[1].at - b[1].at)) if (t.at <= now && timers.delete(id)) t.f(); };
	let status = 200;
	const fetch = async () => { if (!status) throw 0; return { status }; };
	class EventSource {
		constructor(url) { this.url = url; this.on = {}; opened.push(this); }
		addEventListener(name, f) { this.on[name] = f; }
		say(name, data, id) { if (!this.closed) this.on[name]({ data, lastEventId: id }); }
		close() { this.closed = true; }
	}
	const self = {};
	%s
	const port = () => { const p = { got: [], postMessage(m) { p.got.push(m); }, addEventListener() {}, has: f => p.got.some(f) }; self.onconnect({ ports: [p] }); return p; };
	const said = [], want = (ok, what) => { if (!ok) said.push(what); };
	const redraw = m => m.ev === "hello" && !m.resumed;
	return (async () => {
		const a = port(), b = port();
		a.onmessage({ data: { ask: "join", url: "/events", at: "e.5" } });
		b.onmessage({ data: { ask: "join", url: "/events", at: "e.5" } });
		want(opened.length === 1 && opened[0].url.endsWith("last=e.5"), "one line from where the page stands");
		opened[0].say("hello", '{"epoch":"e","resumed":true}', "e.5");
		opened[0].say("patch", "six", "e.6");
		want([a, b].every(p => p.has(m => m.data === "six") && !p.has(redraw)), "both tabs have the event");
		// Ten minutes of sleep: the line is dead without a word.
		run(600e3); run(0); await 0; await 0; await 0;
		want(opened.length === 2 && opened[0].closed && opened[1].url.endsWith("last=e.6"), "a new line after ten minutes, from the last event: " + opened.length);
		opened[1].say("hello", '{"epoch":"e","resumed":true}', "e.6");
		opened[1].say("patch", "seven", "e.7");
		want([a, b].every(p => p.has(m => m.data === "seven") && !p.has(redraw)), "what was missed is passed on");
		// Ten hours, and no network at first.
		status = 0;
		run(36e6); run(0); await 0; await 0; await 0;
		want(opened.length === 2, "no line without a network");
		status = 200;
		a.onmessage({ data: { ask: "wake" } }); await 0; await 0; await 0;
		want(opened.length === 3, "waking up tries at once: " + opened.length);
		opened[2].say("hello", '{"epoch":"f","resumed":false}', "f.1");
		want([a, b].every(p => p.has(redraw)), "all tabs are drawn again");
		const c = port();
		c.onmessage({ data: { ask: "join", url: "/events", at: "e.9" } });
		want(c.has(redraw), "so is one that was drawn before");
		return said.join("; ");
	})();
})()`

func TestSleepOfTheComputer(t *testing.T) {
	b := newTab(t, chrome(t), newFakeDesk(t), "/chats", "")
	var source strings.Builder
	for _, name := range []string{"js/line.js", "js/worker.js"} {
		body, err := static.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(body)
	}
	got, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](fmt.Sprintf(sleep, source.String()), chromedp.EvalAwaitPromise))
	if err != nil || got != "" {
		t.Errorf("%s %v", got, err)
	}
}

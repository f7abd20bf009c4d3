package views

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"agentdesk/desk"
)

// long is a chat with one long conversation after a short one.
type long struct {
	now, past []desk.Event
	page      int // events of one part
}

func newLong(n, page int) *long {
	l := &long{page: page}
	for i := range n {
		by := []string{"c3", "c3", sampleMe.ID, "sam@example.com"}[i%4]
		ev := message("E"+itoa(i), by, strings.Repeat("Some words. ", 1+i%9), sampleNow.Add(time.Duration(i-n)*time.Minute))
		if i%50 < 4 {
			ev = desk.Event{ID: ev.ID, Kind: desk.KindSystemText, SystemType: "routing.idle", Vars: map[string]string{"duration": "5"}, At: ev.At}
		}
		l.now = append(l.now, ev)
	}
	for i := range 3 {
		l.past = append(l.past, message("P"+itoa(i), "c3", "Long ago", sampleNow.Add(time.Duration(i-99999)*time.Minute)))
	}
	return l
}

// answer draws the pages of this chat, as package handlers cuts them.
func (l *long) answer(w http.ResponseWriter, r *http.Request) bool {
	if !strings.HasPrefix(r.URL.Path, "/chats/JONAS") || strings.HasSuffix(r.URL.Path, "transfer") {
		return false
	}
	q, n := r.URL.Query(), l.page
	pane := samplePane()
	all := l.now
	if strings.HasSuffix(r.URL.Path, "/TH0") {
		all = l.past
		pane.Thread = &desk.ArchivedThread{ChatID: "JONAS", Users: pane.View.Chat.Users, Thread: desk.Thread{ID: "TH0", CreatedAt: l.past[0].At, Next: "TH1"}}
		pane.Ended = l.past[len(l.past)-1].At
	}
	find := func(name string) int {
		return slices.IndexFunc(all, func(ev desk.Event) bool { return ev.ID == q.Get(name) })
	}
	low, high := max(0, len(all)-n), len(all)
	if i := find("before"); i >= 0 {
		low, high = max(0, i-n), i
	} else if i := find("since"); i >= 0 {
		low, high = i+1, min(len(all), i+1+n)
	} else if i := find("at"); i >= 0 {
		low, high = max(0, i-n/2), min(len(all), i+n/2)
		pane.At = q.Get("at")
	} else if i := find("from"); i >= 0 {
		low = i
	} else if from, to, ok := strings.Cut(q.Get("between"), ","); ok {
		low = slices.IndexFunc(all, func(ev desk.Event) bool { return micros(ev.At) >= from })
		for high = low; high < len(all) && micros(all[high].At) <= to; high++ {
		}
	} else if q.Has("since") {
		low, high = 0, min(len(all), n)
	}
	pane.Older, pane.Newer = low > 0, high < len(all)
	pane.View.NewFrom, pane.View.Peek, pane.View.SeenBy = time.Time{}, "", l.now[len(l.now)-5].At
	if pane.Thread != nil {
		pane.Thread.Thread.Events = all[low:high]
	} else {
		pane.View.Chat.Thread.Events = all[low:high]
	}
	if q.Has("part") {
		_ = LogPart(env0, *pane).Render(r.Context(), w)
		return true
	}
	p := page("Jonas Weber", NavChats)
	p.Base, p.Position = "", "7.42"
	_ = Inbox(InboxPage{Page: p, Inbox: sampleInbox(), Chat: pane}).Render(r.Context(), w)
	return true
}

func openLong(t *testing.T, browser context.Context, n, page int) (*tab, *long) {
	t.Helper()
	l := newLong(n, page)
	f := newFakeDesk(t)
	f.answers = l.answer
	return newTab(t, browser, f, "/chats/JONAS", ""), l
}

// travel scrolls to one end in steps and notes the most elements there were, and
// how far what was read was moved by what came in.
const travel = `window.travel = async (to, over) => {
  const log = document.querySelector(".log"), out = { most: 0, moved: 0, steps: 0 };
  const wait = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  for (; out.steps < 4000 && !over(); out.steps++) {
    const top = log.getBoundingClientRect().top;
    log.scrollTop = to * log.scrollHeight;
    await wait();
    const mark = [...document.querySelectorAll(".log .lines > [data-event-id]")].find(x => x.getBoundingClientRect().bottom > top + 60), y = mark?.getBoundingClientRect().top, at = log.scrollTop;
    while (log.getAttribute("aria-busy") && !over()) {
      await wait();
      if (mark?.isConnected && log.scrollTop !== 0 && Math.abs(log.scrollTop - at) < 1) out.moved = Math.max(out.moved, Math.abs(mark.getBoundingClientRect().top - y));
    }
    out.most = Math.max(out.most, document.querySelectorAll(".log .lines > *").length);
  }
  window.travelled = out;
}`

// Ten thousand events and the conversation before them can be scrolled through in
// both directions, while the page stays small and nothing moves under the eye.
func TestLongConversation(t *testing.T) {
	browser := chrome(t)
	b, l := openLong(t, browser, 10_000, 250)
	b.is(`document.querySelector(".log .lines").id`, "log-JONAS")
	b.do(travel)
	first := `document.querySelector(".log [data-event-id]")?.dataset.eventId === "P0"`
	b.do(`window.travelled = null; travel(-1, () => ` + first + `)`)
	b.slowly(`window.travelled`)
	b.is(first, "true")
	b.is(`travelled.moved < 2`, "true")
	b.is(`travelled.most <= 620`, "true")
	b.is(`document.querySelector("#over-TH0").textContent.includes("Conversation of")`, "true")
	b.is(`document.querySelector(".log .lines").id`, "older-JONAS")
	b.is(`document.querySelector(".jump").hidden`, "false")
	b.is(`document.querySelector("#over-TH0 ~ .day time").textContent.length > 0`, "true")

	// News does not land behind the gap, but is counted.
	b.push(t, func(w io.Writer) error {
		return EventPatch(w, env0, "JONAS", "TH1", message("N1", "c3", "news", sampleNow.Add(time.Hour)), jonas())
	})
	b.until(`document.querySelector(".jump").textContent.includes("1 new")`)
	b.is(`!!document.getElementById("e-N1")`, "false")
	b.set(func() { l.now = append(l.now, message("N1", "c3", "news", sampleNow.Add(time.Hour))) })

	// Down again: what came meanwhile is there, once.
	last := `document.querySelector(".log .lines").id === "log-JONAS"`
	b.do(`window.travelled = null; travel(0, () => ` + last + `)`)
	b.slowly(`window.travelled`)
	b.is(`travelled.most <= 620`, "true")
	b.is(`document.querySelectorAll("#e-N1").length`, "1")
	b.is(`[...document.querySelectorAll(".log .lines [data-event-id]")].every((x, i, all) => !i || all[i-1].dataset.sort < x.dataset.sort)`, "true")
	b.is(`document.querySelectorAll(".log .lot").length > 0 && [...document.querySelectorAll(".lot")].every(x => x.querySelectorAll("[data-event-id]").length === 4 && x.querySelector("summary").textContent === "4 events")`, "true")
	b.noViolations()
}

// slowly waits for what may take long on a slow machine.
func (b *tab) slowly(expr string) {
	b.Helper()
	for deadline := time.Now().Add(3 * time.Minute); ; {
		if b.text(`!!(`+expr+`)`) == "true" {
			return
		}
		if time.Now().After(deadline) {
			b.Fatalf("never: %s", expr)
		}
		_, _ = chromedp.Run(b.ctx, chromedp.Poll[bool](expr, chromedp.WithPollingInterval(200*time.Millisecond), chromedp.WithPollingTimeout(5*time.Second)))
	}
}

// What was loaded by scrolling stays when the page is drawn again, and an address
// with an event opens the conversation there.
func TestConversationParts(t *testing.T) {
	browser := chrome(t)
	b, l := openLong(t, browser, 150, 100)
	b.do(`document.querySelector("a[data-older]").click()`)
	b.until(`!!document.getElementById("e-E20")`)
	b.do(`document.querySelector("a[data-older]").click()`)
	b.until(`!!document.getElementById("e-P1") && !document.querySelector("a[data-older]")`)
	b.until(`!document.querySelector(".log").hasAttribute("aria-busy")`)
	b.is(`document.querySelector("#over-TH0").previousElementSibling.id`, "e-P2")
	b.do(`document.querySelector(".log").scrollTop = -800; window.mark = document.getElementById("e-E120"); window.y = mark.getBoundingClientRect().top`)
	b.set(func() {
		l.now = slices.DeleteFunc(l.now, func(ev desk.Event) bool { return ev.ID == "E30" })
		b.resume = false
	})
	b.cut()
	b.until(`!document.getElementById("e-E30")`)
	b.is(`!!document.getElementById("e-E29") && !!document.getElementById("e-P0") && !document.querySelector("a[data-older]")`, "true")
	b.is(`mark.isConnected && Math.abs(mark.getBoundingClientRect().top - y) < 2`, "true")

	two := newTab(t, browser, b.fakeDesk, "/chats/JONAS?at=E60#e-E60", "")
	two.until(`document.activeElement.id === "e-E60"`)
	two.is(`(r => r.top > 0 && r.bottom < innerHeight)(document.getElementById("e-E60").getBoundingClientRect())`, "true")
	two.is(`document.querySelector(".log .lines").id`, "older-JONAS")

	// What happened while the line was down shows there too, and in an earlier
	// conversation above it.
	two.do(`document.querySelector("a[data-older]").click()`)
	two.until(`!!document.getElementById("e-E0")`)
	two.do(`document.querySelector("a[data-older]").click()`)
	two.until(`!!document.getElementById("e-P0")`)
	two.until(`!document.querySelector(".log").hasAttribute("aria-busy")`)
	two.do(`document.getElementById("e-E60").scrollIntoView({ block: "center" }); window.mark = document.getElementById("e-E60"); window.y = mark.getBoundingClientRect().top`)
	two.set(func() {
		edit := func(list []desk.Event, id string) {
			list[slices.IndexFunc(list, func(ev desk.Event) bool { return ev.ID == id })].Text = "Edited meanwhile"
		}
		edit(l.now, "E62")
		edit(l.past, "P1")
		l.now = slices.DeleteFunc(l.now, func(ev desk.Event) bool { return ev.ID == "E57" })
		l.past = l.past[:2]
		two.resume = false
		two.seq++
	})
	two.cut()
	two.until(`!document.getElementById("e-E57") && !document.getElementById("e-P2")`)
	two.is(`["E62", "P1"].map(id => document.querySelector("#e-" + id + " .bub").textContent).join()`, "Edited meanwhile,Edited meanwhile")
	two.is(`mark.isConnected && Math.abs(mark.getBoundingClientRect().top - y) < 2`, "true")
	two.is(`document.querySelector(".log .lines").id + document.querySelectorAll("#over-TH0").length`, "older-JONAS1")

	two.until(`!document.querySelector(".log").hasAttribute("aria-busy")`)
	two.do(`document.querySelector(".jump").click()`)
	two.until(`document.querySelector(".log .lines").id === "log-JONAS" && !!document.getElementById("e-E149")`)
	two.is(`document.querySelector(".log").scrollTop`, "0")

	// An earlier conversation by itself goes on into later ones, as far as they are over.
	three := newTab(t, browser, b.fakeDesk, "/chats/JONAS/threads/TH0", "")
	three.do(`document.querySelector("a[data-newer]").click()`)
	three.until(`document.querySelector(".log .start:last-child a")?.getAttribute("href") === "/chats/JONAS"`)
}

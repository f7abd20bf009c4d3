package main

import (
	"fmt"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
)

// crowded is a chat server with many chats, of which one is Anna's and has many
// events.
func crowded(t *testing.T, chats, events int) *ledger {
	l := newLedger(t, chats)
	for _, c := range l.chats[1:] {
		c.others = true
	}
	for i := range events {
		l.add(l.chats[0], []string{"cust", "cust", "anna@example.com"}[i%3], fmt.Sprintf("Line %05d of a long story", i), "")
	}
	return l
}

// reading counts what a page asks for of a conversation, and notes what it shows:
// every line that was ever on the page, whether they always stood one behind the
// other, each once, and the most elements there were.
const reading = `(() => {
	window.kept = "since the beginning";
	const out = window.watched = { lines: new Set(), most: 0, parts: 0, bytes: 0, torn: "" }, ask = window.fetch;
	window.fetch = async (...a) => {
		const r = await ask(...a);
		if (String(a[0]).includes("part=log")) { out.parts++; out.bytes += (await r.clone().blob()).size; }
		return r;
	};
	const number = x => Number(x.textContent.match(/Line (\d+) of/)?.[1]);
	out.look = () => {
		const now = [...document.querySelectorAll(".log .msg")].map(number).filter(n => n >= 0);
		now.forEach((n, i) => { out.lines.add(n); if (i && n !== now[i-1] + 1) out.torn ||= now[i-1] + " is followed by " + n; });
		out.most = Math.max(out.most, document.querySelectorAll("*").length);
		return now;
	};
	out.up = async to => {
		const log = document.querySelector(".log"), frame = () => new Promise(done => setTimeout(done, 5));
		for (let first = out.look()[0], steps = 0; first > to && steps < 20_000; steps++) {
			log.scrollTop = -log.scrollHeight;
			const end = document.querySelector("a[data-older]")?.href;
			await frame();
			if (end !== document.querySelector("a[data-older]")?.href) first = out.look()[0];
		}
	};
	return "";
})()`

// watched is what reading has noted.
type watched struct {
	Lines, Most, Parts, Bytes, Rows int
	Torn                            string
}

func (c *chrome) watched() (w watched) {
	c.t.Helper()
	got := c.js(`JSON.stringify({ Lines: watched.lines.size, Most: watched.most, Parts: watched.parts, Bytes: watched.bytes, Torn: watched.torn, Rows: document.querySelectorAll(".row").length })`)
	if err := json.Unmarshal([]byte(got), &w); err != nil {
		c.t.Fatal(err)
	}
	return w
}

// TestSlowListsAndLongChats: among 10,000 chats one with 10,000 messages is read
// from its end to its beginning. Nothing is left out and nothing stands twice,
// what comes meanwhile does not move what is read, and the page stays small. All of
// it takes about as long as at a desk with few chats and short ones, and the way up
// is no slower at its end. How long that is make bench-browser prints.
func TestSlowListsAndLongChats(t *testing.T) {
	const chats, events = 10_000, 10_000
	l := crowded(t, chats, events)
	full, calm := readerOf(t, l), readerOf(t, crowded(t, 50, 200))
	notSlower(t, calm, full)
	agent := full.chrome
	full.enter(events - 1)
	agent.js(reading)

	var legs []time.Duration // of a thousand lines each
	up := func(to int) {
		start := time.Now()
		agent.js(fmt.Sprintf(`(watched.there = -1, watched.up(%d).then(() => { watched.there = %[1]d }), "")`, to))
		agent.until(fmt.Sprint("line ", to), fmt.Sprintf(`watched.there === %d`, to))
		legs = append(legs, time.Since(start))
	}
	up(events - 1000)
	for to := events - 2000; to >= events/2; to -= 1000 {
		up(to)
	}

	// Halfway the customer writes: it is told, and the lines stay where they are.
	agent.until("what was loaded to stand", `!document.querySelector(".log").getAttribute("aria-busy")`)
	const place = `[...document.querySelectorAll(".log .msg")].filter(x => x.getBoundingClientRect().top > 200).slice(0, 1).map(x => x.id + " " + Math.round(x.getBoundingClientRect().top)).join()`
	before := agent.js(place)
	l.add(l.chats[0], "cust", "Are you still reading?", "")
	agent.until("the news to be told", `document.querySelector(".jump").textContent.includes("1 new")`)
	if now := agent.js(place); now != before {
		t.Errorf("%s was at the top of what is read, then %s", before, now)
	}

	for to := events/2 - 1000; to >= 0; to -= 1000 {
		up(to)
	}
	evenPace(t, legs)
	w := agent.watched()
	t.Logf("%+v", w)
	if w.Lines != events || w.Torn != "" {
		t.Errorf("%d of %d messages were shown; %s", w.Lines, events, w.Torn)
	}
	if w.Most > 6_000 || w.Rows > 60 || w.Parts > 120 || w.Bytes > events*800 {
		t.Errorf("too much for one page: %+v", w)
	}

	agent.click(".jump")
	agent.text("[role=log]", "Are you still reading?")
	shownOnce(agent, "Are you still reading?")
	if kept := agent.js("String(window.kept)"); kept != "since the beginning" {
		t.Error("the page was loaded again")
	}
}

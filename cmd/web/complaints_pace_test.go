package main

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// reader is an agent at a desk of her own, with a browser and without one.
type reader struct {
	*chrome
	plain  *browser
	events int
}

// readerOf signs Anna in at a desk with a ledger's chats, of which CHAT00 is hers, and
// waits until all are listed.
func readerOf(t *testing.T, l *ledger) reader {
	t.Helper()
	p := startProgram(t, "AGENTDESK_UPSTREAM", l.srv.URL)
	r := reader{newChrome(t, p.URL(), true), newBrowser(t, p.URL()), len(l.chats[0].events)}
	if code, body := r.plain.post("/login", url.Values{"token": {"secret-token"}}); code != http.StatusSeeOther {
		t.Fatalf("login answered %d: %.300s", code, body)
	}
	r.open("/login")
	r.js(`(f => { f.elements.token.value = "secret-token"; f.requestSubmit(); return "" })(document.querySelector("form:has([name=token])"))`)
	others := len(l.chats) - 1
	r.until("all chats to be counted", fmt.Sprintf(`document.querySelector("#rows")?.textContent.replaceAll(",", "").includes("%d")`, others))
	return r
}

// enter opens CHAT00 by a click and waits for one of its lines. It returns how long
// the page took, by its own clock.
func (r reader) enter(line int) time.Duration {
	r.t.Helper()
	r.js(fmt.Sprintf(`(window.took = 0, (async () => {
		const from = performance.now(), there = () => document.querySelector("[role=log]")?.textContent.includes("Line %05d");
		document.querySelector("[data-chat-id='CHAT00'] a").click();
		while (!there()) await new Promise(done => setTimeout(done, 1));
		window.took = performance.now() - from;
	})(), "")`, line))
	r.until(fmt.Sprint("line ", line), `window.took`)
	ms, err := strconv.ParseFloat(r.js(`String(window.took)`), 64)
	if err != nil {
		r.t.Fatal(err)
	}
	return time.Duration(ms * float64(time.Millisecond))
}

func (r reader) leave() {
	r.t.Helper()
	r.js(`document.querySelector("nav a[href$='/chats']").click(), ""`)
	r.until("no chat", `location.pathname === "/chats" && !document.querySelector("[role=log]")`)
}

// get asks for a page, without a browser.
func (r reader) get(path, has string) time.Duration {
	r.t.Helper()
	start := time.Now()
	if code, body := r.plain.get(path); code != http.StatusOK || !strings.Contains(body, has) {
		r.t.Fatalf("%s answered %d: %.300s", path, code, body)
	}
	return time.Since(start)
}

// notSlower holds the times of a full desk against those of a calm one, which pays for
// the same machine in the same moments. Of what there is a page draws equally much, so
// the two are alike but for the counting of chats; a page that drew more, or walked
// through all of it, would take some hundred times as long.
func notSlower(t *testing.T, calm, full reader) {
	t.Helper()
	for _, c := range []struct {
		what  string
		limit time.Duration // times as long
		took  func(reader) time.Duration
	}{
		{"the lists", 20, func(r reader) time.Duration { return r.get("/chats", "CHAT00") }},
		{"the chat", 20, func(r reader) time.Duration {
			return r.get("/chats/CHAT00", fmt.Sprintf("Line %05d", r.events-1))
		}},
		{"a click on the chat", 4, func(r reader) time.Duration { defer r.leave(); return r.enter(r.events - 1) }},
	} {
		var few, many []time.Duration
		for range 9 {
			few, many = append(few, c.took(calm)), append(many, c.took(full))
		}
		t.Logf("%s: %s at a calm desk, %s at a full one", c.what, median(few), median(many))
		if median(many) > c.limit*median(few) {
			t.Errorf("%s took %s at a full desk and %s at a calm one", c.what, median(many), median(few))
		}
	}
}

// evenPace holds the second half of the way up against the first. The best leg of each
// counts, as others use the machine too. On a page that kept all it was given the
// second half would take six times as long.
func evenPace(t *testing.T, legs []time.Duration) {
	t.Helper()
	half := len(legs) / 2
	first, second := slices.Min(legs[:half]), slices.Min(legs[half:])
	t.Logf("a thousand lines took %s, then %s", first, second)
	if second > 4*first {
		t.Errorf("a thousand lines took %s in the first half of the way up and %s in the second", first, second)
	}
}

func median(all []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(all))[len(all)/2]
}

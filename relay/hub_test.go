package relay

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"agentdesk/desk"
)

func TestFirstVisitMustRedrawAndThenGetsEvents(t *testing.T) {
	g := newRig(t, Options{})
	l := g.listen(t, "anna", "s1", "")
	e, hi := l.hello()
	if hi.Resumed || hi.Epoch == "" || e.id != hi.Epoch+".0" {
		t.Fatalf("hello %+v", e)
	}
	h := l.resp.Header
	for k, want := range map[string]string{
		"Content-Type": "text/event-stream", "Cache-Control": "no-store, no-transform",
		"X-Accel-Buffering": "no", "Content-Encoding": "",
	} {
		if h.Get(k) != want {
			t.Errorf("%s: %q, want %q", k, h.Get(k), want)
		}
	}
	g.Publish("anna", Event{Name: "row", Data: []byte("<li>one</li>")})
	g.Publish("anna", Event{Name: "peek", Data: []byte("typing"), Ephemeral: true})
	g.Publish("anna", Event{Name: "row", Data: nil})
	want := []heard{{hi.Epoch + ".1", "row", "<li>one</li>"}, {hi.Epoch + ".1", "peek", "typing"}, {hi.Epoch + ".2", "row", " "}}
	for _, w := range want {
		if got := l.next(); got != w {
			t.Errorf("got %+v, want %+v", got, w)
		}
	}
}

func TestResumeFromPosition(t *testing.T) {
	g := newRig(t, Options{LogEvents: 64})
	start := g.Position("anna")
	epoch, _, _ := parsePosition(start)
	for i := 1; i <= 100; i++ {
		g.Publish("anna", Event{Name: "n", Data: []byte(fmt.Sprint(i))})
		g.Publish("anna", Event{Name: "n", Data: []byte("shed"), Ephemeral: true})
	}
	at := func(s string) string { return epoch + "." + s }
	for _, tc := range []struct {
		last    string
		resumed bool
		first   int
	}{
		{at("100"), true, 101}, {at("99"), true, 100}, {at("36"), true, 37}, {at("35"), false, 101},
		{start, false, 101}, {at("101"), false, 101}, {"AAAAAAAAAAAA.99", false, 101}, {"", false, 101},
		{at("099"), false, 101}, {at("+99"), false, 101}, {at(" 99"), false, 101}, {at("-1"), false, 101},
		{at("99.9"), false, 101}, {at("18446744073709551616"), false, 101}, {at(""), false, 101},
		{"99", false, 101}, {".99", false, 101}, {epoch, false, 101}, {strings.ToLower(at("99")), false, 101},
		{strings.Repeat("9", 5000), false, 101}, {at(strings.Repeat("9", 5000)), false, 101},
	} {
		t.Run(fmt.Sprintf("%.20q", tc.last), func(t *testing.T) {
			l := g.listen(t, "anna", "s1", tc.last)
			e, hi := l.hello()
			if hi.Resumed != tc.resumed || hi.Epoch != epoch || e.id != fmt.Sprintf("%s.%d", epoch, tc.first-1) {
				t.Fatalf("hello %+v", e)
			}
			for i := tc.first; i <= 100; i++ {
				if got := l.next(); got != (heard{at(fmt.Sprint(i)), "n", fmt.Sprint(i)}) {
					t.Fatalf("event %d: %+v", i, got)
				}
			}
			l.leave()
		})
	}
}

func TestResumeByQuery(t *testing.T) {
	g := newRig(t, Options{})
	pos := g.Position("anna")
	g.Publish("anna", Event{Name: "n", Data: []byte("1")})
	l := g.listen(t, "anna", "s1&last="+pos, "")
	if _, hi := l.hello(); !hi.Resumed {
		t.Fatal("the page's position was not taken")
	}
	one := l.next()
	if one.data != "1" {
		t.Fatalf("%+v", one)
	}
	// The browser's own header is newer than the address it came with.
	l = g.listen(t, "anna", "s1&last="+pos, one.id)
	l.hello()
	g.Publish("anna", Event{Name: "n", Data: []byte("2")})
	if got := l.next(); got.data != "2" {
		t.Fatalf("%+v", got)
	}
}

func TestLogIsBoundedByBytes(t *testing.T) {
	g := newRig(t, Options{LogBytes: 10 * (1000 + overhead)})
	epoch, _, _ := parsePosition(g.Position("anna"))
	big := []byte(strings.Repeat("x", 1000))
	for range 50 {
		g.Publish("anna", Event{Name: "n", Data: big})
	}
	if _, hi := g.listen(t, "anna", "s", epoch+".40").hello(); !hi.Resumed {
		t.Error("ten events fit, but the tenth from the end is gone")
	}
	if _, hi := g.listen(t, "anna", "s", epoch+".39").hello(); hi.Resumed {
		t.Error("the log holds more than its bytes")
	}
	g.Publish("anna", Event{Name: "n", Data: []byte(strings.Repeat("y", 20000))})
	if _, hi := g.listen(t, "anna", "s", epoch+".50").hello(); hi.Resumed {
		t.Error("an event that the log cannot hold was promised to be replayed")
	}
}

func TestResetTellsOpenTabs(t *testing.T) {
	g := newRig(t, Options{})
	l := g.listen(t, "anna", "s", "")
	_, first := l.hello()
	g.Reset("anna")
	g.Publish("anna", Event{Name: "n", Data: []byte("x")})
	_, second := l.hello()
	if second.Resumed || second.Epoch == first.Epoch {
		t.Fatalf("%+v after %+v", second, first)
	}
	if e := l.next(); e.id != second.Epoch+".1" {
		t.Fatalf("%+v", e)
	}
	g.Reset("nobody")
	if g.Active("nobody") {
		t.Error("Reset made a topic")
	}
}

func TestCloseSessionEndsItsTabsAtOnceAndNoOthers(t *testing.T) {
	g := newRig(t, Options{})
	a1, a2, b := g.listen(t, "anna", "s1", ""), g.listen(t, "anna", "s1", ""), g.listen(t, "anna", "s2", "")
	for _, l := range []*listener{a1, a2, b} {
		l.hello()
	}
	g.Publish("anna", Event{Name: "n", Data: []byte("x")})
	for _, l := range []*listener{a1, a2, b} {
		l.next()
	}
	start := time.Now()
	g.CloseSession("s1", SignedOut)
	for _, l := range []*listener{a1, a2} {
		all := l.ended()
		if len(all) != 1 || all[0].name != "bye" || all[0].data != SignedOut {
			t.Errorf("%+v", all)
		}
	}
	if d := time.Since(start); d > time.Second {
		t.Errorf("it took %s", d)
	}
	g.Publish("anna", Event{Name: "n", Data: []byte("after")})
	if e := b.next(); e.data != "after" {
		t.Errorf("%+v", e)
	}
	until(t, "two tabs less", func() bool { return g.Tabs("anna") == 1 })
}

func TestSessionThatEndedWhileItsTabCame(t *testing.T) {
	h := New(Options{})
	defer h.Close()
	w := newRecorder()
	if err := h.Serve(w, request(t, context.Background()), Tab{Topic: "anna", Session: "s", Valid: func() bool { return false }}); err != nil {
		t.Fatal(err)
	}
	got := w.heard()
	if len(got) != 2 || got[0].name != "hello" || got[1] != (heard{got[0].id, "bye", SignedOut}) {
		t.Fatalf("%+v", got)
	}
}

func TestCloseTopicForgets(t *testing.T) {
	g := newRig(t, Options{})
	pos := g.Position("anna")
	l := g.listen(t, "anna", "s", pos)
	l.hello()
	g.CloseTopic("anna", Elsewhere)
	if all := l.ended(); len(all) != 1 || all[0].data != Elsewhere {
		t.Fatalf("%+v", all)
	}
	until(t, "inactive", func() bool { return !g.Active("anna") })
	if _, hi := g.listen(t, "anna", "s", pos).hello(); hi.Resumed {
		t.Error("an old position is still good")
	}
}

func TestOldestTabOfASessionMakesRoom(t *testing.T) {
	g := newRig(t, Options{MaxTabsPerSession: 3})
	var tabs []*listener
	for range 5 {
		l := g.listen(t, "anna", "s", "")
		l.hello()
		tabs = append(tabs, l)
	}
	for _, l := range tabs[:2] {
		if all := l.ended(); len(all) != 1 || all[0].data != Elsewhere {
			t.Fatalf("%+v", all)
		}
	}
	g.Publish("anna", Event{Name: "n", Data: []byte("x")})
	for _, l := range tabs[2:] {
		if e := l.next(); e.data != "x" {
			t.Fatalf("%+v", e)
		}
	}
}

func TestShutdownIsFast(t *testing.T) {
	g := newRig(t, Options{})
	var tabs []*listener
	for i := range 50 {
		l := g.listen(t, "anna", fmt.Sprint("s", i), "")
		l.hello()
		tabs = append(tabs, l)
	}
	g.srv.Config.RegisterOnShutdown(g.Close)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	start := time.Now()
	if err := g.srv.Config.Shutdown(ctx); err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	t.Logf("50 tabs: %s", took)
	if took > 2*time.Second {
		t.Errorf("it took %s", took)
	}
	for _, l := range tabs {
		if all := l.ended(); len(all) != 1 || all[0].name != "bye" || all[0].data != Shutdown {
			t.Fatalf("%+v", all)
		}
	}
	err := g.Serve(newRecorder(), request(t, context.Background()), Tab{Topic: "anna", Session: "s"})
	if desk.CodeOf(err) != desk.Unavailable {
		t.Errorf("Serve after Close: %v", err)
	}
}

func TestConnectionIsGoodAfterAStream(t *testing.T) {
	g := newRig(t, Options{Write: 300 * time.Millisecond})
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1}}
	defer client.CloseIdleConnections()
	resp, err := client.Get(g.url + "/events?topic=anna&session=s")
	if err != nil {
		t.Fatal(err)
	}
	until(t, "one tab", func() bool { return g.Tabs("anna") == 1 })
	g.CloseSession("s", SignedOut)
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	// Longer than the stream's write deadline was: it must be gone.
	wait := time.NewTimer(600 * time.Millisecond)
	<-wait.C
	resp, err = client.Post(g.url+"/page", "", http.NoBody) // a POST is not tried again
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
}

func TestOnTabsEndsWithTheTruth(t *testing.T) {
	var mu sync.Mutex
	seen := map[string][]int{}
	g := newRig(t, Options{OnTabs: func(topic string, n int) {
		mu.Lock()
		defer mu.Unlock()
		seen[topic] = append(seen[topic], n)
	}})
	last := func(topic string) int {
		mu.Lock()
		defer mu.Unlock()
		if s := seen[topic]; len(s) > 0 {
			return s[len(s)-1]
		}
		return -1
	}
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			l := g.listen(t, fmt.Sprint("agent", i%2), fmt.Sprint("s", i), "")
			l.hello()
			if i >= 6 {
				l.leave()
			}
		})
	}
	wg.Wait()
	until(t, "three tabs each", func() bool { return last("agent0") == 3 && last("agent1") == 3 })
	mu.Lock()
	defer mu.Unlock()
	for topic, list := range seen {
		if slices.Max(list) > 10 || slices.Min(list) < 0 {
			t.Errorf("%s: %v", topic, list)
		}
	}
}

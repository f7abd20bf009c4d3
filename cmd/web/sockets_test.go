package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// withToken signs a browser in at a desk whose chat server is a ledger.
func withToken(t testing.TB, app *App) *browser {
	t.Helper()
	b := newBrowser(t, app.URL())
	if code, body := b.post("/login", url.Values{"token": {"secret-token"}}); code != http.StatusSeeOther {
		t.Fatalf("sign-in: %d %.300s", code, body)
	}
	return b
}

// listen opens a stream that the test may also close.
func (b *browser) listen() (*bufio.Reader, io.Closer) {
	b.t.Helper()
	res, err := b.http.Get(b.base + "/events")
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { res.Body.Close() })
	if res.StatusCode != http.StatusOK {
		b.t.Fatalf("stream answered %d", res.StatusCode)
	}
	r := bufio.NewReader(res.Body)
	hear(b.t, r, "hello", "")
	return r, res.Body
}

// TestOneSocketPerAgent: three browsers with four tabs each, all loaded again and
// again, share one line to the chat server.
func TestOneSocketPerAgent(t *testing.T) {
	t.Parallel()
	l := newLedger(t, 3)
	app := launch(t, map[string]string{"AGENTDESK_UPSTREAM": l.srv.URL})
	var streams []*bufio.Reader
	for range 3 {
		b := withToken(t, app)
		for range 4 {
			for range 3 { // loaded three times
				if code, _ := b.get("/chats/CHAT00"); code != http.StatusOK {
					t.Fatalf("the chat answers %d", code)
				}
				_, tab := b.listen()
				tab.Close()
			}
			r, _ := b.listen()
			streams = append(streams, r)
		}
	}
	l.add(l.chats[0], "cust", "heard by all", "")
	for _, r := range streams {
		hear(t, r, "patch", "heard by all")
	}
	if dials, open := l.sockets(); dials != 1 || open != 1 {
		t.Errorf("the agent has %d sockets, and had %d; one is wanted", open, dials)
	}
}

// TestSignOutEndsStreams: signing out ends the streams of that session at once
// and of no other; the line to the chat server goes with the last one.
func TestSignOutEndsStreams(t *testing.T) {
	t.Parallel()
	l := newLedger(t, 1)
	app := launch(t, map[string]string{"AGENTDESK_UPSTREAM": l.srv.URL})
	one, two := withToken(t, app), withToken(t, app)
	ends := func(b *browser, tabs ...*bufio.Reader) {
		t.Helper()
		start := time.Now()
		if code, _ := b.post("/logout", nil); code != http.StatusSeeOther {
			t.Fatalf("sign-out answers %d", code)
		}
		for _, r := range tabs {
			hear(t, r, "bye", "signed-out")
			if _, err := r.ReadByte(); !errors.Is(err, io.EOF) {
				t.Errorf("after the bye: %v", err)
			}
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("the streams lived on for %s", took)
		}
		if code, _ := b.get("/events"); code != http.StatusUnauthorized {
			t.Errorf("a new stream answers %d", code)
		}
	}
	first, _ := one.listen()
	second, _ := one.listen()
	other, _ := two.listen()
	ends(one, first, second)
	l.add(l.chats[0], "cust", "still here?", "")
	hear(t, other, "patch", "still here?")
	if _, open := l.sockets(); open != 1 {
		t.Fatalf("%d sockets are open while a session lives", open)
	}
	ends(two, other)
	start := time.Now()
	until(t, "the agent's socket to close", func() bool { _, open := l.sockets(); return open == 0 })
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("the socket lived on for %s", took)
	}
}

// gate is a line whose reader can be stopped: the other side's writes then fill
// up the buffers between.
type gate struct {
	net.Conn
	mu   *sync.Mutex
	wake *sync.Cond
	shut *bool
}

func (g gate) Read(p []byte) (int, error) {
	g.mu.Lock()
	for *g.shut {
		g.wake.Wait()
	}
	g.mu.Unlock()
	return g.Conn.Read(p)
}

// stoppable gives a browser such lines.
func stoppable(b *browser) (slow *browser, shut func(bool)) {
	var mu sync.Mutex
	var closed bool
	wake := sync.NewCond(&mu)
	dial := func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := new(net.Dialer).DialContext(ctx, network, addr)
		if err == nil {
			_ = c.(*net.TCPConn).SetReadBuffer(64 << 10)
		}
		return gate{c, &mu, wake, &closed}, err
	}
	client := *b.http
	client.Transport = &http.Transport{DialContext: dial, DisableCompression: true, DisableKeepAlives: true}
	return &browser{t: b.t, base: b.base, http: &client}, func(v bool) {
		mu.Lock()
		defer mu.Unlock()
		closed = v
		wake.Broadcast()
	}
}

// TestTabThatStopsReading: a tab whose line hangs delays nobody, is cut, and
// shows the exact state when it reads again.
func TestTabThatStopsReading(t *testing.T) {
	t.Parallel()
	l := newLedger(t, 2)
	app := launch(t, map[string]string{"AGENTDESK_UPSTREAM": l.srv.URL})
	b := withToken(t, app)
	slowBrowser, shut := stoppable(b)
	fast, slow := openTab(b, "/chats/CHAT00"), openTab(slowBrowser, "/chats/CHAT00")
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	for _, tb := range []*tab{fast, slow} {
		wg.Go(func() { tb.run(ctx, func() int { return 0 }) })
	}
	defer wg.Wait()
	defer shut(false)
	defer cancel()
	until(t, "both tabs", func() bool { return app.hub.Tabs("anna@example.com") == 2 })
	l.add(l.chats[0], "cust", "before the pause", "")
	until(t, "both to read", func() bool { return fast.shows("before the pause") && slow.shows("before the pause") })

	shut(true)
	// More than the buffers of the line, of the relay and of both systems hold.
	filler := strings.Repeat("a long message ", 4000)
	var worst time.Duration
	for i := range 150 {
		words := fmt.Sprintf("message %d.", i)
		start := time.Now()
		l.add(l.chats[i%2], "cust", words+filler, "")
		if i%10 == 0 {
			waitFor(t, fast, words)
			worst = max(worst, time.Since(start))
		}
	}
	until(t, "the tab that does not read to be cut", func() bool { return app.hub.Tabs("anna@example.com") == 1 })
	t.Logf("the longest wait of the other tab was %s", worst)
	if worst > 2*time.Second {
		t.Errorf("a tab that does not read delays another by %s", worst)
	}
	l.add(l.chats[0], "cust", "while the tab was away", "")
	shut(false)
	until(t, "the tab to come back", func() bool { return app.hub.Tabs("anna@example.com") == 2 })
	l.add(l.chats[0], "cust", "the very last one", "")
	for _, tb := range []*tab{fast, slow} {
		until(t, "the last message", func() bool { return tb.shows("the very last one") })
		what := ""
		until(noted{t, &what}, "the exact state", func() bool { what = tb.wrong(); return what == "" })
	}
	slow.mu.Lock()
	defer slow.mu.Unlock()
	if slow.redraw+slow.resume < 2 {
		t.Errorf("the tab came back %d times", slow.redraw+slow.resume-1)
	}
}

// noted adds to a failure what it was about.
type noted struct {
	testing.TB
	what *string
}

func (n noted) Fatalf(format string, args ...any) {
	n.Helper()
	n.TB.Fatalf(format+": %s", append(args, *n.what)...)
}

// wrong compares a tab with a page drawn now, which has the newest messages only:
// older ones may be there in the tab.
func (t *tab) wrong() string {
	now := &tab{b: t.b, path: t.path}
	now.draw()
	t.mu.Lock()
	defer t.mu.Unlock()
	for c, want := range now.parts {
		oldest := ""
		for id, text := range want {
			if t.parts[c][id] != text {
				return fmt.Sprintf("%s in %s is %.100q, want %.100q", id, c, t.parts[c][id], text)
			}
			if oldest == "" || text < oldest {
				oldest = text
			}
		}
		for id, text := range t.parts[c] {
			if _, ok := want[id]; !ok && (!strings.HasPrefix(c, "log-") || text > oldest) {
				return fmt.Sprintf("%s in %s is too many", id, c)
			}
		}
	}
	return ""
}

// shows reports whether some words are on the page.
func (t *tab) shows(words string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, items := range t.parts {
		for _, text := range items {
			if strings.Contains(text, words) {
				return true
			}
		}
	}
	return false
}

// waitFor waits for an event that brings some words to a tab.
func waitFor(t testing.TB, tb *tab, words string) {
	t.Helper()
	late := time.NewTimer(20 * time.Second)
	defer late.Stop()
	for !tb.shows(words) {
		select {
		case <-tb.heard:
		case <-late.C:
			t.Fatalf("20 s without %q", words)
		}
	}
}

package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"agentdesk/desk"
	"agentdesk/internal/backoff"
	"agentdesk/internal/store"

	"github.com/PuerkitoBio/goquery"
)

// launch runs the program in this process and stops it with the test.
func launch(t testing.TB, env map[string]string) *App {
	t.Helper()
	all := map[string]string{"AGENTDESK_ADDR": "127.0.0.1:0", "AGENTDESK_DATA_DIR": t.TempDir()}
	for k, v := range env {
		all[k] = v
	}
	set, err := loadSettings(nil, func(k string) (string, bool) { v, ok := all[k]; return v, ok })
	if err != nil {
		t.Fatal(err)
	}
	set.timing.Backoff = backoff.Policy{Min: time.Millisecond, Max: 20 * time.Millisecond}
	ctx, cancel := context.WithCancel(context.Background())
	app, err := New(ctx, set, slog.New(slog.DiscardHandler))
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- app.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	return app
}

// TestNothingIsLostWhileLinesAreCut: 10,000 pushes flow while the line to the
// chat server is cut 100 times and the tabs' lines again and again; at the end
// every tab shows what a page drawn now shows.
func TestNothingIsLostWhileLinesAreCut(t *testing.T) {
	const pushes, cuts, tabs = 10_000, 100, 3
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewSource(seed))
	l := newLedger(t, 5)
	app := launch(t, map[string]string{"AGENTDESK_UPSTREAM": l.srv.URL})
	b := newBrowser(t, app.URL())
	if code, body := b.post("/login", url.Values{"token": {"secret-token"}}); code != http.StatusSeeOther {
		t.Fatalf("sign-in: %d %.300s", code, body)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	var open []*tab
	for i := range tabs {
		tb := openTab(b, "/chats/"+l.chats[i].id)
		own := rand.New(rand.NewSource(seed + int64(i)))
		wg.Add(1)
		go func() {
			defer wg.Done()
			tb.run(ctx, func() int {
				if ctx.Err() != nil {
					return 0
				}
				return 1 + own.Intn(200) // then the tab's own line drops
			})
		}()
		open = append(open, tb)
	}
	defer wg.Wait()
	defer cancel()
	for i := range pushes {
		l.add(l.chats[rnd.Intn(len(l.chats))], "cust", fmt.Sprintf("message %d", i), "")
		if i%(pushes/cuts) == pushes/cuts-1 {
			logins := l.loginCount()
			l.cut()
			if rnd.Intn(4) > 0 { // else the pushes meet the desk while it is away
				until(t, "the next login", func() bool { return l.loginCount() > logins })
			}
		}
	}
	last := l.add(l.chats[0], "cust", "the very last one", "")
	until(t, "the last push on a page", func() bool { _, body := b.get("/chats/" + l.chats[0].id); return strings.Contains(body, last) })
	for i, tb := range open {
		until(t, "a tab to agree with a fresh page", func() bool { return tb.state() == tb.fresh() })
		if n := strings.Count(tb.state(), "log-"+l.chats[i].id); n == 0 {
			t.Errorf("tab %d shows no conversation", i)
		}
		t.Logf("tab %d: resumed %d times, redrew %d times", i, tb.resume, tb.redraw)
	}
	l.mu.Lock()
	logins := l.logins
	l.mu.Unlock()
	if logins > cuts+10 {
		t.Errorf("%d logins for %d cuts", logins, cuts)
	}
}

func (l *ledger) loginCount() int { l.mu.Lock(); defer l.mu.Unlock(); return l.logins }

// TestKilledWhileSending: the program is killed at each boundary of a send. The
// message is at the chat server exactly once after the restart, and the page
// shows it as sent.
func TestKilledWhileSending(t *testing.T) {
	const times = 10
	for _, c := range []struct {
		name string
		hook func(die, record, answer func())
	}{
		{"after the outbox row, before the socket", nil},
		{"after the socket, before the server took it", func(die, _, _ func()) { die() }},
		{"after the server took it, before the answer", func(die, record, _ func()) { record(); die() }},
		{"after the answer", func(die, record, answer func()) { record(); answer(); die() }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := newLedger(t, 1)
			p := newProcess(t, "AGENTDESK_UPSTREAM="+l.srv.URL)
			p.start()
			b := newBrowser(t, p.url())
			if code, body := b.post("/login", url.Values{"token": {"secret-token"}}); code != http.StatusSeeOther {
				t.Fatalf("sign-in: %d %.300s", code, body)
			}
			for i := range times {
				id := fmt.Sprintf("killed-%d", i)
				text := "text of " + id
				if c.hook == nil {
					p.kill()
					leaveInOutbox(t, p, id, text)
				} else {
					sendAndDie(t, l, p, b, c.hook, id, text)
				}
				p.start()
				until(t, "the message to be shown as sent", func() bool { return shownAsSent(b, text) == 1 })
				if n := l.said(id); n != 1 {
					t.Fatalf("the chat server has the message %d times", n)
				}
			}
		})
	}
}

// leaveInOutbox is what a program leaves that dies between the commit of the
// outbox row and the socket.
func leaveInOutbox(t *testing.T, p *process, id, text string) {
	t.Helper()
	db, err := store.Open(context.Background(), p.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	m := desk.Outgoing{CustomID: id, ChatID: "CHAT00", Text: text, At: time.Now(), State: desk.Sending}
	if err := db.Put(context.Background(), "anna@example.com", m); err != nil {
		t.Fatal(err)
	}
}

func sendAndDie(t *testing.T, l *ledger, p *process, b *browser, hook func(die, record, answer func()), id, text string) {
	t.Helper()
	died := make(chan struct{})
	l.mu.Lock()
	l.onSend = func(record, answer func()) { hook(func() { p.kill(); close(died) }, record, answer) }
	l.mu.Unlock()
	until(t, "an online desk", func() bool { _, body := b.get("/chats"); return strings.Contains(body, `data-connection="online"`) })
	b.post("/chats/CHAT00/events", url.Values{"text": {text}, "visibility": {"all"}, "custom_id": {id}})
	select {
	case <-died:
	case <-time.After(20 * time.Second):
		t.Fatal("the message never reached the chat server")
	}
	l.mu.Lock()
	l.onSend = nil
	l.mu.Unlock()
}

// shownAsSent counts how often the conversation shows a text as sent.
func shownAsSent(b *browser, text string) int {
	_, body := b.get("/chats/CHAT00")
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		return 0
	}
	return doc.Find("[role=log] [data-state=sent]").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return strings.Contains(s.Text(), text)
	}).Length()
}

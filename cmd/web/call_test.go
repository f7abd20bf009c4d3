package main

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"agentdesk/desk"
	"agentdesk/handlers"
	"agentdesk/internal/push"
)

// TestCalledWithoutATab: while no tab is open the agent's browser is called by its
// push service; while one is, the tab is.
func TestCalledWithoutATab(t *testing.T) {
	t.Parallel()
	got := make(chan *http.Request, 32)
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusCreated)
		got <- r
	}))
	defer service.Close()
	called := func(what string) {
		t.Helper()
		select {
		case r := <-got:
			if r.URL.Path != "/anna" || r.Header.Get("Content-Encoding") != "aes128gcm" || !strings.HasPrefix(r.Header.Get("Authorization"), "vapid ") {
				t.Errorf("%s: %s %v", what, r.URL, r.Header)
			}
		case <-time.After(30 * time.Second):
			t.Fatalf("not called: %s", what)
		}
	}

	p := startProgram(t, "AGENTDESK_DEMO", "true")
	b := newBrowser(t, p.URL())
	b.signIn("anna@example.com")
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	enc := base64.RawURLEncoding.EncodeToString
	device := url.Values{"endpoint": {service.URL + "/anna"}, "p256dh": {enc(key.PublicKey().Bytes())}, "auth": {enc(make([]byte, 16))}}
	if code, body := b.post("/me/devices", device); code != http.StatusSeeOther {
		t.Fatalf("the device was answered %d: %.300s", code, body)
	}
	if code, body := b.get("/sw.js"); code != http.StatusOK || !strings.Contains(body, "showNotification") {
		t.Errorf("the service worker was answered %d", code)
	}
	v := p.visitor()
	v.start("Is anybody there?")
	called("a new chat")
	v.say("Hello?") // within the moment in which nobody is called for the same chat again

	stream := openStream(t, b)
	hear(t, stream, "hello", "")
	v.say("Still there?")
	hear(t, stream, "patch", `data-alert="message"`)

	// A browser that does not want to be called any more is not.
	if code, _ := b.post("/me/devices/remove", url.Values{"endpoint": device["endpoint"]}); code != http.StatusSeeOther {
		t.Errorf("taking it back was answered %d", code)
	}
	list, err := p.push.Store.Devices(t.Context(), "anna@example.com")
	if err != nil || len(list) != 0 {
		t.Errorf("%d devices left (%v)", len(list), err)
	}
}

func TestNotCalledTwiceAtOnce(t *testing.T) {
	c, now := &caller{called: map[[2]string]time.Time{}}, time.Now()
	for i, step := range []struct {
		agent, chat string
		after       time.Duration
		again       bool
	}{{"anna", "A", 0, false}, {"anna", "A", time.Second, true}, {"anna", "B", time.Second, false}, {"ben", "A", time.Second, false}, {"anna", "A", callWait + 2*time.Second, false}} {
		if got := c.again(step.agent, step.chat, now.Add(step.after)); got != step.again {
			t.Errorf("%d: %v", i, got)
		}
	}
	if len(c.called) != 1 {
		t.Errorf("remembers %v", c.called)
	}
}

// devices notes whose browsers are looked for.
type devices struct {
	mu    sync.Mutex
	asked []string
}

func (d *devices) Devices(_ context.Context, agentID string) ([]desk.Device, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, agentID)
	return nil, nil
}

func (d *devices) DeleteDevice(context.Context, string, string) error { return nil }

type usualLimits struct{ handlers.Limits }

func (usualLimits) WaitLimits(context.Context, string) (desk.WaitLimits, error) { return nil, nil }

// TestWhoIsCalled: agents without a tab are, but for those who want no
// notifications, or have none to hear of.
func TestWhoIsCalled(t *testing.T) {
	alert := []desk.Alert{{Kind: desk.AlertQueue, ChatID: "A", Title: "Carla"}}
	for name, c := range map[string]struct {
		alerts desk.Alerts
		tabs   int
		list   []desk.Alert
		want   int
	}{
		"no tab":               {desk.Alerts{}, 0, alert, 1},
		"in quiet hours":       {desk.Alerts{QuietFrom: "00:00", QuietTo: "23:59"}, 0, alert, 1}, // shown without a sound
		"a tab is open":        {desk.Alerts{}, 1, alert, 0},
		"wants none":           {desk.Alerts{NoDesktop: true}, 0, alert, 0},
		"nothing has happened": {desk.Alerts{}, 0, nil, 0},
		"different things at once": {desk.Alerts{}, 0, []desk.Alert{
			{Kind: desk.AlertQueue, ChatID: "A"}, {Kind: desk.AlertMessage, ChatID: "B"}, {Kind: desk.AlertQueue, ChatID: "C"}, {Kind: desk.AlertTaken, ChatID: "D"},
		}, 3},
	} {
		synctest.Test(t, func(t *testing.T) {
			d := &devices{}
			sender := push.New(push.Options{Store: d})
			defer sender.Close()
			calls := &caller{push: sender, called: map[[2]string]time.Time{}, tabs: func(string) int { return c.tabs },
				draw: &renderer{limits: usualLimits{}, log: slog.New(slog.DiscardHandler)}}
			calls.call(desk.Me{ID: "anna", Preferences: desk.Preferences{Language: "en", Alerts: c.alerts}}, c.list)
			synctest.Wait()
			if len(d.asked) != c.want {
				t.Errorf("%s: called %q", name, d.asked)
			}
		})
	}
}

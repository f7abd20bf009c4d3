package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"agentdesk/chatserver/demo"
	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
)

// program is a running App on a port of its own.
type program struct {
	*App
	t    testing.TB
	stop context.CancelFunc
	done chan error
	once sync.Once
}

// startProgram builds and runs an App with settings given as name, value pairs,
// over a folder of its own unless one is given. It stops with the test.
func startProgram(t testing.TB, settings ...string) *program {
	t.Helper()
	env := map[string]string{"AGENTDESK_ADDR": "127.0.0.1:0", "AGENTDESK_DATA_DIR": filepath.Join(t.TempDir(), "data")}
	for i := 0; i+1 < len(settings); i += 2 {
		env[settings[i]] = settings[i+1]
	}
	set, err := loadSettings(nil, func(k string) (string, bool) { v, ok := env[k]; return v, ok })
	if err != nil {
		t.Fatal(err)
	}
	set.pushAnywhere = true
	if set.Demo {
		set.seed, set.quiet = seedSmall, true
	}
	app, err := New(t.Context(), set, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	p := &program{App: app, t: t, stop: stop, done: make(chan error, 1)}
	go func() { p.done <- app.Run(ctx) }()
	t.Cleanup(p.end)
	return p
}

// seedSmall is the demo without its past.
func seedSmall(ctx context.Context, e *engine.Engine) error {
	err := e.SetLicense(ctx, store.License{ID: demo.LicenseID, OrganizationID: demo.OrganizationID, Plan: "demo"})
	for id, name := range map[int]string{demo.GroupSupport: "Support", demo.GroupSales: "Sales"} {
		err = errors.Join(err, e.CreateGroup(ctx, store.Group{ID: id, Name: name, Language: "en"}))
	}
	password := engine.HashPassword(demo.Password)
	for _, a := range demo.Accounts {
		err = errors.Join(err, e.CreateAgent(ctx, store.Agent{ID: a.Email, Name: a.Name, Role: a.Role, Password: password, Groups: a.Groups}))
		_, _, tokenErr := e.CreateToken(ctx, engine.TokenSpec{OwnerID: a.Email, ClientID: "demo", Token: a.Token, Lifetime: -1})
		err = errors.Join(err, tokenErr)
	}
	return err
}

// end stops the program gracefully and waits for it.
func (p *program) end() {
	p.once.Do(func() {
		p.stop()
		select {
		case err := <-p.done:
			if err != nil {
				p.t.Error("run:", err)
			}
		case <-time.After(stopTimeout + 5*time.Second):
			p.t.Error("the program did not stop")
		}
	})
}

// openStream opens /events for a browser and gives its lines.
func openStream(t testing.TB, b *browser) *bufio.Reader {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, b.base+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := b.http.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	if res.StatusCode != http.StatusOK {
		t.Fatalf("stream answered %d", res.StatusCode)
	}
	return bufio.NewReader(res.Body)
}

// hear reads a stream until an event fits.
func hear(t testing.TB, r *bufio.Reader, name, words string) event {
	t.Helper()
	for {
		ev, err := readEvent(r)
		if err != nil {
			t.Fatalf("stream ended before %s with %q: %v", name, words, err)
		}
		if ev.name == name && strings.Contains(ev.data, words) {
			return ev
		}
	}
}

// call uses the embedded server's Web API.
func (p *program) call(path, token, body string) string {
	p.t.Helper()
	req, err := http.NewRequest(http.MethodPost, p.URL()+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	b, _ := io.ReadAll(res.Body)
	if res.StatusCode != http.StatusOK {
		p.t.Fatalf("%s answered %d: %s", path, res.StatusCode, b)
	}
	return string(b)
}

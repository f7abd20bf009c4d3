package main

import (
	"bufio"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestSignInSeeActLeave(t *testing.T) {
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	b := newBrowser(t, p.URL())
	b.signIn("anna@example.com")
	if code, body := b.get("/chats"); code != http.StatusOK || !strings.Contains(body, `data-connection="online"`) {
		t.Fatalf("the inbox answered %d, not online: %.300s", code, body)
	}
	stream := openStream(t, b)
	hear(t, stream, "hello", `"resumed":false`)

	// A form reaches the chat server and comes back as a push.
	if code, body := b.post("/status", url.Values{"status": {"not_accepting_chats"}}); code != http.StatusSeeOther {
		t.Fatalf("status answered %d: %.300s", code, body)
	}
	hear(t, stream, "patch", `data-status="not_accepting_chats"`)

	if code, _ := b.post("/logout", nil); code != http.StatusSeeOther {
		t.Fatalf("sign-out answered %d", code)
	}
	start := time.Now()
	hear(t, stream, "bye", "signed-out")
	if took := time.Since(start); took > time.Second {
		t.Errorf("the stream ended %v after the sign-out", took)
	}
	if code, _ := b.get("/chats"); code != http.StatusSeeOther {
		t.Errorf("a signed-out browser gets %d", code)
	}
	if n := p.metrics.byState(); len(n) != 0 {
		t.Errorf("agents are still connected: %v", n)
	}
}

func TestSessionsSurviveARestart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	first := startProgram(t, "AGENTDESK_DEMO", "true", "AGENTDESK_DATA_DIR", dir)
	addr := first.listener.Addr().String()
	b := newBrowser(t, first.URL())
	b.signIn("anna@example.com")
	stream := openStream(t, b)
	hear(t, stream, "hello", "")
	first.end()
	hear(t, stream, "bye", "shutdown")
	b.http.CloseIdleConnections()

	startProgram(t, "AGENTDESK_DEMO", "true", "AGENTDESK_DATA_DIR", dir, "AGENTDESK_ADDR", addr)
	if code, body := b.get("/chats"); code != http.StatusOK || !strings.Contains(body, `data-connection="online"`) {
		t.Errorf("after a restart the inbox answers %d, or is not online yet: %.300s", code, body)
	}
}

func TestStopLeavesNothingBehind(t *testing.T) {
	before := goleak.IgnoreCurrent()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	var streams []*bufio.Reader
	for _, who := range []string{"anna", "ben", "sam"} {
		b := newBrowser(t, p.URL())
		b.signIn(who + "@example.com")
		stream := openStream(t, b)
		hear(t, stream, "hello", "")
		streams = append(streams, stream)
		defer b.http.CloseIdleConnections()
	}
	start := time.Now()
	p.end()
	if took := time.Since(start); took > stopTimeout {
		t.Errorf("stopping took %v", took)
	}
	for _, s := range streams {
		hear(t, s, "bye", "shutdown")
		if _, err := readEvent(s); !errors.Is(err, io.EOF) {
			t.Errorf("after the last event came %v", err)
		}
	}
	http.DefaultClient.CloseIdleConnections()
	goleak.VerifyNone(t, before)
}

func TestBothHalvesBelowABasePath(t *testing.T) {
	p := startProgram(t, "AGENTDESK_DEMO", "true", "AGENTDESK_PUBLIC_URL", "http://desk.example/x/desk")
	own := "http://" + p.listener.Addr().String()
	for path, want := range map[string]int{
		"/x/desk/login": 200, "/login": 200, "/x/desk/healthz": 200, "/x/desk/v2/info": 401, "/v2/info": 401, "/x/desk/nowhere": 404,
	} {
		res, err := http.Get(own + path)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s answers %d, want %d", path, res.StatusCode, want)
		}
	}
}

func TestMetricsAndReadiness(t *testing.T) {
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	b := newBrowser(t, p.URL())
	b.signIn("anna@example.com")
	openStream(t, b)
	_, numbers := b.get("/metrics")
	for _, want := range []string{
		`agentdesk_upstream_sessions{state="online"} 1`, "agentdesk_tabs_open 1", "agentdesk_upstream_pending_requests",
		"agentdesk_upstream_unknown_pushes_total", "agentdesk_pushes_relayed_total",
		`agentdesk_http_request_seconds_count{method="POST",route="/login",status="3xx"} 1`, "go_goroutines", "process_cpu_seconds_total",
	} {
		if !strings.Contains(numbers, want) {
			t.Errorf("metrics lack %s", want)
		}
	}
	if strings.Contains(numbers, "anna") {
		t.Error("metrics name an agent")
	}
	if code, body := b.get("/readyz"); code != 200 || !strings.Contains(body, `"online":1`) || !strings.Contains(body, `"upstream":"embedded"`) {
		t.Errorf("readyz: %d %s", code, body)
	}
}

// TestReadyWhileTheChatServerIsAway starts beside an address where nobody
// listens.
func TestReadyWhileTheChatServerIsAway(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "http://" + l.Addr().String()
	l.Close()
	p := startProgram(t, "AGENTDESK_UPSTREAM", nobody)
	b := newBrowser(t, p.URL())
	if code, body := b.get("/readyz"); code != 200 || !strings.Contains(body, nobody) {
		t.Errorf("readyz: %d %s", code, body)
	}
	code, body := b.post("/login", url.Values{"email": {"anna@example.com"}, "password": {"demo"}})
	if code != http.StatusServiceUnavailable || !strings.Contains(body, "cannot be reached") {
		t.Errorf("sign-in: %d %.300s", code, body)
	}
}

func TestWhatKeepsItFromStarting(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	write := func(name string) func(dir string) {
		return func(dir string) {
			junk := append([]byte("SQLite format 3\x00"), make([]byte, 4096)...)
			for i := 16; i < len(junk); i++ {
				junk[i] = byte(i * 7)
			}
			if err := os.WriteFile(filepath.Join(dir, name), junk, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	cases := []struct {
		name, addr, dir string
		prepare         func(dir string)
		words           []string
	}{
		{name: "occupied port", addr: taken.Addr().String(), words: []string{"AGENTDESK_ADDR", taken.Addr().String(), "in use"}},
		{name: "folder below a file", dir: "file/data", words: []string{"AGENTDESK_DATA_DIR", "cannot be written"}},
		{name: "damaged dashboard", prepare: write("desk.db"), words: []string{"desk.db", "damaged", "backup"}},
		{name: "damaged chats", prepare: write("chat.db"), words: []string{"chat.db", "damaged", "backup"}},
		{name: "empty keys", prepare: func(dir string) { _ = os.WriteFile(filepath.Join(dir, "keys"), nil, 0o600) }, words: []string{"keys", "empty"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if c.dir != "" {
				if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
					t.Fatal(err)
				}
				dir = filepath.Join(dir, c.dir)
			} else if c.prepare != nil {
				c.prepare(dir)
			}
			addr := c.addr
			if addr == "" {
				addr = "127.0.0.1:0"
			}
			set, err := loadSettings([]string{"-addr", addr, "-data-dir", dir, "-demo", "false"}, os.LookupEnv)
			if err != nil {
				t.Fatal(err)
			}
			before := goleak.IgnoreCurrent()
			_, err = New(t.Context(), set, slog.New(slog.DiscardHandler))
			if err == nil {
				t.Fatal("it started")
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %v", err)
			}
			for _, w := range c.words {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("the line lacks %q: %v", w, err)
				}
			}
			goleak.VerifyNone(t, before)
		})
	}
}

func TestOneFolderOneProgram(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	first := startProgram(t, "AGENTDESK_DEMO", "false", "AGENTDESK_DATA_DIR", dir)
	set, err := loadSettings([]string{"-addr", "127.0.0.1:0", "-data-dir", dir}, func(string) (string, bool) { return "", false })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(t.Context(), set, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "in use by another") {
		t.Errorf("a second program on the same folder: %v", err)
	}
	first.end()
	startProgram(t, "AGENTDESK_DEMO", "false", "AGENTDESK_DATA_DIR", dir)
}

// TestFirstAccount: an embedded server without demo begins with one account,
// and tells its password once.
func TestFirstAccount(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	p := startProgram(t, "AGENTDESK_DEMO", "false", "AGENTDESK_DATA_DIR", dir)
	var sb strings.Builder
	p.banner(&sb)
	if p.owner == "" || !strings.Contains(sb.String(), p.owner) {
		t.Fatalf("the banner does not tell the first account: %s", sb.String())
	}
	b := newBrowser(t, p.URL())
	if code, body := b.post("/login", url.Values{"email": {ownerEmail}, "password": {p.owner}}); code != http.StatusSeeOther {
		t.Errorf("the first account cannot sign in: %d %.300s", code, body)
	}
	p.end()
	if again := startProgram(t, "AGENTDESK_DEMO", "false", "AGENTDESK_DATA_DIR", dir); again.owner != "" {
		t.Error("a second start made another account")
	}
}

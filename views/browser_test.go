package views

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	page_ "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// tab is a browser tab at a fake desk.
type tab struct {
	*testing.T
	*fakeDesk
	ctx context.Context
}

// chrome starts a browser once per test run of this package's browser tests.
func chrome(t *testing.T) context.Context {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		// A browser that crashes while it starts, as it does once in a while on a
		// busy machine, says nothing about the desk.
		for try := 1; ; try++ {
			ctx, err := startChrome(t, path)
			if err == nil {
				return ctx
			}
			if try == 3 {
				t.Fatalf("start browser: %v", err)
			}
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("no Chromium or Chrome for the browser tests")
	}
	t.Skip("left out: no Chromium or Chrome is installed; with CI=true this fails instead")
	return nil
}

func startChrome(t *testing.T, path string) (context.Context, error) {
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WindowSize(1440, 900))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, cancel := chromedp.NewContext(alloc)
	if err := chromedp.Do(ctx); err != nil {
		cancel()
		stop()
		return nil, err
	}
	t.Cleanup(func() { cancel(); stop() })
	return ctx, nil
}

func openTab(t *testing.T, browser context.Context, path string) *tab {
	t.Helper()
	return newTab(t, browser, newFakeDesk(t), path, "")
}

// newTab opens one more tab at a desk; before runs ahead of the page's script.
func newTab(t *testing.T, browser context.Context, f *fakeDesk, path, before string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	b := &tab{t, f, ctx}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, page_.AddScriptToEvaluateOnNewDocument, page_.AddScriptToEvaluateOnNewDocumentParams{Source: before}); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(f.URL+path)); err != nil {
		t.Fatal(err)
	}
	b.until(`document.body.dataset.connection === "online"`)
	return b
}

// until waits for an expression to be true.
func (b *tab) until(expr string) {
	b.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		_, err := chromedp.Run(b.ctx, chromedp.Poll[bool](expr, chromedp.WithPollingInterval(20*time.Millisecond), chromedp.WithPollingTimeout(time.Until(deadline))))
		if err == nil {
			return
		}
		if time.Now().After(deadline) || !strings.Contains(err.Error(), "navigated") && !strings.Contains(err.Error(), "context with specified id") {
			b.Fatalf("%s: %v\n%s", expr, err, b.text(`document.querySelector("main")?.innerText`))
		}
	}
}

func (b *tab) text(expr string) string {
	b.Helper()
	s, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`String(`+expr+`)`))
	if err != nil {
		b.Fatalf("%s: %v", expr, err)
	}
	return s
}

func (b *tab) do(expr string) { b.Helper(); b.text(`(() => {` + expr + `})()`) }

func (b *tab) is(expr, want string) {
	b.Helper()
	if got := b.text(expr); got != want {
		b.Errorf("%s = %q, want %q", expr, got, want)
	}
}

func (b *tab) keys(keys string) {
	b.Helper()
	if err := chromedp.Do(b.ctx, chromedp.KeyEvent(keys)); err != nil {
		b.Fatal(err)
	}
}

// eventually waits for something on the server's side that a page does.
func (b *tab) eventually(what string, ok func() bool) {
	b.Helper()
	deadline := time.NewTimer(30 * time.Second)
	defer deadline.Stop()
	every := time.NewTicker(10 * time.Millisecond)
	defer every.Stop()
	for !ok() {
		select {
		case <-every.C:
		case <-deadline.C:
			b.Fatalf("never happened: %s; posts: %q", what, b.posts)
		}
	}
}

func (b *tab) noViolations() {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.csp) > 0 {
		b.Errorf("content security policy violated: %s", b.csp)
	}
}

var env0 = Env{MeID: sampleMe.ID, Zone: time.UTC, Now: sampleNow}

func TestBrowser(t *testing.T) {
	browser := chrome(t)
	for name, test := range map[string]func(*tab){
		"patches": browserPatches, "composer": browserComposer, "failures": browserFailures, "drafts": browserDrafts, "offline": browserDraftOffline, "collision": browserCollision, "undo": browserUndo, "canned": browserCanned, "emoji": browserEmoji, "send and close": browserSendAndClose, "uploads": browserUploads,
		"focus": browserFocus, "stream": browserStream, "keys": browserKeys, "remaps": browserRemaps, "tooltips": browserTooltips, "palette": browserPalette, "forms": browserForms, "scroll": browserScroll, "files": browserFiles, "renew": browserRenew,
	} {
		t.Run(name, func(t *testing.T) {
			b := openTab(t, browser, "/chats/JONAS")
			b.T = t
			test(b)
			b.noViolations()
		})
	}
}

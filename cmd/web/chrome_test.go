package main

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// chrome is one browser profile with one page, driven as a person would: by
// what can be seen and clicked.
type chrome struct {
	t    *testing.T
	ctx  context.Context
	base string
}

// newChrome starts a browser with a fresh profile, or skips loudly where there
// is none; under CI=true a missing browser is a failure.
func newChrome(t *testing.T, base string, script bool) *chrome {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("no Chromium or Chrome: the browser tests cannot run")
		}
		t.Skip("left out: no Chromium or Chrome is installed; with CI=true this fails instead")
	}
	// A browser that crashes while it starts, as it does once in a while on a busy
	// machine, says nothing about the desk.
	ctx, err := startChrome(t, path)
	for try := 1; err != nil; try++ {
		if try == 3 {
			t.Fatal(err)
		}
		ctx, err = startChrome(t, path)
	}
	c := &chrome{t: t, ctx: ctx, base: base}
	if err := chromedp.Listen(ctx, c.complain); err != nil {
		t.Fatal(err)
	}
	if !script {
		if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// startChrome starts a browser. The first action's context owns it, so that has
// no deadline.
func startChrome(t *testing.T, path string) (context.Context, error) {
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true),
		chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1440, 900))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, cancel := chromedp.NewContext(alloc)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1440, 900)); err != nil {
		cancel()
		stop()
		return nil, err
	}
	t.Cleanup(func() { cancel(); stop() })
	return ctx, nil
}

// complain makes an exception or a console error of the page, which is also how
// a breach of the content security policy shows, a failure of the test.
func (c *chrome) complain(ev any) {
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		d := ev.ExceptionDetails
		text := d.Text
		if d.Exception != nil {
			text += " " + d.Exception.Description
		}
		c.t.Errorf("the page threw: %s (%s:%d)", text, d.URL, d.LineNumber+1)
	case *runtime.EventConsoleAPICalled:
		if ev.Type == "error" && len(ev.Args) > 0 {
			c.t.Errorf("the page complained: %s", ev.Args[0].Value)
		}
	}
}

// do carries out an action within a time that no working page needs.
func (c *chrome) do(a chromedp.Action[chromedp.Void]) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, a); err != nil {
		c.shoot("failure")
		c.t.Fatalf("browser: %v", err)
	}
}

func (c *chrome) open(path string) { c.t.Helper(); c.do(chromedp.Navigate(c.base + path)) }
func (c *chrome) see(sel string)   { c.t.Helper(); c.do(chromedp.WaitVisible(chromedp.CSS(sel))) }
func (c *chrome) click(sel string) { c.t.Helper(); c.do(chromedp.Click(chromedp.CSS(sel))) }
func (c *chrome) write(sel, text string) {
	c.t.Helper()
	c.see(sel)
	// chromedp.SendKeys reads the page's nodes while it changes them.
	c.js("document.querySelector(" + quote(sel) + ").focus(), ''")
	c.do(chromedp.KeyEvent(text))
}

// js evaluates an expression that gives text.
func (c *chrome) js(expr string) string {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.ctx, 30*time.Second)
	defer cancel()
	s, err := chromedp.Run(ctx, chromedp.Evaluate[string](expr))
	if err != nil {
		c.shoot("failure")
		c.t.Fatalf("browser: %s: %v", expr, err)
	}
	return s
}

// until waits until an expression is true in the page.
func (c *chrome) until(what, expr string) {
	c.t.Helper()
	deadline := time.NewTimer(40 * time.Second)
	defer deadline.Stop()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		// A page that is just being left cannot answer; the next one will.
		ctx, cancel := context.WithTimeout(c.ctx, 30*time.Second)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+expr+")"))
		cancel()
		if err == nil && ok {
			return
		}
		select {
		case <-tick.C:
		case <-deadline.C:
			c.shoot("failure")
			c.t.Fatalf("waited 40 s for %s; the page says:\n%.3000s", what, c.js("document.body.innerText"))
		}
	}
}

// text waits until an element's text contains some words.
func (c *chrome) text(sel, words string) {
	c.t.Helper()
	c.until("“"+words+"” in "+sel, "[...document.querySelectorAll("+quote(sel)+")].some(e => e.textContent.includes("+quote(words)+"))")
}

// quote writes a text for JavaScript.
func quote(s string) string { b, _ := json.Marshal(s); return string(b) }

// shoot keeps a picture where AGENTDESK_SHOTS names a folder.
func (c *chrome) shoot(name string) {
	dir := os.Getenv("AGENTDESK_SHOTS")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(c.ctx, 10*time.Second)
	defer cancel()
	if b, err := chromedp.Run(ctx, chromedp.CaptureScreenshot()); err == nil {
		_ = os.WriteFile(filepath.Join(dir, strings.ReplaceAll(c.t.Name(), "/", "-")+"-"+name+".png"), b, 0o600)
	}
}

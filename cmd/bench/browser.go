package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// firstViews is how many times the first view is measured on each line, switches how
// many chats are opened.
const (
	firstViews = 5
	switches   = 40
)

// browserFigures measures what an agent's browser has to do: the first view of
// an inbox with many chats, going from chat to chat, and pushes that arrive.
func browserFigures(o options, bin string) error {
	if err := atFullDesk(o, bin, 60, measureBrowser); err != nil {
		return err
	}
	return atFullDesk(o, bin, o.events, measureLong)
}

// measureBrowser prints the figures of an agent whose lists are full.
func measureBrowser(o options, d fullDesk) error {
	b, stop, err := openBrowser()
	if err != nil {
		return err
	}
	defer stop()
	wire, err := countWire(d.url)
	if err != nil {
		return err
	}
	defer wire.close()
	if err := b.allow(wire.url, d.cookies); err != nil {
		return err
	}
	fmt.Printf("browser · %d chats\n", o.chats)
	fmt.Printf("%-44s %12s %12s\n", "", "measured", "promised")
	if err := b.firstView(wire); err != nil {
		return err
	}
	if err := b.switching(wire.url); err != nil {
		return err
	}
	return b.shifts(d.up)
}

func figure(what, measured, promised string) {
	fmt.Printf("%-44s %12s %12s\n", what, measured, promised)
}

// page is one tab.
type page struct{ ctx context.Context }

func openBrowser() (*page, func(), error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WindowSize(1440, 900))
		alloc, end := chromedp.NewExecAllocator(context.Background(), opts...)
		ctx, cancel := chromedp.NewContext(alloc)
		stop := func() { cancel(); end() }
		if err := chromedp.Do(ctx); err != nil {
			stop()
			return nil, nil, err
		}
		return &page{ctx}, stop, nil
	}
	return nil, nil, errors.New("no Chromium or Chrome is installed")
}

// allow signs the browser in.
func (p *page) allow(url string, cookies []*http.Cookie) error {
	for _, k := range cookies {
		if _, err := chromedp.Call(p.ctx, network.SetCookie, network.SetCookieParams{Name: k.Name, Value: k.Value, URL: url}); err != nil {
			return err
		}
	}
	_, err := chromedp.Call(p.ctx, network.Enable, network.EnableParams{})
	if err == nil {
		_, err = chromedp.Call(p.ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
	}
	return err
}

// conditions are the parameters of a method that browsers know and the protocol's
// newest description has left out.
type conditions struct {
	Offline            bool    `json:"offline"`
	Latency            float64 `json:"latency"`            // ms
	DownloadThroughput float64 `json:"downloadThroughput"` // bytes in a second, -1 no limit
	UploadThroughput   float64 `json:"uploadThroughput"`
}

var emulateConditions = cdp.Command[conditions, cdp.Empty]{Method: "Network.emulateNetworkConditions"}

// line sets what the network is like; without figures it is what it is.
func (p *page) line(latency time.Duration, bitsPerSecond float64) error {
	c := conditions{DownloadThroughput: -1, UploadThroughput: -1}
	if bitsPerSecond > 0 {
		c = conditions{Latency: float64(latency.Milliseconds()), DownloadThroughput: bitsPerSecond / 8, UploadThroughput: bitsPerSecond / 8}
	}
	_, err := chromedp.Call(p.ctx, emulateConditions, c)
	return err
}

// number waits for an expression's promise.
func (p *page) number(expr string) (float64, error) {
	ctx, cancel := context.WithTimeout(p.ctx, 60*time.Second)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[float64](expr, chromedp.EvalAwaitPromise))
}

// interactive is a promise of the moment, in ms since the page was asked for, in which
// the scripts have run, so that keys, composer and lists work.
const interactive = `new Promise(done => { const look = () => { const n = performance.getEntriesByType("navigation")[0];
	n.domContentLoadedEventEnd ? done(n.domContentLoadedEventEnd) : setTimeout(look, 20); }; look(); })`

const online = `new Promise(done => { const look = () => document.body.dataset.connection === "online" && !document.querySelector("#stream") ? done(performance.now()) : setTimeout(look, 10); look(); })`

func (p *page) firstView(w *wire) error {
	for _, line := range []struct {
		name     string
		latency  time.Duration
		bits     float64
		promised string
	}{{"on this machine", 0, 0, "< 300 ms"}, {"at 1.6 Mbit/s with 150 ms", 150 * time.Millisecond, 1.6e6, "< 1.5 s"}} {
		var times []float64
		for i := range firstViews {
			if err := chromedp.Do(p.ctx, chromedp.Navigate("about:blank")); err != nil {
				return err
			}
			if err := p.line(line.latency, line.bits); err != nil {
				return err
			}
			w.reset()
			if err := chromedp.Do(p.ctx, chromedp.Navigate(w.url+"/chats")); err != nil {
				return err
			}
			ms, err := p.number(interactive)
			if err == nil {
				_, err = p.number(online)
			}
			if err != nil {
				return err
			}
			times = append(times, ms)
			if i == 0 && line.bits == 0 {
				w.print()
			}
		}
		figure("first view interactive, "+line.name, fmt.Sprintf("%.0f ms", middle(times)), line.promised)
	}
	return p.line(0, 0)
}

// shifts lets messages arrive and sums what moves by itself.
func (p *page) shifts(up *upstream) error {
	if _, err := chromedp.Call(p.ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
		return err
	}
	const begin = `(window.moved = 0, new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) window.moved += e.value; }).observe({type: "layout-shift"}), 0)`
	if _, err := p.number(`new Promise(done => setTimeout(() => done(` + begin + `), 1000))`); err != nil {
		return err
	}
	for range 50 {
		up.push(token(0))
		time.Sleep(40 * time.Millisecond)
	}
	moved, err := p.number(`new Promise(done => setTimeout(() => done(window.moved), 500))`)
	if err == nil {
		figure("layout shift while 50 messages arrive", fmt.Sprintf("%.4f", moved), "0")
	}
	return err
}

func middle(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

func kinds(path string) string {
	switch {
	case strings.HasSuffix(path, ".js"):
		return "JavaScript"
	case strings.HasSuffix(path, ".css"):
		return "CSS"
	}
	return ""
}

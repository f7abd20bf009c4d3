package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"
)

// figures of one relay under one load.
type figures struct {
	name      string
	perPush   time.Duration // processor time
	perAgent  memory        // idle
	p50, p99  time.Duration
	delivered int
	expected  int
}

// settle is how long a relay has to finish what signing in began: the reading of
// what is true, and the garbage of it.
const settle = 5 * time.Second

// relayFigures signs agents in, opens their tabs, measures them idle, lets
// pushes flow and measures again.
func relayFigures(o options, name string, start func(upstream string) (*child, error)) (f figures, err error) {
	up, err := startUpstream(1, 3)
	if err != nil {
		return f, err
	}
	defer up.close()
	c, err := start(up.url)
	if err != nil {
		return f, err
	}
	defer c.stop()
	f.name = name
	before, err := c.memory()
	if err != nil {
		return f, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	tabs, err := openTabs(ctx, o, c)
	if err != nil {
		return f, fmt.Errorf("%w\n%s", err, c.logs)
	}
	time.Sleep(settle)
	idle, err := c.memory()
	if err != nil {
		return f, err
	}
	f.perAgent = idle.perAgent(before, o.agents)
	flow(o, up, o.warm)
	time.Sleep(arrive)
	from := time.Now()
	cpu0, err := c.cpu()
	if err != nil {
		return f, err
	}
	f.expected = flow(o, up, o.duration) * o.tabs
	time.Sleep(arrive)
	cpu1, err := c.cpu()
	if err != nil {
		return f, err
	}
	cancel()
	f.measure(tabs, from)
	if f.delivered == 0 {
		return f, fmt.Errorf("no push arrived\n%s", c.logs)
	}
	f.perPush = (cpu1 - cpu0) / time.Duration(f.delivered)
	return f, nil
}

// arrive is how long the last pushes may take.
const arrive = 500 * time.Millisecond

// measure takes what arrived of the pushes sent since from.
func (f *figures) measure(tabs []*tab, from time.Time) {
	var all []time.Duration
	for _, t := range tabs {
		<-t.done
		for _, d := range t.delays {
			if d.sent >= from.UnixNano() {
				all = append(all, d.took)
			}
		}
	}
	f.delivered = len(all)
	slices.Sort(all)
	if len(all) > 0 {
		f.p50, f.p99 = all[len(all)/2], all[len(all)*99/100]
	}
}

// flow pushes at the rate for a time, spread evenly, and counts.
func flow(o options, up *upstream, long time.Duration) (sent int) {
	gap := time.Duration(float64(time.Second) / (o.rate * float64(o.agents)))
	next, end := time.Now(), time.Now().Add(long)
	for time.Now().Before(end) {
		for !next.After(time.Now()) {
			up.push(token(sent % o.agents))
			sent++
			next = next.Add(gap)
		}
		time.Sleep(min(gap, time.Millisecond))
	}
	return sent
}

func token(i int) string { return fmt.Sprintf("agent%05d", i) }

type tab struct {
	delays []delay
	done   chan struct{}
}

// delay is how long one push took.
type delay struct {
	sent int64 // nanoseconds since 1970
	took time.Duration
}

// openTabs signs every agent in by the form and opens the streams.
func openTabs(ctx context.Context, o options, c *child) ([]*tab, error) {
	var (
		mu   sync.Mutex
		tabs []*tab
		errs error
		wg   sync.WaitGroup
	)
	slots := make(chan struct{}, 8)
	for i := range o.agents {
		wg.Add(1)
		slots <- struct{}{}
		go func() {
			defer func() { <-slots; wg.Done() }()
			cookie, err := signIn(c.url, token(i))
			for range o.tabs {
				if err != nil {
					break
				}
				var t *tab
				if t, err = openTab(ctx, c.url, cookie); err == nil {
					mu.Lock()
					tabs = append(tabs, t)
					mu.Unlock()
				}
			}
			if err != nil {
				mu.Lock()
				errs = errors.Join(errs, err)
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	return tabs, errs
}

var client = &http.Client{
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	Transport:     &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 8},
}

func signIn(base, token string) ([]*http.Cookie, error) {
	req, err := http.NewRequest(http.MethodPost, base+"/login", bytes.NewBufferString(url.Values{"token": {token}}.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", base)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	n := rand.Uint32() // sign-ins are limited per address; agents sit at their own
	req.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255))
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		return nil, fmt.Errorf("sign-in answered %s", res.Status)
	}
	return res.Cookies(), nil
}

func openTab(ctx context.Context, base string, cookies []*http.Cookie) (*tab, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/events", nil)
	if err != nil {
		return nil, err
	}
	for _, c := range cookies {
		req.AddCookie(c)
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	if res.StatusCode != http.StatusOK {
		res.Body.Close()
		return nil, fmt.Errorf("GET /events answered %s", res.Status)
	}
	t := &tab{done: make(chan struct{})}
	go func() {
		defer close(t.done)
		defer res.Body.Close()
		t.read(bufio.NewReaderSize(res.Body, 8<<10))
	}()
	return t, nil
}

// read notes how long each push took. A push may come as several lines; the
// time stands in it once or more, the first of each event counts.
func (t *tab) read(r *bufio.Reader) {
	last := int64(0)
	for {
		line, err := r.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return
		}
		_, rest, ok := bytes.Cut(line, []byte("sent@"))
		if !ok {
			continue
		}
		stamp, _, ok := bytes.Cut(rest, []byte("@"))
		n, err := strconv.ParseInt(string(stamp), 10, 64)
		if !ok || err != nil || n == last {
			continue
		}
		last = n
		t.delays = append(t.delays, delay{n, time.Since(time.Unix(0, n))})
	}
}

func kB(n int64) string { return fmt.Sprintf("%.1f kB", float64(n)/1024) }

func printRelay(base, ours figures) {
	ratio := func(a, b float64) string { return fmt.Sprintf("%.2f ×", a/b) }
	fmt.Printf("%-34s %14s %14s %10s %10s\n", "", base.name, ours.name, "ratio", "promised")
	row := func(what, a, b, r, promise string) { fmt.Printf("%-34s %14s %14s %10s %10s\n", what, a, b, r, promise) }
	row("processor time per relayed push", base.perPush.String(), ours.perPush.String(), ratio(float64(ours.perPush), float64(base.perPush)), "≤ 1.3 ×")
	for _, m := range []struct {
		what, promise string
		of            func(memory) int64
	}{
		{"memory per idle agent with its tabs", "≤ 1.5 ×", func(m memory) int64 { return m.resident }},
		{"  of it heap, garbage included", "", func(m memory) int64 { return m.heap }},
		{"  of it stacks", "", func(m memory) int64 { return m.stacks }},
		{"  of it the runtime's, and free", "", memory.rest},
	} {
		a, b := m.of(base.perAgent), m.of(ours.perAgent)
		r := ratio(float64(b), float64(a))
		if a < 1<<10 {
			r = ""
		}
		row(m.what, kB(a), kB(b), r, m.promise)
	}
	row("push to tab, p50", base.p50.String(), ours.p50.String(), "+"+(ours.p50-base.p50).String(), "")
	row("push to tab, p99", base.p99.String(), ours.p99.String(), "+"+(ours.p99-base.p99).String(), "+ < 10 ms")
	row("pushes delivered of sent", fmt.Sprintf("%d/%d", base.delivered, base.expected), fmt.Sprintf("%d/%d", ours.delivered, ours.expected), "", "all")
	fmt.Println()
}

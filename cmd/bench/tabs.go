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
	"strconv"
	"sync"
	"time"
)

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
	res, err := submit(base, "/login", nil, url.Values{"token": {token}})
	if err != nil {
		return nil, err
	}
	return res.Cookies(), nil
}

// submit sends a form as a browser does. It is done where the answer leads elsewhere.
func submit(base, path string, cookies []*http.Cookie, form url.Values) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodPost, base+path, bytes.NewBufferString(form.Encode()))
	if err != nil {
		return nil, err
	}
	for _, c := range cookies {
		req.AddCookie(c)
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
		return nil, fmt.Errorf("POST %s answered %s", path, res.Status)
	}
	return res, nil
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

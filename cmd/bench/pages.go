package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"
)

// pageFigures measures the largest pages of the real program. The base of each
// is the same request for the smallest page, so that the machine's own speed
// can be told from ours.
func pageFigures(o options, bin string) error {
	return atFullDesk(o, bin, o.events, measurePages)
}

// fullDesk is a desk with full lists, and the browser of its agent.
type fullDesk struct {
	up      *upstream
	url     string
	cookies []*http.Cookie
}

// atFullDesk signs an agent in whose lists are full, at a chat server of its own,
// and measures there. events is how many the first chat has.
func atFullDesk(o options, bin string, events int, measure func(options, fullDesk) error) error {
	up, err := startUpstream(o.chats, events)
	if err != nil {
		return err
	}
	defer up.close()
	c, err := startWeb(bin, up.url, "3.6")
	if err != nil {
		return err
	}
	defer c.stop()
	cookies, err := signIn(c.url, token(0))
	if err != nil {
		return fmt.Errorf("%w\n%s", err, c.logs)
	}
	if err := untilListed(c.url, cookies, o.chats); err != nil {
		return err
	}
	return measure(o, fullDesk{up, c.url, cookies})
}

// measurePages prints the figures of pages.
func measurePages(o options, d fullDesk) error {
	base, _, _, err := timePage(d.url+"/login", nil)
	if err != nil {
		return err
	}
	fmt.Printf("%-34s %10s %10s %10s %10s\n", "", "median", "raw", "gzip", "promised")
	fmt.Printf("%-34s %10s\n", "GET /login (base)", base.Round(10*time.Microsecond))
	for _, p := range []struct{ what, path string }{
		{fmt.Sprintf("GET /chats, %d chats", o.chats), "/chats"},
		{fmt.Sprintf("GET /chats/…, %d events", o.events), "/chats/" + chatID(0)},
		{withViews, "/chats"},
	} {
		if p.what == withViews {
			if err := saveViews(d); err != nil {
				return err
			}
		}
		took, raw, zipped, err := timePage(d.url+p.path, d.cookies)
		if err != nil {
			return err
		}
		fmt.Printf("%-34s %10s %8d kB %7d kB %10s\n", p.what, took.Round(10*time.Microsecond), raw>>10, zipped>>10, "< 10 ms")
	}
	return printAssets(d.url, d.cookies)
}

// A list page says of each saved view how many chats it shows.
const (
	savedViews = 20
	withViews  = "GET /chats, with 20 saved views"
)

// saveViews saves views that are told apart chat by chat.
func saveViews(d fullDesk) error {
	for i := range savedViews {
		query := []string{"group=1", "tag=refund", "agent=" + url.QueryEscape("a0@example.com"), "property=" + url.QueryEscape("order.state=paid")}[i%4]
		if _, err := submit(d.url, "/views", d.cookies, url.Values{"name": {fmt.Sprint("View ", i)}, "query": {query}}); err != nil {
			return err
		}
	}
	return nil
}

// untilListed waits for the resync: the list says how many chats there are.
func untilListed(base string, cookies []*http.Cookie, chats int) error {
	want := []byte(fmt.Sprint(chats - 1)) // all but the agent's own are others'
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		if b, err := get(base+"/chats", cookies); err == nil && bytes.Contains(b, want) {
			return nil
		}
	}
	return fmt.Errorf("the list never showed %d chats", chats)
}

func get(url string, cookies []*http.Cookie) ([]byte, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
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
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("GET %s answered %s", url, res.Status)
	}
	return io.ReadAll(res.Body)
}

// timePage asks for a page 31 times and returns the median time, from request
// to last byte, and its size as it is and compressed.
func timePage(url string, cookies []*http.Cookie) (median time.Duration, raw, zipped int, err error) {
	var all []time.Duration
	var body []byte
	for range 31 {
		start := time.Now()
		if body, err = get(url, cookies); err != nil {
			return 0, 0, 0, err
		}
		all = append(all, time.Since(start))
	}
	slices.Sort(all)
	return all[len(all)/2], len(body), zip(body), nil
}

func zip(b []byte) int {
	var buf bytes.Buffer
	w, _ := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	_, _ = w.Write(b)
	_ = w.Close()
	return buf.Len()
}

var asset = regexp.MustCompile(`(?:src|href)="([^"]+\.(js|css)[^"]*)"`)

// printAssets weighs the scripts and styles that the inbox asks for.
func printAssets(base string, cookies []*http.Cookie) error {
	page, err := get(base+"/chats", cookies)
	if err != nil {
		return err
	}
	size := map[string]int{}
	root, err := url.Parse(base)
	if err != nil {
		return err
	}
	for _, m := range asset.FindAllSubmatch(page, -1) {
		ref, err := root.Parse(string(m[1]))
		if err != nil {
			return err
		}
		b, err := get(ref.String(), cookies)
		if err != nil {
			return err
		}
		size[string(m[2])] += zip(b)
	}
	fmt.Printf("%-34s %32d kB %10s\n", "all JavaScript of the inbox", size["js"]>>10, "≤ 40 kB")
	fmt.Printf("%-34s %32d kB %10s\n", "all CSS of the inbox", size["css"]>>10, "≤ 15 kB")
	return nil
}

package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/PuerkitoBio/goquery"
)

// go to their place by id, data-into and data-sort.
type tab struct {
	b      *browser
	path   string
	mu     sync.Mutex
	last   string
	parts  map[string]map[string]string // container → element id → sort key and text
	redraw int
	resume int
	bye    string
	heard  chan struct{} // a token after each event
}

var containers = regexp.MustCompile(`^(list|log)-`)

// openTab draws the page. run follows the stream.
func openTab(b *browser, path string) *tab {
	t := &tab{b: b, path: path, heard: make(chan struct{}, 1)}
	t.draw()
	return t
}

// draw fetches the page and takes down its lists and its conversation.
func (t *tab) draw() {
	code, body := t.b.get(t.path)
	if code != http.StatusOK {
		return
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last, _ = doc.Find("[data-position]").Attr("data-position")
	t.parts = pageParts(doc)
}

func pageParts(doc *goquery.Document) map[string]map[string]string {
	parts := map[string]map[string]string{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("id", ""); containers.MatchString(id) {
			parts[id] = map[string]string{}
		}
	})
	doc.Find("[data-into]").Each(func(_ int, s *goquery.Selection) {
		if c := parts[s.AttrOr("data-into", "")]; c != nil {
			c[s.AttrOr("id", "")] = essence(s)
		}
	})
	return parts
}

// essence is what of an element must agree: its order, its marks and the words
// in it, but not how long ago something was.
func essence(s *goquery.Selection) string {
	clone := s.Clone()
	clone.Find("time").Remove()
	words := strings.Join(strings.Fields(clone.Text()), " ")
	return s.AttrOr("data-sort", "") + " unread=" + s.AttrOr("data-unread", "") + " " + words
}

// run follows the stream until ctx ends, reconnecting as the page's script
// does. cut makes it drop the line after that many events; 0 never.
func (t *tab) run(ctx context.Context, cut func() int) {
	for ctx.Err() == nil && t.bye != "signed-out" {
		t.stream(ctx, cut())
	}
}

func (t *tab) stream(ctx context.Context, events int) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	t.mu.Lock()
	last := t.last
	t.mu.Unlock()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, t.b.base+"/events?last="+url.QueryEscape(last), nil)
	if err != nil {
		return
	}
	res, err := t.b.http.Do(req)
	if err != nil {
		return
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return
	}
	r := bufio.NewReader(res.Body)
	for n := 0; events == 0 || n < events; n++ {
		ev, err := readEvent(r)
		if err != nil {
			return
		}
		t.apply(ev)
		select {
		case t.heard <- struct{}{}:
		default:
		}
	}
}

type event struct{ id, name, data string }

func readEvent(r *bufio.Reader) (ev event, err error) {
	var data bytes.Buffer
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return ev, err
		}
		line = strings.TrimSuffix(line, "\n")
		field, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case line == "" && (ev.name != "" || data.Len() > 0):
			ev.data = strings.TrimSuffix(data.String(), "\n")
			return ev, nil
		case field == "id":
			ev.id = value
		case field == "event":
			ev.name = value
		case field == "data":
			data.WriteString(value + "\n")
		}
	}
}

func (t *tab) apply(ev event) {
	t.mu.Lock()
	if ev.id != "" {
		t.last = ev.id
	}
	t.mu.Unlock()
	switch ev.name {
	case "hello":
		if strings.Contains(strings.ReplaceAll(ev.data, " ", ""), `"resumed":true`) {
			t.mu.Lock()
			t.resume++
			t.mu.Unlock()
			return
		}
		t.mu.Lock()
		t.redraw++
		last := t.last
		t.mu.Unlock()
		t.draw()
		t.mu.Lock()
		t.last = last // the stream goes on from where it said hello
		t.mu.Unlock()
	case "bye":
		t.bye = ev.data
	case "patch":
		t.patch(ev.data)
	}
}

func (t *tab) patch(fragment string) {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader("<body>" + fragment))
	if err != nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	doc.Find("body > *").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		into, placed := s.Attr("data-into")
		_, gone := s.Attr("data-remove")
		if !placed && !gone {
			return // a region that this model does not hold
		}
		for _, c := range t.parts {
			delete(c, id)
		}
		if c := t.parts[into]; placed && !gone && c != nil {
			c[id] = essence(s)
		}
	})
}

// state writes down what the tab shows, for comparison.
func (t *tab) state() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return written(t.parts)
}

func written(parts map[string]map[string]string) string {
	var lines []string
	for c, items := range parts {
		if c == "list-closed" {
			continue // a snapshot has only the newest closed chats
		}
		for id, text := range items {
			lines = append(lines, fmt.Sprintf("%s %s %s", c, id, text))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// fresh is what a page drawn now would show.
func (t *tab) fresh() string {
	n := &tab{b: t.b, path: t.path}
	n.draw()
	return n.state()
}

package main

import (
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// seat is one browser whose user changes.
type seat struct {
	*browser
	owner   int
	streams []io.Closer
}

// watch is what all seats report to.
type watch struct {
	t     *testing.T
	mu    sync.Mutex
	bytes int
	heard map[string]bool // own canaries that came through streams
	wg    sync.WaitGroup
}

var canaries = regexp.MustCompile(`canary-(\d+)-([a-z0-9]+)|own-(\d+)-\d|agent(\d+)@example`)

// check scans what an agent got.
func (w *watch) check(where string, owner int, b []byte) {
	for _, m := range canaries.FindAllSubmatch(b, -1) {
		who, _ := strconv.Atoi(string(m[1]) + string(m[3]) + string(m[4]))
		if who != owner {
			w.t.Errorf("%s of agent %d has %s", where, owner, m[0])
		}
		if m[2] != nil {
			w.mu.Lock()
			w.heard[string(m[0])] = true
			w.mu.Unlock()
		}
	}
	w.mu.Lock()
	w.bytes += len(b)
	w.mu.Unlock()
}

// sit signs a browser in, over whoever was signed in before, and opens two tabs.
func (w *watch) sit(s *seat, owner int) {
	w.t.Helper()
	if code, body := s.post("/login", url.Values{"token": {fmt.Sprintf("agent-%d", owner)}}); code != http.StatusSeeOther {
		w.t.Fatalf("sign-in: %d %.300s", code, body)
	}
	s.owner = owner
	for range 2 {
		res, err := s.http.Get(s.base + "/events")
		if err != nil || res.StatusCode != http.StatusOK {
			w.t.Fatalf("stream: %v %v", res, err)
		}
		s.streams = append(s.streams, res.Body)
		w.wg.Go(func() {
			defer res.Body.Close()
			var rest []byte
			buf := make([]byte, 32<<10)
			for {
				n, err := res.Body.Read(buf)
				rest = append(rest, buf[:n]...)
				// Events end with an empty line; a word must not be cut in two.
				if end := strings.LastIndex(string(rest), "\n\n"); end >= 0 || err != nil {
					if err != nil {
						end = len(rest)
					}
					w.check("a stream", owner, rest[:end])
					rest = append([]byte(nil), rest[end:]...)
				}
				if err != nil {
					return
				}
			}
		})
	}
}

// TestPushesStayWithTheirAgent: six agents at one program, browsers that change
// hands, lines that are cut: nobody ever gets a byte of another's.
func TestPushesStayWithTheirAgent(t *testing.T) {
	t.Parallel()
	const agents, seats, steps = 6, 8, 3000
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewSource(seed))
	e := newEstate(t, agents)
	app := launch(t, map[string]string{"AGENTDESK_UPSTREAM": e.srv.URL})
	w := &watch{t: t, heard: map[string]bool{}}
	var all []*seat
	for i := range seats {
		s := &seat{browser: newBrowser(t, app.URL())}
		w.sit(s, i%agents)
		all = append(all, s)
	}
	page := func(s *seat, path string, want int) {
		code, body := s.get(path)
		w.check("GET "+path, s.owner, []byte(strings.ReplaceAll(body, path, "")))
		if want != 0 && code != want {
			t.Errorf("GET %s answers agent %d with %d, want %d", path, s.owner, code, want)
		}
	}
	for i := range steps {
		e.push(rnd.Intn(agents), rnd.Int())
		s := all[rnd.Intn(seats)]
		switch {
		case i%100 == 99: // somebody else sits down, with or without a sign-out before
			if rnd.Intn(2) == 0 {
				s.post("/logout", nil)
			}
			w.sit(s, rnd.Intn(agents))
		case i%250 == 120:
			whose := rnd.Intn(agents)
			e.cut(func(owner int) bool { return owner == whose })
		case i%20 == 3:
			page(s, "/chats", 0)
			page(s, "/chats/"+ownChat(s.owner, rnd.Intn(chatsEach)), 0)
		case i%20 == 13:
			page(s, "/archives?query=canary", 0)
		}
		if t.Failed() {
			break
		}
	}
	for _, s := range all {
		mine := map[string]bool{}
		until(t, "the agent's own push", func() bool {
			word := e.push(s.owner, 0)
			w.mu.Lock()
			defer w.mu.Unlock()
			mine[word] = true
			for word := range mine {
				if w.heard[word] {
					return true
				}
			}
			return false
		})
	}
	for _, s := range all {
		for _, c := range s.streams {
			c.Close()
		}
	}
	w.wg.Wait()
	t.Logf("%d bytes were scanned, %d canaries came home", w.bytes, len(w.heard))
	if len(w.heard) < 100 {
		t.Errorf("only %d canaries came home", len(w.heard))
	}
}

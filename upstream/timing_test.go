package upstream

import (
	"context"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"agentdesk/desk"
	"agentdesk/internal/backoff"
)

// pipes is a listener without a network, so that synctest can run the clock.
type pipes struct {
	ch    chan net.Conn
	done  chan struct{}
	once  sync.Once
	black atomic.Bool // nothing goes through any more, in either direction
}

func newPipes() *pipes { return &pipes{ch: make(chan net.Conn), done: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.ch:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { p.once.Do(func() { close(p.done) }); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case p.ch <- server:
		return &hole{Conn: client, p: p}, nil
	case <-p.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// hole is a line that can go dead without anybody being told.
type hole struct {
	net.Conn
	p *pipes
}

func (h *hole) Write(b []byte) (int, error) {
	if h.p.black.Load() {
		return len(b), nil
	}
	return h.Conn.Write(b)
}

func (h *hole) Read(b []byte) (int, error) {
	for {
		n, err := h.Conn.Read(b)
		if err != nil || !h.p.black.Load() {
			return n, err
		}
	}
}

// timed runs a test with its own clock: the default figures, no network, one
// chat that the agent serves.
func timed(t *testing.T, f func(t *testing.T, g *rig, s *Session, p *pipes)) {
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		g := newRig(t, serveOn(t, p, "http://server.test", 36), func(o *Options) {
			o.Dial = p.dial
			o.Timing = Timing{Backoff: backoff.Policy{Rand: func() float64 { return 0.999 }}}
		})
		g.do(func(w *world) { w.say(w.open("A", me0), "cust-A", "hello", "") })
		s, err := g.reg.SignIn(context.Background(), token0)
		if err != nil {
			t.Fatal(err)
		}
		s.Attach()
		pass(0)
		if g.sink.last().State != desk.Online {
			t.Fatalf("not online: %+v", g.sink.last())
		}
		f(t, g, s, p)
	})
}

// pass lets time go by and waits until everybody is idle.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

func TestIdleConnectionStaysUp(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, _ *Session, _ *pipes) {
		pings := 0
		g.hook("ping", func(c *conn, r request0) { pings++; g.serve(c, r) })
		pass(time.Hour)
		if g.count("login") != 1 || pings < 239 || pings > 241 {
			t.Errorf("%d logins and %d pings in an hour", g.count("login"), pings)
		}
	})
}

func TestDeadLineIsFound(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, _ *Session, p *pipes) {
		pass(7 * time.Second)
		p.black.Store(true)
		start := time.Now()
		for g.sink.last().State == desk.Online {
			pass(100 * time.Millisecond)
		}
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("found after %v", took)
		}
		if c := g.sink.last(); c.Reason != reasonSilent {
			t.Errorf("the reason is %q", c.Reason)
		}
		p.black.Store(false)
		pass(time.Minute)
		if g.sink.last().State != desk.Online {
			t.Errorf("not back: %+v", g.sink.last())
		}
	})
}

func TestServerThatStopsReading(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		hang := make(chan struct{})
		g.hook("follow_chat", func(*conn, request0) { <-hang }) // it reads nothing more
		go func() { _, _ = s.Do(context.Background(), desk.Follow{ChatID: "A"}) }()
		pass(time.Second)
		go func() { _, _ = s.Do(context.Background(), desk.Unfollow{ChatID: "A"}) }()
		pass(9 * time.Second)
		if g.sink.last().State != desk.Online {
			t.Error("given up too early")
		}
		pass(2 * time.Second)
		if !slices.ContainsFunc(g.sink.states, func(c desk.Connection) bool { return c.Reason == reasonStuck }) {
			t.Errorf("after the write deadline: %+v", g.sink.states)
		}
		close(hang)
	})
}

func TestRequestWithoutAnswer(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		asked := make(chan func(), 2)
		g.hook("follow_chat", func(c *conn, r request0) {
			asked <- func() { c.reply(r, `{}`); c.reply(request0{ID: "never-asked", Action: "x"}, `{}`) }
		})
		start := time.Now()
		_, err := s.Do(context.Background(), desk.Follow{ChatID: "A"})
		if codeOf(err) != desk.Timeout || time.Since(start) != 15*time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		(<-asked)() // nobody waits for it any more
		pass(time.Second)
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		start = time.Now()
		if _, err := s.Do(ctx, desk.Follow{ChatID: "A"}); codeOf(err) != desk.Timeout || time.Since(start) != 3*time.Second {
			t.Errorf("with a context: %v after %v", err, time.Since(start))
		}
		if g.sink.last().State != desk.Online {
			t.Error("one silent request cost the connection")
		}
	})
}

func TestConnectionLostWhileWaiting(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		g.hook("follow_chat", func(c *conn, _ request0) { c.drop() })
		if _, err := s.Do(context.Background(), desk.Follow{ChatID: "A"}); codeOf(err) != desk.Unavailable {
			t.Errorf("got %v", err)
		}
	})
}

func TestTenInFlight(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		var mu sync.Mutex
		var waiting []request0
		var from *conn
		most, total := 0, 0
		g.hook("follow_chat", func(c *conn, r request0) {
			mu.Lock()
			defer mu.Unlock()
			waiting, from = append(waiting, r), c
			total++
			most = max(most, len(waiting))
		})
		results := make(chan error, 200)
		for range 150 {
			go func() {
				_, err := s.Do(context.Background(), desk.Follow{ChatID: "A"})
				results <- err
			}()
		}
		pass(0)
		busy := 0
		for len(results) > 0 {
			if codeOf(<-results) != desk.TooMany {
				t.Error("not refused as busy")
			}
			busy++
		}
		if busy != 150-maxFlight-maxQueue {
			t.Errorf("%d were refused", busy)
		}
		for range 40 {
			mu.Lock()
			list := waiting
			waiting = nil
			c := from
			mu.Unlock()
			for i := len(list) - 1; i >= 0; i-- { // in the wrong order
				c.reply(list[i], `{}`)
			}
			pass(time.Millisecond)
		}
		if most != maxFlight || total != maxFlight+maxQueue || len(results) != total {
			t.Errorf("%d at once, %d in all, %d answered", most, total, len(results))
		}
	})
}

func TestSessionWithoutTabsEnds(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		pass(time.Hour) // one tab is open
		s.Attach()
		s.Detach()
		s.Detach()
		pass(4 * time.Minute)
		if _, err := s.Inbox(context.Background(), desk.Filter{}); err != nil { // a page without scripts was loaded
			t.Fatal(err)
		}
		pass(4*time.Minute + 59*time.Second)
		if g.reg.Get(me0) != s {
			t.Fatal("ended too early")
		}
		pass(2 * time.Second)
		if g.reg.Get(me0) != nil || len(g.sink.ended) != 1 || g.sink.ended[0].Reason != reasonNoTabs {
			t.Errorf("ended with %+v", g.sink.ended)
		}
		if g.count("logout") != 0 {
			t.Error("closing a laptop is no sign-out")
		}
	})
}

func TestTypingExpires(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		g.do(func(*world) {
			g.push("incoming_sneak_peek", `{"chat_id":"A","thread_id":"A-1","sneak_peek":{"author_id":"cust-A","text":"I wou","timestamp":1}}`)
			g.push("incoming_typing_indicator", `{"chat_id":"A","typing_indicator":{"author_id":"cust-A","timestamp":1,"is_typing":true}}`)
		})
		pass(9 * time.Second)
		v, _ := s.Chat(context.Background(), "A", "", 0)
		if v.Peek != "I wou" || len(v.Typing) != 1 {
			t.Errorf("%q, %v", v.Peek, v.Typing)
		}
		pass(2 * time.Second)
		if v, _ = s.Chat(context.Background(), "A", "", 0); v.Peek != "" || len(v.Typing) != 0 {
			t.Errorf("after 11 s: %q, %v", v.Peek, v.Typing)
		}
	})
}

// TestBackOffStartsAnewAfterHalfAMinute: a connection that does not last does
// not count as success.
func TestBackOffStartsAnewAfterHalfAMinute(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		for attempt, online := range []time.Duration{1 * time.Second, 20 * time.Second, 29 * time.Second, 31 * time.Second, time.Second} {
			for g.sink.last().State != desk.Online {
				pass(100 * time.Millisecond)
			}
			pass(online)
			g.cut()
			pass(0)
			want := attempt + 1
			if attempt >= 3 {
				want = attempt - 2
			}
			if c := g.sink.last(); c.Attempt != want {
				t.Errorf("after %v online it is attempt %d, want %d", online, c.Attempt, want)
			}
		}
	})
}

func TestTransientReadsAreTriedAgain(t *testing.T) {
	timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
		n := 0
		g.hook("list_archives", func(c *conn, r request0) {
			if n++; n < 3 {
				c.fail(r, "too_many_requests")
				return
			}
			c.reply(r, `{"chats":[],"found_chats":0}`)
		})
		if _, err := s.Archives(context.Background(), desk.ArchiveQuery{}); err != nil || n != 3 {
			t.Errorf("%v after %d tries", err, n)
		}
		n = -100
		if _, err := s.Archives(context.Background(), desk.ArchiveQuery{}); codeOf(err) != desk.TooMany || !strings.Contains(desk.TextOf(err), "slow") {
			t.Errorf("got %v", err)
		}
	})
}

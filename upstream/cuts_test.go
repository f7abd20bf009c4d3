package upstream

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand"
	"testing"
	"time"

	"agentdesk/desk"
	"agentdesk/protocol/version"
)

// TestCutsLoseNothing cuts the line 100 times while pushes flow, and compares
// the board with that of a fresh login.
func TestCutsLoseNothing(t *testing.T) {
	for range 3 {
		seed := time.Now().UnixNano()
		t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) {
			g := newRig(t, newServer(t))
			rnd := rand.New(rand.NewSource(seed))
			g.do(func(w *world) { w.rnd = rand.New(rand.NewSource(seed)); w.page = 2 })
			g.happen(50)
			s := g.signIn(t)
			for range 100 {
				g.happen(1 + rnd.Intn(20))
				switch rnd.Intn(3) {
				case 0:
					g.cut()
				case 1:
					g.cutAfter(rnd.Intn(4))
				default:
					g.happen(3)
					g.cut()
					g.happen(3)
				}
				if rnd.Intn(2) == 0 {
					g.sink.online(t)
				}
			}
			g.happen(10)
			g.mustEqualFresh(t, s)
		})
	}
}

// cutAfter cuts in the middle of the next resync: after some chats were read.
func (s *server) cutAfter(n int) {
	s.hook("get_chat", func(c *conn, r request0) {
		s.mu.Lock()
		n--
		cut := n == 0
		s.mu.Unlock()
		if cut {
			c.drop()
			return
		}
		s.serve(c, r)
	})
	s.cut()
}

// mustEqualFresh waits until the board equals that of another sign-in.
func (g *rig) mustEqualFresh(t *testing.T, s *Session) {
	t.Helper()
	fresh := newRig(t, g.server, func(o *Options) { o.Version = g.v.String() })
	want := view(t, fresh.signIn(t))
	var got string
	for limit := time.Now().Add(10 * time.Second); ; {
		if got = view(t, s); got == want {
			return
		}
		if time.Now().After(limit) {
			t.Fatalf("the board is\n%s\nbut a fresh one is\n%s", got, want)
		}
		select {
		case <-g.sink.news:
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// TestPagesShiftWhileRead moves chats between the pages of a snapshot.
func TestPagesShiftWhileRead(t *testing.T) {
	g := newRig(t, newServer(t))
	g.do(func(w *world) {
		w.page = 2
		for i := range 9 {
			w.say(w.open(fmt.Sprintf("M%d", i), me0), fmt.Sprintf("cust-M%d", i), "hello", "")
		}
		n := 0
		w.moved = func(w *world) {
			n++
			switch n {
			case 1: // a new one on a page that was read already
				c := w.open("A0")
				g.push("incoming_chat", `{"chat":`+c.json()+`}`)
			case 2: // one closes that is still to come, one that was read
				for _, id := range []string{"M8", "M0"} {
					c := w.chats[id]
					c.active = false
					g.push("chat_deactivated", fmt.Sprintf(`{"chat_id":%q,"thread_id":%q}`, id, c.thread))
				}
			case 3:
				_, p := w.say(w.chats["M1"], "cust-M1", "one more", "")
				g.push("incoming_event", p)
			}
		}
	})
	s := g.signIn(t)
	in, _ := s.Inbox(context.Background(), desk.Filter{})
	if len(in.Section(desk.Mine).Rows) != 7 || len(in.Section(desk.Waiting).Rows) != 1 {
		t.Errorf("%d of mine, %d waiting", len(in.Section(desk.Mine).Rows), len(in.Section(desk.Waiting).Rows))
	}
	g.do(func(w *world) { w.moved = nil })
	g.mustEqualFresh(t, s)
}

// TestPushesDuringResyncAreApplied lets things happen at every step of reading
// what is true.
func TestPushesDuringResyncAreApplied(t *testing.T) {
	for _, step := range []string{"login", "list_chats", "get_chat", "list_routing_statuses"} {
		t.Run(step, func(t *testing.T) {
			g := newRig(t, newServer(t))
			g.happen(40)
			g.do(func(w *world) { w.say(w.open("A", me0), "cust-A", "hello", "") })
			g.hook(step, func(c *conn, r request0) {
				g.do(func(*world) { c.live = true })
				g.happen(10)
				g.serve(c, r)
				g.happen(10)
			})
			s := g.signIn(t)
			g.hook(step, nil)
			g.mustEqualFresh(t, s)
		})
	}
}

// TestClosedChatsStayListed: a chat that was closed while we watched is still
// in the list of closed ones after the line was lost.
func TestClosedChatsStayListed(t *testing.T) {
	g := newRig(t, newServer(t))
	g.do(func(w *world) { w.say(w.open("A", me0), "cust-A", "hello", "") })
	s := g.signIn(t)
	g.do(func(w *world) {
		w.chats["A"].active = false
		g.push("chat_deactivated", `{"chat_id":"A","thread_id":"A-1"}`)
	})
	closed := func() bool {
		in, _ := s.Inbox(context.Background(), desk.Filter{})
		return len(in.Section(desk.Recent).Rows) == 1
	}
	g.sink.until(t, "closed", closed)
	g.cut()
	g.sink.until(t, "a second login", func() bool { return g.count("login") == 2 && g.sink.last().State == desk.Online })
	if !closed() {
		t.Error("the closed chat is gone after a reconnect")
	}
}

// TestMissingConfiguration: a server without the Configuration API, list_chats
// or routing statuses still works with what it tells.
func TestMissingConfiguration(t *testing.T) {
	g := newRig(t, newServer(t))
	for _, name := range []string{"list_agents", "list_groups", "list_tags"} {
		g.web[name] = g.web["nothing"]
	}
	g.do(func(w *world) { w.say(w.open("A", me0), "cust-A", "hello", "") })
	g.hook("list_chats", func(c *conn, r request0) { c.fail(r, "authorization") })
	g.hook("list_routing_statuses", func(c *conn, r request0) { c.fail(r, "validation") })
	s := g.signIn(t)
	in, _ := s.Inbox(context.Background(), desk.Filter{})
	if len(in.Section(desk.Mine).Rows) != 1 {
		t.Errorf("%+v", in.Sections)
	}
}

// TestAnswerOlderThanPushes: what happens to a chat while it is read stays,
// though the answer does not know of it.
func TestAnswerOlderThanPushes(t *testing.T) {
	g := newRig(t, newServer(t))
	g.do(func(w *world) { w.say(w.open("B", "ben@example.com"), "cust-B", "hi Ben", "") })
	s := g.signIn(t)
	g.hook("get_chat", func(c *conn, r request0) {
		g.do(func(w *world) {
			b := w.chats["B"]
			old := b.json()
			b.tags = []string{"vip"}
			g.push("thread_tagged", `{"chat_id":"B","thread_id":"B-1","tag":"vip"}`)
			_, p := w.say(b, "cust-B", "and more", "")
			g.push("incoming_event", p)
			b.active = false
			g.push("chat_deactivated", `{"chat_id":"B","thread_id":"B-1"}`)
			c.reply(r, old)
		})
	})
	v, err := s.Chat(context.Background(), "B", "", 0)
	if th := v.Chat.Thread; err != nil || th.Active || len(th.Events) != 2 || len(th.Tags) != 1 {
		t.Errorf("%+v, %v", th, err)
	}
}

// view is the part of a board that must be equal to that of a fresh login:
// everything but closed chats, which a fresh login does not list.
func view(t testing.TB, s *Session) string {
	t.Helper()
	ctx := context.Background()
	in, err := s.Inbox(ctx, desk.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	var all []any
	for _, sec := range in.Sections {
		if sec.List == desk.Recent {
			continue
		}
		all = append(all, sec)
		if sec.List != desk.Mine {
			continue
		}
		for _, r := range sec.Rows {
			v, err := s.Chat(ctx, r.ChatID, "", 10000)
			if err != nil {
				t.Fatal(err)
			}
			for i := range v.Chat.Users {
				if u := &v.Chat.Users[i]; s.reg.dialect.Version < version.V32 && u.ID == me0 {
					u.SeenUpTo, v.NewFrom = time.Time{}, time.Time{} // sending moves it on the board alone
				}
			}
			all = append(all, v)
		}
	}
	b, _ := json.MarshalIndent(all, "", " ")
	return string(b)
}

package upstream

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"agentdesk/desk"
	"agentdesk/protocol"
)

func msg(custom string) desk.Send {
	return desk.Send{ChatID: "A", CustomID: custom, Text: "text of " + custom}
}

// chatA is a rig with one chat that this agent serves.
func chatA(t testing.TB, change ...func(*Options)) (*rig, *Session) {
	g := newRig(t, newServer(t), change...)
	g.do(func(w *world) { w.say(w.open("A", me0), "cust-A", "hello", "") })
	return g, g.signIn(t)
}

func (g *rig) accepted(custom string) (n int) {
	g.do(func(w *world) { n = w.ledger[custom] })
	return n
}

// settled waits until a message is on the board as an event, once, and nothing
// is left of it anywhere else.
func (g *rig) settled(t *testing.T, s *Session, custom string) {
	t.Helper()
	g.sink.until(t, custom+" settled", func() bool {
		v, err := s.Chat(context.Background(), "A", "", 1000)
		if err != nil {
			return false
		}
		n := 0
		for _, e := range v.Chat.Thread.Events {
			if e.CustomID == custom {
				n++
			}
		}
		if n > 1 {
			t.Fatalf("%s is on the board %d times", custom, n)
		}
		for _, o := range v.Pending {
			if o.CustomID == custom {
				if n > 0 {
					t.Fatalf("%s is both there and pending", custom)
				}
				return false
			}
		}
		return n == 1 && g.box.len() == 0
	})
	if n := g.accepted(custom); n != 1 {
		t.Errorf("the server accepted %s %d times", custom, n)
	}
}

func pending(t *testing.T, s *Session, custom string) (o desk.Outgoing) {
	v, err := s.Chat(context.Background(), "A", "", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range v.Pending {
		if p.CustomID == custom {
			o = p
		}
	}
	return o
}

func TestDoubleClickIsOneMessage(t *testing.T) {
	g, s := chatA(t)
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			if _, err := s.Do(context.Background(), msg("m1")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	g.settled(t, s, "m1")
	if g.count("send_event") != 1 || g.box.puts != 1 {
		t.Errorf("%d requests, %d rows", g.count("send_event"), g.box.puts)
	}
	if _, err := s.Do(context.Background(), msg("m1")); err != nil {
		t.Errorf("a form that was done is refused: %v", err)
	}
	// What it says now was not said; only the agent can know what was meant.
	other := msg("m1")
	other.Text = "another text"
	if _, err := s.Do(context.Background(), other); codeOf(err) != desk.Conflict {
		t.Errorf("another text in a form that was done: %v", err)
	}
	if g.count("send_event") != 1 {
		t.Errorf("%d requests", g.count("send_event"))
	}
}

// TestManySendsUnderCuts sends 200 messages while the line is cut all the time.
func TestManySendsUnderCuts(t *testing.T) {
	g, s := chatA(t)
	n := 0
	g.hook("send_event", func(c *conn, r request0) {
		g.server.mu.Lock()
		n++
		k := n
		g.server.mu.Unlock()
		switch k % 5 {
		case 1:
			c.drop()
		case 3:
			g.serve(c, r)
			c.drop()
		default:
			g.serve(c, r)
		}
	})
	for i := range 200 {
		for {
			_, err := s.Do(context.Background(), msg(fmt.Sprint("m", i)))
			if err == nil {
				break
			}
			switch codeOf(err) {
			case desk.Unavailable:
				g.sink.online(t)
			case desk.TooMany:
				left := g.box.len()
				g.sink.until(t, "room", func() bool { return g.box.len() < left || left == 0 })
			default:
				t.Fatal(err)
			}
		}
	}
	defer func() {
		if t.Failed() {
			_ = s.do(context.Background(), func() {
				for id, m := range s.sends {
					t.Logf("%s: phase %d, due %v, writes %d, on %p, link %p", id, m.phase, m.due, m.writes, m.on, s.link)
				}
			})
		}
	}()
	g.sink.until(t, "an empty outbox", func() bool { return g.box.len() == 0 })
	v, _ := s.Chat(context.Background(), "A", "", 10000)
	if len(v.Pending) != 0 || len(v.Chat.Thread.Events) != 201 {
		t.Errorf("%d pending, %d events", len(v.Pending), len(v.Chat.Thread.Events))
	}
	for i := range 200 {
		if k := g.accepted(fmt.Sprint("m", i)); k != 1 {
			t.Errorf("m%d was accepted %d times", i, k)
		}
	}
}

func TestSendIsChecked(t *testing.T) {
	g, s := chatA(t)
	for name, c := range map[string]desk.Send{
		"no chat":      {CustomID: "a", Text: "x"},
		"no id":        {ChatID: "A", Text: "x"},
		"bad id":       {ChatID: "A", CustomID: "a b", Text: "x"},
		"long id":      {ChatID: "A", CustomID: strings.Repeat("a", 65), Text: "x"},
		"empty":        {ChatID: "A", CustomID: "a", Text: " \n"},
		"too long":     {ChatID: "A", CustomID: "a", Text: strings.Repeat("é", protocol.MaxText/2) + "x"},
		"not UTF-8":    {ChatID: "A", CustomID: "a", Text: "\xff"},
		"no file link": {ChatID: "A", CustomID: "a", FileURL: "javascript:x"},
	} {
		if _, err := s.Do(context.Background(), c); codeOf(err) != desk.Invalid {
			t.Errorf("%s gives %v", name, err)
		}
	}
	if _, err := s.Do(context.Background(), desk.Send{ChatID: "A", CustomID: "long", Text: strings.Repeat("é", protocol.MaxText/2)}); err != nil {
		t.Errorf("exactly 16 KB: %v", err)
	}
	g.settled(t, s, "long")
}

// TestOrderOfMessagesIsKept: a message in doubt holds back those after it.
func TestOrderOfMessagesIsKept(t *testing.T) {
	g, s := chatA(t)
	first := true
	g.hook("send_event", func(c *conn, r request0) {
		if first {
			first = false
			c.fail(r, "internal") // its outcome is open now
			return
		}
		g.serve(c, r)
	})
	release := make(chan struct{})
	g.hook("get_chat", func(c *conn, r request0) { <-release; g.serve(c, r) })
	for _, id := range []string{"m1", "m2", "m3"} {
		if _, err := s.Do(context.Background(), msg(id)); err != nil {
			t.Fatal(err)
		}
		if id == "m1" {
			g.sink.until(t, "the lookup", func() bool { return g.count("get_chat") == 2 })
		}
	}
	close(release)
	for _, id := range []string{"m1", "m2", "m3"} {
		g.settled2(t, s, id)
	}
	g.do(func(w *world) {
		var got []string
		for _, e := range w.chats["A"].events[1:] {
			got = append(got, e.custom)
		}
		if fmt.Sprint(got) != "[m1 m2 m3]" {
			t.Errorf("the order is %v", got)
		}
	})
}

// settled2 waits for one message among several.
func (g *rig) settled2(t *testing.T, s *Session, custom string) {
	t.Helper()
	g.sink.until(t, custom, func() bool { return pending(t, s, custom).CustomID == "" && g.accepted(custom) == 1 })
}

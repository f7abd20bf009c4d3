package upstream

import (
	"context"
	"sync"
	"testing"

	"agentdesk/desk"
)

func TestSignInShowsWhatIsTrue(t *testing.T) {
	g := newRig(t, newServer(t))
	g.do(func(w *world) {
		w.say(w.open("A", me0), "cust-A", "hello", "")
		w.say(w.open("B", "ben@example.com"), "cust-B", "hi Ben", "")
		w.open("Q")
	})
	s := g.signIn(t)
	in, err := s.Inbox(context.Background(), desk.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for list, want := range map[desk.List]string{desk.Waiting: "Q", desk.Mine: "A", desk.Others: "B"} {
		if rows := in.Section(list).Rows; len(rows) != 1 || rows[0].ChatID != want {
			t.Errorf("%s holds %+v, want %s", list, rows, want)
		}
	}
	if me := s.Me(); me.Name != "Anna" || me.Status != desk.Accepting || me.License != "1" {
		t.Errorf("me is %+v", me)
	}
	if len(in.Agents) != 2 || in.Agents[1].Name != "Ben" || in.Agents[1].Avatar != "/b.png" || len(in.Groups) != 2 || len(in.Tags) != 2 {
		t.Errorf("agents %v, groups %v, tags %v", in.Agents, in.Groups, in.Tags)
	}
	v, err := s.Chat(context.Background(), "A", "", 0)
	if err != nil || len(v.Chat.Thread.Events) != 1 || v.Chat.Thread.Events[0].Text != "hello" {
		t.Fatalf("chat A is %+v, %v", v, err)
	}
	c := v.Row.Customer.Customer
	if c.Visit.City != "Wroclaw" || len(c.Fields) != 2 || c.Fields[0].Value != "17" || c.Visits != 3 || v.Chat.Properties["routing"]["continuous"] != "false" {
		t.Errorf("the customer is %+v", c)
	}
	g.do(func(w *world) {
		_, p := w.say(w.chats["A"], "cust-A", "are you there?", "")
		g.push("incoming_event", p)
	})
	g.sink.until(t, "the push", func() bool {
		v, _ := s.Chat(context.Background(), "A", "", 0)
		return len(v.Chat.Thread.Events) == 2 && v.Row.Unread == 2
	})
}

func TestChatOfOthersIsReadWhenOpened(t *testing.T) {
	g := newRig(t, newServer(t))
	g.do(func(w *world) { w.say(w.open("B", "ben@example.com"), "cust-B", "hi Ben", "") })
	s := g.signIn(t)
	if n := g.count("get_chat"); n != 0 {
		t.Errorf("%d chats were read that nobody serves or looks at", n)
	}
	v, err := s.Chat(context.Background(), "B", "", 0)
	if err != nil || len(v.Chat.Thread.Events) != 1 {
		t.Fatalf("%+v, %v", v, err)
	}
	if _, err := s.Chat(context.Background(), "B", "", 0); err != nil || g.count("get_chat") != 1 {
		t.Errorf("read %d times, %v", g.count("get_chat"), err)
	}
	if _, err := s.Chat(context.Background(), "nowhere", "", 0); codeOf(err) != desk.NotFound {
		t.Errorf("a chat that is not there gives %v", err)
	}
}

func TestOneSocketPerAgent(t *testing.T) {
	g := newRig(t, newServer(t))
	first := g.signIn(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			s, err := g.reg.SignIn(context.Background(), token0)
			if err != nil || s != first {
				t.Errorf("another session: %v", err)
			}
		})
		wg.Go(func() {
			if s := g.reg.Open(context.Background(), me0, token0); s != first {
				t.Error("Open made another session")
			}
		})
	}
	wg.Wait()
	if s, err := g.reg.SignIn(context.Background(), "dal:other-token-of-anna"); err != nil || s != first {
		t.Errorf("a new token gives another session: %v", err)
	}
	g.sink.until(t, "one connection", func() bool {
		g.server.mu.Lock()
		defer g.server.mu.Unlock()
		return len(g.conns) == 1
	})
	if g.opened != 2 { // the session's, and the one that told whose the new token is
		t.Errorf("%d sockets were opened", g.opened)
	}
}

func TestSignInsAtTheSameTimeShareOneSession(t *testing.T) {
	g := newRig(t, newServer(t))
	found := make(chan *Session, 8)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			s, err := g.reg.SignIn(context.Background(), token0)
			if err != nil {
				t.Error(err)
			}
			found <- s
		})
	}
	wg.Wait()
	close(found)
	for s := range found {
		if s != g.reg.Get(me0) {
			t.Error("two sessions of one agent")
		}
	}
	g.sink.until(t, "one connection", func() bool {
		g.server.mu.Lock()
		defer g.server.mu.Unlock()
		return len(g.conns) == 1
	})
}

func TestSignOut(t *testing.T) {
	g := newRig(t, newServer(t))
	s := g.signIn(t)
	g.reg.SignOut(context.Background(), me0)
	<-s.Done()
	if g.count("logout") != 1 || g.reg.Get(me0) != nil {
		t.Errorf("logout was sent %d times; session %v", g.count("logout"), g.reg.Get(me0))
	}
	if len(g.sink.ended) != 1 || g.sink.ended[0].State != desk.Closed || g.sink.ended[0].Reason != reasonSignedOut {
		t.Errorf("ended with %+v", g.sink.ended)
	}
	if _, err := s.Inbox(context.Background(), desk.Filter{}); codeOf(err) != desk.Unauthorized {
		t.Errorf("a session that is over answers %v", err)
	}
	if _, err := s.Do(context.Background(), desk.Resume{ChatID: "A"}); codeOf(err) != desk.Unauthorized {
		t.Errorf("a session that is over answers %v", err)
	}
}

func TestSignInRefusals(t *testing.T) {
	for _, c := range []struct {
		name, answer string
		code         desk.Code
	}{
		{"bad token", "authentication", desk.Unauthorized},
		{"no right", "authorization", desk.Unauthorized},
		{"no seat", "seats_limit_exceeded", desk.Conflict},
		{"licence", "license_expired", desk.Forbidden},
		{"unknown", "something_new", desk.Internal},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := newRig(t, newServer(t))
			g.hook("login", func(k *conn, r request0) { k.fail(r, c.answer) })
			_, err := g.reg.SignIn(context.Background(), token0)
			if codeOf(err) != c.code || desk.TextOf(err) == "" {
				t.Errorf("got %v", err)
			}
		})
	}
	g := newRig(t, newServer(t))
	for _, bad := range []string{"", "  ", "a\nb", "tökén"} {
		if _, err := g.reg.SignIn(context.Background(), bad); codeOf(err) != desk.Invalid {
			t.Errorf("token %q gives %v", bad, err)
		}
	}
	g.server.close()
	if _, err := g.reg.SignIn(context.Background(), token0); codeOf(err) != desk.Unavailable {
		t.Errorf("a server that is gone gives %v", err)
	}
}

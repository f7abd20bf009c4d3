package upstream

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"agentdesk/desk"
)

// TestFramesThatMakeNoSense: none of them stops what is right from coming
// through.
func TestFramesThatMakeNoSense(t *testing.T) {
	bad, unknown := 0, 0
	g := newRig(t, newServer(t), func(o *Options) {
		o.Metrics.BadFrame = func() { bad++ }
		o.Metrics.UnknownPush = func(string) { unknown++ }
	})
	g.do(func(w *world) { w.say(w.open("A", me0), "cust-A", "hello", "") })
	s := g.signIn(t)
	deep := strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000)
	for _, frame := range []string{
		``, `{`, `null`, `[]`, `17`, `"x"`, `{}`, `{"action":""}`, `{"type":"push"}`, "\xff\xfe", `{"action":"incoming_event","type":"push"}`,
		`{"action":"incoming_event","action":"x","type":"push"}`, `{"ACTION":"incoming_event","type":"push"}`,
		`{"action":"x","type":"neither"}`, `{"action":"incoming_event","type":"response","success":true}`,
		pushFrame("incoming_event", `null`), pushFrame("incoming_event", `[]`), pushFrame("incoming_event", `{"event":17}`),
		pushFrame("incoming_event", deep), pushFrame("queue_positions_updated", `{}`), pushFrame("incoming_chat", `{"chat":null}`),
		pushFrame("brand_new_push", `{"chat_id":"A"}`), pushFrame("brand_new_push", `{}`), pushFrame("<script>", `{}`),
		pushFrame("events_marked_as_seen", `{"chat_id":"A","user_id":"x","seen_up_to":"yesterday"}`),
		pushFrame("incoming_chat", strings.Repeat(" ", 1<<16)+`{"chat":{"id":""}}`),
	} {
		g.do(func(*world) {
			for c := range g.conns {
				c.raw(frame)
				c.wm.Lock()
				_ = c.ws.WriteMessage(websocket.BinaryMessage, []byte(frame))
				c.wm.Unlock()
			}
		})
	}
	g.do(func(w *world) {
		_, p := w.say(w.chats["A"], "cust-A", "still here", "")
		g.push("incoming_event", p)
	})
	g.sink.until(t, "the push after", func() bool {
		v, _ := s.Chat(context.Background(), "A", "", 0)
		return len(v.Chat.Thread.Events) == 2
	})
	if g.count("login") != 1 || bad == 0 || unknown != 3 {
		t.Errorf("%d logins, %d bad frames, %d unknown pushes", g.count("login"), bad, unknown)
	}
	if n := strings.Count(g.logs.String(), "push is not known"); n != 2 {
		t.Errorf("unknown pushes were logged %d times, want once each", n)
	}
}

// TestHugeFrame: the connection is given up, nothing else.
func TestHugeFrame(t *testing.T) {
	g := newRig(t, newServer(t))
	s := g.signIn(t)
	g.do(func(*world) {
		for c := range g.conns {
			c.raw(pushFrame("incoming_event", `"`+strings.Repeat("x", maxFrame)+`"`))
		}
	})
	g.sink.until(t, "a second login", func() bool { return g.count("login") == 2 && g.sink.last().State == desk.Online })
	if g.reg.Get(me0) != s {
		t.Error("another session")
	}
}

// TestUnreadablePushReadsTheChat: a push of a known kind that cannot be read is
// no reason to miss its news.
func TestUnreadablePushReadsTheChat(t *testing.T) {
	g := newRig(t, newServer(t))
	g.do(func(w *world) { w.say(w.open("A", me0), "cust-A", "hello", "") })
	s := g.signIn(t)
	g.do(func(w *world) {
		_, p := w.say(w.chats["A"], "cust-A", "news", "")
		g.push("incoming_event", strings.Replace(p, `"text":"news"`, `"text":17`, 1))
	})
	g.sink.until(t, "the news", func() bool {
		v, _ := s.Chat(context.Background(), "A", "", 0)
		return len(v.Chat.Thread.Events) == 2
	})
}

// TestLongChat: a chat of 10,000 events comes as one answer of megabytes.
func TestLongChat(t *testing.T) {
	g := newRig(t, newServer(t))
	g.do(func(w *world) {
		a := w.open("A", me0)
		for range 10000 {
			w.say(a, "cust-A", strings.Repeat("long ", 20), "")
		}
	})
	s := g.signIn(t)
	v, err := s.Chat(context.Background(), "A", "", 0)
	if err != nil || v.Total != 10000 || len(v.Chat.Thread.Events) != 100 {
		t.Errorf("%d events, %v", v.Total, err)
	}
}

// TestPanicReconnects: a fault while one agent's push is handled is that
// agent's alone, and heals.
func TestPanicReconnects(t *testing.T) {
	g := newRig(t, newServer(t))
	g.do(func(w *world) { w.say(w.open("A", me0), "cust-A", "hello", "") })
	s := g.signIn(t)
	once := true
	g.sink.mu.Lock()
	g.sink.onApply = func(_ *desk.Board, cs []desk.Change) {
		for _, c := range cs {
			if c.EventID != "" && once {
				once = false
				panic("planted")
			}
		}
	}
	g.sink.mu.Unlock()
	g.do(func(w *world) {
		_, p := w.say(w.chats["A"], "cust-A", "boom", "")
		g.push("incoming_event", p)
	})
	g.sink.until(t, "a second login", func() bool { return g.count("login") == 2 && g.sink.last().State == desk.Online })
	g.mustEqualFresh(t, s)
	if !strings.Contains(g.logs.String(), "planted") {
		t.Error("the panic was not logged")
	}
	before := g.count("login")
	if err := s.do(context.Background(), func() { panic("in a call") }); codeOf(err) != desk.Internal {
		t.Errorf("the caller got %v", err)
	}
	g.sink.until(t, "one more login", func() bool { return g.count("login") == before+1 && g.sink.last().State == desk.Online })
}

// TestOutboxDownAtStart: without knowing what is unsent the session does not
// come online.
func TestOutboxDownAtStart(t *testing.T) {
	g := newRig(t, newServer(t))
	g.box.fail = errors.New("disk gone")
	g.reg.Open(context.Background(), me0, token0)
	g.sink.until(t, "the reason", func() bool { return g.sink.last().Reason == reasonOutbox })
	g.box.mu.Lock()
	g.box.fail = nil
	g.box.mu.Unlock()
	g.sink.online(t)
}

// TestNothingSecretIsTold searches everything the package says for the token,
// the agent's address and what people wrote.
func TestNothingSecretIsTold(t *testing.T) {
	g := newRig(t, newServer(t))
	g.do(func(w *world) { w.say(w.open("A", me0), "cust-A", "canary-customer", "") })
	s := g.signIn(t)
	m := msg("m1")
	m.Text = "canary-agent"
	_, _ = s.Do(context.Background(), m)
	g.settled(t, s, "m1")
	g.do(func(*world) { g.push("canary-push", `{"text":"canary-customer"}`) })
	g.hook("follow_chat", func(c *conn, r request0) { c.fail(r, "canary-type") })
	_, err := s.Do(context.Background(), desk.Follow{ChatID: "A"})
	told := fmt.Sprint(err)
	g.cut()
	g.sink.online(t)
	g.reg.SignOut(context.Background(), me0)
	g.hook("login", func(c *conn, r request0) { c.fail(r, "authentication") })
	_, err = g.reg.SignIn(context.Background(), token0)
	told += fmt.Sprint(err)
	tok := Token{value: token0}
	b, _ := tok.MarshalJSON()
	told += fmt.Sprintf("%v %+v %#v %s %q %s %v", tok, tok, tok, tok, tok, b, &struct{ T Token }{tok})
	g.mu.Lock()
	told += g.logs.String()
	g.mu.Unlock()
	for _, secret := range []string{token0, "secret", me0, "canary-"} {
		if strings.Contains(told, secret) {
			t.Errorf("%q is told", secret)
		}
	}
}

func TestTokenSchemes(t *testing.T) {
	for raw, want := range map[string]string{
		"plain":    "Bearer plain",
		"dal:abc":  "Bearer dal:abc",
		" x ":      "Bearer x",
		"Bearer y": "Bearer y",
		"b7eff798-f8df-4364-8059-649c35c9ed0c:pat": "Basic YjdlZmY3OTgtZjhkZi00MzY0LTgwNTktNjQ5YzM1YzllZDBjOnBhdA==",
		"b7eff798-f8df-4364-8059-649c35c9ed0z:pat": "Bearer b7eff798-f8df-4364-8059-649c35c9ed0z:pat",
	} {
		tok, err := newToken(raw)
		if err != nil || tok.header() != want {
			t.Errorf("%q gives %q, %v", raw, tok.header(), err)
		}
	}
}

func TestPasswordToken(t *testing.T) {
	g := newRig(t, newServer(t))
	g.web["token"] = func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if string(body) == `{"email":"anna@example.com","grant_type":"password","password":"demo"}` ||
			string(body) == `{"grant_type":"password","email":"anna@example.com","password":"demo"}` {
			_, _ = io.WriteString(w, `{"access_token":"dal:x","token_type":"Bearer","expires_in":28800}`)
			return
		}
		http.Error(w, `{"error":"invalid_grant"}`, http.StatusUnauthorized)
	}
	if tok, err := g.reg.PasswordToken(context.Background(), me0, "demo"); err != nil || tok != "dal:x" {
		t.Errorf("%q, %v", tok, err)
	}
	if _, err := g.reg.PasswordToken(context.Background(), me0, "wrong"); codeOf(err) != desk.Unauthorized ||
		desk.TextOf(err) != "The e-mail address or the password is wrong." {
		t.Errorf("a wrong password gives %v", err)
	}
	delete(g.web, "token")
	if _, err := g.reg.PasswordToken(context.Background(), me0, "demo"); codeOf(err) != desk.Invalid {
		t.Errorf("a server without passwords gives %v", err)
	}
	g.server.close()
	if _, err := g.reg.PasswordToken(context.Background(), me0, "demo"); codeOf(err) != desk.Unavailable {
		t.Errorf("a server that is gone gives %v", err)
	}
}

func TestNewChecksItsOptions(t *testing.T) {
	ok := Options{BaseURL: "https://api.example.com/base", Outbox: newBox(), Sink: newSink(), OrganizationID: "o g"}
	r, err := New(ok)
	if err != nil || r.web.at.socket != "wss://api.example.com/base/v3.6/agent/rtm/ws?organization_id=o+g" ||
		r.web.at.agent != "https://api.example.com/base/v3.6/agent/action/" || r.web.at.token != "https://api.example.com/base/v2/token" {
		t.Errorf("%+v, %v", r.web.at, err)
	}
	for name, change := range map[string]func(*Options){
		"no url": func(o *Options) { o.BaseURL = "" }, "no host": func(o *Options) { o.BaseURL = "http://" },
		"scheme": func(o *Options) { o.BaseURL = "ftp://x" }, "version": func(o *Options) { o.Version = "2.0" },
		"outbox": func(o *Options) { o.Outbox = nil }, "sink": func(o *Options) { o.Sink = nil },
	} {
		o := ok
		change(&o)
		if _, err := New(o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestCloseIsGraceful: normal close frames, and nothing left behind (goleak
// looks after the goroutines).
func TestCloseIsGraceful(t *testing.T) {
	g := newRig(t, newServer(t))
	codes := make(chan int, 1)
	g.server.mu.Lock()
	g.on["login"] = func(c *conn, r request0) {
		c.ws.SetCloseHandler(func(code int, _ string) error { codes <- code; return nil })
		g.serve(c, r)
	}
	g.server.mu.Unlock()
	s := g.signIn(t)
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := g.reg.Close(ctx); err != nil {
		t.Fatal(err)
	}
	<-s.Done()
	if code := <-codes; code != websocket.CloseNormalClosure {
		t.Errorf("closed with %d", code)
	}
	if _, err := g.reg.SignIn(ctx, token0); codeOf(err) != desk.Unavailable {
		t.Errorf("signing in to a closed registry gives %v", err)
	}
	g.reg.Open(ctx, me0, token0).Reconnect()
}

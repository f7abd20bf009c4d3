package upstream

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"agentdesk/desk"
	"agentdesk/internal/backoff"
	"agentdesk/protocol"
)

// TestEveryReason sends each reason of agent_disconnected once and looks at
// what becomes of the session.
func TestEveryReason(t *testing.T) {
	const again = "" // it reconnects
	cases := map[string]desk.Action{
		protocol.ReasonConnectionTimeout:    again,
		protocol.ReasonInternalError:        again,
		protocol.ReasonRoleChanged:          again,
		"ping_timeout":                      again,
		"something_new":                     again, // once is not three times
		protocol.ReasonTokenExpired:         desk.ActSignIn,
		protocol.ReasonConnectionEvicted:    desk.ActTakeOver,
		protocol.ReasonLoggedOutRemotely:    desk.ActTakeOver,
		"logged_out_remotely":               desk.ActTakeOver,
		protocol.ReasonDisconnectedByServer: desk.ActRetry,
		protocol.ReasonTooManyConnections:   desk.ActRetry,
		protocol.ReasonLicenseExpired:       "none",
		protocol.ReasonLicenseNotFound:      "none",
		protocol.ReasonMisdirected:          "none",
		protocol.ReasonUnsupportedVersion:   "none",
		"product_version_changed":           "none",
		protocol.ReasonTokenRevoked:         "ended",
		"agent_deleted":                     "ended",
		protocol.ReasonTooManyUnauthorized:  "slow",
	}
	for reason, want := range cases {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			g := newRig(t, newServer(t))
			s := g.signIn(t)
			g.do(func(*world) { g.push("agent_disconnected", fmt.Sprintf(`{"reason":%q}`, reason)) })
			switch want {
			case again:
				g.sink.until(t, "a second login", func() bool { return g.count("login") == 2 && g.sink.last().State == desk.Online })
			case "ended":
				<-s.Done()
				if c := g.sink.ended[0]; c.Action != desk.ActSignIn || c.Reason != reason || c.Text == "" {
					t.Errorf("ended with %+v", c)
				}
				if !s.token.empty() {
					t.Error("the token is still kept")
				}
			case "slow":
				g.sink.until(t, "waiting", func() bool { return g.sink.last().State == desk.Reconnecting })
				if wait := time.Until(g.sink.last().RetryAt); wait < 9*time.Second {
					t.Errorf("tries again in %v", wait)
				}
			default:
				if want == "none" {
					want = desk.ActNothing
				}
				g.sink.until(t, "refused", func() bool { return g.sink.last().State == desk.Refused })
				if c := g.sink.last(); c.Action != want || c.Reason != reason || c.Text == "" {
					t.Errorf("refused with %+v, want action %q", c, want)
				}
				if _, err := s.Do(context.Background(), desk.Resume{ChatID: "A"}); codeOf(err) != desk.Unavailable {
					t.Errorf("a command gives %v", err)
				}
				if g.count("login") != 1 {
					t.Error("it logged in again by itself")
				}
				s.Reconnect()
				g.sink.online(t)
			}
		})
	}
}

func TestReasonThatCannotBeRead(t *testing.T) {
	for _, payload := range []string{`{}`, `{"reason":17}`, `[]`, `null`, `{"reason":"<b>"}`} {
		g := newRig(t, newServer(t))
		g.signIn(t)
		g.do(func(*world) { g.push("agent_disconnected", payload) })
		g.sink.until(t, "a second login", func() bool { return g.count("login") == 2 && g.sink.last().State == desk.Online })
		for _, c := range g.sink.states {
			if strings.ContainsAny(c.Text+c.Reason, "<>") {
				t.Errorf("%s shows %+v", payload, c)
			}
		}
	}
}

func TestUnknownReasonGivesUpAfterThreeTries(t *testing.T) {
	g := newRig(t, newServer(t))
	g.hook("list_chats", func(c *conn, _ request0) { c.raw(pushFrame("agent_disconnected", `{"reason":"brand_new"}`)) })
	if _, err := g.reg.SignIn(context.Background(), token0); err != nil {
		t.Fatal(err)
	}
	g.sink.until(t, "refused", func() bool { return g.sink.last().State == desk.Refused })
	if n := g.count("login"); n != tries {
		t.Errorf("%d logins, want %d", n, tries)
	}
	c := g.sink.last()
	if text, args := c.Sentence(); !strings.Contains(fmt.Sprintf(text, args...), "brand_new") || c.Action != desk.ActRetry {
		t.Errorf("refused with %+v", c)
	}
}

func TestReconnectTellsTheServerSo(t *testing.T) {
	g := newRig(t, newServer(t))
	s := g.signIn(t)
	if _, err := s.Do(context.Background(), desk.SetAway{Away: true}); err != nil {
		t.Fatal(err)
	}
	g.cut()
	g.sink.until(t, "a second login", func() bool { return g.count("login") == 2 && g.sink.last().State == desk.Online })
	var logins []request0
	for _, r := range g.requests {
		if r.Action == "login" {
			logins = append(logins, r)
		}
	}
	if logins[0].get("reconnect") != "" || logins[1].get("reconnect") != "true" || logins[1].get("away") != "true" {
		t.Errorf("logins: %s, %s", logins[0].Payload, logins[1].Payload)
	}
}

func TestNewTokenBringsAStoppedSessionBack(t *testing.T) {
	g := newRig(t, newServer(t))
	s := g.signIn(t)
	g.do(func(*world) { g.push("agent_disconnected", `{"reason":"access_token_expired"}`) })
	g.sink.until(t, "refused", func() bool { return g.sink.last().State == desk.Refused })
	again, err := g.reg.SignIn(context.Background(), "dal:fresh-anna")
	if err != nil || again != s {
		t.Fatalf("another session: %v", err)
	}
	g.sink.online(t)
	if last := g.tokens[len(g.tokens)-1]; last != "Bearer dal:fresh-anna" {
		t.Error("it connected with the old token")
	}
}

func TestTokenOfAnotherAgentEndsTheSession(t *testing.T) {
	g := newRig(t, newServer(t))
	s := g.reg.Open(context.Background(), me0, "dal:ben")
	<-s.Done()
	if c := g.sink.ended[0]; c.Action != desk.ActSignIn || c.Reason != reasonOtherOne {
		t.Errorf("ended with %+v", c)
	}
}

func TestHandshakeRefused(t *testing.T) {
	for status, want := range map[int]desk.State{404: desk.Refused, 403: desk.Refused, 503: desk.Online, 429: desk.Online} {
		g := newRig(t, newServer(t))
		n := 0
		g.server.mu.Lock()
		g.accept = func(w http.ResponseWriter, _ *http.Request) bool {
			g.server.mu.Lock()
			defer g.server.mu.Unlock()
			if n++; want == desk.Refused || n < 5 {
				http.Error(w, "no", status)
				return false
			}
			return true
		}
		g.server.mu.Unlock()
		g.reg.Open(context.Background(), me0, token0)
		g.sink.until(t, fmt.Sprint(want), func() bool { return g.sink.last().State == want })
	}
}

// TestAcceptThenDrop: a server that takes connections and drops them must not
// be stormed, and there is never more than one attempt at a time.
func TestFlapping(t *testing.T) {
	g := newRig(t, newServer(t))
	n := 0
	g.hook("login", func(c *conn, r request0) {
		g.server.mu.Lock()
		n++
		k := n
		g.inLogin++
		g.maxLogin = max(g.maxLogin, g.inLogin)
		g.server.mu.Unlock()
		if k%3 == 1 {
			c.drop()
		} else {
			g.serve(c, r)
		}
		g.server.mu.Lock()
		g.inLogin--
		g.server.mu.Unlock()
	})
	s := g.reg.Open(context.Background(), me0, token0)
	for i := range 100 {
		if i%4 == 0 {
			g.sink.online(t)
		}
		s.Reconnect() // must not make a second attempt beside the first
		g.cut()
	}
	g.sink.online(t)
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	if g.maxLogin != 1 || g.maxOpen > 2 {
		t.Errorf("%d logins at once, %d sockets at once", g.maxLogin, g.maxOpen)
	}
}

func TestBackOffGrowsAndResets(t *testing.T) {
	g := newRig(t, newServer(t), func(o *Options) {
		o.Timing.Backoff = backoff.Policy{Min: time.Hour, Max: 24 * time.Hour, Rand: func() float64 { return 0.999 }}
	})
	g.hook("login", func(c *conn, _ request0) { c.drop() })
	s := g.reg.Open(context.Background(), me0, token0)
	for attempt, hours := range []float64{1, 2, 4, 8, 16, 24, 24} {
		g.sink.until(t, "waiting", func() bool { c := s.connection(t); return c.Attempt == attempt+1 && !c.RetryAt.IsZero() })
		if wait := time.Until(s.connection(t).RetryAt).Hours(); wait < hours*0.99 || wait > hours {
			t.Errorf("wait %d is %.1f hours, want %v", attempt, wait, hours)
		}
		s.Reconnect()
	}
}

func (s *Session) connection(t testing.TB) desk.Connection {
	in, err := s.Inbox(context.Background(), desk.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return in.Connection
}

func TestEveryVerdictSaysSomething(t *testing.T) {
	for reason, v := range verdicts {
		if v.text == "" || len(v.text) > 160 {
			t.Errorf("%s says %q", reason, v.text)
		}
	}
	for typ, m := range meanings {
		if m.text == "" || m.code == "" {
			t.Errorf("error %s means %+v", typ, m)
		}
	}
}

// TestSecondSignInIsNoTakeover: a server that allows one connection evicts ours
// for the one that tells whose a new token is.
func TestSecondSignInIsNoTakeover(t *testing.T) {
	g := newRig(t, newServer(t))
	s := g.signIn(t)
	if _, err := g.reg.SignIn(context.Background(), "dal:another-of-anna"); err != nil {
		t.Fatal(err)
	}
	g.do(func(*world) { g.push("agent_disconnected", `{"reason":"connection_evicted"}`) })
	g.sink.until(t, "a third login", func() bool { return g.count("login") == 3 && g.sink.last().State == desk.Online })
	if g.reg.Get(me0) != s {
		t.Error("another session")
	}
}

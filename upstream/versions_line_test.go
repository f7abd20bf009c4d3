package upstream

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// TestTooManyConnections: 3.1 and 3.2 advise to reconnect, the others do not.
func TestTooManyConnections(t *testing.T) {
	for _, v := range version.All() {
		got := dialect{v}.judge(protocol.ReasonTooManyConnections)
		want := adviseStop
		if v == version.V31 || v == version.V32 {
			want = adviseSlow
		}
		if got.do != want || got.text == "" {
			t.Errorf("%v: %+v", v, got)
		}
	}
}

// TestReasonsByTheirOldNames: what 3.0 calls a reason is understood as it is.
func TestReasonsByTheirOldNames(t *testing.T) {
	for reason, action := range map[string]desk.Action{
		"logged_out_remotely": desk.ActTakeOver, "agent_deleted": desk.ActSignIn, "access_token_expired": desk.ActSignIn, "license_expired": desk.ActNothing,
	} {
		g := newRig(t, newServerAt(t, 30), func(o *Options) { o.Version = "3.0" })
		s := withA(t, g)
		g.do(func(*world) { g.push("agent_disconnected", fmt.Sprintf(`{"reason":%q}`, reason)) })
		if reason == "agent_deleted" {
			<-s.Done()
			continue
		}
		g.sink.until(t, reason, func() bool { return g.sink.last().State == desk.Refused })
		if c := g.sink.last(); c.Reason != reason || c.Action != action {
			t.Errorf("%s: %+v", reason, c)
		}
	}
}

// TestNewTokenOnALiveConnection: from 3.6 on the connection takes it, before the
// next connection is made with it.
func TestNewTokenOnALiveConnection(t *testing.T) {
	const fresh = "dal:fresh-anna"
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		s := withA(t, g)
		if _, err := g.reg.SignIn(context.Background(), fresh); err != nil {
			t.Fatal(err)
		}
		live := func() (is bool) {
			l := s.live.Load()
			return l != nil && l.equal(Token{fresh})
		}
		if v >= 36 {
			g.sink.until(t, "the renewal", live)
			if got := g.lastOf("update_session"); !sameJSON(got, `{"token":"Bearer `+fresh+`"}`) || g.sink.last().State != desk.Online {
				t.Errorf("sent %s", got)
			}
			return
		}
		g.do(func(*world) { g.push("agent_disconnected", `{"reason":"access_token_expired"}`) })
		g.sink.until(t, "a connection with the new token", live)
		if g.count("update_session") != 0 || g.server.lastToken() != "Bearer "+fresh {
			t.Errorf("connected with %q", g.server.lastToken())
		}
	})
}

func (s *server) lastToken() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tokens[len(s.tokens)-1]
}

// TestSilenceByVersion: at 3.0 a server may be silent for a minute.
func TestSilenceByVersion(t *testing.T) {
	for v, limit := range map[tongue]time.Duration{30: 60 * time.Second, 31: 25 * time.Second, 36: 25 * time.Second} {
		t.Run(v.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPipes()
				g := newRig(t, serveOn(t, p, "http://server.test", v), func(o *Options) {
					o.Version, o.Dial, o.Timing = v.String(), p.dial, Timing{}
				})
				withA(t, g)
				g.hook("ping", func(*conn, request0) {}) // it hears, and says nothing
				pass(limit - time.Second)
				if g.count("login") != 1 || g.sink.last().State != desk.Online {
					t.Errorf("given up before %v", limit)
				}
				pass(30 * time.Second)
				if g.count("login") < 2 {
					t.Errorf("not given up after %v", limit)
				}
			})
		})
	}
}

// TestClosedChatIsNamed: before 3.2 a closed chat has no error type of its own.
func TestClosedChatIsNamed(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		s := withA(t, g)
		g.pushOf(func(v tongue, w *world) pushed { w.chats["A"].active = false; return v.closedPush(w.chats["A"]) })
		g.sink.until(t, "closed", func() bool { return len(sections(t, s)[desk.Recent]) == 1 })
		if _, err := s.Do(context.Background(), msg("m1")); err != nil {
			t.Fatal(err)
		}
		g.sink.until(t, "failed", func() bool { return pending(t, s, "m1").State == desk.Failed })
		if o := pending(t, s, "m1"); !strings.Contains(o.Reason, "closed") {
			t.Errorf("it failed because %q", o.Reason)
		}
	})
}

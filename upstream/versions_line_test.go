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

// TestSecondDocumentOf30: a server that knows get_chats_summary in place of
// get_filtered_chats, with numbered pages.
func TestSecondDocumentOf30(t *testing.T) {
	g := newRig(t, newServerAt(t, 30), func(o *Options) { o.Version = "3.0" })
	g.do(func(w *world) {
		for i := range 120 {
			w.open(fmt.Sprintf("C%03d", i), "ben@example.com").active = i != 50
		}
	})
	g.hook("get_filtered_chats", func(c *conn, r request0) { c.fail(r, "validation") })
	g.hook("get_chats_summary", func(c *conn, r request0) {
		g.do(func(w *world) {
			var list []string
			for _, id := range w.names() {
				if c := w.chats[id]; r.get("filters.include_active") == "true" || !c.active {
					list = append(list, w.v.summary(c))
				}
			}
			from := 0
			if r.get("pagination.page") == "2" {
				from = min(100, len(list))
			}
			c.reply(r, "{"+w.v.summaries(list[from:min(from+100, len(list))])+"}")
		})
	})
	s := g.signIn(t)
	if n := len(sections(t, s)[desk.Others]); n != 100 { // a page of rows
		t.Errorf("%d rows", n)
	}
	in, _ := s.Inbox(context.Background(), desk.Filter{})
	if in.Sections[2].Total != 119 || g.count("get_filtered_chats") != 1 {
		t.Errorf("%d chats of others, asked %d times in the words of the first document", in.Sections[2].Total, g.count("get_filtered_chats"))
	}
}

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

// TestCustomersAtEachVersion reads one customer and lists many.
func TestCustomersAtEachVersion(t *testing.T) {
	who := since{
		30: `{"id":"c1","type":"customer","name":"Zoe","email":"zoe@x","fields":{"size":"M"},"last_visit":{"ip":"10.0.0.1"}}`,
		32: `{"id":"c1","type":"customer","name":"Zoe","email":"zoe@x","session_fields":[{"size":"M"}],"last_visit":{"ip":"10.0.0.1"}}`,
		36: `{"id":"c1","type":"customer","name":"Zoe","email":"zoe@x","session_fields":[{"size":"M"}],"visit":{"ip":"10.0.0.1"}}`,
	}
	asked := since{
		30: `get_customers {"limit":25,"filters":{"email":{"values":["zoe@x"]}}}`,
		32: `list_customers {"limit":25,"filters":{"email":{"values":["zoe@x"]}}}`,
		36: `subscribe_customers {"limit":25}`,
	}
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		s := withA(t, g)
		action, payload, _ := strings.Cut(asked.at(v), " ")
		g.hook(action, func(c *conn, r request0) {
			c.reply(r, `{"subscription_id":"s1","total_customers":7,"customers":[`+who.at(v)+`]}`)
		})
		list, err := s.Customers(context.Background(), desk.CustomerQuery{Email: "zoe@x"})
		if err != nil || len(list.Customers) != 1 || list.Live != (v >= 36) {
			t.Fatalf("%+v, %v", list, err)
		}
		check := func(p desk.Person) {
			t.Helper()
			if p.Name != "Zoe" || p.Customer == nil || p.Customer.Visit.IP != "10.0.0.1" || len(p.Customer.Fields) != 1 {
				t.Errorf("%+v, %+v", p, p.Customer)
			}
		}
		check(list.Customers[0])
		if got := g.lastOf(action); !sameJSON(got, payload) {
			t.Errorf("asked for %s", got)
		}
		if v >= 36 && !sameJSON(g.lastOf("unsubscribe_customers"), `{"subscription_id":"s1"}`) {
			t.Error("the subscription goes on")
		}
		g.hook("get_customer", func(c *conn, r request0) { c.reply(r, who.at(v)) })
		if v < 32 {
			if p, err := s.Customer(context.Background(), "cust-A"); err != nil || p.Name != "Customer A" {
				t.Errorf("%+v, %v", p, err)
			}
			if _, err := s.Customer(context.Background(), "c1"); codeOf(err) != desk.NotFound {
				t.Errorf("a stranger gives %v", err)
			}
			return
		}
		p, err := s.Customer(context.Background(), "c1")
		if err != nil {
			t.Fatal(err)
		}
		check(p)
		if got := g.lastOf("get_customer"); !sameJSON(got, v.old(33, `{"customer_id":"c1"}`, `{"id":"c1"}`)) {
			t.Errorf("asked for %s", got)
		}
	})
}

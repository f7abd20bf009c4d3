package upstream

import (
	"context"
	"strings"
	"testing"

	"agentdesk/desk"
)

// TestAccessAtEachVersion: a chat whose access changed, or that of its agents, is
// read again; one that cannot be read is out of sight. Before 3.4 a push does not
// tell all groups of a chat.
func TestAccessAtEachVersion(t *testing.T) {
	pushOf := since{30: "access_granted", 32: "chat_access_granted", 34: "chat_access_updated"}
	revoked := since{30: "access_revoked", 32: "chat_access_revoked", 34: "chat_access_updated"}
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		g.do(func(w *world) { w.say(w.open("B", "ben@example.com"), "cust-B", "hi Ben", "") })
		s := g.signIn(t)
		payload := v.old(32, `{"resource":"chat","id":"B","access":{"group_ids":[2]}}`, `{"id":"B","access":{"group_ids":[2]}}`)
		if v >= 34 {
			payload = `{"id":"B","access":{"group_ids":[1]}}` // as before
		}
		g.do(func(*world) { g.push(pushOf.at(v), payload) })
		get := v.method("get_chat")
		g.sink.until(t, "the chat to be read", func() bool { return g.count(get) == 1 })
		g.sink.until(t, "chat B again", func() bool { return len(sections(t, s)[desk.Others]) == 1 })
		g.do(func(w *world) { delete(w.chats, "B"); g.push(revoked.at(v), payload) })
		g.sink.until(t, "chat B out of sight", func() bool { return len(sections(t, s)) == 0 })
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
		36: `subscribe_customers {"limit":100}`,
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
			p, err := s.Customer(context.Background(), "c1")
			if err != nil {
				t.Fatal(err)
			}
			check(p)
			if got := g.lastOf(action); !sameJSON(got, `{"limit":1,"filters":{"customer_id":{"values":["c1"]}}}`) {
				t.Errorf("asked for %s", got)
			}
			if _, err := s.Customer(context.Background(), "c2"); codeOf(err) != desk.NotFound {
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

// TestAddingCustomersAtEachVersion: until 3.5 a customer can be made, and 3.0
// answers her whole.
func TestAddingCustomersAtEachVersion(t *testing.T) {
	want := since{
		30: `{"name":"Zoe","email":"zoe@x","avatar":"https://x/z.png","fields":{"size":"M"}}`,
		32: `{"name":"Zoe","email":"zoe@x","avatar":"https://x/z.png","session_fields":[{"size":"M"}]}`,
		36: "",
	}
	answer := since{30: `{"id":"c9","type":"customer","name":"Zoe","fields":{"size":"M"}}`, 31: `{"customer_id":"c9"}`}
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		s := withA(t, g)
		if s.Me().Can.AddCustomers != (v < 36) {
			t.Errorf("it can %+v", s.Me().Can)
		}
		g.hook("create_customer", func(c *conn, r request0) { c.reply(r, answer.at(v)) })
		made, err := s.Do(context.Background(), desk.AddCustomer{
			Name: "Zoe", Email: "zoe@x", Avatar: "https://x/z.png", Fields: []desk.Field{{Name: "size", Value: "M"}},
		})
		if v >= 36 {
			if codeOf(err) != desk.Conflict || g.count("create_customer") > 0 {
				t.Errorf("it gives %v", err)
			}
			return
		}
		if err != nil || made.CustomerID != "c9" || !sameJSON(g.lastOf("create_customer"), want.at(v)) {
			t.Errorf("%+v, %v, asked for %s", made, err, g.lastOf("create_customer"))
		}
		if _, err := s.Do(context.Background(), desk.AddCustomer{}); codeOf(err) != desk.Invalid {
			t.Errorf("nobody gives %v", err)
		}
		g.hook("create_customer", func(c *conn, r request0) { c.reply(r, `{}`) })
		if _, err := s.Do(context.Background(), desk.AddCustomer{Name: "Zoe"}); codeOf(err) != desk.Internal {
			t.Errorf("an answer without an id gives %v", err)
		}
	})
}

// TestVisitorsAtEachVersion: before 3.6, which can be asked, pushes tell who is on
// the site, and those are looked through by stage and origin.
func TestVisitorsAtEachVersion(t *testing.T) {
	came := since{
		30: `customer_visit_started {"customer_id":"v1","visit_id":1,"started_at":"2026-11-21T08:00:00.000000Z","referrer":"https://search.example/"}`,
		33: `incoming_customer {"id":"v1","type":"customer","name":"Vera","last_visit":{"started_at":"2026-11-21T08:00:00.000000Z","referrer":"https://search.example/"}}`,
	}
	gone := since{30: `customer_visit_ended {"customer_id":"v1","visit_id":1}`, 33: `customer_left {"id":"v1"}`}
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		if v >= 36 {
			return
		}
		s := withA(t, g)
		list := func(q desk.CustomerQuery) string {
			got, err := s.Customers(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, p := range got.Customers {
				ids = append(ids, p.ID+":"+string(got.StageOf(p)))
			}
			return strings.Join(ids, " ")
		}
		push := func(what string) {
			action, payload, _ := strings.Cut(what, " ")
			g.do(func(*world) { g.push(action, payload) })
		}
		push(came.at(v))
		g.sink.until(t, "the visitor", func() bool { return list(desk.CustomerQuery{Stage: desk.StageBrowsing}) == "v1:browsing" })
		for _, c := range []struct {
			q    desk.CustomerQuery
			want string
		}{
			{desk.CustomerQuery{From: "search.example"}, "v1:browsing"},
			{desk.CustomerQuery{From: "news.example"}, ""},
			{desk.CustomerQuery{Stage: desk.StageMine}, "cust-A:chatting"},
			{desk.CustomerQuery{Stage: desk.StageWaiting}, ""},
		} {
			if got := list(c.q); got != c.want {
				t.Errorf("%+v finds %q, want %q", c.q, got, c.want)
			}
		}
		g.hook(since{30: "get_customers", 32: "list_customers"}.at(v), func(c *conn, r request0) {
			c.reply(r, `{"total_customers":7,"customers":[{"id":"c9","type":"customer"},{"id":"v1","type":"customer","name":"Vera Known"}]}`)
		})
		all := list(desk.CustomerQuery{})
		if !strings.Contains(all, "v1:browsing") || !strings.HasSuffix(all, " c9:away") || strings.Count(all, "v1") != 1 {
			t.Errorf("all are %q", all)
		}
		push(gone.at(v))
		g.sink.until(t, "nobody to look around", func() bool { return list(desk.CustomerQuery{Stage: desk.StageBrowsing}) == "" })
	})
}

// TestLevelNotAllowed: a licence that does not let the desk be told of everybody on
// the site keeps nobody out. The login is said again without the wish, and a token
// that is refused either way is told of as such.
func TestLevelNotAllowed(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		if v < 33 || v >= 36 {
			return // nothing is wished for
		}
		g.hook("login", func(c *conn, r request0) {
			if r.get("customer_monitoring_level") != "" {
				c.fail(r, "validation")
				return
			}
			g.serve(c, r)
		})
		g.signIn(t)
		if n := g.count("login"); n != 2 {
			t.Errorf("%d logins", n)
		}
		g.hook("login", func(c *conn, r request0) { c.fail(r, "authentication") })
		if _, err := g.reg.SignIn(context.Background(), "another"); codeOf(err) != desk.Unauthorized || g.count("login") != 3 {
			t.Errorf("%v after %d logins", err, g.count("login"))
		}
	})
}

// TestBanIsLiftedAtEachVersion: no push tells of a ban that was lifted, so the
// desk notes it itself.
func TestBanIsLiftedAtEachVersion(t *testing.T) {
	atEach(t, func(t *testing.T, _ tongue, g *rig) {
		asked := g.onWeb("unban_customer", `{}`)
		s := withA(t, g)
		banned := func() bool {
			v, err := s.Chat(context.Background(), "A", "", 0)
			return err == nil && v.Chat.Customer().Customer.Banned
		}
		g.do(func(*world) { g.push("customer_banned", `{"customer_id":"cust-A","ban":{"days":5}}`) })
		g.sink.until(t, "the ban", banned)
		g.hook("get_customer", func(c *conn, r request0) { c.reply(r, `{"id":"cust-A","type":"customer","banned":true}`) })
		if p, err := s.Customer(context.Background(), "cust-A"); err != nil || p.Customer.BannedUntil.IsZero() {
			t.Errorf("banned until %v, %v", p.Customer, err)
		}
		if _, err := s.Do(context.Background(), desk.LiftBan{CustomerID: "cust-A"}); err != nil {
			t.Fatal(err)
		}
		g.sink.until(t, "the end of the ban", func() bool { return !banned() })
		if !strings.Contains(asked(), `"customer_id":"cust-A"`) {
			t.Errorf("asked for %s", asked())
		}
	})
}

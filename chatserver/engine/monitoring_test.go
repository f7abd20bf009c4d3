package engine

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
)

// watching logs an agent in with a monitoring level.
func watching(t *testing.T, e *Engine, id, level string) desk {
	t.Helper()
	d := desk{ear: &ear{}, by: agentActor(e, id)}
	s, err := e.LoginAgent(t.Context(), Credential{Kind: protocol.UserAgent, UserID: id, Scopes: d.by.Scopes}, protocol.LoginRequest{MonitoringLevel: level}, d.ear, func(protocol.LoginResponse) {})
	if err != nil {
		t.Fatal(err)
	}
	d.s, d.by.Session = s, s
	return d
}

// count is how often an action was heard.
func (r *ear) count(action string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, p := range r.pushes {
		if p.Action == action {
			n++
		}
	}
	return n
}

type transition struct{ came, went []string }

// TestLevels follows one customer through his visit and looks which level is
// told of him, when.
func TestLevels(t *testing.T) {
	e := newEngine(t, Settings{})
	for _, l := range []string{"my", "chatting", "invited", "online", "highest_available"} {
		if err := e.CreateAgent(t.Context(), store.Agent{ID: l, Name: l, Role: "normal", Groups: map[int]string{2: PrioritySupervisor}}); err != nil {
			t.Fatal(err)
		}
	}
	ears := map[string]*ear{}
	for _, l := range []string{"my", "chatting", "invited", "online", "highest_available"} {
		ears[l] = watching(t, e, l, l).ear
	}
	cleo := watching(t, e, "cleo", "my") // takes the chats of group 2
	stranger := watching(t, e, "anna", "chatting").ear
	ears["cleo"], ears["stranger"] = cleo.ear, stranger
	check := func(step string, want transition) {
		t.Helper()
		got := transition{came: []string{}, went: []string{}}
		for _, who := range slices.Sorted(maps.Keys(ears)) {
			if ears[who].count(protocol.PushIncomingCustomer) > 0 {
				got.came = append(got.came, who)
			}
			if ears[who].count(protocol.PushCustomerTransferred)+ears[who].count(protocol.PushCustomerLeft) > 0 {
				got.went = append(got.went, who)
			}
			ears[who].forget()
		}
		if !slices.Equal(got.came, want.came) || !slices.Equal(got.went, want.went) {
			t.Errorf("%s: came for %v, went for %v, want %v", step, got.came, got.went, want)
		}
	}
	g := arrive(t, e, "Mia")
	check("arrives", transition{came: []string{"highest_available", "online"}})
	g.start(t, e, 2)
	check("starts a chat", transition{came: []string{"chatting", "cleo", "invited"}})
	if err := e.TransferChat(t.Context(), cleo.by, protocol.TransferChatRequest{ID: g.chat, Target: &protocol.TransferTarget{Type: "group", IDs: []byte("[1]")}}); err != nil {
		t.Fatal(err)
	}
	check("is transferred", transition{came: []string{"stranger"}, went: []string{"chatting", "cleo", "invited"}})
	if err := e.DeactivateChat(t.Context(), Actor{}, protocol.ChatIDRequest{ID: g.chat}); err != nil {
		t.Fatal(err)
	}
	check("has no chat any more", transition{went: []string{"stranger"}})
	e.End(g.by.Session, EndLost)
	check("leaves", transition{went: []string{"highest_available", "online"}})
}

// TestLevelIsTheAgents: a login without a level takes the one in force, a login
// with one changes it everywhere.
func TestLevelIsTheAgents(t *testing.T) {
	e := newEngine(t, Settings{})
	type hello struct {
		Level     string          `json:"customer_monitoring_level"`
		Customers []protocol.User `json:"customers"`
	}
	arrive(t, e, "Mia")
	for _, step := range []struct {
		level, want string
		seen        int
	}{{"", "my", 0}, {"online", "online", 1}, {"", "online", 1}, {"my", "my", 0}} {
		d := watching(t, e, "anna", step.level)
		got := take[hello](t, d.ear, protocol.PushIncomingCustomers)
		if len(got) != 1 || got[0].Level != step.want || len(got[0].Customers) != step.seen {
			t.Errorf("level %q: incoming_customers = %+v, want %s with %d", step.level, got, step.want, step.seen)
		}
		for _, s := range e.sessionsOf("anna") {
			if s.level != step.want {
				t.Errorf("level %q: a connection has %s", step.level, s.level)
			}
		}
	}
	first := watching(t, e, "ben", "my")
	first.forget()
	watching(t, e, "ben", "online")
	if got := take[hello](t, first.ear, protocol.PushIncomingCustomers); len(got) != 1 || got[0].Level != "online" || len(got[0].Customers) != 1 {
		t.Errorf("the other connection heard %+v", got)
	}
}

func TestCustomerPushes(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := watching(t, e, "anna", "online")
	g := arrive(t, e, "Mia")
	in := take[protocol.User](t, anna.ear, protocol.PushIncomingCustomer)
	if len(in) != 1 || in[0].ID != g.by.ID || !in[0].Online || in[0].State != "browsing" || in[0].Statistics.Visits != 1 || in[0].Visit == nil {
		t.Errorf("incoming_customer = %+v", in)
	}
	if anna.count(protocol.PushCustomerStatistics) != 0 {
		t.Error("the figures of one who is just coming were told twice")
	}
	anna.forget()
	if err := e.UpdatePage(t.Context(), g.by, protocol.Page{URL: "https://shop.example/a", Title: "A"}); err != nil {
		t.Fatal(err)
	}
	page := take[map[string]any](t, anna.ear, protocol.PushCustomerPageUpdated)
	if len(page) != 1 || page[0]["customer_id"] != g.by.ID || page[0]["url"] != "https://shop.example/a" || page[0]["title"] != "A" || page[0]["opened_at"] == "" {
		t.Errorf("customer_page_updated = %v", page)
	}
	g.start(t, e, 1)
	stats := take[protocol.CustomerStatistics](t, anna.ear, protocol.PushCustomerStatistics)
	if len(stats) != 2 || stats[0].Statistics.PageViews != 1 || stats[1].Statistics.Chats != 1 || stats[1].Statistics.Threads != 1 || stats[1].CustomerID != g.by.ID {
		t.Fatalf("customer_statistics_updated = %+v", stats)
	}
	var more struct {
		Started protocol.Time `json:"last_visit_started_at"`
	}
	if json.Unmarshal(stats[1].Statistics.Extra, &more) != nil || more.Started == 0 {
		t.Errorf("last_visit_started_at is missing: %s", stats[1].Statistics.Extra)
	}
	anna.forget()
	name, mail := "Mia M.", "mia@shop.example"
	if err := e.UpdateCustomer(t.Context(), anna.by, g.by.ID, CustomerChange{Name: &name, Email: &mail}); err != nil {
		t.Fatal(err)
	}
	delta := take[map[string]any](t, anna.ear, protocol.PushCustomerUpdated)
	if len(delta) != 1 || fmt.Sprint(delta[0]) != fmt.Sprint(map[string]any{"id": g.by.ID, "type": "customer", "name": name, "email": mail}) {
		t.Errorf("customer_updated = %v", delta)
	}
	anna.forget()
	if err := e.BanCustomer(t.Context(), anna.by, g.by.ID, protocol.Ban{Days: 2}); err != nil {
		t.Fatal(err)
	}
	if b := take[protocol.CustomerBanned](t, anna.ear, protocol.PushCustomerBanned); len(b) != 1 || b[0].CustomerID != g.by.ID || b[0].Ban.Days != 2 {
		t.Errorf("customer_banned = %+v", b)
	}
	e.End(g.by.Session, EndLost)
	if l := take[map[string]any](t, anna.ear, protocol.PushCustomerLeft); len(l) != 1 || l[0]["id"] != g.by.ID || l[0]["left_at"] == "" {
		t.Errorf("customer_left = %v", l)
	}
}

func TestFollowCustomer(t *testing.T) {
	e := newEngine(t, Settings{})
	cleo, other := watching(t, e, "cleo", "my"), watching(t, e, "ben", "my")
	g := arrive(t, e, "Mia")
	for range 2 { // the second time changes nothing
		if err := e.FollowCustomer(t.Context(), cleo.by, g.by.ID); err != nil {
			t.Fatal(err)
		}
	}
	if in := take[protocol.User](t, cleo.ear, protocol.PushIncomingCustomer); len(in) != 1 || !in[0].Followed || !in[0].Online {
		t.Errorf("incoming_customer = %+v", in)
	}
	if err := e.UpdatePage(t.Context(), g.by, protocol.Page{URL: "https://shop.example/a"}); err != nil {
		t.Fatal(err)
	}
	if cleo.count(protocol.PushCustomerPageUpdated) != 1 || other.count(protocol.PushCustomerPageUpdated) != 0 {
		t.Error("the page was not told to the follower alone")
	}
	for by, want := range map[string]bool{"cleo": true, "ben": false} {
		if u, err := e.GetCustomer(t.Context(), agentActor(e, by), g.by.ID); err != nil || u.Followed != want {
			t.Errorf("followed for %s = %v, %v", by, u.Followed, err)
		}
	}
	again := watching(t, e, "cleo", "")
	hello := take[struct {
		Customers []protocol.User `json:"customers"`
	}](t, again.ear, protocol.PushIncomingCustomers)
	if len(hello) != 1 || len(hello[0].Customers) != 1 || !hello[0].Customers[0].Followed {
		t.Errorf("incoming_customers = %+v", hello)
	}
	for range 2 {
		if err := e.UnfollowCustomer(t.Context(), cleo.by, g.by.ID); err != nil {
			t.Fatal(err)
		}
	}
	if u := take[map[string]string](t, cleo.ear, protocol.PushCustomerUnfollowed); len(u) != 1 || u[0]["id"] != g.by.ID {
		t.Errorf("customer_unfollowed = %v", u)
	}
	cleo.forget()
	if err := e.UpdatePage(t.Context(), g.by, protocol.Page{URL: "https://shop.example/b"}); err != nil {
		t.Fatal(err)
	}
	if n := cleo.count(protocol.PushCustomerPageUpdated); n != 0 {
		t.Errorf("%d pages were told after unfollowing", n)
	}
	wantInvalid(t, e.FollowCustomer(t.Context(), cleo.by, ""), "id")
	wantInvalid(t, e.UnfollowCustomer(t.Context(), cleo.by, ""), "id")
	wantType(t, e.FollowCustomer(t.Context(), cleo.by, "none"), protocol.ErrNotFound)
}

// TestTransferOfAFollowed: who follows a customer out of his groups learns that
// he goes and that he stays followed.
func TestTransferOfAFollowed(t *testing.T) {
	e := newEngine(t, Settings{})
	cleo := watching(t, e, "cleo", "my")
	g := arrive(t, e, "Mia").start(t, e, 2)
	if err := e.FollowCustomer(t.Context(), cleo.by, g.by.ID); err != nil {
		t.Fatal(err)
	}
	cleo.forget()
	if err := e.TransferChat(t.Context(), cleo.by, protocol.TransferChatRequest{ID: g.chat, IgnoreAgents: true, Target: &protocol.TransferTarget{Type: "group", IDs: []byte("[1]")}}); err != nil {
		t.Fatal(err)
	}
	p := take[protocol.CustomerTransferred](t, cleo.ear, protocol.PushCustomerTransferred)
	if len(p) != 1 || p[0].ID != g.by.ID || !p[0].Followed {
		t.Fatalf("customer_transferred = %+v", p)
	}
	if err := e.UpdatePage(t.Context(), g.by, protocol.Page{URL: "https://shop.example/a"}); err != nil {
		t.Fatal(err)
	}
	if cleo.count(protocol.PushCustomerPageUpdated) != 1 {
		t.Error("a followed customer was lost from sight")
	}
}

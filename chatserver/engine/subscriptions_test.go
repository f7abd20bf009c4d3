package engine

import (
	"maps"
	"slices"
	"testing"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// come lets a customer of some groups onto the site.
func come(t *testing.T, e *Engine, name string, groups ...int) *guest {
	t.Helper()
	c, err := e.CreateCustomer(t.Context(), "", "", CustomerChange{Name: &name})
	if err != nil {
		t.Fatal(err)
	}
	g := &guest{ear: &ear{}, by: Actor{Kind: protocol.UserCustomer, ID: c.ID}}
	s, err := e.LoginCustomer(t.Context(), Credential{Kind: protocol.UserCustomer, UserID: c.ID}, Visit{GroupIDs: groups}, g.ear, func(CustomerState) {})
	if err != nil {
		t.Fatal(err)
	}
	g.by.Session = s
	return g
}

func subscribe(t *testing.T, e *Engine, by Actor, limit int, groups ...int) protocol.SubscribeCustomersResponse {
	t.Helper()
	r := protocol.SubscribeCustomersRequest{GroupIDs: groups}
	if limit > 0 {
		r.Limit = &limit
	}
	out, err := e.SubscribeCustomers(t.Context(), by, r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// total is the number last told of a subscription, -1 where none was.
func total(t *testing.T, r *ear, id string) int {
	t.Helper()
	n := -1
	for _, p := range take[map[string]int](t, r, protocol.PushCustomerTotals) {
		if v, ok := p[id]; ok {
			n = v
		}
	}
	r.forget()
	return n
}

func TestSubscribeCustomers(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	other := online(t, e, "anna") // another connection of hers
	mia, kim := come(t, e, "Mia", 1), come(t, e, "Kim", 2)
	anna.forget()
	other.forget()
	sub := subscribe(t, e, anna.by, 2)
	if len(sub.Customers) != 1 || sub.Customers[0].ID != mia.by.ID || !sub.Customers[0].Online {
		t.Fatalf("customers = %+v: only those of her groups, and Kim is of group 2", sub.Customers)
	}
	if n := total(t, anna.ear, sub.SubscriptionID); n != 1 {
		t.Errorf("total = %d, want 1", n)
	}
	bob := come(t, e, "Bob")
	if anna.count(protocol.PushIncomingCustomer) != 1 {
		t.Error("a customer within the limit was not told whole")
	}
	if n := total(t, anna.ear, sub.SubscriptionID); n != 2 {
		t.Errorf("total = %d, want 2", n)
	}
	zoe := come(t, e, "Zoe", 1)
	if n := anna.count(protocol.PushIncomingCustomer); n != 0 {
		t.Error("a customer beyond the limit was told whole")
	}
	if n := total(t, anna.ear, sub.SubscriptionID); n != 3 {
		t.Errorf("total = %d, want 3", n)
	}
	for g, want := range map[*guest]int{mia: 1, bob: 1, zoe: 0, kim: 0} {
		anna.forget()
		if err := e.UpdatePage(t.Context(), g.by, protocol.Page{URL: "https://shop.example/"}); err != nil {
			t.Fatal(err)
		}
		if n := anna.count(protocol.PushCustomerPageUpdated); n != want {
			t.Errorf("%d pages told, want %d", n, want)
		}
	}
	anna.forget()
	e.End(mia.by.Session, EndLost)
	if in := take[protocol.User](t, anna.ear, protocol.PushIncomingCustomer); len(in) != 1 || in[0].ID != zoe.by.ID {
		t.Errorf("who waited did not move up: %+v", in)
	}
	if anna.count(protocol.PushCustomerLeft) != 1 {
		t.Error("a subscribed customer left unnoticed")
	}
	if n := total(t, anna.ear, sub.SubscriptionID); n != 2 {
		t.Errorf("total = %d, want 2", n)
	}
	if n := len(other.pushes); n != 0 {
		t.Errorf("the other connection heard %d pushes", n)
	}
	if err := e.UnsubscribeCustomers(t.Context(), anna.by, protocol.SubscriptionRequest{SubscriptionID: sub.SubscriptionID}); err != nil {
		t.Fatal(err)
	}
	come(t, e, "Last", 1)
	if n := len(anna.pushes); n != 0 {
		t.Errorf("%d pushes after unsubscribing", n)
	}
}

// TestSubscriptionFollowsGroups: a chat takes its customer into its group.
func TestSubscriptionFollowsGroups(t *testing.T) {
	e := newEngine(t, Settings{})
	sam := online(t, e, "sam")
	cleo := online(t, e, "cleo")
	one, two := subscribe(t, e, sam.by, 0, 1), subscribe(t, e, sam.by, 0, 2)
	g := come(t, e, "Mia", 1)
	if n := total(t, sam.ear, one.SubscriptionID); n != 1 {
		t.Errorf("group 1 has %d", n)
	}
	g.start(t, e, 2)
	got := map[string]int{}
	for _, p := range take[map[string]int](t, sam.ear, protocol.PushCustomerTotals) {
		maps.Copy(got, p)
	}
	if want := map[string]int{one.SubscriptionID: 0, two.SubscriptionID: 1}; !maps.Equal(got, want) {
		t.Errorf("totals = %v, want %v", got, want)
	}
	if n := cleo.count(protocol.PushCustomerTotals); n != 0 {
		t.Errorf("totals came unasked %d times", n)
	}
}

func TestSubscriptionChecks(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	try := func(r protocol.SubscribeCustomersRequest) error {
		_, err := e.SubscribeCustomers(t.Context(), anna.by, r)
		return err
	}
	for _, n := range []int{-1, 0, maxSubscribed + 1} {
		wantInvalid(t, try(protocol.SubscribeCustomersRequest{Limit: &n}), "limit")
	}
	wantInvalid(t, try(protocol.SubscribeCustomersRequest{GroupIDs: []int{1, 99}}), "group_ids")
	wantInvalid(t, try(protocol.SubscribeCustomersRequest{GroupIDs: slices.Repeat([]int{1}, maxGroupIDs+1)}), "group_ids")
	wantInvalid(t, e.UnsubscribeCustomers(t.Context(), anna.by, protocol.SubscriptionRequest{}), "subscription_id")
	wantType(t, e.UnsubscribeCustomers(t.Context(), anna.by, protocol.SubscriptionRequest{SubscriptionID: "none"}), protocol.ErrNotFound)
	for range maxSubscriptions {
		if err := try(protocol.SubscribeCustomersRequest{}); err != nil {
			t.Fatal(err)
		}
	}
	wantType(t, try(protocol.SubscribeCustomersRequest{}), protocol.ErrLimitReached)
	_, err := e.SubscribeCustomers(t.Context(), agentActor(e, "anna"), protocol.SubscribeCustomersRequest{})
	wantType(t, err, protocol.ErrRequesterOffline)
}

// listedCustomers asks for customers and gives their names.
func listedCustomers(t *testing.T, e *Engine, r protocol.ListCustomersRequest) ([]string, protocol.ListCustomersResponse) {
	t.Helper()
	out, err := e.ListCustomers(t.Context(), agentActor(e, "anna"), r)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, u := range out.Customers {
		names = append(names, u.Name)
	}
	return names, out
}

// register imports five customers, A to E, with growing figures.
func register(t *testing.T, e *Engine) {
	t.Helper()
	var list []store.Customer
	for i, name := range []string{"A", "B", "C", "D", "E"} {
		c := store.Customer{ID: "id-" + name, Name: name, Email: name + "@x.example", CreatedAt: protocol.Time(1e15 + i*1e6)}
		c.Details.Statistics = &protocol.Statistics{Threads: i / 2, Visits: 10 - i, Chats: i % 2}
		c.Details.Visit = &protocol.Visit{Geolocation: &protocol.Geolocation{Country: []string{"Poland", "Chile"}[i%2], CountryCode: []string{"PL", "CL"}[i%2]}}
		list = append(list, c)
	}
	if err := e.ImportThreads(t.Context(), list, nil); err != nil {
		t.Fatal(err)
	}
	a := store.Import{
		Chat:   &store.Chat{ID: "CHATB", CustomerID: "id-B", CreatedAt: 2e15, Access: []int{1}},
		Thread: &store.Thread{ID: "TB", ChatID: "CHATB", CustomerID: "id-B", CreatedAt: 2e15, ThreadDetails: store.ThreadDetails{Access: []int{1}, AgentLast: 21e14, CustomerLast: 22e14}},
	}
	b := store.Import{
		Chat:   &store.Chat{ID: "CHATD", CustomerID: "id-D", CreatedAt: 2e15, Access: []int{12, 2}},
		Thread: &store.Thread{ID: "TD", ChatID: "CHATD", CustomerID: "id-D", CreatedAt: 2e15 + 1, ThreadDetails: store.ThreadDetails{Access: []int{2}, AgentLast: 23e14, CustomerLast: 20e14}},
	}
	if err := e.ImportThreads(t.Context(), nil, []store.Import{a, b}); err != nil {
		t.Fatal(err)
	}
}

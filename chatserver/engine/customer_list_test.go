package engine

import (
	"slices"
	"strings"
	"testing"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
)

func customersRequest(t *testing.T, text string) protocol.ListCustomersRequest {
	t.Helper()
	var r protocol.ListCustomersRequest
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestListCustomersFilters(t *testing.T) {
	e := newEngine(t, Settings{})
	register(t, e)
	for filters, want := range map[string]string{
		`{}`:                                   "EDCBA",
		`{"name":{"values":["A","C","Z"]}}`:    "CA",
		`{"name":{"exclude_values":["A"]}}`:    "EDCB",
		`{"email":{"values":["B@x.example"]}}`: "B",
		`{"customer_id":{"exclude_values":["id-E","id-D"]}}`:               "CBA",
		`{"country":{"values":["Chile"]}}`:                                 "DB",
		`{"country":{"values":["PL"]}}`:                                    "ECA",
		`{"country":{"exclude_values":["PL"]}}`:                            "DB",
		`{"chats_count":{"eq":1}}`:                                         "DB",
		`{"threads_count":{"gte":1,"lt":2}}`:                               "DC",
		`{"visits_count":{"gt":8}}`:                                        "BA",
		`{"visits_count":{"lte":6}}`:                                       "E",
		`{"created_at":{"lt":"2001-09-09T01:46:42Z"}}`:                     "BA",
		`{"created_at":{"gte":"2001-09-09T01:46:42.000000Z"}}`:             "EDC",
		`{"agent_last_event_created_at":{"gt":"2036-07-18T13:20:00Z"}}`:    "D",
		`{"customer_last_event_created_at":{"gt":"2036-07-18T13:20:00Z"}}`: "B",
		`{"chat_group_ids":{"values":[1]}}`:                                "B",
		`{"chat_group_ids":{"values":[2,1]}}`:                              "DB",
		`{"chat_group_ids":{"exclude_values":[12]}}`:                       "ECBA",
		`{"include_customers_without_chats":false}`:                        "DB",
		`{"include_customers_without_chats":true}`:                         "EDCBA",
		`{"name":{"values":["D","E"]},"chats_count":{"eq":1}}`:             "D",
	} {
		names, out := listedCustomers(t, e, customersRequest(t, `{"filters":`+filters+`}`))
		if got := strings.Join(names, ""); got != want || out.Total != len(want) {
			t.Errorf("%s: %s of %d, want %s", filters, got, out.Total, want)
		}
	}
}

func TestListCustomersSortsAndPages(t *testing.T) {
	e := newEngine(t, Settings{})
	register(t, e)
	for sort, want := range map[string]string{
		`"sort_by":"created_at","sort_order":"asc"`:          "ABCDE",
		`"sort_by":"threads_count"`:                          "EDCBA", // equals by id
		`"sort_by":"threads_count","sort_order":"asc"`:       "ABCDE",
		`"sort_by":"visits_count"`:                           "ABCDE",
		`"sort_by":"agent_last_event"`:                       "DBECA",
		`"sort_by":"customer_last_event","sort_order":"asc"`: "ACEDB",
	} {
		var got, back []string
		names, page := listedCustomers(t, e, customersRequest(t, `{"limit":2,`+sort+`}`))
		if page.PreviousPageID != "" || page.Total != 5 {
			t.Errorf("%s: first page = %+v", sort, page)
		}
		for got = names; page.NextPageID != ""; got = append(got, names...) {
			names, page = listedCustomers(t, e, protocol.ListCustomersRequest{PageID: page.NextPageID})
		}
		if strings.Join(got, "") != want {
			t.Errorf("%s: %v, want %s", sort, got, want)
		}
		for back = names; page.PreviousPageID != ""; back = append(slices.Clone(names), back...) {
			names, page = listedCustomers(t, e, protocol.ListCustomersRequest{PageID: page.PreviousPageID})
		}
		if strings.Join(back, "") != want {
			t.Errorf("%s: backwards %v, want %s", sort, back, want)
		}
	}
}

func TestListCustomersChecks(t *testing.T) {
	e := newEngine(t, Settings{})
	register(t, e)
	_, page := listedCustomers(t, e, protocol.ListCustomersRequest{Limit: 1})
	for body, field := range map[string]string{
		`{"limit":101}`: "limit", `{"limit":-1}`: "limit", `{"sort_order":"up"}`: "sort_order", `{"sort_by":"name"}`: "sort_by",
		`{"page_id":"x"}`: "page_id", `{"page_id":"` + page.NextPageID + `","limit":5}`: "page_id",
		`{"filters":{"shoe":1}}`:  "filters.shoe",
		`{"filters":{"name":{}}}`: "filters.name",
		`{"filters":{"name":{"values":["a"],"exclude_values":["b"]}}}`:                  "filters.name",
		`{"filters":{"email":{"like":["a"],"values":["b"]}}}`:                           "filters.email.like",
		`{"filters":{"visits_count":{}}}`:                                               "filters.visits_count",
		`{"filters":{"created_at":{"after":1,"eq":"2020-01-01T00:00:00Z"}}}`:            "filters.created_at.after",
		`{"filters":{"chat_group_ids":{"values":[` + strings.Repeat("1,", 40) + `1]}}}`: "filters.chat_group_ids",
	} {
		_, err := e.ListCustomers(t.Context(), agentActor(e, "anna"), customersRequest(t, body))
		wantInvalid(t, err, field)
	}
}

func TestCreateCustomer(t *testing.T) {
	e := newEngine(t, Settings{})
	anna, ben, cleo := online(t, e, "anna"), watching(t, e, "ben", "online"), online(t, e, "cleo")
	name, mail := "Mia", "mia@shop.example"
	out, err := e.AddCustomer(t.Context(), anna.by, CustomerChange{Name: &name, Email: &mail, SessionFields: []map[string]string{{"plan": "gold"}}})
	if err != nil || out.CustomerID == "" {
		t.Fatal(out, err)
	}
	for who, want := range map[*ear]int{anna.ear: 1, ben.ear: 1, cleo.ear: 0} {
		in := take[protocol.User](t, who, protocol.PushIncomingCustomer)
		if len(in) != want || want == 1 && (in[0].ID != out.CustomerID || in[0].Name != name || in[0].Online) {
			t.Errorf("incoming_customer = %+v, want %d", in, want)
		}
	}
	u, err := e.GetCustomer(t.Context(), anna.by, out.CustomerID)
	if err != nil || u.Email != mail || u.SessionFields[0]["plan"] != "gold" || u.CreatedAt == 0 || u.Statistics == nil {
		t.Errorf("get_customer = %+v, %v", u, err)
	}
}

func TestCustomerChangeNamesTheField(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	g := arrive(t, e, "Mia")
	text := func(s string) *string { return &s }
	long := text(strings.Repeat("x", 300))
	for field, ch := range map[string]CustomerChange{
		"name": {Name: long}, "email": {Email: text("nobody")}, "avatar": {Avatar: text("javascript:x")},
		"phone_number":        {Phone: text("0123")},
		"address.city":        {Address: &protocol.Address{City: *long}},
		"address.postal_code": {Address: &protocol.Address{PostalCode: *long}},
		"session_fields":      {SessionFields: []map[string]string{{"a": "1", "b": "2"}}},
	} {
		wantInvalid(t, e.UpdateCustomer(t.Context(), anna.by, g.by.ID, ch), field)
	}
	wantInvalid(t, e.UpdateCustomer(t.Context(), anna.by, "", CustomerChange{Name: long}), "id")
	wantInvalid(t, e.UpdateCustomer(t.Context(), anna.by, g.by.ID, CustomerChange{}), "name")
	wantType(t, e.UpdateCustomer(t.Context(), anna.by, "none", CustomerChange{Name: text("x")}), protocol.ErrNotFound)
	if err := e.UpdateCustomer(t.Context(), anna.by, g.by.ID, CustomerChange{Phone: text("+48123456789"), Address: &protocol.Address{City: "Gdańsk"}}); err != nil {
		t.Fatal(err)
	}
	say(t, e, g.start(t, e, 1).by, g.chat, "hello")
	say(t, e, anna.by, g.chat, "hi")
	u, err := e.GetCustomer(t.Context(), anna.by, g.by.ID)
	if err != nil || u.PhoneNumber != "+48123456789" || u.Address.City != "Gdańsk" || !u.Online || u.CustomerLast == 0 || u.AgentLast <= u.CustomerLast || !strings.Contains(string(u.Extra), g.chat) {
		t.Errorf("get_customer = %+v, %v", u, err)
	}
}

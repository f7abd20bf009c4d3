package engine

import (
	"testing"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

func TestRuleFits(t *testing.T) {
	who := &store.Customer{}
	who.Details.Visit = &protocol.Visit{
		LastPages:   []protocol.Page{{URL: "https://other.example/"}, {URL: "https://Shop.example/shoes?size=41"}},
		Geolocation: &protocol.Geolocation{Country: "Poland", CountryCode: "PL", City: "Wrocław"},
	}
	chat := protocol.Properties{"source": {"type": jsontext.Value(`"facebook"`), "page": jsontext.Value(`7`)}}
	one := func(value string, exact bool) *store.TextMatch {
		return &store.TextMatch{Values: []store.TextValue{{Value: "nothing like it"}, {Value: value, Exact: exact}}}
	}
	not := func(value string) *store.TextMatch {
		return &store.TextMatch{ExcludeValues: []store.TextValue{{Value: value}}}
	}
	property := func(m store.PropertyMatch) map[string]map[string]store.PropertyMatch {
		return map[string]map[string]store.PropertyMatch{"source": {"type": m}}
	}
	yes, no := true, false
	values := func(v ...string) (out []jsontext.Value) {
		for _, x := range v {
			out = append(out, jsontext.Value(x))
		}
		return out
	}
	for _, c := range []struct {
		name string
		rule store.Conditions
		want bool
	}{
		{"part of the newest page", store.Conditions{URL: one("/SHOES", false)}, true},
		{"an older page", store.Conditions{URL: one("other.example", false)}, false},
		{"a part is not the whole", store.Conditions{URL: one("/shoes", true)}, false},
		{"the whole", store.Conditions{URL: one("https://shop.example/shoes?size=41", true)}, true},
		{"the domain", store.Conditions{Domain: one("shop.example", true)}, true},
		{"a path is no domain", store.Conditions{Domain: one("shoes", false)}, false},
		{"not excluded", store.Conditions{URL: not("/hats")}, true},
		{"excluded", store.Conditions{URL: not("/shoes")}, false},
		{"both conditions", store.Conditions{URL: one("/shoes", false), Domain: one("other.example", true)}, false},
		{"the place", store.Conditions{Geolocation: &store.PlaceMatch{Values: []store.Place{{Country: "Peru"}, {CountryCode: "pl"}}}}, true},
		{"half of the place", store.Conditions{Geolocation: &store.PlaceMatch{Values: []store.Place{{CountryCode: "PL", City: "Gdańsk"}}}}, false},
		{"a property is there", store.Conditions{ChatProperties: property(store.PropertyMatch{Exists: &yes})}, true},
		{"a property is not missing", store.Conditions{ChatProperties: property(store.PropertyMatch{Exists: &no})}, false},
		{"one of the values", store.Conditions{ChatProperties: property(store.PropertyMatch{Values: values(`"twitter"`, `"facebook"`)})}, true},
		{"none of the values", store.Conditions{ChatProperties: property(store.PropertyMatch{Values: values(`"twitter"`)})}, false},
		{"an excluded value", store.Conditions{ChatProperties: property(store.PropertyMatch{ExcludeValues: values(`"facebook"`)})}, false},
	} {
		if got := ruleFits(c.rule, who, chat); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if ruleFits(store.Conditions{URL: one("shop", false)}, &store.Customer{}, nil) {
		t.Error("a page condition holds for who was on no page")
	}
}

func TestRulesByProperties(t *testing.T) {
	e := newEngine(t, Settings{})
	online(t, e, "cleo")
	conditions := store.Conditions{ChatProperties: map[string]map[string]store.PropertyMatch{
		"source": {"type": {Values: []jsontext.Value{jsontext.Value(`"facebook"`)}}},
	}}
	id, err := e.AddAutoAccess(t.Context(), agentActor(e, "sam"), AutoAccessChange{Access: &store.AutoAccessGroups{Groups: []int{2}}, Conditions: &conditions})
	if err != nil {
		t.Fatal(err)
	}
	begin := func(source string) string {
		t.Helper()
		g := arrive(t, e, "Vera")
		on := true
		out, err := e.StartChat(t.Context(), g.by, protocol.StartChatRequest{Continuous: &on, Chat: &protocol.Chat{
			Properties: protocol.Properties{"source": {"type": jsontext.Value(`"` + source + `"`)}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		return out.ChatID
	}
	held(t, e, begin("facebook"), "cleo")
	if c, _ := e.chatNow(t.Context(), begin("mail")); len(c.Access) != 1 || c.Access[0] != 0 {
		t.Errorf("access without a rule = %v", c.Access)
	}
	// What an agent starts is his to place.
	g := arrive(t, e, "Otto")
	out, err := e.StartChat(t.Context(), agentActor(e, "anna"), protocol.StartChatRequest{Chat: &protocol.Chat{
		Users:      []protocol.User{{ID: g.by.ID, Type: protocol.UserCustomer}},
		Properties: protocol.Properties{"source": {"type": jsontext.Value(`"facebook"`)}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if c, _ := e.chatNow(t.Context(), out.ChatID); c.Access[0] != 0 {
		t.Errorf("access of an agent's chat = %v", c.Access)
	}
	if err := e.DeleteAutoAccess(t.Context(), agentActor(e, "sam"), id); err != nil || len(e.AutoAccesses()) != 0 {
		t.Errorf("after the deletion: %v, %v", err, e.AutoAccesses())
	}
}

package engine

import (
	"strings"
	"testing"

	"agentdesk/protocol"
)

// TestCustomerVisitOfAThread: a thread tells agents where its customer came from
// then, and tells nobody more than that.
func TestCustomerVisitOfAThread(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	g := arrive(t, e, "Mia")
	e.End(g.by.Session, EndLost)
	visit := Visit{IP: "192.0.2.7", UserAgent: "Firefox", Referrer: "https://search.example/", Location: &protocol.Geolocation{City: "Lima", CountryCode: "PE"}}
	if _, err := e.LoginCustomer(t.Context(), Credential{Kind: protocol.UserCustomer, UserID: g.by.ID}, visit, g.ear, func(CustomerState) {}); err != nil {
		t.Fatal(err)
	}
	g.start(t, e, 1)
	v := must(e.GetChat(t.Context(), anna.by, protocol.GetChatRequest{ChatID: g.chat})).Thread.CustomerVisit
	if v == nil || v.IP != "192.0.2.7" || v.UserAgent != "Firefox" || v.Geolocation.City != "Lima" || v.Referrer != "" {
		t.Errorf("get_chat: customer_visit = %+v", v)
	}
	if l := must(e.ListThreads(t.Context(), anna.by, protocol.ListThreadsRequest{ChatID: g.chat})); l.Threads[0].CustomerVisit == nil {
		t.Error("list_threads lacks it")
	}
	for where, v := range map[string]any{
		"list_chats":          must(e.ListChats(t.Context(), anna.by, protocol.ListChatsRequest{})),
		"the customer's chat": must(e.GetChat(t.Context(), g.by, protocol.GetChatRequest{ChatID: g.chat})),
	} {
		if strings.Contains(string(protocol.MustEncode(v)), "customer_visit") {
			t.Errorf("%s has it", where)
		}
	}
}

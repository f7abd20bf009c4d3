package chatserver

import (
	"testing"

	"agentdesk/protocol"
)

// moreActions is the part of TestEveryAction about what 3.6 brought, in a chat
// of the agent's own.
func moreActions(do func(action string, payload any, pushes ...string) []byte, chat, thread string) {
	do("send_thinking_indicator", obj{"chat_id": chat, "title": "Reading"})
	do("send_event_preview", obj{"chat_id": chat, "event": obj{"type": "message", "text": "I am rea"}})
	do("request_thread_summary", obj{"chat_id": chat, "thread_id": thread}, "thread_summary_set", "incoming_event")
	do("multicast", obj{"recipients": obj{"agents": obj{"all": true}}, "content": obj{"a": 1}}, "incoming_multicast")
}

// moreCustomers is the part about customers.
func moreCustomers(t *testing.T, do func(action string, payload any, pushes ...string) []byte, customer string) {
	t.Helper()
	do("follow_customer", obj{"id": customer}, "incoming_customer")
	do("unfollow_customer", obj{"id": customer}, "customer_unfollowed")
	sub := get[protocol.SubscribeCustomersResponse](t, do("subscribe_customers", obj{"group_ids": []int{1}, "limit": 5}, "subscribed_customers_totals_updated"))
	if sub.SubscriptionID == "" {
		t.Errorf("subscribe_customers = %+v", sub)
	}
	do("unsubscribe_customers", obj{"subscription_id": sub.SubscriptionID})
	do("update_customer", obj{"id": customer, "phone_number": "+48123456789", "address": obj{"city": "Gdańsk"}}, "customer_updated")
	if u := get[protocol.User](t, do("get_customer", obj{"id": customer})); u.PhoneNumber != "+48123456789" || u.Address == nil || u.Address.City != "Gdańsk" {
		t.Errorf("get_customer = %+v", u)
	}
}

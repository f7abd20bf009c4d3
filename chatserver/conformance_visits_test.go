package chatserver_test

import "testing"

// TestConformanceVisitNumbers: all pushes of a visit name it by one number up to
// 3.2, and another visit by another; from 3.3 on only customer_page_updated does.
func TestConformanceVisitNumbers(t *testing.T) {
	for v := range 8 {
		s := start(t)
		more := ""
		if v >= 3 {
			more = `,"customer_monitoring_level":"online"`
		}
		sam := s.speak(v, "sam", false, newNotes(t), more)
		g := s.guest()
		var seen []any
		for range 2 {
			guest := s.customer(g)
			came := sam.wait("a customer", func(d doc) bool {
				return d["action"] == sam.pick(2, "customer_visit_started", 7, "incoming_customer")
			})
			guest.ok("update_customer_page", `{"url":"https://shop.example/b","title":"B"}`)
			page := sam.hears("customer_page_updated", "customer_id visit_id opened_at url title", "")
			if _, has := page["referrer"]; has != (v == 0) {
				t.Errorf("3.%d: the page is %v", v, page)
			}
			guest.ok("logout", `{}`)
			left := sam.wait("an end", func(d doc) bool { return d["action"] == sam.pick(2, "customer_visit_ended", 7, "customer_left") })
			number := page.at("visit_id")
			if _, ok := number.(float64); !ok {
				t.Errorf("3.%d: visit_id is %v", v, number)
			}
			if v >= 3 {
				came.lacks(t, "payload.visit_id")
				left.lacks(t, "payload.visit_id")
			} else {
				came.is(t, "payload.visit_id", number)
				left.is(t, "payload.visit_id", number)
			}
			seen = append(seen, number)
			sam.forget()
		}
		if seen[0] == seen[1] {
			t.Errorf("3.%d: two visits are both %v", v, seen[0])
		}
	}
}

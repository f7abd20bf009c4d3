package chatserver_test

import (
	"testing"
	"time"

	"agentdesk/chatserver"
)

// TestConformanceVisitNumbers: all pushes of a visit name it by one number up to
// 3.2, and another visit by another; from 3.3 on only customer_page_updated does.
func TestConformanceVisitNumbers(t *testing.T) {
	for v := range 8 {
		s := start(t, func(o *chatserver.Options) { o.Settings.VisitGap = 1 })
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

// TestConformanceSessionFields: what a site told of a customer ends with the
// visit; loading a page anew does not end it. The push and what is read agree.
func TestConformanceSessionFields(t *testing.T) {
	for gap, kept := range map[time.Duration]bool{1: false, time.Hour: true} {
		s := start(t, func(o *chatserver.Options) { o.Settings.VisitGap = gap })
		sam := s.dial(agentPath)
		sam.ok("login", `{"token":"Bearer dal:demo-sam","customer_monitoring_level":"online"}`)
		g := s.guest()
		visit := func(fields string, want any) doc {
			t.Helper()
			guest := s.dial(customerPath)
			me := guest.ok("login", `{"token":"Bearer `+g.token+`","customer":{"name":"Vera"`+fields+`}}`)
			came := sam.push("incoming_customer").sub("payload")
			read := sam.ok("get_customer", `{"id":"`+g.id+`"}`)
			for what, seen := range map[string]doc{"login": me.sub("customer"), "push": came, "get_customer": read} {
				if got := seen.at("session_fields.0.plan"); got != want {
					t.Errorf("%s with a gap of %s: the plan is %v, want %v", what, gap, got, want)
				}
			}
			guest.ok("logout", `{}`)
			sam.push("customer_left")
			return read
		}
		first := visit(`,"session_fields":[{"plan":"gold"}]`, "gold")
		second := visit("", map[bool]any{true: "gold"}[kept])
		if same := first.at("visit.started_at") == second.at("visit.started_at"); same != kept {
			t.Errorf("with a gap of %s the visit began at %v, then at %v", gap, first.at("visit.started_at"), second.at("visit.started_at"))
		}
		want := 2.0
		if kept {
			want = 1
		}
		second.is(t, "statistics.visits_count", want)
		second.lacks(t, "visit.ended_at")
	}
}

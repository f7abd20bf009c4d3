package chatserver_test

import "testing"

// TestConformanceGetForm: groups without a form say so, by both transports.
func TestConformanceGetForm(t *testing.T) {
	s := start(t)
	g := s.guest()
	guest := s.customer(g)
	for _, typ := range []string{"prechat", "postchat", "ticket"} {
		p := guest.ok("get_form", `{"group_id":1,"type":"`+typ+`"}`)
		p.is(t, "enabled", false)
		p.lacks(t, "form")
	}
	guest.ok("get_form", `{"group_id":0,"type":"prechat"}`)
	if code, d := s.web("customer", g.token, "get_form", `{"group_id":1,"type":"prechat"}`); code != 200 || d["enabled"] != false {
		t.Errorf("by HTTP: %d %s", code, d)
	}
	for _, bad := range []string{`{"type":"prechat"}`, `{"group_id":1}`, `{"group_id":1,"type":"exit"}`, `{"group_id":999,"type":"prechat"}`, `{"group_id":"1","type":"prechat"}`} {
		guest.fails("get_form", bad, "validation")
	}
}

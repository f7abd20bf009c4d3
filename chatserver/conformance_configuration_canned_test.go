package chatserver_test

import (
	"strconv"
	"testing"
)

// newest signs an agent in at 3.7.
func (s *server) newest(name string) *wire {
	s.t.Helper()
	w := s.dial("/v3.7/agent/rtm/ws?organization_id=" + org)
	w.name = name + " at 3.7"
	w.ok("login", `{"token":"Bearer dal:demo-`+name+`"}`)
	return w
}

func TestConformanceCannedResponses(t *testing.T) {
	s := start(t)
	old, anna, ben := s.agent("anna"), s.newest("anna"), s.newest("ben")
	asAnna, asBen, olivia := s.admin("anna").at("v3.7"), s.admin("ben").at("v3.7"), s.admin("olivia").at("v3.7")
	about := func(w *wire, action, id string) doc {
		t.Helper()
		return w.next(action+" of "+id, func(d doc) bool { return d["action"] == action && d.text("payload.id") == id })
	}
	shared := asAnna.ok("create_canned_response", `{"text":" Hello!\u0007 ","tags":["hi","hello"],"group_id":1}`).text("id")
	p := about(ben, "canned_response_created", shared)
	p.is(t, "version", "3.7")
	p.has(t, "payload.created_at", "payload.updated_at")
	for path, want := range map[string]any{"text": "Hello!", "tags": "[hi hello]", "group_id": 1, "is_private": false, "author_id": "anna@example.com"} {
		p.is(t, "payload."+path, want)
	}
	mine := asAnna.ok("create_canned_response", `{"text":"Mine","tags":[],"group_id":1,"is_private":true}`).text("id")
	about(anna, "canned_response_created", mine)
	asAnna.ok("update_canned_response", `{"id":`+shared+`,"text":"Good day"}`).empty(t)
	p = about(ben, "canned_response_updated", shared)
	p.is(t, "payload.text", "Good day")
	p.lacks(t, "payload.created_at")
	ben.none("canned_response_created") // of hers

	found := func(who admin, payload string) string {
		t.Helper()
		return who.ok("list_canned_responses", payload).text("found_canned_responses")
	}
	for _, c := range []struct {
		who           admin
		payload, want string
	}{
		{asBen, `{}`, "1"}, {asBen, `{"include_private":true}`, "1"}, {asAnna, `{"include_private":true}`, "2"}, {asAnna, `{"group_ids":[2]}`, "0"},
		{olivia, `{"include_private":true}`, "1"}, {olivia, `{"include_all_private":true}`, "2"},
	} {
		if got := found(c.who, c.payload); got != c.want {
			t.Errorf("%s: found %s, want %s", c.payload, got, c.want)
		}
	}
	asBen.fails("list_canned_responses", `{"include_all_private":true}`, "authorization", "")
	asBen.fails("update_canned_response", `{"id":`+mine+`,"text":"x"}`, "not_found", "")
	asBen.fails("create_canned_response", `{"text":"x","tags":[],"group_id":2}`, "authorization", "")

	// What becomes private is gone for the others.
	asAnna.ok("update_canned_response", `{"id":`+shared+`,"is_private":true}`)
	about(ben, "canned_response_deleted", shared)
	asAnna.ok("delete_canned_response", `{"id":`+mine+`}`).empty(t)
	about(anna, "canned_response_deleted", mine)
	asAnna.fails("delete_canned_response", `{"id":`+mine+`}`, "not_found", "")
	old.none("canned_response_created", "canned_response_updated", "canned_response_deleted") // 3.6 has no word for it
}

func TestConformanceCannedResponsesAreChecked(t *testing.T) {
	olivia := start(t).admin("olivia").at("v3.7")
	for payload, field := range map[string]string{
		`{"tags":[],"group_id":1}`:                   "`text`",
		`{"text":"x","group_id":1}`:                  "`tags`",
		`{"text":"x","tags":[]}`:                     "`group_id`",
		`{"text":" ","tags":[],"group_id":1}`:        "`text`",
		`{"text":"x","tags":[""],"group_id":1}`:      "`tags.0`",
		`{"text":"x","tags":[],"group_id":99}`:       "`group_id`",
		`{"text":"x","tags":"no list","group_id":1}`: "tags",
	} {
		olivia.fails("create_canned_response", payload, "validation", field)
	}
}

func TestConformanceCannedPages(t *testing.T) {
	s := start(t)
	olivia := s.admin("olivia").at("v3.7")
	for i := range 5 {
		olivia.ok("create_canned_response", `{"text":"text `+strconv.Itoa(i)+`","tags":[],"group_id":0}`)
	}
	var texts []string
	page := olivia.ok("list_canned_responses", `{"limit":2}`)
	for {
		page.is(t, "found_canned_responses", 5)
		for _, c := range page.list("canned_responses") {
			texts = append(texts, doc(c.(map[string]any)).str("text"))
		}
		if page.str("next_page_id") == "" {
			break
		}
		page = olivia.ok("list_canned_responses", `{"page_id":"`+page.str("next_page_id")+`"}`)
	}
	if len(texts) != 5 || texts[0] != "text 0" || texts[4] != "text 4" {
		t.Errorf("pages gave %v", texts)
	}
	olivia.fails("list_canned_responses", `{"page_id":"nonsense"}`, "validation", "`page_id`")
	olivia.fails("list_canned_responses", `{"limit":-1}`, "validation", "`limit`")
}

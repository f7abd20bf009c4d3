package engine

import (
	"fmt"
	"testing"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// past is two closed threads of the past, T1 and T2, and an empty one, T3. In T1
// Anna and a bot answered a customer from Poland who had filled in a form; in T2
// nobody did.
func past(t *testing.T, e *Engine) {
	t.Helper()
	const bot = "0123456789abcdef0123456789abcdef"
	place := &protocol.Visit{Geolocation: &protocol.Geolocation{CountryCode: "pl"}}
	value := func(s string) jsontext.Value { return jsontext.Value(s) }
	first := &store.Thread{ID: "T1", ChatID: "C1", CustomerID: "c1", CreatedAt: 1000, ThreadDetails: store.ThreadDetails{
		Access: []int{1}, AgentIDs: []string{bot, "anna"}, Visit: place, Tags: []string{"refund", "late"}, Goals: []string{"bought"}, Sales: []string{"s1"},
		Properties: protocol.Properties{"rating": {"score": value("1")}, "lc2": {"greeting_id": value("7")}},
	}}
	say := func(at protocol.Time, author, text string) protocol.Event {
		return protocol.Event{Type: protocol.EventMessage, AuthorID: author, Text: text, CreatedAt: at, Visibility: protocol.VisibilityAll}
	}
	form := func(at protocol.Time, fields ...protocol.FormField) protocol.Event {
		return protocol.Event{Type: protocol.EventFilledForm, AuthorID: "c1", FormID: "f", Fields: fields, CreatedAt: at}
	}
	whisper := say(1005, "ben", "he is angry")
	whisper.Visibility = protocol.VisibilityAgents
	threads := []store.Import{
		{Chat: &store.Chat{ID: "C1", CustomerID: "c1", CreatedAt: 1000, Access: []int{1}, Properties: protocol.Properties{"shop": {"vip": value("true")}}}, Thread: first,
			Events: []protocol.Event{
				form(1001, protocol.FormField{Type: "radio", ID: "q1", Answer: value(`{"id":"a2","label":"Yes"}`)}, protocol.FormField{Type: "group_chooser", Answer: value(`{"id":0,"group_id":1,"label":"Sales"}`)}),
				say(1002, "c1", "where is my parcel"), say(1003, bot, "one moment"), say(1004, "anna", "here"), whisper,
				form(1006, protocol.FormField{Type: "checkbox", ID: "q2", Answers: value(`[{"id":3,"label":"a"},{"id":"b4","label":"b"}]`)}),
			}},
		{Chat: &store.Chat{ID: "C2", CustomerID: "c2", CreatedAt: 2000, Access: []int{2}}, Thread: &store.Thread{ID: "T2", ChatID: "C2", CustomerID: "c2", CreatedAt: 2000,
			ThreadDetails: store.ThreadDetails{Access: []int{2}, AgentIDs: []string{"cleo"}, Tags: []string{"late"}, Properties: protocol.Properties{"rating": {"score": value("0")}}}},
			Events: []protocol.Event{say(2001, "c2", "my parcel is late"), {Type: protocol.EventFile, Name: "photo.png", AuthorID: "c2", CreatedAt: 2002}}},
		{Chat: &store.Chat{ID: "C3", CustomerID: "c1", CreatedAt: 3000, Access: []int{0}}, Thread: &store.Thread{ID: "T3", ChatID: "C3", CustomerID: "c1", CreatedAt: 3000, ThreadDetails: store.ThreadDetails{Access: []int{0}}}},
	}
	people := []store.Customer{{ID: "c1", Name: "Vera", Email: "vera@example.com"}, {ID: "c2", Name: "Jan"}}
	if err := e.ImportThreads(t.Context(), people, threads); err != nil {
		t.Fatal(err)
	}
}

// search asks with filters written as on the wire and returns the threads found,
// newest first.
func search(t *testing.T, e *Engine, by Actor, filters string) (string, error) {
	t.Helper()
	var r protocol.ListArchivesRequest
	if err := json.Unmarshal([]byte(`{"filters":`+filters+`}`), &r); err != nil {
		t.Fatal(err)
	}
	out, err := e.ListArchives(t.Context(), by, r)
	found := ""
	for _, c := range out.Chats {
		found += c.Thread.ID
	}
	if err == nil && out.FoundChats != len(out.Chats) {
		t.Errorf("%s: found_chats %d of %d", filters, out.FoundChats, len(out.Chats))
	}
	return found, err
}

func TestArchiveFilters(t *testing.T) {
	e := newEngine(t, Settings{})
	past(t, e)
	for filters, want := range map[string]string{
		`{}`:                 "T3T2T1",
		`{"query":"parcel"}`: "T2T1",
		`{"query":"parcel","tags":{"values":["refund"]}}`: "T1",
		`{"query":"?!"}`:                                                                      "",
		`{"from":"1970-01-01T00:00:00.002000Z"}`:                                              "T3T2",
		`{"to":"1970-01-01T00:00:00.002000Z"}`:                                                "T2T1",
		`{"chat_ids":["C1","C3","nowhere"]}`:                                                  "T3T1",
		`{"thread_ids":["T3","T1"]}`:                                                          "T3T1",
		`{"group_ids":[2]}`:                                                                   "T2",
		`{"customer_id":"c1"}`:                                                                "T3T1",
		`{"customer_email":"vera@example.com"}`:                                               "T3T1",
		`{"customer_email":"nobody@example.com"}`:                                             "",
		`{"agents":{"exists":false}}`:                                                         "T3",
		`{"agents":{"exists":true}}`:                                                          "T2T1",
		`{"agents":{"values":["anna","cleo"]}}`:                                               "T2T1",
		`{"agents":{"values":["anna","cleo"],"require_every_value":true}}`:                    "",
		`{"tags":{"values":["refund","late"],"require_every_value":true}}`:                    "T1",
		`{"tags":{"exclude_values":["refund"]}}`:                                              "T3T2",
		`{"tags":{"exclude_values":["refund","late"],"require_every_value":true}}`:            "T3T2",
		`{"goals":{"exists":false}}`:                                                          "T3T2",
		`{"goals":{"values":["bought"]}}`:                                                     "T1",
		`{"sales":{"exclude_values":["s1"]}}`:                                                 "T3T2",
		`{"sales":{"exists":true}}`:                                                           "T1",
		`{"event_types":{"values":["file","filled_form"]}}`:                                   "T2T1",
		`{"event_types":{"values":["file","message"],"require_every_value":true}}`:            "T2",
		`{"event_types":{"exclude_values":["message"]}}`:                                      "T3",
		`{"customer_countries":{"values":["PL"]}}`:                                            "T1",
		`{"customer_countries":{"values":["pl"]}}`:                                            "T1",
		`{"customer_countries":{"exists":false}}`:                                             "T3T2",
		`{"agent_types":{"all_values":["human","chatbot"]}}`:                                  "T1",
		`{"agent_types":{"any_values":["human"],"exclude_values":["chatbot"]}}`:               "T2",
		`{"agent_types":{"any_values":["ai_agent"]}}`:                                         "",
		`{"agent_response":{"exists":false}}`:                                                 "T3T2",
		`{"agent_response":{"agents":{"values":["anna"]}}}`:                                   "T1",
		`{"agent_response":{"agents":{"values":["ben"]}}}`:                                    "",
		`{"agent_response":{"first":true,"agents":{"values":["anna"]}}}`:                      "",
		`{"agent_response":{"first":true,"agents":{"exclude_values":["anna"]}}}`:              "T3T2T1",
		`{"agent_response":{"groups":{"values":[1]}}}`:                                        "T1",
		`{"agent_response":{"groups":{"exclude_values":[1]}}}`:                                "",
		`{"greetings":{"values":[7,8]}}`:                                                      "T1",
		`{"greetings":{"exclude_values":[7]}}`:                                                "T3T2",
		`{"greetings":{"exists":true,"groups":{"values":[2]}}}`:                               "",
		`{"greetings":{"from":"1970-01-01T00:00:00.000900Z"}}`:                                "T1",
		`{"greetings":{"to":"1970-01-01T00:00:00.000900Z"}}`:                                  "",
		`{"forms":[{"type":"pre_chat","answer_id":"a2"}]}`:                                    "T1",
		`{"surveys":[{"type":"pre_chat","answer_id":"a2"}]}`:                                  "T1",
		`{"forms":[{"type":"post_chat","answer_id":"a2"}]}`:                                   "",
		`{"forms":[{"type":"post_chat","values":["3","x"]}]}`:                                 "T1",
		`{"forms":[{"type":"post_chat","exclude_values":["b4"]}]}`:                            "",
		`{"forms":[{"type":"post_chat","exists":false}]}`:                                     "T3T2",
		`{"forms":[{"type":"pre_chat","groups":{"values":[1]}}]}`:                             "T1",
		`{"forms":[{"type":"pre_chat","groups":{"exclude_values":[1]}}]}`:                     "",
		`{"forms":[{"type":"pre_chat","from":"1970-01-01T00:00:00.001001Z"}]}`:                "T1",
		`{"forms":[{"type":"pre_chat","to":"1970-01-01T00:00:00.001000Z"}]}`:                  "",
		`{"properties":{"rating":{"score":{"values":[1]}}}}`:                                  "T1",
		`{"properties":{"rating":{"score":{"values":["1"]}}}}`:                                "",
		`{"properties":{"rating":{"score":{"exists":true}}}}`:                                 "T2T1",
		`{"properties":{"rating":{"score":{"exclude_values":[1.0]}}}}`:                        "T3T2",
		`{"properties":{"shop":{"vip":{"values":[true]}}}}`:                                   "T1",
		`{"properties":{"shop":{"vip":{"exists":false}},"rating":{"score":{"exists":true}}}}`: "T2",
	} {
		got, err := search(t, e, agentActor(e, "sam"), filters)
		if err != nil || got != want {
			t.Errorf("%s finds %q, want %q (%v)", filters, got, want, err)
		}
	}
	for who, want := range map[string]string{"ben": "T3T1", "cleo": "T3T2"} {
		if got, err := search(t, e, agentActor(e, who), `{}`); err != nil || got != want {
			t.Errorf("%s sees %q, want %q (%v)", who, got, want, err)
		}
	}
	if got, _ := search(t, e, agentActor(e, "cleo"), `{"thread_ids":["T1","T2"]}`); got != "T2" {
		t.Errorf("cleo gets %q by thread_ids", got)
	}
}

// ids writes n ids as JSON.
func ids(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("X%d", i)
	}
	b, _ := json.Marshal(out)
	return string(b)
}

func TestArchiveFiltersRefused(t *testing.T) {
	e := newEngine(t, Settings{})
	for filters, field := range map[string]string{
		`{"thread_ids":` + ids(21) + `}`:                                      "filters.thread_ids",
		`{"thread_ids":[]}`:                                                   "filters.thread_ids",
		`{"thread_ids":["A"],"query":"x"}`:                                    "filters.thread_ids",
		`{"thread_ids":[""]}`:                                                 "filters.thread_ids",
		`{"chat_ids":` + ids(1001) + `}`:                                      "filters.chat_ids",
		`{"agents":{}}`:                                                       "filters.agents",
		`{"agents":{"exists":true,"values":["a"]}}`:                           "filters.agents",
		`{"tags":{"values":["a"],"exclude_values":["b"]}}`:                    "filters.tags",
		`{"tags":{"value":["a"]}}`:                                            "filters.tags.value",
		`{"sales":{"values":` + ids(201) + `}}`:                               "filters.sales",
		`{"event_types":{"exists":true}}`:                                     "filters.event_types.exists",
		`{"customer_countries":{"values":["Poland"]}}`:                        "filters.customer_countries",
		`{"agent_types":{}}`:                                                  "filters.agent_types",
		`{"agent_types":{"any_values":["robot"]}}`:                            "filters.agent_types",
		`{"agent_types":{"any_values":["human"],"exclude_values":["human"]}}`: "filters.agent_types",
		`{"agent_response":{}}`:                                               "filters.agent_response",
		`{"agent_response":{"agents":{"exists":true}}}`:                       "filters.agent_response.agents.exists",
		`{"agent_response":{"groups":{}}}`:                                    "filters.agent_response.groups",
		`{"greetings":{}}`:                                                    "filters.greetings",
		`{"greetings":{"values":[1],"exists":true}}`:                          "filters.greetings",
		`{"forms":[{"type":"exit"}]}`:                                         "filters.forms.0.type",
		`{"forms":[{"type":"pre_chat","answer_id":"a","values":["b"]}]}`:      "filters.forms.0.answer_id",
		`{"properties":{"a":{"b":{}}}}`:                                       "filters.properties.a.b",
		`{"properties":{"a":{"b":{"values":[{}]}}}}`:                          "filters.properties.a.b",
		`{"properties":{"a":{"b":{"exists":true,"values":[1]}}}}`:             "filters.properties.a.b",
		`{"colour":"red"}`:                                                    "filters.colour",
	} {
		_, err := search(t, e, agentActor(e, "sam"), filters)
		wantInvalid(t, err, field)
	}
}

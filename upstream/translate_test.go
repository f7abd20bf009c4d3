package upstream

import (
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// bare is a registry that can do no more than read and write frames.
func bare() *Registry { return bareAt(version.Canonical) }

func bareAt(v version.Version) *Registry {
	return &Registry{
		metrics: Metrics{}.withDefaults(), log: slog.New(slog.DiscardHandler), unknowns: map[string]bool{}, dialect: dialect{v},
	}
}

// TestPushesInWords takes each push by a document written by hand.
func TestPushesInWords(t *testing.T) {
	r := bare()
	for _, c := range []struct {
		action, payload string
		want            desk.Push
	}{
		{"chat_deactivated", `{"chat_id":"A","thread_id":"T"}`, desk.ChatDeactivated{ChatID: "A", ThreadID: "T"}},
		{"chat_transferred", `{"chat_id":"A","thread_id":"T","requester_id":"x","reason":"manual","transferred_to":{"group_ids":[1],"agent_ids":["b"]},"future":1}`,
			desk.ChatTransferred{ChatID: "A", ThreadID: "T", ByID: "x", Reason: "manual", Groups: []int{1}, Agents: []string{"b"}}},
		{"chat_access_updated", `{"id":"A","access":{"group_ids":[2,3]}}`, desk.ChatAccess{ChatID: "A", Groups: []int{2, 3}}},
		{"chat_deleted", `{"chat_id":"A"}`, desk.ChatGone{ChatID: "A"}},
		{"chat_unfollowed", `{"chat_id":"A"}`, desk.ChatUnfollowed{ChatID: "A"}},
		{"user_removed_from_chat", `{"chat_id":"A","thread_id":"T","user_id":"u","reason":"manual"}`, desk.UserRemoved{ChatID: "A", ThreadID: "T", UserID: "u"}},
		{"user_added_to_chat", `{"chat_id":"A","user":{"id":"u","type":"agent","name":"U","present":true,"visibility":"agents"}}`,
			desk.UserAdded{ChatID: "A", User: desk.Person{ID: "u", Agent: true, Name: "U", Present: true, AgentsOnly: true}}},
		{"event_deleted", `{"chat_id":"A","thread_id":"T","event_id":"e"}`, desk.EventDeleted{ChatID: "A", ThreadID: "T", EventID: "e"}},
		{"event_updated", `{"chat_id":"A","thread_id":"T","event":{"id":"e","type":"message","text":"new"}}`,
			desk.EventUpdated{ChatID: "A", ThreadID: "T", Event: desk.Event{ID: "e", Kind: "message", Text: "new"}}},
		{"thread_tagged", `{"chat_id":"A","thread_id":"T","tag":"vip"}`, desk.Tagged{ChatID: "A", ThreadID: "T", Tag: "vip"}},
		{"thread_untagged", `{"chat_id":"A","thread_id":"T","tag":"vip"}`, desk.Tagged{ChatID: "A", ThreadID: "T", Tag: "vip", Removed: true}},
		{"chat_properties_updated", `{"chat_id":"A","properties":{"n":{"s":"x","i":7,"b":true}}}`,
			desk.PropertiesChanged{ChatID: "A", Set: desk.Properties{"n": {"s": "x", "i": "7", "b": "true"}}}},
		{"event_properties_deleted", `{"chat_id":"A","thread_id":"T","event_id":"e","properties":{"n":["s"]}}`,
			desk.PropertiesChanged{ChatID: "A", ThreadID: "T", EventID: "e", Deleted: map[string][]string{"n": {"s"}}}},
		{"queue_positions_updated", `[{"chat_id":"A","thread_id":"T","queue":{"position":2,"wait_time":60}}]`,
			desk.QueuePositions{Places: []desk.QueuePlace{{ChatID: "A", ThreadID: "T", Queue: desk.Queue{Position: 2, Wait: 60e9}}}}},
		{"routing_status_set", `{"agent_id":"a","status":"accepting_chats"}`, desk.StatusSet{AgentID: "a", Status: desk.Accepting}},
		{"customer_page_updated", `{"customer_id":"c","url":"https://x/","title":"X"}`, desk.CustomerPage{CustomerID: "c", Page: desk.Page{URL: "https://x/", Title: "X"}}},
		{"customer_page_updated", `{"customer_id":"c","page":{"url":"https://x/","title":"X"}}`, desk.CustomerPage{CustomerID: "c", Page: desk.Page{URL: "https://x/", Title: "X"}}},
		{"incoming_customer", `{"id":"c","statistics":{"visits_count":2}}`, desk.CustomerUpdated{Customer: desk.Person{ID: "c", Customer: &desk.Customer{Visits: 2, Fields: []desk.Field{}}}}},
		{"incoming_customer", `{"id":"c"}`, desk.CustomerUpdated{Customer: desk.Person{ID: "c", Customer: &desk.Customer{}}}},
		{"incoming_multicast", `{"author_id":"sam","content":{"text":"Lunch"},"type":"agentdesk.notice"}`, desk.Notice{ByID: "sam", Text: "Lunch"}},
		{"customer_left", `{"id":"c"}`, desk.CustomerLeft{CustomerID: "c"}},
		{"customer_banned", `{"customer_id":"c","ban":{"days":3}}`, desk.CustomerBanned{CustomerID: "c", Days: 3}},
	} {
		in, ok := r.understand([]byte(pushFrame(c.action, c.payload)))
		if !ok || !reflect.DeepEqual(in.push, c.want) {
			t.Errorf("%s: got %+v, want %+v", c.action, in.push, c.want)
		}
		if about := chatOf(in.push); strings.Contains(c.payload, `"A"`) && c.action != "queue_positions_updated" && about != "A" {
			t.Errorf("%s is about %q", c.action, about)
		}
	}
}

// What other programs send to each other is no notice, and what claims to be one
// must read like one.
func TestForeignMulticasts(t *testing.T) {
	r := bare()
	for _, payload := range []string{
		`{"author_id":"sam","content":{"text":"Lunch"},"type":"other"}`, `{"content":["text"],"type":"agentdesk.notice"}`,
		`{"content":{"text":7},"type":"agentdesk.notice"}`, `{"type":"agentdesk.notice"}`, `{"content":{}}`,
	} {
		if in, _ := r.understand([]byte(pushFrame("incoming_multicast", payload))); in.push != nil {
			t.Errorf("%s became %+v", payload, in.push)
		}
	}
}

func TestEventsOfEveryKind(t *testing.T) {
	for _, c := range []struct {
		doc  string
		want desk.Event
	}{
		{`{"id":"e","type":"file","name":"a.png","url":"https://u","content_type":"image/png","size":9,"width":3,"height":4,"thumbnail_url":"https://t","alternative_text":"alt","visibility":"agents"}`,
			desk.Event{ID: "e", Kind: "file", AgentsOnly: true, File: &desk.File{Name: "a.png", URL: "https://u", ContentType: "image/png", Size: 9, Width: 3, Height: 4, Thumbnail: "https://t", Alt: "alt"}}},
		{`{"id":"e","type":"system_message","system_message_type":"routing.idle","text":"idle","text_vars":{"agent":"A"}}`,
			desk.Event{ID: "e", Kind: "system_message", Text: "idle", SystemType: "routing.idle", Vars: map[string]string{"agent": "A"}}},
		{`{"id":"e","type":"filled_form","form_type":"prechat","fields":[{"type":"name","label":"Name","answer":"Zoe"},{"type":"radio","label":"Size","answer":{"id":"1","label":"M"}},
			{"type":"checkbox","label":"Like","answers":[{"id":"1","label":"tea"},{"id":"2","label":"cake"}]},{"type":"email","label":"Mail","answer":null}]}`,
			desk.Event{ID: "e", Kind: "filled_form", Form: &desk.Form{Type: "prechat", Fields: []desk.FormField{
				{Type: "name", Label: "Name", Answers: []string{"Zoe"}}, {Type: "radio", Label: "Size", Answers: []string{"M"}},
				{Type: "checkbox", Label: "Like", Answers: []string{"tea", "cake"}}, {Type: "email", Label: "Mail"}}}}},
		{`{"id":"e","type":"rich_message","template_id":"cards","elements":[{"title":"T","subtitle":"S","image":{"url":"https://i","alternative_text":"a"},"buttons":[{"type":"message","text":"B","value":"v","postback_id":"p","user_ids":["x","y"]}]}]}`,
			desk.Event{ID: "e", Kind: "rich_message", Rich: &desk.Rich{Template: "cards", Cards: []desk.Card{{Title: "T", Subtitle: "S", Image: "https://i", ImageAlt: "a",
				Buttons: []desk.Button{{Type: "message", Text: "B", Value: "v", PostbackID: "p", UserIDs: []string{"x", "y"}}}}}}}},
		{`{"id":"e","type":"message","text":"M","postback":{"id":"p","thread_id":"T","event_id":"T_1","type":"message","value":"m","toggled":true}}`,
			desk.Event{ID: "e", Kind: "message", Text: "M", Postback: &desk.Choice{EventID: "T_1", PostbackID: "p", Value: "m"}}},
		{`{"id":"e","type":"form","form_id":"f","fields":[{"type":"radio","id":"1","label":"How?","options":[{"id":"1","label":"Phone"},{"id":"2","label":"Mail"}]},{"type":"group_chooser","id":"2","label":"Who?","options":[{"id":3,"group_id":1,"label":"Sales"}]}]}`,
			desk.Event{ID: "e", Kind: "form", Form: &desk.Form{Fields: []desk.FormField{{Type: "radio", Label: "How?", Options: []string{"Phone", "Mail"}}, {Type: "group_chooser", Label: "Who?", Options: []string{"Sales"}}}}}},
		{`{"id":"e","type":"custom","content":{"a":[1]}}`, desk.Event{ID: "e", Kind: "custom", Raw: []byte(`{"a":[1]}`)}},
		{`{"id":"e","type":"hologram","beam":7}`, desk.Event{ID: "e", Kind: "hologram", Raw: []byte(`{"beam":7}`)}},
		{`{"id":"e","type":"message","deleted":true,"properties":{"n":{"k":null}}}`, desk.Event{ID: "e", Kind: "message", Deleted: true, Properties: desk.Properties{"n": {"k": "null"}}}},
	} {
		var e protocol.Event
		if err := protocol.Decode([]byte(c.doc), &e); err != nil {
			t.Fatalf("%s: %v", c.doc, err)
		}
		if got := event(&e); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s\ngot  %+v\nwant %+v", c.doc, got, c.want)
		}
	}
}

// TestBufferIsNotKept: what was understood stays as it is when the read buffer
// is used again.
func TestBufferIsNotKept(t *testing.T) {
	r := bare()
	data := []byte(pushFrame("incoming_event", `{"chat_id":"A","thread_id":"T","event":{"id":"e","type":"custom","text":"hello","content":{"k":"v"},"properties":{"n":{"k":7}}}}`))
	in, _ := r.understand(data)
	reply := []byte(`{"request_id":"1","action":"x","type":"response","success":true,"payload":{"k":"v"}}`)
	rep, _ := r.understand(reply)
	clear(data)
	clear(reply)
	ev := in.push.(desk.IncomingEvent).Event
	if ev.ID != "e" || ev.Text != "hello" || string(ev.Raw) != `{"k":"v"}` || ev.Properties["n"]["k"] != "7" || string(rep.reply.payload) != `{"k":"v"}` {
		t.Errorf("%+v, %s", ev, rep.reply.payload)
	}
}

// TestQuickWayIsTheSame: the short cut for the commonest push gives what the
// long way gives, and leaves alone what it cannot read.
func TestQuickWayIsTheSame(t *testing.T) {
	payload := `{"chat_id":"A","thread_id":"T","event":{"id":"e","custom_id":"c","type":"message","author_id":"b","created_at":"2026-11-21T08:00:00.5Z","text":"a\n\"b\"","visibility":"agents"}}`
	frame := `{"version":"3.6","request_id":"7","action":"incoming_event","type":"push","payload":` + payload + `}`
	r := bare()
	quick, ok := r.quick([]byte(frame))
	if !ok {
		t.Fatal("the quick way does not read it")
	}
	in, err := pushes["incoming_event"](jsontext.Value(payload))
	if err != nil || !reflect.DeepEqual(quick, in) {
		t.Errorf("quick %+v, long %+v, %v", quick, in, err)
	}
	again, _ := r.quick([]byte(pushFrame("incoming_event", `{"chat_id":"B","event":{"id":"x","type":"message"}}`)))
	if ev := again.push.(desk.IncomingEvent); !reflect.DeepEqual(ev, desk.IncomingEvent{ChatID: "B", Event: desk.Event{ID: "x", Kind: "message"}}) {
		t.Errorf("something of the last push is left: %+v", ev)
	}
	for _, odd := range []string{
		`{"request_id":"1","type":"response","success":true,"action":"incoming_event","payload":{"chat_id":"A"}}`,
		`{"action":"x","type":"push","payload":{"chat_id":"\"action\":\"incoming_event\""}}`,
		pushFrame("incoming_event", `{"chat_id":"A","event":{"text":17}}`), pushFrame("incoming_event", `{}`),
		pushFrame("incoming_event", `{"chat_id":"A","chat_id":"B","event":{}}`),
		pushFrame("incoming_event", `{"chat_id":"A","event":{"type":"message","properties":{"n":{"k":7}}}}`),
		strings.Replace(frame, `"3.6"`, `"3.3"`, 1),
	} {
		if in, ok := r.quick([]byte(odd)); ok {
			t.Errorf("%s gave %+v", odd, in)
		}
	}
}

// BenchmarkIncomingEvent is what one push costs before the board.
func BenchmarkIncomingEvent(b *testing.B) {
	r := bare()
	data := []byte(pushFrame("incoming_event", `{"chat_id":"PJ0MRSHTDG","thread_id":"K600PKZON8","event":{"id":"K600PKZON8_3","custom_id":"31-0C-1C-07-DB-16","type":"message","created_at":"2026-11-21T08:00:00.123456Z","author_id":"b7eff798-f8df-4364-8059-649c35c9ed0c","visibility":"all","text":"Hello, where is my parcel? It should have been here on Monday."}}`))
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := r.understand(data); !ok {
			b.Fatal("not understood")
		}
	}
}

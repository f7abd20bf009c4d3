package engine

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
)

func eventOf(t *testing.T, text string) protocol.Event {
	t.Helper()
	var ev protocol.Event
	if err := json.Unmarshal([]byte(text), &ev); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return ev
}

// wholeEvents are events of every type that can be sent, with every field.
var wholeEvents = []string{
	`{"type":"message","text":"hi","postback":{"id":"p","thread_id":"T","event_id":"E","type":"message","value":"yes","ecommerce":{"product_id":"42","quantity":2}}}`,
	`{"type":"rich_message","template_id":"cards","elements":[{"title":"A","subtitle":"B","image":{"url":"https://x.example/i.png","name":"i","alternative_text":"an i"},"buttons":[
		{"type":"webview","text":"w","value":"https://x.example/","postback_id":"1","webview_height":"tall","user_ids":[]},{"type":"message","text":"m","value":"v","postback_id":"2","user_ids":[]},
		{"type":"url","text":"u","value":"https://x.example/","postback_id":"3","target":"current","user_ids":[]},{"type":"phone","text":"p","value":"+15551234567","postback_id":"4","user_ids":[]}]}]}`,
	`{"type":"rich_message","template_id":"quick_replies","elements":[{"title":"Which?","buttons":[{"text":"yes","postback_id":"y","user_ids":[]}]}]}`,
	`{"type":"rich_message","template_id":"sticker","elements":[{"image":{"url":"https://x.example/cat.gif"}}]}`,
	`{"type":"rich_message","template_id":"ecommerce","elements":[{"ecommerce":{"product_id":"42","label":"Shoe"}}]}`,
	`{"type":"form","form_id":"f","form_type":"prechat","fields":[{"type":"name","id":"1","label":"Name","required":true},{"type":"subject","id":"2","label":"What for?"},
		{"type":"select","id":"3","label":"Which?","options":[{"id":1,"label":"One"},{"id":"b","label":"Two"}]},{"type":"group_chooser","id":"4","label":"Who?"}]}`,
	`{"type":"filled_form","form_id":"f","form_type":"postchat","fields":[{"type":"email","id":"1","label":"Mail","answer":"m@x.example"},{"type":"radio","id":"2","label":"Which?","answer":{"id":"a","label":"One"}},
		{"type":"checkbox","id":"3","label":"More?","answers":[{"id":"a","label":"One"},{"id":"b","label":"Two"}]},{"type":"group_chooser","id":"4","label":"Who?","answer":{"id":"g","group_id":1,"label":"Sales"}},
		{"type":"question","id":"5","label":"Left open?"}]}`,
	`{"type":"custom","content":{"a":{"b":[1,"2",null]}}}`, `{"type":"custom"}`,
	`{"type":"system_message","system_message_type":"my.own","text":"%agent% did it","text_vars":{"agent":"Anna"}}`,
}

// TestEventsComeBackWhole sends events of every type and reads them again, in the
// push and in the chat.
func TestEventsComeBackWhole(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	g := arrive(t, e, "Mia").start(t, e, 1)
	for i, text := range wholeEvents {
		for _, visibility := range []string{"all", "agents"} {
			anna.forget()
			g.forget()
			ev := eventOf(t, text)
			ev.CustomID, ev.Visibility = fmt.Sprintf("c%d%s", i, visibility), visibility
			ev.Properties = eventOf(t, `{"type":"","properties":{"ns":{"n":1,"s":"x","b":true}}}`).Properties
			id := must(e.SendEvent(t.Context(), anna.by, protocol.SendEventRequest{ChatID: g.chat, Event: ev})).EventID
			pushed := take[protocol.IncomingEvent](t, anna.ear, protocol.PushIncomingEvent)
			if len(pushed) != 1 {
				t.Fatalf("%s: %d pushes", text, len(pushed))
			}
			if want := map[string]int{"all": 1, "agents": 0}[visibility]; g.count(protocol.PushIncomingEvent) != want {
				t.Errorf("%s for %s: the customer heard %d", text, visibility, g.count(protocol.PushIncomingEvent))
			}
			c := must(e.GetChat(t.Context(), anna.by, protocol.GetChatRequest{ChatID: g.chat}))
			read := c.Thread.Events[len(c.Thread.Events)-1]
			for _, got := range []protocol.Event{pushed[0].Event, read} {
				if got.ID != id || got.CreatedAt == 0 || (got.AuthorID == "anna") == (got.Type == "system_message") {
					t.Errorf("%s: id %s, author %s at %s", text, got.ID, got.AuthorID, got.CreatedAt)
				}
				got.ID, got.CreatedAt, got.AuthorID = "", 0, ""
				if is, want := string(protocol.MustEncode(got)), string(protocol.MustEncode(ev)); is != want {
					t.Errorf("sent %s\n got %s", want, is)
				}
			}
		}
	}
}

// badEvents are events with one fault each, and the field at fault.
func badEvents() map[string]string {
	long, id := strings.Repeat("x", protocol.MaxText+1), strings.Repeat("x", protocol.MaxID+1)
	rich := func(elements string) string {
		return `{"type":"rich_message","template_id":"cards","elements":` + elements + `}`
	}
	button := func(fields string) string { return rich(`[{},{"buttons":[{` + fields + `}]}]`) }
	const b = "event.elements.1.buttons.0"
	form := func(field string) string { return `{"type":"form","form_id":"f","fields":[{` + field + `}]}` }
	filled := func(field string) string { return `{"type":"filled_form","form_id":"f","fields":[{` + field + `}]}` }
	return map[string]string{
		`{"type":""}`: "event.type", `{"type":"teapot"}`: "event.type", `{"type":"system"}`: "event.type", `{"type":"annotation","text":"x"}`: "event.type",
		`{"type":"message"}`: "event.text", `{"type":"message","text":"` + long + `"}`: "event.text", `{"type":"message","text":"x","visibility":"me"}`: "event.visibility",
		`{"type":"message","text":"x","custom_id":"` + id + `"}`:                                            "event.custom_id",
		`{"type":"message","text":"x","properties":{"a":{"b":[]}}}`:                                         "event.properties.a.b",
		`{"type":"message","text":"x","postback":{"thread_id":"T","event_id":"E"}}`:                         "event.postback.id",
		`{"type":"message","text":"x","postback":{"id":"p","event_id":"E"}}`:                                "event.postback.thread_id",
		`{"type":"message","text":"x","postback":{"id":"p","thread_id":"T"}}`:                               "event.postback.event_id",
		`{"type":"message","text":"x","postback":{"id":"p","thread_id":"T","event_id":"E","type":"url"}}`:   "event.postback.value",
		`{"type":"message","text":"x","postback":{"id":"p","thread_id":"T","event_id":"E","value":"v"}}`:    "event.postback.type",
		`{"type":"message","text":"x","postback":{"id":"p","thread_id":"T","event_id":"E","ecommerce":{}}}`: "event.postback.ecommerce.product_id",
		`{"type":"rich_message"}`:                              "event.template_id",
		rich("[" + strings.Repeat("{},", maxElements) + "{}]"): "event.elements",
		rich(`[{"title":"` + long + `"}]`):                     "event.elements.0.title",
		rich(`[{"subtitle":"` + long + `"}]`):                  "event.elements.0.subtitle",
		rich(`[{"image":{"name":"x"}}]`):                       "event.elements.0.image.url",
		rich(`[{"ecommerce":5}]`):                              "event.elements.0.ecommerce",
		rich(`[{"buttons":[` + strings.Repeat(`{"text":"x","postback_id":"p"},`, maxButtons) + `{"text":"x","postback_id":"p"}]}]`): "event.elements.0.buttons",
		button(`"postback_id":"p"`):                                                                 b + ".text",
		button(`"text":"x"`):                                                                        b + ".postback_id",
		button(`"text":"x","postback_id":"` + id + `"`):                                             b + ".postback_id",
		button(`"text":"x","postback_id":"p","value":"v"`):                                          b + ".type",
		button(`"text":"x","postback_id":"p","type":"bell","value":"v"`):                            b + ".type",
		button(`"text":"x","postback_id":"p","type":"url"`):                                         b + ".value",
		button(`"text":"x","postback_id":"p","type":"webview","value":"v","webview_height":"huge"`): b + ".webview_height",
		button(`"text":"x","postback_id":"p","type":"url","value":"v","webview_height":"full"`):     b + ".webview_height",
		button(`"text":"x","postback_id":"p","type":"url","value":"v","target":"old"`):              b + ".target",
		button(`"text":"x","postback_id":"p","type":"phone","value":"v","target":"new"`):            b + ".target",
		`{"type":"form","fields":[]}`:                                                               "event.form_id",
		`{"type":"form","form_id":"f"}`:                                                             "event.fields",
		`{"type":"form","form_id":"f","fields":[` + strings.Repeat(`{"type":"name","label":"x"},`, 100) + `{"type":"name","label":"x"}]}`: "event.fields",
		form(`"type":"oath","label":"x"`):                                           "event.fields.0.type",
		form(`"type":"name"`):                                                       "event.fields.0.label",
		form(`"type":"radio","label":"x"`):                                          "event.fields.0.options",
		form(`"type":"radio","label":"x","options":{}`):                             "event.fields.0.options",
		form(`"type":"radio","label":"x","options":[{"id":"1"}]`):                   "event.fields.0.options.0.label",
		filled(`"type":"name","label":"x","answer":{"id":"1","label":"y"}`):         "event.fields.0.answer",
		filled(`"type":"name","label":"x","answer":"` + long + `"`):                 "event.fields.0.answer",
		filled(`"type":"select","label":"x","answer":"y"`):                          "event.fields.0.answer",
		filled(`"type":"select","label":"x","answer":{"id":"1"}`):                   "event.fields.0.answer.label",
		filled(`"type":"name","label":"x","answers":[]`):                            "event.fields.0.answers",
		filled(`"type":"checkbox","label":"x","answer":"y"`):                        "event.fields.0.answer",
		filled(`"type":"checkbox","label":"x","answers":[{"label":"y"},5]`):         "event.fields.0.answers.1",
		`{"type":"custom","content":[]}`:                                            "event.content",
		`{"type":"system_message","text":"x"}`:                                      "event.system_message_type",
		`{"type":"system_message","system_message_type":"x","text":"` + long + `"}`: "event.text",
		`{"type":"file"}`: "event.url",
		`{"type":"file","url":"https://elsewhere.example/x.png"}`: "event.url",
	}
}

func TestEventChecksNameTheField(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	g := arrive(t, e, "Mia").start(t, e, 1)
	for text, field := range badEvents() {
		_, err := e.SendEvent(t.Context(), anna.by, protocol.SendEventRequest{ChatID: g.chat, Event: eventOf(t, text)})
		wantInvalid(t, err, field)
	}
	_, err := e.StartChat(t.Context(), anna.by, protocol.StartChatRequest{Chat: &protocol.Chat{Thread: &protocol.Thread{Events: []protocol.Event{{Type: "custom"}, {Type: "message"}}}}})
	wantInvalid(t, err, "chat.thread.events.1.text")
}

// TestPressingButtons: who pressed is the server's to say, and buttons of one
// postback id move together.
func TestPressingButtons(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	g := arrive(t, e, "Mia").start(t, e, 1)
	thread := threadOf(t, e, g.chat)
	id := must(e.SendEvent(t.Context(), anna.by, protocol.SendEventRequest{ChatID: g.chat, Event: eventOf(t, `{"type":"rich_message","template_id":"cards","elements":[
		{"buttons":[{"text":"a","postback_id":"same","user_ids":["somebody"]},{"text":"b","postback_id":"other"}]},{"buttons":[{"text":"c","postback_id":"same"}]}]}`)})).EventID
	pressed := func() string {
		c := must(e.GetChat(t.Context(), anna.by, protocol.GetChatRequest{ChatID: g.chat}))
		var out []string
		for _, ev := range c.Thread.Events {
			for _, el := range ev.Elements {
				for _, b := range el.Buttons {
					out = append(out, fmt.Sprintf("%s%d%v", b.Text, len(b.UserIDs), slices.Contains(b.UserIDs, g.by.ID)))
				}
			}
		}
		return strings.Join(out, " ")
	}
	press := func(p string) error {
		var r protocol.PostbackRequest
		if err := json.Unmarshal([]byte(`{"chat_id":"`+g.chat+`","thread_id":"`+thread+`","event_id":"`+id+`","postback":`+p+`}`), &r); err != nil {
			t.Fatal(err)
		}
		return e.Postback(t.Context(), g.by, r)
	}
	for _, step := range []struct{ postback, want string }{
		{"", "a0false b0false c0false"},
		{`{"id":"same","toggled":true}`, "a1true b0false c1true"},
		{`{"id":"same","toggled":true}`, "a1true b0false c1true"},
		{`{"id":"other","toggled":true,"ecommerce":{"product_id":"42"}}`, "a1true b1true c1true"},
		{`{"id":"same","toggled":false}`, "a0false b1true c0false"},
	} {
		if step.postback != "" {
			if err := press(step.postback); err != nil {
				t.Fatal(err)
			}
		}
		if got := pressed(); got != step.want {
			t.Errorf("after %s: %s, want %s", step.postback, got, step.want)
		}
	}
	p := take[map[string]any](t, anna.ear, protocol.PushIncomingPostback)
	if len(p) != 4 || p[2]["user_id"] != g.by.ID || p[2]["event_id"] != id || p[2]["postback"].(map[string]any)["id"] != "other" {
		t.Errorf("pushes = %v", p)
	}
	wantInvalid(t, press(`{"id":"other","ecommerce":{"quantity":1}}`), "postback.ecommerce.product_id")
	wantType(t, press(`{"id":"none"}`), protocol.ErrNotFound)
	if err := e.DeleteEvent(t.Context(), anna.by, protocol.EventRef{ChatID: g.chat, ThreadID: thread, EventID: id}); err != nil {
		t.Fatal(err)
	}
	wantType(t, press(`{"id":"same","toggled":true}`), protocol.ErrNotFound)
}

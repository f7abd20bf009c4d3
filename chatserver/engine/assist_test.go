package engine

import (
	"strings"
	"testing"

	"agentdesk/chatserver/extract"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
)

// wantInvalid checks that an error is a validation error that names a field.
func wantInvalid(t *testing.T, err error, field string) {
	t.Helper()
	pe, ok := err.(*protocol.Error)
	if !ok || pe.Type != protocol.ErrValidation || !strings.Contains(pe.Message, "`"+field+"`") {
		t.Errorf("error = %v, want a validation error about %s", err, field)
	}
}

func TestThinking(t *testing.T) {
	e := newEngine(t, Settings{})
	anna, ben, sam, cleo := online(t, e, "anna"), online(t, e, "ben"), online(t, e, "sam"), online(t, e, "cleo")
	g := arrive(t, e, "Mia").start(t, e, 1)
	if holders(t, e, g.chat)[0] == "ben" {
		anna, ben = ben, anna
	}
	if err := e.FollowChat(t.Context(), sam.by, g.chat); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		visibility string
		guest      int
	}{{"", 1}, {"all", 1}, {"agents", 0}} {
		for _, r := range []*ear{anna.ear, ben.ear, sam.ear, cleo.ear, g.ear} {
			r.forget()
		}
		err := e.Thinking(t.Context(), anna.by, protocol.ThinkingRequest{ChatID: g.chat, Title: "Reading", Description: "the orders", CustomID: "c1", Visibility: c.visibility})
		if err != nil {
			t.Fatal(err)
		}
		got := take[map[string]any](t, sam.ear, protocol.PushIncomingThinking)
		if len(got) != 1 {
			t.Fatalf("a follower heard %v", got)
		}
		p := got[0]
		if p["chat_id"] != g.chat || p["thread_id"] == "" || p["author_id"] != anna.by.ID || p["title"] != "Reading" || p["description"] != "the orders" || p["custom_id"] != "c1" || p["visibility"] != nil {
			t.Errorf("push = %v", p)
		}
		if s, _ := p["sent_at"].(string); !strings.HasSuffix(s, "Z") {
			t.Errorf("sent_at = %v", p["sent_at"])
		}
		for who, r := range map[string]*ear{"its author": anna.ear, "an onlooker": ben.ear, "another group": cleo.ear} {
			if len(take[map[string]any](t, r, protocol.PushIncomingThinking)) != 0 {
				t.Errorf("%s heard it", who)
			}
		}
		if n := len(take[map[string]any](t, g.ear, protocol.PushIncomingThinking)); n != c.guest {
			t.Errorf("visibility %q: the customer heard %d, want %d", c.visibility, n, c.guest)
		}
	}
	long := strings.Repeat("x", protocol.MaxText+1)
	for field, r := range map[string]protocol.ThinkingRequest{
		"chat_id": {}, "visibility": {ChatID: g.chat, Visibility: "me"}, "title": {ChatID: g.chat, Title: long},
		"description": {ChatID: g.chat, Description: long}, "custom_id": {ChatID: g.chat, CustomID: long},
	} {
		wantInvalid(t, e.Thinking(t.Context(), anna.by, r), field)
	}
	wantType(t, e.Thinking(t.Context(), cleo.by, protocol.ThinkingRequest{ChatID: g.chat}), protocol.ErrMissingAccess)
	wantType(t, e.Thinking(t.Context(), anna.by, protocol.ThinkingRequest{ChatID: "none"}), protocol.ErrNotFound)
}

func TestEventPreviewIsForTheCustomerAlone(t *testing.T) {
	e := newEngine(t, Settings{})
	anna, sam := online(t, e, "anna"), online(t, e, "sam")
	g := arrive(t, e, "Mia").start(t, e, 1)
	preview := func(ev protocol.Event) error {
		return e.PreviewEvent(t.Context(), anna.by, protocol.EventPreviewRequest{ChatID: g.chat, Event: ev})
	}
	if err := preview(protocol.Event{Type: protocol.EventMessage, Text: "I am loo", CustomID: "c1"}); err != nil {
		t.Fatal(err)
	}
	got := take[protocol.IncomingEvent](t, g.ear, protocol.PushIncomingEventPreview)
	if len(got) != 1 || got[0].ChatID != g.chat || got[0].ThreadID == "" || got[0].Event.Text != "I am loo" || got[0].Event.CustomID != "c1" ||
		got[0].Event.AuthorID != "anna" || got[0].Event.CreatedAt == 0 || got[0].Event.ID != "" {
		t.Errorf("the customer heard %+v", got)
	}
	if n := len(take[any](t, anna.ear, protocol.PushIncomingEventPreview)) + len(take[any](t, sam.ear, protocol.PushIncomingEventPreview)); n != 0 {
		t.Errorf("agents heard %d previews", n)
	}
	c, err := e.GetChat(t.Context(), anna.by, protocol.GetChatRequest{ChatID: g.chat})
	if err != nil || strings.Contains(string(protocol.MustEncode(c.Thread.Events)), "I am loo") {
		t.Errorf("the preview was kept: %v, %v", c.Thread.Events, err)
	}
	for field, ev := range map[string]protocol.Event{
		"event.type": {Type: protocol.EventCustom}, "event.text": {Type: protocol.EventMessage},
		"event.visibility": {Type: protocol.EventMessage, Text: "x", Visibility: protocol.VisibilityAgents},
		"event.custom_id":  {Type: protocol.EventMessage, Text: "x", CustomID: strings.Repeat("x", protocol.MaxID+1)},
	} {
		wantInvalid(t, preview(ev), field)
	}
	ok := protocol.EventPreviewRequest{ChatID: g.chat, Event: protocol.Event{Type: protocol.EventMessage, Text: "x"}}
	wantType(t, e.PreviewEvent(t.Context(), sam.by, ok), protocol.ErrAuthorization)
	if err := e.AddUser(t.Context(), sam.by, protocol.ChatUserRequest{ChatID: g.chat, UserID: "sam", UserType: "agent", Visibility: "agents", IgnorePresence: true}); err != nil {
		t.Fatal(err)
	}
	wantType(t, e.PreviewEvent(t.Context(), sam.by, ok), protocol.ErrAuthorization)
	if err := e.DeactivateChat(t.Context(), anna.by, protocol.ChatIDRequest{ID: g.chat}); err != nil {
		t.Fatal(err)
	}
	wantType(t, e.PreviewEvent(t.Context(), anna.by, ok), protocol.ErrChatInactive)
}

func TestThreadSummary(t *testing.T) {
	e := newEngine(t, Settings{})
	anna, cleo := online(t, e, "anna"), online(t, e, "cleo")
	g := arrive(t, e, "Mia").start(t, e, 1)
	thread := threadOf(t, e, g.chat)
	ask := func(by Actor) error {
		return e.RequestSummary(t.Context(), by, protocol.ThreadRequest{ChatID: g.chat, ThreadID: thread})
	}
	if err := ask(anna.by); err != nil {
		t.Fatal(err)
	}
	if got := take[protocol.ThreadRequest](t, anna.ear, protocol.PushIncomingError); len(got) != 1 || got[0].Action != "set_thread_summary" || got[0].ChatID != g.chat || got[0].ThreadID != thread {
		t.Errorf("nothing to sum up gave %v", got)
	}
	say(t, e, g.by, g.chat, "My parcel has not arrived. Where is the parcel?")
	say(t, e, anna.by, g.chat, "The parcel waits at the depot.")
	anna.forget()
	for range 2 { // an active thread as often as wanted
		if err := ask(anna.by); err != nil {
			t.Fatal(err)
		}
	}
	set := take[protocol.ThreadSummarySet](t, anna.ear, protocol.PushThreadSummarySet)
	if len(set) != 2 || set[0].ChatID != g.chat || set[0].ThreadID != thread || set[0].Summary.Status != "ok" || set[0].Summary.UpdatedAt == 0 || !strings.HasPrefix(set[0].Summary.Text, extract.Label) {
		t.Fatalf("thread_summary_set = %+v", set)
	}
	events := take[protocol.IncomingEvent](t, anna.ear, protocol.PushIncomingEvent)
	if len(events) != 2 || events[0].Event.Type != protocol.EventSystem || events[0].Event.AuthorID != "" || events[0].Event.Visibility != protocol.VisibilityAgents {
		t.Fatalf("events = %+v", events)
	}
	var sys protocol.SystemDetails
	var details struct {
		Text   string `json:"text"`
		Method string `json:"method"`
	}
	if json.Unmarshal(events[0].Event.Extra, &sys) != nil || json.Unmarshal([]byte(sys.Details), &details) != nil ||
		sys.Source != "messaging" || sys.Subtype != "summary" || sys.Version != 1 || details.Method != "extractive" || details.Text != set[0].Summary.Text {
		t.Errorf("system event = %+v", sys)
	}
	for _, action := range []string{protocol.PushThreadSummarySet, protocol.PushIncomingError} {
		if len(take[any](t, g.ear, action))+len(take[any](t, cleo.ear, action)) != 0 {
			t.Errorf("%s went to a stranger", action)
		}
	}
	if strings.Contains(string(protocol.MustEncode(take[protocol.IncomingEvent](t, g.ear, protocol.PushIncomingEvent))), "summary") {
		t.Error("the customer got the system event")
	}
	if err := e.DeactivateChat(t.Context(), anna.by, protocol.ChatIDRequest{ID: g.chat}); err != nil {
		t.Fatal(err)
	}
	wantInvalid(t, ask(anna.by), "thread_id") // a closed one once
	wantType(t, ask(cleo.by), protocol.ErrMissingAccess)
	wantInvalid(t, e.RequestSummary(t.Context(), anna.by, protocol.ThreadRequest{ChatID: g.chat}), "thread_id")
	wantInvalid(t, e.RequestSummary(t.Context(), anna.by, protocol.ThreadRequest{ThreadID: thread}), "chat_id")
	summaryIsRead(t, e, anna.by, g, set[0].Summary.Text)
}

// summaryIsRead looks where a summary is shown, and where it must not be.
func summaryIsRead(t *testing.T, e *Engine, by Actor, g *guest, want string) {
	t.Helper()
	c, err := e.GetChat(t.Context(), by, protocol.GetChatRequest{ChatID: g.chat})
	if err != nil || c.Thread.Summary == nil || c.Thread.Summary.Text != want {
		t.Errorf("get_chat: %+v, %v", c.Thread, err)
	}
	l, err := e.ListThreads(t.Context(), by, protocol.ListThreadsRequest{ChatID: g.chat})
	if err != nil || len(l.Threads) != 1 || l.Threads[0].Summary == nil {
		t.Errorf("list_threads: %+v, %v", l, err)
	}
	a, err := e.ListArchives(t.Context(), by, protocol.ListArchivesRequest{})
	if err != nil || len(a.Chats) != 1 || a.Chats[0].Thread.Summary == nil {
		t.Errorf("list_archives: %+v, %v", a, err)
	}
	s, err := e.ListChats(t.Context(), by, protocol.ListChatsRequest{})
	if err != nil || len(s.ChatsSummary) != 1 || s.ChatsSummary[0].LastThread.Summary != nil {
		t.Errorf("list_chats shows a summary: %+v, %v", s, err)
	}
	for what, v := range map[string]any{
		"get_chat":     must(e.GetChat(t.Context(), g.by, protocol.GetChatRequest{ChatID: g.chat})),
		"list_threads": must(e.ListThreads(t.Context(), g.by, protocol.ListThreadsRequest{ChatID: g.chat})),
	} {
		if strings.Contains(string(protocol.MustEncode(v)), extract.Label) {
			t.Errorf("the customer reads the summary in %s", what)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func threadOf(t *testing.T, e *Engine, chat string) string {
	t.Helper()
	c, err := e.chatNow(t.Context(), chat)
	if err != nil {
		t.Fatal(err)
	}
	return threadID(c)
}

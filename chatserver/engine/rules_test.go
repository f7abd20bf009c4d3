package engine

import (
	"strings"
	"testing"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

func TestSendEventRules(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	sam := online(t, e, "sam")
	g := arrive(t, e, "V").start(t, e, 1)
	if err := e.AddUser(t.Context(), sam.by, protocol.ChatUserRequest{ChatID: g.chat, UserID: "sam", UserType: "agent", Visibility: "agents", IgnorePresence: true}); err != nil {
		t.Fatal(err)
	}
	message := func(text string) protocol.Event { return protocol.Event{Type: protocol.EventMessage, Text: text} }
	long := strings.Repeat("é", protocol.MaxText/2)
	tests := []struct {
		name  string
		by    Actor
		chat  string
		ev    protocol.Event
		want  string
		field string
	}{
		{"plain", anna.by, g.chat, message("hi"), "", ""},
		{"16 KB", anna.by, g.chat, message(long), "", ""},
		{"over 16 KB in bytes", anna.by, g.chat, message(long + "x"), protocol.ErrValidation, "event.text"},
		{"blank", anna.by, g.chat, message(" \n"), protocol.ErrValidation, "event.text"},
		{"no chat", anna.by, "", message("x"), protocol.ErrValidation, "chat_id"},
		{"unknown chat", anna.by, "NOSUCHCHAT", message("x"), protocol.ErrNotFound, ""},
		{"not a member", agentActor(e, "ben"), g.chat, message("x"), protocol.ErrAuthorization, ""},
		{"no access", agentActor(e, "cleo"), g.chat, message("x"), protocol.ErrMissingAccess, ""},
		{"unseen member aloud", sam.by, g.chat, message("x"), protocol.ErrAuthorization, "event.visibility"},
		{"unseen member to agents", sam.by, g.chat, protocol.Event{Type: protocol.EventMessage, Text: "x", Visibility: "agents"}, "", ""},
		{"odd visibility", anna.by, g.chat, protocol.Event{Type: protocol.EventMessage, Text: "x", Visibility: "me"}, protocol.ErrValidation, "event.visibility"},
		{"foreign file", anna.by, g.chat, protocol.Event{Type: protocol.EventFile, URL: "https://evil.example/x.png"}, protocol.ErrValidation, "event.url"},
		{"system event", anna.by, g.chat, protocol.Event{Type: protocol.EventSystem}, protocol.ErrValidation, "event.type"},
		{"no type", anna.by, g.chat, protocol.Event{Text: "x"}, protocol.ErrValidation, "event.type"},
		{"system message", anna.by, g.chat, protocol.Event{Type: protocol.EventSystemMessage, SystemType: "custom.note", Text: "x"}, "", ""},
		{"custom", anna.by, g.chat, protocol.Event{Type: protocol.EventCustom, Content: jsontext.Value(`{"a":1}`)}, "", ""},
		{"custom list", anna.by, g.chat, protocol.Event{Type: protocol.EventCustom, Content: jsontext.Value(`[1]`)}, protocol.ErrValidation, "event.content"},
		{"odd property", anna.by, g.chat, protocol.Event{Type: protocol.EventMessage, Text: "x", Properties: protocol.Properties{"a": {"b": jsontext.Value(`{}`)}}}, protocol.ErrValidation, "a.b"},
		{"another customer", Actor{Kind: protocol.UserCustomer, ID: "someone"}, g.chat, message("x"), protocol.ErrNotFound, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := e.SendEvent(t.Context(), tt.by, protocol.SendEventRequest{ChatID: tt.chat, Event: tt.ev})
			if tt.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			wantType(t, err, tt.want)
			if err != nil && !strings.Contains(err.Error(), tt.field) {
				t.Errorf("%v does not name %s", err, tt.field)
			}
		})
	}
}

func TestAgentsOnlyStaysUnseen(t *testing.T) {
	e := newEngine(t, Settings{})
	anna, sam := online(t, e, "anna"), online(t, e, "sam")
	g := arrive(t, e, "V").start(t, e, 1)
	g.forget()
	if err := e.AddUser(t.Context(), sam.by, protocol.ChatUserRequest{ChatID: g.chat, UserID: "sam", UserType: "agent", Visibility: "agents", IgnorePresence: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := e.SendEvent(t.Context(), anna.by, protocol.SendEventRequest{ChatID: g.chat, Event: protocol.Event{Type: "message", Text: "secret", Visibility: "agents"}}); err != nil {
		t.Fatal(err)
	}
	if err := e.Typing(t.Context(), sam.by, protocol.TypingRequest{ChatID: g.chat, IsTyping: true}); err != nil {
		t.Fatal(err)
	}
	if len(g.pushes) != 0 {
		t.Errorf("the customer heard %s", g.pushes[0].Payload)
	}
	c, err := e.GetChat(t.Context(), g.by, protocol.GetChatRequest{ChatID: g.chat})
	if err != nil {
		t.Fatal(err)
	}
	b, _ := protocol.Encode(c)
	l, err := e.ListChats(t.Context(), g.by, protocol.ListChatsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	lb, _ := protocol.Encode(l)
	for _, word := range []string{"secret", `"sam"`} {
		if strings.Contains(string(b), word) || strings.Contains(string(lb), word) {
			t.Errorf("the customer reads %s in %s %s", word, b, lb)
		}
	}
}

func TestCustomIDIsUniquePerChat(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	a, b := arrive(t, e, "A").start(t, e, 1), arrive(t, e, "B").start(t, e, 1)
	send := func(chat string) string {
		t.Helper()
		out, err := e.SendEvent(t.Context(), anna.by, protocol.SendEventRequest{ChatID: chat, Event: protocol.Event{Type: "message", Text: "x", CustomID: "same"}})
		if err != nil {
			t.Fatal(err)
		}
		return out.EventID
	}
	one, other := send(a.chat), send(b.chat)
	if one == other {
		t.Fatal("two chats share an event")
	}
	anna.forget()
	if err := e.DeactivateChat(t.Context(), anna.by, protocol.ChatIDRequest{ID: a.chat}); err != nil {
		t.Fatal(err)
	}
	if again := send(a.chat); again != one {
		t.Errorf("after closing the same send gave %s, want %s", again, one)
	}
	for _, p := range take[protocol.IncomingEvent](t, anna.ear, protocol.PushIncomingEvent) {
		if p.Event.Type == protocol.EventMessage {
			t.Errorf("pushed again: %+v", p)
		}
	}
}

func TestTransferRules(t *testing.T) {
	e := newEngine(t, Settings{})
	anna, ben, cleo := online(t, e, "anna"), online(t, e, "ben"), online(t, e, "cleo")
	chat := arrive(t, e, "V").start(t, e, 1).chat
	to := func(by Actor, typ, ids string) error {
		return e.TransferChat(t.Context(), by, protocol.TransferChatRequest{ID: chat, Target: &protocol.TransferTarget{Type: typ, IDs: jsontext.Value(ids)}})
	}
	wantType(t, to(ben.by, "agent", `["ben"]`), protocol.ErrAuthorization)
	wantType(t, to(cleo.by, "agent", `["cleo"]`), protocol.ErrMissingAccess)
	wantType(t, to(anna.by, "agent", `["sam"]`), protocol.ErrAgentOffline)
	wantType(t, to(anna.by, "agent", `["cleo"]`), protocol.ErrMissingAccess)
	wantType(t, to(anna.by, "agent", `[1]`), protocol.ErrValidation)
	wantType(t, to(anna.by, "group", `[9]`), protocol.ErrValidation)
	wantType(t, to(anna.by, "team", `[1]`), protocol.ErrValidation)
	if err := to(anna.by, "agent", `["ben"]`); err != nil {
		t.Fatal(err)
	}
	held(t, e, chat, "ben")
	if in := take[protocol.IncomingChat](t, ben.ear, protocol.PushIncomingChat); len(in) == 0 || in[len(in)-1].TransferredFrom == nil || in[len(in)-1].TransferredFrom.AgentIDs[0] != "anna" {
		t.Errorf("incoming_chat of the receiver = %+v", in)
	}
	cleo.forget()
	anna.forget()
	if err := to(ben.by, "group", `[2]`); err != nil {
		t.Fatal(err)
	}
	held(t, e, chat, "cleo")
	if in := take[protocol.IncomingChat](t, cleo.ear, protocol.PushIncomingChat); len(in) != 1 {
		t.Errorf("cleo got %d incoming_chat", len(in))
	}
	if out := take[protocol.ChatAccessUpdated](t, anna.ear, protocol.PushChatAccessUpdated); len(out) != 1 || out[0].Access.GroupIDs[0] != 2 {
		t.Errorf("anna was not told that the chat left: %+v", out)
	}
	_, err := e.GetChat(t.Context(), agentActor(e, "anna"), protocol.GetChatRequest{ChatID: chat})
	if err != nil {
		t.Errorf("anna took part in the thread and may read it: %v", err)
	}
}

func TestMembers(t *testing.T) {
	e := newEngine(t, Settings{})
	anna, ben := online(t, e, "anna"), online(t, e, "ben")
	g := arrive(t, e, "V").start(t, e, 1)
	user := func(id string) protocol.ChatUserRequest {
		return protocol.ChatUserRequest{ChatID: g.chat, UserID: id, UserType: "agent", Visibility: "all"}
	}
	wantType(t, e.AddUser(t.Context(), ben.by, user("ben")), protocol.ErrAuthorization)
	wantType(t, e.AddUser(t.Context(), anna.by, user("cleo")), protocol.ErrMissingAccess)
	wantType(t, e.AddUser(t.Context(), anna.by, user("nobody")), protocol.ErrNotFound)
	if err := e.AddUser(t.Context(), anna.by, user("ben")); err != nil {
		t.Fatal(err)
	}
	held(t, e, g.chat, "anna", "ben")
	if err := e.RemoveUser(t.Context(), anna.by, user("anna")); err != nil {
		t.Fatal(err)
	}
	held(t, e, g.chat, "ben")
	customer := user(g.by.ID)
	customer.UserType = "customer"
	wantType(t, e.RemoveUser(t.Context(), ben.by, customer), protocol.ErrValidation)
}

func TestOneChatPerCustomer(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	g := arrive(t, e, "V").start(t, e, 1)
	_, err := e.StartChat(t.Context(), g.by, protocol.StartChatRequest{})
	wantType(t, err, protocol.ErrChatAlreadyActive)
	_, err = e.ResumeChat(t.Context(), g.by, protocol.StartChatRequest{Chat: &protocol.Chat{ID: g.chat}})
	wantType(t, err, protocol.ErrChatAlreadyActive)
	if err := e.DeactivateChat(t.Context(), g.by, protocol.ChatIDRequest{ID: g.chat}); err != nil {
		t.Fatal(err)
	}
	wantType(t, e.DeactivateChat(t.Context(), g.by, protocol.ChatIDRequest{ID: g.chat}), protocol.ErrChatInactive)
	out, err := e.ResumeChat(t.Context(), anna.by, protocol.StartChatRequest{Chat: &protocol.Chat{ID: g.chat}})
	if err != nil {
		t.Fatal(err)
	}
	threads, err := e.ListThreads(t.Context(), anna.by, protocol.ListThreadsRequest{ChatID: g.chat})
	if err != nil || len(threads.Threads) != 2 || threads.Threads[0].ID != out.ThreadID || threads.Threads[0].PreviousThreadID != threads.Threads[1].ID || threads.Threads[1].NextThreadID != out.ThreadID {
		t.Errorf("threads = %+v, %v", threads, err)
	}
}

func TestBan(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	g := arrive(t, e, "V").start(t, e, 1)
	wantType(t, e.BanCustomer(t.Context(), anna.by, g.by.ID, protocol.Ban{}), protocol.ErrValidation)
	if err := e.BanCustomer(t.Context(), anna.by, g.by.ID, protocol.Ban{Days: 2}); err != nil {
		t.Fatal(err)
	}
	if g.closed != protocol.ReasonCustomerBanned {
		t.Errorf("connection closed with %q", g.closed)
	}
	if types := systemTypes(t, e, g.chat); types[len(types)-1] != sysCustomerBanned {
		t.Errorf("system messages = %v", types)
	}
	_, err := e.ResumeChat(t.Context(), g.by, protocol.StartChatRequest{Chat: &protocol.Chat{ID: g.chat}})
	wantType(t, err, protocol.ErrCustomerBanned)
}

func TestRating(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	g := arrive(t, e, "V").start(t, e, 1)
	c, _ := e.chatNow(t.Context(), g.chat)
	set := func(json string) {
		t.Helper()
		if err := e.UpdateProperties(t.Context(), g.by, protocol.PropertiesRequest{ChatID: g.chat, ThreadID: c.Thread.ID, Properties: jsontext.Value(json)}); err != nil {
			t.Fatal(err)
		}
	}
	set(`{"rating":{"score":1}}`)
	set(`{"rating":{"comment":"great"}}`)
	if err := e.DeleteProperties(t.Context(), g.by, protocol.PropertiesRequest{ChatID: g.chat, ThreadID: c.Thread.ID, Properties: jsontext.Value(`{"rating":["score"]}`)}); err != nil {
		t.Fatal(err)
	}
	types := strings.Join(systemTypes(t, e, g.chat), " ")
	if want := sysRated + " " + sysRatingComment + " " + sysRatingCanceled; !strings.HasSuffix(types, want) {
		t.Errorf("system messages = %s, want %s", types, want)
	}
	if n := len(take[any](t, anna.ear, protocol.PushThreadPropsUpdated)); n != 2 {
		t.Errorf("%d thread_properties_updated", n)
	}
}

func TestPostback(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	g := arrive(t, e, "V").start(t, e, 1)
	out, err := e.SendEvent(t.Context(), anna.by, protocol.SendEventRequest{ChatID: g.chat, Event: protocol.Event{Type: "rich_message", TemplateID: "quick_replies",
		Elements: []protocol.RichElement{{Title: "?", Buttons: []protocol.Button{{Text: "Yes", Type: "message", Value: "yes", PostbackID: "p"}}}}}})
	if err != nil {
		t.Fatal(err)
	}
	thread, _, _ := splitEventID(out.EventID)
	press := protocol.PostbackRequest{ChatID: g.chat, ThreadID: thread, EventID: out.EventID, Postback: protocol.Postback{ID: "p", Toggled: true}}
	if err := e.Postback(t.Context(), g.by, press); err != nil {
		t.Fatal(err)
	}
	c, _ := e.GetChat(t.Context(), anna.by, protocol.GetChatRequest{ChatID: g.chat})
	last := c.Thread.Events[len(c.Thread.Events)-1]
	if ids := last.Elements[0].Buttons[0].UserIDs; len(ids) != 1 || ids[0] != g.by.ID {
		t.Errorf("pressed by %v", ids)
	}
	if n := len(take[any](t, anna.ear, protocol.PushIncomingPostback)); n != 1 {
		t.Errorf("%d incoming_rich_message_postback", n)
	}
	press.Postback.ID = "q"
	wantType(t, e.Postback(t.Context(), g.by, press), protocol.ErrNotFound)
}

// TestEmptyThreadHasEvents wants "events":[] on the wire: clients read it without
// looking.
func TestEmptyThreadHasEvents(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	g := arrive(t, e, "V").start(t, e, 1)
	for who, r := range map[string]*ear{"agent": anna.ear, "customer": g.ear} {
		for _, p := range r.pushes {
			if p.Action == protocol.PushIncomingChat && strings.Count(string(p.Payload), `"events":[]`) != 1 {
				t.Errorf("the %s got %s", who, p.Payload)
			}
		}
	}
	c, err := e.GetChat(t.Context(), g.by, protocol.GetChatRequest{ChatID: g.chat})
	if err != nil {
		t.Fatal(err)
	}
	if b, err := protocol.Encode(c); err != nil || strings.Count(string(b), `"events":[]`) != 1 {
		t.Errorf("get_chat = %s, %v", b, err)
	}
}

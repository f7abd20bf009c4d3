package engine

import (
	"slices"
	"testing"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// under is an actor of an older version.
func under(a Actor, r Rules) Actor { a.Rules = r; return a }

func closeChat(t *testing.T, e *Engine, by Actor, chat string) {
	t.Helper()
	if err := e.DeactivateChat(t.Context(), by, protocol.ChatIDRequest{ID: chat}); err != nil {
		t.Fatal(err)
	}
}

func TestOutsidersMayWriteBefore34(t *testing.T) {
	e := newEngine(t, Settings{})
	anna, ben := online(t, e, "anna"), online(t, e, "ben")
	g := arrive(t, e, "V").start(t, e, 1)
	held(t, e, g.chat, "anna")
	anna.forget()
	old := under(ben.by, Rules{Outsiders: true})
	say(t, e, old, g.chat, "from outside")
	added := take[protocol.UserAddedToChat](t, anna.ear, protocol.PushUserAddedToChat)
	if len(added) != 1 || added[0].User.ID != "ben" || added[0].User.Present {
		t.Errorf("the author came in as %+v, want ben, not present", added)
	}
	say(t, e, old, g.chat, "again")
	if n := len(take[protocol.UserAddedToChat](t, anna.ear, protocol.PushUserAddedToChat)); n != 1 {
		t.Errorf("the author was added %d times", n)
	}
	held(t, e, g.chat, "anna")
	_, err := e.SendEvent(t.Context(), ben.by, protocol.SendEventRequest{ChatID: g.chat, Event: protocol.Event{Type: "message", Text: "x"}})
	wantType(t, err, protocol.ErrAuthorization)
	wantType(t, e.DeactivateChat(t.Context(), ben.by, protocol.ChatIDRequest{ID: g.chat}), protocol.ErrAuthorization)
	closeChat(t, e, old, g.chat)
	_, err = e.SendEvent(t.Context(), under(agentActor(e, "cleo"), Rules{Outsiders: true}), protocol.SendEventRequest{ChatID: g.chat, Event: protocol.Event{Type: "message", Text: "x"}})
	wantType(t, err, protocol.ErrMissingAccess)
}

func TestEventsForInactiveChats(t *testing.T) {
	note := protocol.Event{Type: protocol.EventMessage, Text: "late"}
	system := protocol.Event{Type: protocol.EventSystemMessage, SystemType: "note", Text: "late"}
	remark := protocol.Event{Type: eventAnnotation, Text: "five stars", Extra: jsontext.Value(`{"annotation_type":"rating","other":1}`)}
	tests := []struct {
		name   string
		rules  Rules
		attach bool
		ev     protocol.Event
		want   string
		opens  bool
	}{
		{"3.6", Rules{}, true, note, protocol.ErrChatInactive, false},
		{"attached", Rules{Attach: true}, true, note, "", false},
		{"not attached", Rules{Attach: true}, false, note, protocol.ErrChatInactive, false},
		{"3.3 message", Rules{Attach: true, AttachSystem: true}, true, note, protocol.ErrChatInactive, false},
		{"3.3 system message", Rules{Attach: true, AttachSystem: true}, true, system, "", false},
		{"3.0 opens", Rules{Opens: true, Attach: true}, false, note, "", true},
		{"3.0 attached", Rules{Opens: true, Attach: true}, true, note, "", false},
		{"3.0 annotation", Rules{Opens: true, Annotations: true}, false, remark, "", false},
		{"annotation at 3.6", Rules{}, false, remark, protocol.ErrValidation, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := newEngine(t, Settings{})
			anna := online(t, e, "anna")
			g := arrive(t, e, "V").start(t, e, 1)
			closeChat(t, e, anna.by, g.chat)
			anna.forget()
			out, err := e.SendEvent(t.Context(), under(anna.by, tt.rules), protocol.SendEventRequest{ChatID: g.chat, Event: tt.ev, AttachToLastThread: tt.attach})
			if tt.want != "" {
				wantType(t, err, tt.want)
				return
			}
			if err != nil || out.EventID == "" {
				t.Fatal(out, err)
			}
			chats := take[protocol.IncomingChat](t, anna.ear, protocol.PushIncomingChat)
			events := take[protocol.IncomingEvent](t, anna.ear, protocol.PushIncomingEvent)
			c, err := e.chatNow(t.Context(), g.chat)
			if err != nil {
				t.Fatal(err)
			}
			if c.Active != tt.opens || (len(chats) == 1) != tt.opens || (len(events) == 1) == tt.opens {
				t.Errorf("active %v with %d incoming_chat and %d incoming_event, want a new thread: %v", c.Active, len(chats), len(events), tt.opens)
			}
			if tt.opens && (len(chats[0].Chat.Thread.Events) != 1 || chats[0].Chat.Thread.Events[0].ID != out.EventID) {
				t.Errorf("the thread begins with %+v, want the event", chats[0].Chat.Thread.Events)
			}
			if tt.ev.Type == eventAnnotation && string(events[0].Event.Extra) != `{"annotation_type":"rating"}` {
				t.Errorf("the annotation kept %s", events[0].Event.Extra)
			}
		})
	}
}

func TestDormantUsersAndTransfer(t *testing.T) {
	e := newEngine(t, Settings{})
	anna, cleo := online(t, e, "anna"), online(t, e, "cleo")
	g := arrive(t, e, "V").start(t, e, 1)
	closeChat(t, e, anna.by, g.chat)
	online(t, e, "ben")
	add := protocol.ChatUserRequest{ChatID: g.chat, UserID: "ben", UserType: "agent", Visibility: "all"}
	wantType(t, e.AddUser(t.Context(), anna.by, add), protocol.ErrChatInactive)
	old := under(anna.by, Rules{Outsiders: true, DormantUsers: true, DormantTransfer: true})
	types := systemTypes(t, e, g.chat)
	if err := e.AddUser(t.Context(), old, add); err != nil {
		t.Fatal(err)
	}
	held(t, e, g.chat, "anna", "ben")
	if err := e.RemoveUser(t.Context(), old, add); err != nil {
		t.Fatal(err)
	}
	held(t, e, g.chat, "anna")
	if now := systemTypes(t, e, g.chat); !slices.Equal(now, types) {
		t.Errorf("a closed thread got system messages: %v, before %v", now, types)
	}

	move := protocol.TransferChatRequest{ID: g.chat, Target: &protocol.TransferTarget{Type: "group", IDs: jsontext.Value(`[2]`)}}
	wantType(t, e.TransferChat(t.Context(), anna.by, move), protocol.ErrChatInactive)
	if err := e.TransferChat(t.Context(), old, move); err != nil {
		t.Fatal(err)
	}
	moved := take[protocol.ChatTransferred](t, cleo.ear, protocol.PushChatTransferred)
	if len(moved) != 1 || !slices.Equal(moved[0].TransferredTo.GroupIDs, []int{2}) || moved[0].Queue != nil {
		t.Errorf("cleo heard %+v, want one transfer to group 2 without a queue", moved)
	}
	c, _ := e.chatNow(t.Context(), g.chat)
	if c.Active || !slices.Equal(c.Access, []int{2}) {
		t.Errorf("after the transfer the chat is active %v with access %v", c.Active, c.Access)
	}
	if _, err := e.GetChat(t.Context(), cleo.by, protocol.GetChatRequest{ChatID: g.chat}); err != nil {
		t.Error("the new group cannot read the chat:", err)
	}
	wantType(t, e.TransferChat(t.Context(), under(cleo.by, old.Rules), protocol.TransferChatRequest{ID: g.chat}), protocol.ErrValidation)
}

// Before 3.2 a chat begins with the requester and one customer.
func TestLoneCustomer(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	old := under(anna.by, Rules{LoneCustomer: true})
	with := func(agent string) protocol.StartChatRequest {
		v := arrive(t, e, "V")
		return protocol.StartChatRequest{Chat: &protocol.Chat{Users: []protocol.User{
			{ID: v.by.ID, Type: protocol.UserCustomer}, {ID: agent, Type: protocol.UserAgent},
		}}}
	}
	_, err := e.StartChat(t.Context(), old, with("ben"))
	wantType(t, err, protocol.ErrValidation)
	for _, c := range []struct {
		by    Actor
		agent string
	}{{old, "anna"}, {anna.by, "ben"}} {
		if _, err := e.StartChat(t.Context(), c.by, with(c.agent)); err != nil {
			t.Errorf("with %s: %v", c.agent, err)
		}
	}
}

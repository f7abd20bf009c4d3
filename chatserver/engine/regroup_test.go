package engine

import (
	"slices"
	"testing"

	"agentdesk/protocol"
)

// leaveGroup makes an agent a member of group 2 alone, each way there is.
var leaveGroup = map[string]func(e *Engine, t *testing.T, id string) error{
	"update_agent": func(e *Engine, t *testing.T, id string) error {
		return e.UpdateAgent(t.Context(), Actor{}, id, AgentChange{Groups: []GroupPriority{{2, PriorityNormal}}})
	},
	"update_group": func(e *Engine, t *testing.T, id string) error {
		return e.UpdateGroup(t.Context(), Actor{}, 1, GroupChange{Priorities: map[string]string{"anna": PriorityNormal}})
	},
}

// TestLostGroup: an agent who loses a group is told of the chats he sees no more,
// hears nothing of them, and neither follows them nor watches them unseen. Chats
// that he serves stay his.
func TestLostGroup(t *testing.T) {
	for way, leave := range leaveGroup {
		t.Run(way, func(t *testing.T) {
			e := newEngine(t, Settings{})
			ben := online(t, e, "ben")
			served := arrive(t, e, "Otto").start(t, e, 1)
			held(t, e, served.chat, "ben")
			one := 1
			if err := e.UpdateAgent(t.Context(), Actor{}, "ben", AgentChange{MaxChats: &one}); err != nil {
				t.Fatal(err)
			}
			anna := online(t, e, "anna")
			chats := map[string]*guest{}
			for _, name := range []string{"seen", "followed", "watched"} {
				chats[name] = arrive(t, e, name).start(t, e, 1)
				held(t, e, chats[name].chat, "anna")
			}
			if err := e.FollowChat(t.Context(), ben.by, chats["followed"].chat); err != nil {
				t.Fatal(err)
			}
			if err := e.AddUser(t.Context(), Actor{}, protocol.ChatUserRequest{ChatID: chats["watched"].chat, UserID: "ben", UserType: "agent", Visibility: "agents"}); err != nil {
				t.Fatal(err)
			}
			ben.forget()
			anna.forget()
			if err := leave(e, t, "ben"); err != nil {
				t.Fatal(err)
			}
			var gone []string
			for _, p := range take[protocol.ChatAccessUpdated](t, ben.ear, protocol.PushChatAccessUpdated) {
				if !slices.Equal(p.Access.GroupIDs, []int{1}) {
					t.Errorf("access = %+v", p)
				}
				gone = append(gone, p.ID)
			}
			want := []string{chats["seen"].chat, chats["followed"].chat, chats["watched"].chat}
			if slices.Sort(gone); !slices.Equal(gone, slices.Sorted(slices.Values(want))) {
				t.Errorf("told of %v, want %v", gone, want)
			}
			if u := take[protocol.ChatRef](t, ben.ear, protocol.PushChatUnfollowed); len(u) != 1 || u[0].ChatID != chats["followed"].chat {
				t.Errorf("chat_unfollowed = %+v", u)
			}
			for _, d := range []desk{ben, anna} {
				if r := take[protocol.UserRemovedFromChat](t, d.ear, protocol.PushUserRemovedFromChat); len(r) != 1 || r[0].ChatID != chats["watched"].chat || r[0].UserID != "ben" {
					t.Errorf("%s: user_removed_from_chat = %+v", d.by.ID, r)
				}
			}
			if n := anna.count(protocol.PushChatAccessUpdated); n != 0 {
				t.Errorf("anna, who lost nothing, was told %d times", n)
			}
			ben.forget()
			for _, g := range chats {
				say(t, e, g.by, g.chat, "psst")
			}
			if n := ben.count(protocol.PushIncomingEvent); n != 0 {
				t.Errorf("%d events of chats he may not see", n)
			}
			say(t, e, served.by, served.chat, "hello")
			if n := ben.count(protocol.PushIncomingEvent); n != 1 {
				t.Errorf("%d events of the chat he serves", n)
			}
			held(t, e, served.chat, "ben")
		})
	}
}

// TestLostGroupOfCustomers: monitoring, subscriptions and followed customers come
// in step with the groups left.
func TestLostGroupOfCustomers(t *testing.T) {
	for way, leave := range leaveGroup {
		t.Run(way, func(t *testing.T) {
			e := newEngine(t, Settings{})
			ben := watching(t, e, "ben", "online")
			one, two := come(t, e, "one", 1), come(t, e, "two", 2)
			sub := subscribe(t, e, ben.by, 1)
			for _, g := range []*guest{one, two} {
				if err := e.FollowCustomer(t.Context(), ben.by, g.by.ID); err != nil {
					t.Fatal(err)
				}
			}
			ben.forget()
			if err := leave(e, t, "ben"); err != nil {
				t.Fatal(err)
			}
			if got := take[protocol.CustomerTransferred](t, ben.ear, protocol.PushCustomerTransferred); len(got) != 1 || got[0].ID != one.by.ID {
				t.Errorf("customer_transferred = %+v", got)
			}
			if got := take[protocol.User](t, ben.ear, protocol.PushCustomerUnfollowed); len(got) != 1 || got[0].ID != one.by.ID {
				t.Errorf("customer_unfollowed = %+v", got)
			}
			if way == "update_agent" {
				if s := ben.s.subs[sub.SubscriptionID]; !s.told[two.by.ID] || s.told[one.by.ID] || len(s.fits) != 1 {
					t.Errorf("subscribed to %v, told of %v", s.fits, s.told)
				}
			}
			ben.forget()
			page := func(g *guest) {
				t.Helper()
				if err := e.UpdatePage(t.Context(), g.by, protocol.Page{URL: "https://shop.example/", Title: "Shop"}); err != nil {
					t.Fatal(err)
				}
			}
			if page(one); ben.count(protocol.PushCustomerPageUpdated) != 0 {
				t.Error("hears of a customer of the lost group")
			}
			if page(two); ben.count(protocol.PushCustomerPageUpdated) != 1 {
				t.Error("hears nothing of the customer he still follows")
			}
		})
	}
}

// TestDeletedGroup: its members are told once of each chat they see no more.
func TestDeletedGroup(t *testing.T) {
	e := newEngine(t, Settings{})
	cleo, anna := online(t, e, "cleo"), online(t, e, "anna")
	g := arrive(t, e, "Mia").start(t, e, 1)
	if err := e.GrantAccess(t.Context(), Actor{}, g.chat, 2); err != nil {
		t.Fatal(err)
	}
	if err := e.FollowChat(t.Context(), cleo.by, g.chat); err != nil {
		t.Fatal(err)
	}
	cleo.forget()
	anna.forget()
	if err := e.DeleteGroup(t.Context(), Actor{}, 2); err != nil {
		t.Fatal(err)
	}
	for _, d := range []desk{cleo, anna} {
		if n := d.count(protocol.PushChatAccessUpdated); n != 1 {
			t.Errorf("%s is told %d times", d.by.ID, n)
		}
	}
	if n := cleo.count(protocol.PushChatUnfollowed); n != 1 {
		t.Errorf("unfollowed %d times", n)
	}
	if cleo.forget(); say(t, e, g.by, g.chat, "psst") == "" || cleo.count(protocol.PushIncomingEvent) != 0 {
		t.Error("hears of a chat of others")
	}
}

// TestChatMovesAwayFromFollower: who follows a chat that his groups lose follows it
// no longer.
func TestChatMovesAwayFromFollower(t *testing.T) {
	e := newEngine(t, Settings{})
	cleo := online(t, e, "cleo")
	online(t, e, "anna")
	g := arrive(t, e, "Mia").start(t, e, 1)
	if err := e.GrantAccess(t.Context(), Actor{}, g.chat, 2); err != nil {
		t.Fatal(err)
	}
	if err := e.FollowChat(t.Context(), cleo.by, g.chat); err != nil {
		t.Fatal(err)
	}
	cleo.forget()
	if err := e.RevokeAccess(t.Context(), Actor{}, g.chat, 2); err != nil {
		t.Fatal(err)
	}
	if a, u := cleo.count(protocol.PushChatAccessUpdated), cleo.count(protocol.PushChatUnfollowed); a+cleo.count(pushAccessRevoked) == 0 || u != 1 {
		t.Errorf("told of access %d times, unfollowed %d times", a, u)
	}
	if err := e.GrantAccess(t.Context(), Actor{}, g.chat, 2); err != nil {
		t.Fatal(err)
	}
	if in := take[protocol.IncomingChat](t, cleo.ear, protocol.PushIncomingChat); len(in) != 1 || in[0].Chat.IsFollowed {
		t.Errorf("comes back as %+v", in)
	}
}

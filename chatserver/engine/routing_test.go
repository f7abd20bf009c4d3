package engine

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"agentdesk/protocol"
)

// Every sleep here is virtual: it passes inside a testing/synctest bubble and
// takes no time.

// running is an engine whose clock is the bubble's.
func running(t *testing.T, s Settings) *Engine {
	e := newEngine(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	go e.Run(ctx)
	return e
}

func TestLeastLoadedFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := running(t, Settings{ChatLimit: 2})
		online(t, e, "anna")
		online(t, e, "ben")
		online(t, e, "sam")
		var got []string
		for range 4 {
			g := arrive(t, e, "V").start(t, e, 1)
			got = append(got, holders(t, e, g.chat)...)
		}
		if want := []string{"anna", "ben", "anna", "ben"}; !slices.Equal(got, want) {
			t.Errorf("assigned to %v, want %v", got, want)
		}
		fifth := arrive(t, e, "V").start(t, e, 1)
		held(t, e, fifth.chat)
	})
}

func TestPriorityBeforeLoad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := running(t, Settings{})
		ben, _ := e.Agent("ben")
		ben.Groups = map[int]string{1: PriorityFirst}
		if err := e.CreateAgent(t.Context(), ben); err != nil {
			t.Fatal(err)
		}
		online(t, e, "anna")
		online(t, e, "ben")
		for range 3 {
			held(t, e, arrive(t, e, "V").start(t, e, 1).chat, "ben")
		}
	})
}

func TestQueueMovesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := running(t, Settings{ChatLimit: 1})
		anna := online(t, e, "anna")
		cleo := online(t, e, "cleo")
		first := arrive(t, e, "A").start(t, e, 1)
		second := arrive(t, e, "B").start(t, e, 1)
		third := arrive(t, e, "C").start(t, e, 1)
		place := func(g *guest, want int) {
			t.Helper()
			p := take[protocol.QueuePosition](t, g.ear, protocol.PushQueuePositionUpdated)
			if len(p) == 0 || p[len(p)-1].Queue.Position != want || p[len(p)-1].Queue.WaitTime <= 0 {
				t.Errorf("queue positions = %+v, want the last to be %d", p, want)
			}
		}
		place(second, 1)
		place(third, 2)
		anna.forget()
		if err := e.DeactivateChat(t.Context(), anna.by, protocol.ChatIDRequest{ID: first.chat}); err != nil {
			t.Fatal(err)
		}
		held(t, e, second.chat, "anna")
		place(third, 1)
		lists := take[[]protocol.QueuePosition](t, anna.ear, protocol.PushQueuePositionsUpdated)
		if len(lists) != 1 || lists[0][0].ChatID != third.chat {
			t.Errorf("queue_positions_updated = %+v", lists)
		}
		moved := take[protocol.ChatTransferred](t, second.ear, protocol.PushChatTransferred)
		if len(moved) != 1 || moved[0].Reason != movedAssigned || moved[0].TransferredTo.AgentIDs[0] != "anna" {
			t.Errorf("chat_transferred = %+v", moved)
		}
		if n := len(take[any](t, cleo.ear, protocol.PushQueuePositionsUpdated)); n != 0 {
			t.Errorf("cleo was told %d times of a queue that is not hers", n)
		}
	})
}

func TestOfflineGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := running(t, Settings{})
		g := arrive(t, e, "V")
		_, err := e.StartChat(t.Context(), g.by, protocol.StartChatRequest{Chat: &protocol.Chat{Access: &protocol.Access{GroupIDs: []int{1}}}})
		wantType(t, err, protocol.ErrGroupOffline)
		yes := true
		out, err := e.StartChat(t.Context(), g.by, protocol.StartChatRequest{Continuous: &yes, Chat: &protocol.Chat{Access: &protocol.Access{GroupIDs: []int{1}}}})
		if err != nil {
			t.Fatal(err)
		}
		held(t, e, out.ChatID)
		online(t, e, "anna")
		held(t, e, out.ChatID, "anna")
	})
}

func TestLostAgentKeepsChatsForAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := running(t, Settings{})
		anna := online(t, e, "anna")
		g := arrive(t, e, "V").start(t, e, 1)
		sam := online(t, e, "sam")
		e.End(anna.s, EndLost)
		time.Sleep(10 * time.Second) // virtual
		held(t, e, g.chat, "anna")
		anna = online(t, e, "anna")  // back in time
		time.Sleep(30 * time.Second) // virtual
		held(t, e, g.chat, "anna")

		e.End(anna.s, EndLost)
		ben := online(t, e, "ben")
		time.Sleep(16 * time.Second) // virtual
		held(t, e, g.chat, "ben")
		if types := systemTypes(t, e, g.chat); types[len(types)-1] != "routing.assigned_disconnected" {
			t.Errorf("system messages = %v", types)
		}
		set := take[protocol.RoutingStatusSet](t, sam.ear, protocol.PushRoutingStatusSet)
		if !slices.ContainsFunc(set, func(p protocol.RoutingStatusSet) bool {
			return p.AgentID == "anna" && p.Status == protocol.StatusOffline
		}) {
			t.Errorf("nobody heard that anna is offline: %+v", set)
		}

		e.End(ben.s, EndSignedOut) // at once, and nobody is left
		held(t, e, g.chat)
		if types := systemTypes(t, e, g.chat); types[len(types)-1] != "routing.unassigned_signed_out" {
			t.Errorf("system messages = %v", types)
		}
	})
}

func TestStopAcceptingGivesUnansweredBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := running(t, Settings{})
		anna := online(t, e, "anna")
		answered := arrive(t, e, "A").start(t, e, 1)
		fresh := arrive(t, e, "B").start(t, e, 1)
		say(t, e, anna.by, answered.chat, "hello")
		online(t, e, "ben")
		if err := e.SetRoutingStatus(t.Context(), anna.by, protocol.RoutingStatusRequest{Status: protocol.StatusNotAccepting}); err != nil {
			t.Fatal(err)
		}
		held(t, e, answered.chat, "anna")
		held(t, e, fresh.chat, "ben")
		held(t, e, arrive(t, e, "C").start(t, e, 1).chat, "ben")
	})
}

func TestAwayEverywhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := running(t, Settings{})
		one, two := online(t, e, "anna"), online(t, e, "anna")
		for _, d := range []desk{one, two} {
			if err := e.SetAway(t.Context(), d.by, true); err != nil {
				t.Fatal(err)
			}
		}
		if s := e.GroupStatuses()[1]; s != protocol.GroupOffline {
			t.Errorf("group is %s while its agent is away", s)
		}
		if err := e.SetAway(t.Context(), two.by, false); err != nil {
			t.Fatal(err)
		}
		held(t, e, arrive(t, e, "V").start(t, e, 1).chat, "anna")
	})
}

func TestIdleChats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := running(t, Settings{})
		anna := online(t, e, "anna")
		quiet := arrive(t, e, "A").start(t, e, 1)
		waits := arrive(t, e, "B").start(t, e, 1)
		say(t, e, anna.by, quiet.chat, "anything else?")
		say(t, e, waits.by, waits.chat, "are you there?")
		time.Sleep(6 * time.Minute)    // virtual
		held(t, e, waits.chat, "anna") // nobody else could take it
		online(t, e, "ben")
		time.Sleep(2 * time.Second) // virtual
		held(t, e, waits.chat, "ben")
		if types := systemTypes(t, e, waits.chat); types[len(types)-1] != sysAssignedInactive {
			t.Errorf("system messages = %v", types)
		}
		anna.forget()
		time.Sleep(15 * time.Minute) // virtual
		gone := take[protocol.ChatDeactivated](t, anna.ear, protocol.PushChatDeactivated)
		if len(gone) != 1 || gone[0].ChatID != quiet.chat || gone[0].UserID != "" {
			t.Errorf("chat_deactivated = %+v, want %s closed by the router", gone, quiet.chat)
		}
		if types := systemTypes(t, e, quiet.chat); types[len(types)-1] != sysArchivedInactive {
			t.Errorf("system messages = %v", types)
		}
	})
}

func TestTokenExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := running(t, Settings{})
		r := &ear{}
		_, err := e.LoginAgent(t.Context(), Credential{Kind: protocol.UserAgent, UserID: "anna", Scopes: NewScopes(nil), ExpiresAt: protocol.At(time.Now().Add(time.Minute))},
			protocol.LoginRequest{}, r, func(protocol.LoginResponse) {})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(62 * time.Second) // virtual
		synctest.Wait()
		if r.closed != protocol.ReasonTokenExpired {
			t.Errorf("closed with %q", r.closed)
		}
	})
}

func TestLeftWhileWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := running(t, Settings{ChatLimit: 1})
		anna := online(t, e, "anna")
		busy := arrive(t, e, "A").start(t, e, 1)
		gone, stays := arrive(t, e, "B").start(t, e, 1), arrive(t, e, "C").start(t, e, 1)
		e.End(gone.by.Session, EndLost)
		for range 3 {
			time.Sleep(10 * time.Minute) // virtual
			say(t, e, anna.by, busy.chat, "still here")
		}
		if c, _ := e.chatNow(t.Context(), gone.chat); c.Active {
			t.Error("a chat waits although its customer left")
		}
		if c, _ := e.chatNow(t.Context(), stays.chat); !c.Active {
			t.Error("a waiting customer was sent away")
		}
	})
}

func TestSlowAgentsDoNotPassAChatRound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := running(t, Settings{})
		online(t, e, "anna")
		g := arrive(t, e, "V").start(t, e, 1)
		say(t, e, g.by, g.chat, "hello?")
		online(t, e, "ben")
		time.Sleep(45 * time.Minute) // virtual
		held(t, e, g.chat, "ben")    // moved once; not closed while the customer waits
		moves := 0
		for _, p := range take[protocol.ChatTransferred](t, g.ear, protocol.PushChatTransferred) {
			if moves++; p.Reason != movedInactive {
				t.Errorf("moved for %q", p.Reason)
			}
		}
		if moves != 1 {
			t.Errorf("moved %d times", moves)
		}
	})
}

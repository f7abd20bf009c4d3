package engine

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"agentdesk/protocol"
)

// mirror is what a client would know of the customers it watches, from pushes
// alone.
type mirror struct {
	desk
	seen map[string]bool
}

// catchUp applies what was pushed since the last time, in order.
func (m *mirror) catchUp(t *testing.T) {
	t.Helper()
	m.ear.mu.Lock()
	pushes := m.ear.pushes
	m.ear.pushes = nil
	m.ear.mu.Unlock()
	for _, p := range pushes {
		one := &ear{pushes: []*Push{p}}
		for _, u := range take[protocol.User](t, one, protocol.PushIncomingCustomer) {
			if m.seen[u.ID] {
				t.Errorf("%s was told of %s twice", m.s.level, u.Name)
			}
			m.seen[u.ID] = true
		}
		for _, action := range []string{protocol.PushCustomerLeft, protocol.PushCustomerTransferred} {
			for _, u := range take[protocol.User](t, one, action) {
				if !m.seen[u.ID] {
					t.Errorf("%s: %s of one who was not in sight", m.s.level, action)
				}
				delete(m.seen, u.ID)
			}
		}
	}
}

// TestSightAgrees lets customers come, chat, be passed on and go at random, and
// compares what each client has made of its pushes with who it should watch.
func TestSightAgrees(t *testing.T) {
	e := newEngine(t, Settings{})
	var mirrors []*mirror
	for id, level := range map[string]string{"anna": "my", "ben": "chatting", "cleo": "online", "sam": "highest_available"} {
		m := &mirror{desk: watching(t, e, id, level), seen: map[string]bool{}}
		m.forget()
		mirrors = append(mirrors, m)
	}
	sub := subscribe(t, e, mirrors[0].by, 3)
	r := rand.New(rand.NewPCG(7, 11))
	site := &site{e: e, t: t, r: r}
	for range 400 {
		site.step()
		for _, m := range mirrors {
			m.catchUp(t)
			want := map[string]bool{}
			for _, c := range e.onSite() {
				if slices.Contains(e.whoSee(c), m.s) {
					want[c.ID] = true
				}
			}
			if !maps.Equal(m.seen, want) {
				t.Fatalf("%s %s sees %v, want %v", m.s.UserID, m.s.level, m.seen, want)
			}
		}
		s := mirrors[0].s.subs[sub.SubscriptionID]
		fits := map[string]bool{}
		for _, c := range e.onSite() {
			if e.covers(mirrors[0].s, s, c) {
				fits[c.ID] = true
			}
		}
		if !maps.Equal(fits, s.fits) || len(s.told) != min(len(fits), s.limit) {
			t.Fatalf("subscription: %d fit, %d are told, want %d", len(s.fits), len(s.told), len(fits))
		}
	}
}

// site is customers who come and go.
type site struct {
	e      *Engine
	t      *testing.T
	r      *rand.Rand
	guests []*guest
}

func (s *site) step() {
	by := Actor{}
	if len(s.guests) == 0 || len(s.guests) < 8 && s.r.IntN(4) == 0 {
		s.guests = append(s.guests, come(s.t, s.e, NewID(), [][]int{nil, {1}, {2}}[s.r.IntN(3)]...))
		return
	}
	i := s.r.IntN(len(s.guests))
	g := s.guests[i]
	var err error
	switch s.r.IntN(7) {
	case 0:
		s.e.End(g.by.Session, EndLost)
		s.guests = slices.Delete(s.guests, i, i+1)
	case 1, 2:
		chat := &protocol.Chat{ID: g.chat, Access: &protocol.Access{GroupIDs: []int{1 + s.r.IntN(2)}}}
		if g.chat != "" {
			_, err = s.e.ResumeChat(s.t.Context(), g.by, protocol.StartChatRequest{Chat: chat})
			break
		}
		var out protocol.StartChatResponse
		out, err = s.e.StartChat(s.t.Context(), g.by, protocol.StartChatRequest{Chat: chat})
		g.chat = out.ChatID
	case 3:
		target := &protocol.TransferTarget{Type: "group", IDs: []byte([]string{"[1]", "[2]", "[1,2]"}[s.r.IntN(3)])}
		err = s.e.TransferChat(s.t.Context(), by, protocol.TransferChatRequest{ID: g.chat, IgnoreAgents: true, Target: target})
	case 4:
		err = s.e.DeactivateChat(s.t.Context(), by, protocol.ChatIDRequest{ID: g.chat})
	case 5:
		who := agentActor(s.e, []string{"anna", "ben", "cleo", "sam"}[s.r.IntN(4)])
		if err = s.e.FollowChat(s.t.Context(), who, g.chat); s.r.IntN(2) == 0 {
			err = s.e.UnfollowChat(s.t.Context(), who, g.chat)
		}
	case 6:
		who, groups := []string{"anna", "ben", "cleo"}[s.r.IntN(3)], [][]GroupPriority{{{1, PriorityNormal}}, {{2, PriorityNormal}}, {{1, PriorityLast}, {2, PriorityFirst}}, {}}
		if err = s.e.UpdateAgent(s.t.Context(), by, who, AgentChange{Groups: groups[s.r.IntN(4)]}); s.r.IntN(3) == 0 {
			err = s.e.UpdateGroup(s.t.Context(), by, 2, GroupChange{Priorities: map[string]string{"sam": PrioritySupervisor, who: PriorityNormal}})
		}
	}
	if _, refused := err.(*protocol.Error); err != nil && !refused {
		s.t.Fatal(err)
	}
}

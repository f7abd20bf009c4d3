package engine

import (
	"path/filepath"
	"testing"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// TestPowers: what a token allows follows the agent's role, whatever it names.
func TestPowers(t *testing.T) {
	e := newEngine(t, Settings{})
	token, _, err := e.CreateToken(t.Context(), TokenSpec{OwnerID: "anna", Scopes: []string{"chats--all:rw", "customers:ro"}})
	if err != nil {
		t.Fatal(err)
	}
	full, _, err := e.CreateToken(t.Context(), TokenSpec{OwnerID: "anna"})
	if err != nil {
		t.Fatal(err)
	}
	allows := func(token, scope string) bool {
		t.Helper()
		c, err := e.Authenticate(t.Context(), "Bearer "+token)
		if err != nil {
			t.Fatal(err)
		}
		return c.Scopes.Any(scope)
	}
	role := func(name string) {
		t.Helper()
		if err := e.UpdateAgent(t.Context(), Actor{}, "anna", AgentChange{Role: &name}); err != nil {
			t.Fatal(err)
		}
	}
	if allows(token, "chats--all:rw") || !allows(token, "chats--access:rw") || allows(full, "groups--all:rw") {
		t.Error("a normal agent's token allows what only administrators may, or not what he may")
	}
	role(RoleAdministrator)
	if !allows(token, "chats--all:rw") || allows(token, "groups--all:rw") || !allows(full, "groups--all:rw") {
		t.Error("an administrator's tokens do not allow what they name, or all of his role")
	}
	role(RoleNormal)
	if allows(token, "chats--all:rw") || allows(full, "groups--all:rw") {
		t.Error("tokens kept the powers of the role before")
	}
}

// TestRoleChangeBites: a connection that lingers may do no more than the new role.
func TestRoleChangeBites(t *testing.T) {
	e := newEngine(t, Settings{})
	sam := online(t, e, "sam")
	normal := RoleNormal
	if err := e.UpdateAgent(t.Context(), Actor{}, "sam", AgentChange{Role: &normal}); err != nil {
		t.Fatal(err)
	}
	if sam.closed != protocol.ReasonRoleChanged || e.ScopesOf(sam.s).Any("chats--all:ro") {
		t.Errorf("closed with %q, scopes %v", sam.closed, e.ScopesOf(sam.s))
	}
}

func TestDeletedAgentComesBack(t *testing.T) {
	e := newEngine(t, Settings{})
	by, name := agentActor(e, "sam"), "Ida"
	id, err := e.AddAgent(t.Context(), by, " Ida@Example.com", false, AgentChange{Name: &name, Groups: []GroupPriority{{1, PriorityNormal}}})
	if err != nil || id != "ida@example.com" {
		t.Fatal(id, err)
	}
	before, _ := e.Agent(id)
	if err := e.DeleteAgent(t.Context(), by, id); err != nil {
		t.Fatal(err)
	}
	if _, there := e.Agent(id); there {
		t.Fatal("the agent is still there")
	}
	if _, err := e.AddAgent(t.Context(), by, id, false, AgentChange{Name: &name}); err != nil {
		t.Fatal(err)
	}
	after, _ := e.Agent(id)
	if after.AccountID != before.AccountID || len(after.Groups) != 0 {
		t.Errorf("came back as %+v, was %+v", after, before)
	}
}

// TestOfflineAgentIsDeleted: his chats do not wait for the grace period.
func TestOfflineAgentIsDeleted(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	g := arrive(t, e, "Vera").start(t, e, 1)
	held(t, e, g.chat, "anna")
	e.End(anna.s, EndLost)
	online(t, e, "ben")
	held(t, e, g.chat, "anna")
	if err := e.DeleteAgent(t.Context(), agentActor(e, "sam"), "anna"); err != nil {
		t.Fatal(err)
	}
	held(t, e, g.chat, "ben")
	if types := systemTypes(t, e, g.chat); types[len(types)-1] != "routing.assigned_deleted" {
		t.Errorf("system messages = %v", types)
	}
}

func TestLastLogout(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	e.End(anna.s, EndSignedOut)
	if a, _ := e.Agent("anna"); a.Details.LastLogout == 0 {
		t.Error("the logout is not kept")
	}
}

// TestBotRouting: a bot is there as its status says, also after a restart.
func TestBotRouting(t *testing.T) {
	dir := t.TempDir()
	open := func() *Engine {
		t.Helper()
		db, err := store.Open(t.Context(), filepath.Join(dir, "chat.db"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		e, err := New(t.Context(), Options{Store: db})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	e := open()
	if err := e.CreateGroup(t.Context(), store.Group{ID: 1, Name: "Sales"}); err != nil {
		t.Fatal(err)
	}
	name := "Bob"
	id, _, err := e.AddBot(t.Context(), Actor{}, "app", BotChange{Name: &name, Groups: []GroupPriority{{ID: 1}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := e.AddBot(t.Context(), Actor{}, "", BotChange{Name: &name}); err == nil {
		t.Error("a bot of nobody was made")
	}
	bot := Actor{Kind: protocol.UserAgent, ID: id, Scopes: NewScopes(botScopes)}
	status := func(e *Engine, s string) {
		t.Helper()
		if err := e.SetRoutingStatus(t.Context(), bot, protocol.RoutingStatusRequest{Status: s}); err != nil {
			t.Fatal(err)
		}
	}
	if got := e.GroupRouting()[1]; got != protocol.StatusOffline {
		t.Errorf("a new bot makes its group %s", got)
	}
	status(e, protocol.StatusAccepting)
	held(t, e, arrive(t, e, "Vera").start(t, e, 1).chat, id)

	e = open()
	if got := e.GroupRouting()[1]; got != protocol.StatusAccepting {
		t.Errorf("after a restart the group is %s", got)
	}
	g := arrive(t, e, "Otto").start(t, e, 1)
	held(t, e, g.chat, id)
	e.Tick(t.Context())
	held(t, e, g.chat, id)
	status(e, protocol.StatusOffline)
	held(t, e, g.chat)
	if got := e.GroupRouting()[1]; got != protocol.StatusOffline {
		t.Errorf("with its bot gone the group is %s", got)
	}
}

// TestNewGroupShowsItsChats: who is put into a group sees its chats at once.
func TestNewGroupShowsItsChats(t *testing.T) {
	e := newEngine(t, Settings{})
	online(t, e, "cleo")
	g := arrive(t, e, "Vera").start(t, e, 2)
	anna, by := online(t, e, "anna"), agentActor(e, "sam")
	anna.forget()
	if err := e.UpdateAgent(t.Context(), by, "anna", AgentChange{Groups: []GroupPriority{{1, PriorityNormal}, {2, PrioritySupervisor}}}); err != nil {
		t.Fatal(err)
	}
	if in := take[protocol.IncomingChat](t, anna.ear, protocol.PushIncomingChat); len(in) != 1 || in[0].Chat.ID != g.chat {
		t.Errorf("shown %+v", in)
	}
	ben := online(t, e, "ben")
	ben.forget()
	if err := e.UpdateGroup(t.Context(), by, 2, GroupChange{Priorities: map[string]string{"ben": PrioritySupervisor, "cleo": PriorityNormal, "anna": PriorityLast}}); err != nil {
		t.Fatal(err)
	}
	if in := take[protocol.IncomingChat](t, ben.ear, protocol.PushIncomingChat); len(in) != 1 || in[0].Chat.ID != g.chat {
		t.Errorf("shown %+v", in)
	}
}

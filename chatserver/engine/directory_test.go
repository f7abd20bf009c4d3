package engine

import (
	"path/filepath"
	"testing"
	"time"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

func TestWorkHours(t *testing.T) {
	warsaw := func(s ...store.WorkHours) *store.Agent {
		a := &store.Agent{}
		a.Details.WorkScheduler = &store.WorkScheduler{Timezone: "Europe/Warsaw", Schedule: s}
		return a
	}
	monday := time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC) // half past nine in Warsaw
	for name, c := range map[string]struct {
		agent       *store.Agent
		on, planned bool
	}{
		"nothing planned":  {&store.Agent{}, false, false},
		"within":           {warsaw(store.WorkHours{Day: "monday", Enabled: true, Start: "09:00", End: "17:00"}), true, true},
		"in UTC, not here": {warsaw(store.WorkHours{Day: "monday", Enabled: true, Start: "08:00", End: "09:00"}), false, true},
		"until midnight":   {warsaw(store.WorkHours{Day: "monday", Enabled: true, Start: "09:30", End: "24:00"}), true, true},
		"another day":      {warsaw(store.WorkHours{Day: "friday", Enabled: true, Start: "09:00", End: "17:00"}), false, true},
		"switched off":     {warsaw(store.WorkHours{Day: "monday", Start: "09:00", End: "17:00"}), false, false},
	} {
		if on, planned := works(c.agent, monday); on != c.on || planned != c.planned {
			t.Errorf("%s: %v %v", name, on, planned)
		}
	}
}

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

// TestHoursBegin: the status follows the clock at both ends of the hours, and the
// agent between them.
func TestHoursBegin(t *testing.T) {
	e := newEngine(t, Settings{})
	now := time.Date(2026, 11, 23, 8, 59, 30, 0, time.UTC)
	e.clock = func() time.Time { return now }
	hours := &store.WorkScheduler{Timezone: "UTC", Schedule: []store.WorkHours{{Day: "monday", Enabled: true, Start: "09:00", End: "17:00"}}}
	if err := e.UpdateAgent(t.Context(), Actor{}, "anna", AgentChange{WorkScheduler: hours}); err != nil {
		t.Fatal(err)
	}
	anna := online(t, e, "anna")
	is := func(at, want string) {
		t.Helper()
		clock, err := time.Parse("15:04:05", at)
		if err != nil {
			t.Fatal(err)
		}
		now = time.Date(2026, 11, 23, clock.Hour(), clock.Minute(), clock.Second(), 0, time.UTC)
		e.Tick(t.Context())
		e.mu.Lock()
		defer e.mu.Unlock()
		if got := e.statusOf("anna"); got != want {
			t.Errorf("at %s: %s, want %s", at, got, want)
		}
	}
	is("08:59:40", protocol.StatusNotAccepting)
	is("09:00:00", protocol.StatusAccepting)
	if err := e.SetRoutingStatus(t.Context(), anna.by, protocol.RoutingStatusRequest{Status: protocol.StatusNotAccepting}); err != nil {
		t.Fatal(err)
	}
	is("12:00:00", protocol.StatusNotAccepting)
	if err := e.SetRoutingStatus(t.Context(), anna.by, protocol.RoutingStatusRequest{Status: protocol.StatusAccepting}); err != nil {
		t.Fatal(err)
	}
	is("16:59:59", protocol.StatusAccepting)
	is("17:00:01", protocol.StatusNotAccepting)
}

package engine

import (
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

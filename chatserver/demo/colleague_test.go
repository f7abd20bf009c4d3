package demo

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// TestLeftByTheColleague: customers for whom the colleague is not there go to
// Support, while others come and are counted.
func TestLeftByTheColleague(t *testing.T) {
	s, err := NewSimulation(nil, Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	s.working = newColleague(s)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 {
		s.mu.Lock()
		c := s.cast()
		c.part, c.ear = forColleague, newEar()
		s.here[c] = true
		s.mu.Unlock()
		var over atomic.Bool
		var work sync.WaitGroup
		work.Go(func() { _ = c.begin(ctx); over.Store(true) })
		for !over.Load() {
			s.mu.Lock()
			s.cast()
			s.mu.Unlock()
		}
		work.Wait()
		if c.part != forSupport {
			t.Errorf("part = %d, want %d", c.part, forSupport)
		}
	}
}

// TestColleagueMakesRoom: when a person signs in as ben, the simulated one goes.
func TestColleagueMakesRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEngine(t, nil)
		if err := SeedAccounts(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		s, err := NewSimulation(e, Options{Seed: 5})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		var work sync.WaitGroup
		work.Go(func() { s.Run(ctx) })
		time.Sleep(3 * time.Second) // virtual
		if n := e.AgentSessions(ben); n != 1 {
			t.Fatalf("ben has %d sessions", n)
		}
		cred, err := e.Authenticate(t.Context(), "Bearer dal:demo-ben")
		if err != nil {
			t.Fatal(err)
		}
		session, err := e.LoginAgent(t.Context(), cred, protocol.LoginRequest{}, newEar(), func(protocol.LoginResponse) {})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(3 * time.Second) // virtual
		if n := e.AgentSessions(ben); n != 1 {
			t.Errorf("with the person there are %d sessions", n)
		}
		e.End(session, engine.EndSignedOut)
		time.Sleep(3 * time.Second) // virtual
		if n := e.AgentSessions(ben); n != 1 {
			t.Errorf("after the person left there are %d sessions", n)
		}
		cancel()
		work.Wait()
		if n := e.AgentSessions(ben); n != 0 {
			t.Errorf("after the end there are %d sessions", n)
		}
	})
}

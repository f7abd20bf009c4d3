package demo

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
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

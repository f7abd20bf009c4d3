package upstream

import (
	"context"
	"testing"
	"time"

	"agentdesk/desk"
)

// TestIdleSetsAway: who does not use the desk for as long as he set is away, and
// back with the first use. What he chose himself stays.
func TestIdleSetsAway(t *testing.T) {
	const minutes = 5
	whole := minutes*time.Minute + idleSlack
	ctx := context.Background()
	run := func(name string, f func(t *testing.T, g *rig, s *Session)) {
		t.Run(name, func(t *testing.T) {
			timed(t, func(t *testing.T, g *rig, s *Session, _ *pipes) {
				_ = s.do(ctx, func() {
					s.apply(desk.StatusSet{AgentID: me0, Status: desk.Accepting})
					s.publish(s.board.SetPreferences(desk.Preferences{AwayAfter: minutes}))
					s.keepMe()
					s.inUse()
				})
				f(t, g, s)
			})
		})
	}
	do := func(t *testing.T, s *Session, c desk.Command) {
		t.Helper()
		if _, err := s.Do(ctx, c); err != nil {
			t.Fatal(err)
		}
		pass(0)
	}
	want := func(t *testing.T, g *rig, s *Session, away, idle bool, told int) {
		t.Helper()
		if me := s.Me(); me.Away != away || me.Idle != idle || g.count("set_away_status") != told {
			t.Errorf("away %v, idle %v, told %d times; want %v, %v, %d", me.Away, me.Idle, g.count("set_away_status"), away, idle, told)
		}
	}

	run("away and back", func(t *testing.T, g *rig, s *Session) {
		pass(whole - time.Second)
		want(t, g, s, false, false, 0)
		pass(2 * time.Second)
		want(t, g, s, true, true, 1)
		pass(10 * time.Hour)
		want(t, g, s, true, true, 1)
		do(t, s, desk.Here{})
		want(t, g, s, false, false, 2)
		pass(whole + time.Second)
		want(t, g, s, true, true, 3)
	})
	run("used now and then", func(t *testing.T, g *rig, s *Session) {
		for range 10 {
			pass(whole - time.Minute)
			do(t, s, desk.Here{})
		}
		want(t, g, s, false, false, 0)
	})
	run("set by the browser", func(t *testing.T, g *rig, s *Session) {
		do(t, s, desk.SetAway{Away: true, Idle: true})
		do(t, s, desk.SetAway{Away: true, Idle: true}) // a second tab
		want(t, g, s, true, true, 1)
		do(t, s, desk.Here{})
		want(t, g, s, false, false, 2)
	})
	run("chosen", func(t *testing.T, g *rig, s *Session) {
		do(t, s, desk.SetAway{Away: true})
		pass(whole + time.Second)
		do(t, s, desk.Here{})
		want(t, g, s, true, false, 1)
	})
	run("chosen after the timer", func(t *testing.T, g *rig, s *Session) {
		pass(whole + time.Second)
		do(t, s, desk.SetAway{Away: true})
		do(t, s, desk.Here{})
		want(t, g, s, true, false, 2)
	})
	run("not accepting", func(t *testing.T, g *rig, s *Session) {
		_ = s.do(ctx, func() { s.apply(desk.StatusSet{AgentID: me0, Status: desk.NotAccepting}) })
		pass(whole + time.Second)
		want(t, g, s, false, false, 0)
	})
	run("off", func(t *testing.T, g *rig, s *Session) {
		_ = s.do(ctx, func() { s.publish(s.board.SetPreferences(desk.Preferences{})); s.inUse() })
		pass(10 * time.Hour)
		want(t, g, s, false, false, 0)
	})
}

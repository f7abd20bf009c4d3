package upstream

import (
	"context"
	"slices"
	"testing"

	"agentdesk/desk"
)

// TestPreviewAtEachVersion: from 3.6 on customers see what is written to them, but
// only where the agent has chosen so.
func TestPreviewAtEachVersion(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		s := withA(t, g)
		ctx := context.Background()
		g.hook("send_event_preview", func(c *conn, r request0) { c.reply(r, `{}`) })
		if _, err := s.Do(ctx, desk.ShowPreview{ChatID: "A", Text: "hello"}); codeOf(err) != desk.Conflict {
			t.Errorf("a draft that nobody wants shown gives %v", err)
		}
		_, err := s.Do(ctx, desk.SetPreview{On: true})
		if s.Me().Can.Preview != (v >= 36) || s.Me().Preview != (v >= 36) || (codeOf(err) == desk.Conflict) != (v < 36) {
			t.Errorf("choosing it: %v, I am %+v", err, s.Me())
		}
		if v < 36 {
			return
		}
		for _, text := range []string{"hello", " \n"} {
			if _, err := s.Do(ctx, desk.ShowPreview{ChatID: "A", Text: text}); err != nil {
				t.Error(err)
			}
		}
		want := `{"chat_id":"A","event":{"type":"message","visibility":"all","text":"hello"}}`
		if got := g.lastOf("send_event_preview"); g.count("send_event_preview") != 1 || !sameJSON(got, want) {
			t.Errorf("sent %d times, last %s, want %s", g.count("send_event_preview"), got, want)
		}
		if _, err := s.Do(ctx, desk.SetPreview{}); err != nil || s.Me().Preview {
			t.Errorf("switching it off: %v, I am %+v", err, s.Me())
		}
		if _, err := s.Do(ctx, desk.ShowPreview{ChatID: "A", Text: "more"}); codeOf(err) != desk.Conflict || g.count("send_event_preview") != 1 {
			t.Errorf("it is shown all the same (%v)", err)
		}
	})
}

// TestAwayIsSeen: the desk knows that it is away, and still knows after the line
// was cut; every tab is told.
func TestAwayIsSeen(t *testing.T) {
	g := newRig(t, newServer(t))
	s := withA(t, g)
	if _, err := s.Do(context.Background(), desk.SetAway{Away: true}); err != nil || !s.Me().Away {
		t.Fatalf("I am %+v, %v", s.Me(), err)
	}
	g.sink.mu.Lock()
	told := slices.ContainsFunc(g.sink.changes, func(c desk.Change) bool { return c.What&desk.RegionMe != 0 })
	g.sink.mu.Unlock()
	if !told {
		t.Error("no tab is told")
	}
	g.cut()
	g.sink.until(t, "a second login", func() bool { return g.count("login") == 2 && g.sink.last().State == desk.Online })
	if !s.Me().Away {
		t.Error("it is forgotten with the line")
	}
	if _, err := s.Do(context.Background(), desk.SetAway{}); err != nil || s.Me().Away {
		t.Errorf("back: I am %+v, %v", s.Me(), err)
	}
}

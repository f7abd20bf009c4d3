package upstream

import (
	"context"
	"errors"
	"sync"
	"testing"

	"agentdesk/desk"
)

// TestPartsOfPreferences: tabs that save different parts at the same time do not
// undo each other, what cannot be is refused, and every page is drawn anew.
func TestPartsOfPreferences(t *testing.T) {
	box := &shelf{prefs: desk.Preferences{Language: "pl"}}
	g := newRig(t, newServer(t), func(o *Options) { o.Shelf = box })
	s, ctx := withA(t, g), context.Background()
	g.sink.mu.Lock()
	g.sink.changes = nil
	g.sink.mu.Unlock()
	var tabs sync.WaitGroup
	for part, p := range map[desk.Part]desk.Preferences{
		desk.PartWork:   {Send: "ctrl", AwayAfter: 10},
		desk.PartKeys:   {Keys: desk.Keys{Map: "close=y"}},
		desk.PartAlerts: {Alerts: desk.Alerts{Quieter: 30}},
		desk.PartPanes:  {Panes: desk.Panes{List: 320}},
	} {
		tabs.Go(func() {
			if _, err := s.Do(ctx, desk.SetPreferences{Part: part, Preferences: p}); err != nil {
				t.Errorf("%s: %v", part, err)
			}
		})
	}
	tabs.Wait()
	want := desk.Preferences{Language: "pl", Send: "ctrl", AwayAfter: 10, Keys: desk.Keys{Map: "close=y"}, Alerts: desk.Alerts{Quieter: 30}, Panes: desk.Panes{List: 320}}
	if got, _ := box.Preferences(ctx, ""); got != want || s.Me().Preferences != want {
		t.Errorf("kept %+v, I am %+v", got, s.Me().Preferences)
	}
	g.sink.mu.Lock()
	drawn := false
	for _, c := range g.sink.changes {
		drawn = drawn || c.What&desk.RegionAll != 0
	}
	g.sink.mu.Unlock()
	if !drawn {
		t.Error("no page is drawn anew")
	}
	_, err := s.Do(ctx, desk.SetPreferences{Part: desk.PartLook, Preferences: desk.Preferences{Language: "pl", Theme: "pink"}})
	var e *desk.Error
	if !errors.As(err, &e) || e.Code != desk.Invalid || e.Field != "theme" || s.Me().Preferences != want {
		t.Errorf("%v, I am %+v", err, s.Me().Preferences)
	}
	box.mu.Lock()
	box.fail = context.DeadlineExceeded
	box.mu.Unlock()
	if _, err := s.Do(ctx, desk.SetPreferences{Part: desk.PartLook}); codeOf(err) != desk.Internal || s.Me().Preferences != want {
		t.Errorf("a full disk gives %v, I am %+v", err, s.Me().Preferences)
	}
}

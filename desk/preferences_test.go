package desk

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPreferencesThatCanBe(t *testing.T) {
	for name, p := range map[string]Preferences{
		"defaults": {},
		"all": {Language: "de", Clock: "12", Theme: "dark", Density: "compact", Send: "ctrl", Focus: "heading", SilentTyping: true, AwayAfter: 240,
			Keys:   Keys{Off: true, Map: "reply=q close=y"},
			Alerts: Alerts{Queue: "off", Mine: "4", Message: "1", Transfer: "2", Quieter: 100, Once: true, FocusSilent: true, NoDesktop: true, QuietFrom: "22:00", QuietTo: "07:30"},
			Panes:  Panes{List: 240, Details: 520}},
		"swapped keys": {Keys: Keys{Map: "next=k previous=j"}},
		"other letter": {Keys: Keys{Map: "close=ż"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := p.Normal()
			if diff := cmp.Diff(p, got); diff != "" || err != nil {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
	tidy, err := Preferences{Keys: Keys{Map: " close=y  reply=q tags=l"}}.Normal()
	if err != nil || tidy.Keys.Map != "reply=q close=y" {
		t.Errorf("%q, %v", tidy.Keys.Map, err)
	}
}

// A mistake is named by its field, and only what is wrong goes.
func TestPreferencesThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		field string
		p     Preferences
	}{
		{"language", Preferences{Language: "<b>"}},
		{"language", Preferences{Language: strings.Repeat("a", 36)}},
		{"clock", Preferences{Clock: "13"}},
		{"theme", Preferences{Theme: "pink"}},
		{"density", Preferences{Density: "comfortable"}},
		{"send", Preferences{Send: "shift"}},
		{"focus", Preferences{Focus: "list"}},
		{"away_after", Preferences{AwayAfter: -1}},
		{"away_after", Preferences{AwayAfter: 241}},
		{"queue", Preferences{Alerts: Alerts{Queue: "5"}}},
		{"volume", Preferences{Alerts: Alerts{Quieter: 101}}},
		{"quiet_from", Preferences{Alerts: Alerts{QuietTo: "07:00"}}},
		{"quiet_from", Preferences{Alerts: Alerts{QuietFrom: "24:00", QuietTo: "07:00"}}},
		{"quiet_to", Preferences{Alerts: Alerts{QuietFrom: "22:00", QuietTo: "7:00"}}},
		{"quiet_to", Preferences{Alerts: Alerts{QuietFrom: "22:00", QuietTo: "07:60"}}},
		{"quiet_to", Preferences{Alerts: Alerts{QuietFrom: "22:00", QuietTo: "22:00"}}},
		{"list", Preferences{Panes: Panes{List: 100}}},
		{"list", Preferences{Panes: Panes{List: 300}}},
		{"list", Preferences{Panes: Panes{List: 520}}},
		{"details", Preferences{Panes: Panes{Details: 560}}},
		{"map", Preferences{Keys: Keys{Map: "dance=x"}}},
		{"map", Preferences{Keys: Keys{Map: "next=j close=e close=y"}}},
		{"map", Preferences{Keys: Keys{Map: strings.Repeat("close=y ", 100)}}},
		{"key-close", Preferences{Keys: Keys{Map: "close="}}},
		{"key-close", Preferences{Keys: Keys{Map: "close=yy"}}},
		{"key-close", Preferences{Keys: Keys{Map: "close=\x01"}}},
		{"key-close", Preferences{Keys: Keys{Map: "close=\xff"}}},
		{"key-close", Preferences{Keys: Keys{Map: "close=r"}}},
		{"key-next", Preferences{Keys: Keys{Map: "next=p"}}},
	} {
		bad := c.p
		bad.SilentTyping, bad.Keys.Off, bad.Alerts.Once = true, true, true
		got, err := bad.Normal()
		var e *Error
		if !errors.As(err, &e) || e.Code != Invalid || e.Field != c.field || e.Text == "" {
			t.Errorf("%+v: %+v, want a mistake in %s", c.p, e, c.field)
			continue
		}
		want := Preferences{SilentTyping: true, Keys: Keys{Off: true}, Alerts: Alerts{Once: true}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%+v:\n%s", c.p, diff)
		}
	}
}

// Of keys that were kept, the ones that still can be are used: a later version may
// have given one of them to an action of its own.
func TestKeysThatClash(t *testing.T) {
	p, err := Preferences{Keys: Keys{Map: "close=t reply=q next=xy dance=d tags=n note=l"}}.Normal()
	if err == nil || p.Keys.Map != "reply=q note=l tags=n" {
		t.Errorf("%q, %v", p.Keys.Map, err)
	}
	if p, err = (Preferences{Keys: Keys{Map: "close=y tags=y"}}).Normal(); err == nil || p.Keys.Map != "tags=y" && p.Keys.Map != "close=y" {
		t.Errorf("%q, %v", p.Keys.Map, err)
	}
}

func TestKeysOfActions(t *testing.T) {
	k := Keys{Map: "reply=q"}.With("close", "y")
	for action, want := range map[string]string{"close": "y", "reply": "q", "next": "j", "dance": ""} {
		if got := k.Key(action); got != want {
			t.Errorf("%s: %q, want %q", action, got, want)
		}
	}
	seen := map[string]bool{}
	for _, a := range KeyActions {
		if seen[a.Name] || seen[a.Key] || !oneKey(a.Key) {
			t.Errorf("%+v stands there twice, or is no key", a)
		}
		seen[a.Name], seen[a.Key] = true, true
	}
}

// Saving one part leaves the others alone, and no field belongs to none.
func TestPartsOfPreferences(t *testing.T) {
	full := Preferences{Language: "de", Clock: "12", Theme: "dark", Density: "compact", Send: "ctrl", Focus: "heading", SilentTyping: true, AwayAfter: 5,
		Keys: Keys{Off: true, Map: "close=y"}, Alerts: Alerts{Queue: "2", Quieter: 10}, Panes: Panes{List: 320}}
	var all Preferences
	for _, part := range []Part{PartLook, PartWork, PartKeys, PartAlerts, PartPanes} {
		one := Preferences{}.With(part, full)
		if one == (Preferences{}) || one == full {
			t.Errorf("%s takes nothing, or everything", part)
		}
		if full.With(part, Preferences{}).With(part, full) != full {
			t.Errorf("%s changes another part", part)
		}
		all = all.With(part, full)
	}
	if diff := cmp.Diff(full, all); diff != "" {
		t.Errorf("the parts are not the whole:\n%s", diff)
	}
	if full.With("", Preferences{}) != (Preferences{}) {
		t.Error("no part is not everything")
	}
}

func TestTonesAndClock(t *testing.T) {
	for chosen, want := range map[string]int{"": 3, "1": 1, "4": 4, "off": 0, "9": 3} {
		if got := Tone(chosen, 3); got != want {
			t.Errorf("%q: %d, want %d", chosen, got, want)
		}
	}
	for _, c := range []struct {
		clock, language string
		want            bool
	}{{"", "en", false}, {"", "ar", true}, {"24", "ar", false}, {"12", "pl", true}} {
		if got := (Preferences{Clock: c.clock}).TwelveHours(c.language); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

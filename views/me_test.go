package views

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"agentdesk/desk"
	"agentdesk/static"
)

const (
	firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
	iphone  = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1"
)

func sampleMePage() MePage {
	p := page("My settings", NavNone)
	p.Me.Preferences = desk.Preferences{Language: "en", Keys: desk.Keys{Map: "close=y"}, Alerts: desk.Alerts{Message: "off", Quieter: 30, QuietFrom: "22:00", QuietTo: "07:00"}}
	return MePage{Page: p, Groups: sampleGroups, Member: []int{1, 2}, Sessions: []SignedIn{
		{Key: "k1", Device: iphone, Created: ago(26 * time.Hour), Seen: ago(3 * time.Hour)},
		{Key: "k2", Device: firefox, Created: ago(5 * time.Hour), Seen: ago(time.Second), Here: true},
		{Key: "k3", Created: ago(4 * time.Hour), Seen: ago(time.Minute)},
	}}
}

func refusedMePage() MePage {
	p := sampleMePage()
	p.Part, p.Field, p.Error = desk.PartKeys, "key-next", "Two actions have this key. Choose another."
	p.Sent = map[string]string{"key-next": "<r>"}
	p.Sessions = p.Sessions[1:2]
	return p
}

// A refused form holds what was sent, every other what is kept.
func TestMyRefusedForm(t *testing.T) {
	p := sampleMePage()
	p.Part, p.Field, p.Error, p.Sent = desk.PartAlerts, "volume", "No.", map[string]string{"volume": "loud", "queue": "2"}
	for _, c := range []struct {
		part        desk.Part
		field, want string
	}{
		{desk.PartAlerts, "volume", "loud"}, {desk.PartAlerts, "repeat", ""}, {desk.PartLook, "language", "en"}, {desk.PartWork, "typing", "1"},
		{desk.PartKeys, "key-close", "y"}, {desk.PartKeys, "key-next", "j"}, {desk.PartKeys, "keys", "1"}, {desk.PartPanes, "list", ""},
	} {
		if got := p.value(c.part, c.field); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.part, c.field, got, c.want)
		}
	}
	html := render(t, Me(p))
	if n := strings.Count(html, `aria-invalid="true"`); n != 1 || !strings.Contains(html, `aria-describedby="wrong-volume"`) || !strings.Contains(html, `id="wrong-volume"`) {
		t.Errorf("%d fields are marked, or the reason is not tied to its field", n)
	}
}

// Every field of every part of the page comes from somewhere.
func TestMyFieldsHaveValues(t *testing.T) {
	p := sampleMePage()
	p.Me.Preferences = desk.Preferences{Language: "de", Clock: "12", Theme: "dark", Density: "compact", Send: "ctrl", Focus: "heading", AwayAfter: 5,
		Keys: desk.Keys{Map: "close=y"}, Alerts: desk.Alerts{Queue: "2", QuietFrom: "22:00", QuietTo: "07:00"}, Panes: desk.Panes{List: 320, Details: 520}}
	html := render(t, Me(p))
	for part, fields := range map[desk.Part]string{
		desk.PartLook: "language clock theme density", desk.PartWork: "send focus typing away_after", desk.PartPanes: "list details",
		desk.PartAlerts: "queue mine message transfer volume repeat focused desktop quiet_from quiet_to", desk.PartKeys: "keys key-next key-help",
	} {
		for field := range strings.FieldsSeq(fields) {
			if p.value(part, field) == "" || !strings.Contains(html, `name="`+field+`"`) {
				t.Errorf("%s: %s has no value, or no field", part, field)
			}
		}
	}
}

// Scripts are told everything they need, defaults filled in.
func TestPrefsForScripts(t *testing.T) {
	p := sampleMePage().Page
	p.Hour12 = true
	got, err := p.prefsJSON()
	want := `{"hour12":true,"ctrl":false,"heading":false,"typing":true,"away":0,"list":0,"details":0,"keys":true,"remap":{"close":"y"},` +
		`"tones":{"message":0,"mine":2,"queue":1,"transfer":4},"volume":70,"repeat":true,"focused":true,"desktop":true,"quiet":["22:00","07:00"]}`
	if err != nil || got != want {
		t.Errorf("%v\n%s\n%s", err, got, want)
	}
	p.Me.Preferences = desk.Preferences{Theme: "dark", Density: "compact", Panes: desk.Panes{List: 280}}
	html := render(t, Me(MePage{Page: p}))
	if !strings.Contains(html, `<html lang="en" dir="ltr" data-density="compact" data-list="280" data-theme="dark">`) {
		t.Error(html[:200])
	}
}

func TestClocks(t *testing.T) {
	at := func(h, m int) time.Time { return time.Date(2026, 11, 21, h, m, 0, 0, time.UTC) }
	for _, c := range []struct {
		at     time.Time
		hour12 bool
		want   string
	}{
		{at(0, 5), false, "00:05"}, {at(14, 3), false, "14:03"}, {at(0, 5), true, "12:05 am"}, {at(12, 0), true, "12:00 pm"}, {at(9, 30), true, "9:30 am"}, {at(23, 59), true, "11:59 pm"},
	} {
		if got := (Env{Hour12: c.hour12}).clock(c.at); got != c.want {
			t.Errorf("%v %v: %q, want %q", c.at, c.hour12, got, c.want)
		}
	}
}

var keyRow = regexp.MustCompile(`\{ id: "([^"]+)", key: "(.)",([^\n]*)\},\n`)

// The script's table of keys and desk.KeyActions are one: the same actions, the
// same usual keys, and a name for each on the page.
func TestKeysOfPageAndScript(t *testing.T) {
	script, err := static.FS.ReadFile("js/keys.js")
	if err != nil {
		t.Fatal(err)
	}
	theirs, named := map[string]string{}, map[string]string{}
	for _, m := range keyRow.FindAllStringSubmatch(string(script), -1) {
		if !strings.Contains(m[3], "fixed: true") {
			theirs[m[1]] = m[2]
		}
	}
	p := sampleMePage()
	for _, a := range desk.KeyActions {
		if theirs[a.Name] != a.Key {
			t.Errorf("%s is %q here and %q in the script", a.Name, a.Key, theirs[a.Name])
		}
		delete(theirs, a.Name)
		if other := named[p.keyName(a.Name)]; other != "" {
			t.Errorf("%s and %s have one name", a.Name, other)
		}
		named[p.keyName(a.Name)] = a.Name
	}
	if len(theirs) > 0 {
		t.Errorf("the page does not have %v", theirs)
	}
}

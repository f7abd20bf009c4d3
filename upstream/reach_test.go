package upstream

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"agentdesk/protocol/version"
)

// reachRow is a row of the table "Where the dashboard uses it".
var reachRow = regexp.MustCompile(`(?m)^\| ([a-z_]+) \| (.+) \|$`)

// methodPlaces reads the table: by method where it is used, or "none: " and why
// nowhere.
func methodPlaces(t *testing.T) map[string]string {
	t.Helper()
	doc, err := os.ReadFile("../docs/protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(doc), "\n## Where the dashboard uses it\n")
	section, _, _ = strings.Cut(section, "\n## ")
	rows := reachRow.FindAllStringSubmatch(section, -1)
	if !found || len(rows) == 0 {
		t.Fatal("docs/protocol.md has no table of the methods' places")
	}
	out := map[string]string{}
	for _, row := range rows {
		if name, place := row[1], row[2]; name != "method" {
			if out[name] != "" {
				t.Errorf("%s has two rows", name)
			}
			out[name] = place
		}
	}
	return out
}

// TestEveryMethodHasItsPlace: the protocol's document says of each method where
// in the dashboard it is used, or why nowhere.
func TestEveryMethodHasItsPlace(t *testing.T) {
	places := methodPlaces(t)
	for name, place := range places {
		switch {
		case !slices.ContainsFunc(version.Methods(), func(m version.Method) bool { return m.Name == name }):
			t.Errorf("%s is no method of any version", name)
		case !strings.HasPrefix(place, "none: ") && strings.HasPrefix(place, "none"):
			t.Errorf("%s is used nowhere, and nothing says why: %s", name, place)
		}
	}
	for _, m := range version.Methods() {
		if places[m.Name] == "" {
			t.Errorf("%s has no row: say where the dashboard uses it, or why nowhere", m.Name)
		}
	}
}

package upstream

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"agentdesk/protocol/version"
)

// reachRow is a row of the table "Where the dashboard uses it".
var reachRow = regexp.MustCompile(`(?m)^\| ([a-z_]+) \| (.+) \|$`)

// TestEveryMethodHasItsPlace: the protocol's document says of each method where
// in the dashboard it is used, or why nowhere.
func TestEveryMethodHasItsPlace(t *testing.T) {
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
	exists, said := map[string]bool{}, map[string]bool{}
	for _, m := range version.Methods() {
		exists[m.Name] = true
	}
	for _, row := range rows {
		name, place := row[1], row[2]
		switch {
		case name == "method":
		case !exists[name]:
			t.Errorf("%s is no method of any version", name)
		case said[name]:
			t.Errorf("%s has two rows", name)
		case !strings.HasPrefix(place, "none: ") && strings.HasPrefix(place, "none"):
			t.Errorf("%s is used nowhere, and nothing says why: %s", name, place)
		}
		said[name] = true
	}
	for name := range exists {
		if !said[name] {
			t.Errorf("%s has no row: say where the dashboard uses it, or why nowhere", name)
		}
	}
}

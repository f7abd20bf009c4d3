package upstream

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"agentdesk/protocol/version"
)

var update = flag.Bool("update", false, "write the table of docs/protocol.md anew; then read the difference")

// The generated part of the document stands between these lines.
const (
	protocolFile = "../docs/protocol.md"
	tableBegin   = "<!-- dashboard by version: written by go test ./upstream -update -->\n"
	tableEnd     = "<!-- end of dashboard by version -->\n"
)

// exercised is what the scripted servers of all tests were asked, and what they
// pushed to a client that is logged in. It belongs to the test binary, because
// only TestMain sees the end of all tests.
var exercised = record{cells: map[string]bool{}}

type record struct {
	mu    sync.Mutex
	cells map[string]bool // kind, name and version
}

func cell(kind, name string, v version.Version) string { return kind + " " + name + " " + v.String() }

// note keeps what the version has a word for.
func (r *record) note(kind, name string, v tongue) {
	at := version.Version(v)
	_, method := at.Method(name)
	if kind == "P" && !at.HasPush(name) || kind != "P" && !method {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cells[cell(kind, name, at)] = true
}

// table has a row for each method that was sent and each push that came.
func (r *record) table() string {
	var b strings.Builder
	rows := func(head string, names []string, mark func(name string, v version.Version) string) {
		fmt.Fprintf(&b, "\n| %s | 3.0 | 3.1 | 3.2 | 3.3 | 3.4 | 3.5 | 3.6 | 3.7 |\n|---|---|---|---|---|---|---|---|---|\n", head)
		for _, name := range names {
			line := ""
			for _, v := range version.All() {
				line += " " + mark(name, v) + " |"
			}
			if strings.Trim(line, " |") != "" {
				fmt.Fprintf(&b, "| %s |%s\n", name, line)
			}
		}
	}
	var methods, pushes []string
	for _, m := range version.Methods() {
		methods = append(methods, m.Name)
	}
	for _, p := range version.Pushes() { // agent_updated means two things and stands there twice
		if !slices.Contains(pushes, p.Name) {
			pushes = append(pushes, p.Name)
		}
	}
	rows("method sent", methods, func(name string, v version.Version) (out string) {
		for _, wire := range []string{"R", "W"} {
			if r.cells[cell(wire, name, v)] {
				out += wire
			}
		}
		return out
	})
	rows("push taken", pushes, func(name string, v version.Version) string {
		if r.cells[cell("P", name, v)] {
			return "✓"
		}
		return ""
	})
	return b.String() + "\n"
}

// missing are the cells of a table that were not exercised. More may be: a test
// that lets chance decide may ask more in one run than in another.
func (r *record) missing(table string) (out []string) {
	kind := ""
	for line := range strings.Lines(table) {
		parts := strings.Split(strings.TrimSpace(line), "|")
		if len(parts) < 10 || strings.HasPrefix(line, "|---") {
			continue
		}
		switch name := strings.TrimSpace(parts[1]); name {
		case "method sent", "push taken":
			kind = name
		default:
			for i, v := range version.All() {
				for _, mark := range strings.TrimSpace(parts[i+2]) {
					if k := string(mark); kind == "method sent" && !r.cells[cell(k, name, v)] || kind == "push taken" && k == "✓" && !r.cells[cell("P", name, v)] {
						out = append(out, name+" "+v.String())
					}
				}
			}
		}
	}
	return out
}

// checked runs all tests and then holds the document to what they did.
type checked struct{ *testing.M }

func (m checked) Run() int {
	code := m.M.Run()
	for _, narrowed := range []string{"test.run", "test.skip", "test.list", "test.fuzz"} {
		if code != 0 || flag.Lookup(narrowed).Value.String() != "" {
			return code
		}
	}
	if err := exercised.check(); err != nil {
		fmt.Println("FAIL:", err)
		return 1
	}
	return 0
}

func (r *record) check() error {
	b, err := os.ReadFile(protocolFile)
	if err != nil {
		return err
	}
	before, rest, begins := strings.Cut(string(b), tableBegin)
	have, after, ends := strings.Cut(rest, tableEnd)
	switch {
	case !begins || !ends:
		return fmt.Errorf("%s has no lines %q and %q", protocolFile, tableBegin, tableEnd)
	case *update:
		return os.WriteFile(protocolFile, []byte(before+tableBegin+r.table()+tableEnd+after), 0o644)
	}
	if out := r.missing(have); len(out) > 0 {
		return fmt.Errorf("%s says more than the tests did: %v; run all tests of this package with -update", protocolFile, out)
	}
	if len(have) < 1000 {
		return fmt.Errorf("%s has no table of what the dashboard does", protocolFile)
	}
	return nil
}

func TestMain(m *testing.M) { goleak.VerifyTestMain(checked{m}) }

package upstream

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"agentdesk/protocol/version"
)

var update = flag.Bool("update", false, "write the tables of docs/protocol.md anew; then read the difference")

// notes is what was proven: methods by the wires they went over, pushes and
// structures by a tick.
type notes struct {
	places map[string]string // of every method in the dashboard
	mu     sync.Mutex
	cells  map[string]string // kind, name and version
	cases  map[string]bool   // by name
}

func newNotes(t *testing.T) *notes {
	return &notes{places: methodPlaces(t), cells: map[string]string{}, cases: map[string]bool{}}
}

func cell(kind, name string, v fmt.Stringer) string { return kind + " " + name + " " + v.String() }

// unread are the structures that the dashboard has no use for.
var unread = map[string]string{
	"Cart":     "the dashboard shows no shop",
	"CartItem": "the dashboard shows no shop",
}

// proven notes what a case that passed had: each request, each push, and each
// structure that the desk put into words.
func (n *notes) proven(st *stage, c script) {
	if st.t.Failed() {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.cases[c.name] = true
	for _, a := range c.asks {
		n.cells[cell("method", a.action, st.v)] = st.wires[a.action]
	}
	if st.pings > 0 {
		n.cells[cell("method", "ping", st.v)] = "R"
	}
	for _, p := range c.pushes {
		n.cells[cell("push", p.action, st.v)] = "✓"
	}
	for _, l := range c.come {
		name, _, _ := strings.Cut(l, " ")
		if name == "Summary" {
			name = st.v.old(37, "ChatSummary", "ChatInfo")
		}
		if has := func(s version.StructureInfo) bool { return s.Name == name && s.Has(version.Version(st.v)) }; slices.ContainsFunc(version.Structures(), has) {
			n.cells[cell("structure", name, st.v)] = "✓"
		}
	}
}

// check fails for what a version has and was not proven at it, and holds the
// document to the tables.
func (n *notes) check(t *testing.T) {
	for name := range calls {
		if !n.cases[name] {
			t.Errorf("no case of testdata is named %q", name)
		}
	}
	var b strings.Builder
	for _, m := range version.Methods() {
		why, never := strings.CutPrefix(n.places[m.Name], "none: ")
		n.row(t, "method", m.Name, m.Taken, never, why)
	}
	n.table(&b, "method", names(version.Methods(), func(m version.Method) string { return m.Name }))
	for _, p := range version.Pushes() {
		n.row(t, "push", p.Name, func(v version.Version) bool { return v.HasPush(p.Name) }, false, "")
	}
	n.table(&b, "push", names(version.Pushes(), func(p version.PushInfo) string { return p.Name }))
	for _, s := range version.Structures() {
		n.row(t, "structure", s.Name, s.Has, unread[s.Name] != "", unread[s.Name])
	}
	n.table(&b, "structure", names(version.Structures(), func(s version.StructureInfo) string { return s.Name }))
	if !t.Failed() {
		checkDocument(t, b.String()+"\n")
	}
}

// row checks one name at all versions.
func (n *notes) row(t *testing.T, kind, name string, has func(version.Version) bool, never bool, why string) {
	for _, v := range version.All() {
		switch got := n.cells[cell(kind, name, v)] != ""; {
		case has(v) && !got && !never:
			t.Errorf("%s %s is not proven at %v", kind, name, v)
		case got && never:
			t.Errorf("%s %s is proven at %v, though: %s", kind, name, v, why)
		case got && !has(v):
			t.Errorf("%v has no %s %s", v, kind, name)
		}
	}
}

// names are those of a list, each once: agent_updated means two things.
func names[T any](list []T, name func(T) string) (out []string) {
	seen := map[string]bool{}
	for _, one := range list {
		if s := name(one); !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// heads say what a tick in a table means.
var heads = map[string]string{"method": "method sent", "push": "push taken", "structure": "structure read"}

func (n *notes) table(b *strings.Builder, kind string, names []string) {
	fmt.Fprintf(b, "\n| %s | 3.0 | 3.1 | 3.2 | 3.3 | 3.4 | 3.5 | 3.6 | 3.7 |\n|---|---|---|---|---|---|---|---|---|\n", heads[kind])
	for _, name := range names {
		line := ""
		for _, v := range version.All() {
			line += " " + n.cells[cell(kind, name, v)] + " |"
		}
		if strings.Trim(line, " |") != "" {
			fmt.Fprintf(b, "| %s |%s\n", name, line)
		}
	}
}

// The generated part of the document stands between these lines.
const (
	protocolFile = "../docs/protocol.md"
	tableBegin   = "<!-- dashboard by version: written by go test ./upstream -run TestConformance -update -->\n"
	tableEnd     = "<!-- end of dashboard by version -->\n"
)

func checkDocument(t *testing.T, want string) {
	b, err := os.ReadFile(protocolFile)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(b), tableBegin)
	have, after, ends := strings.Cut(rest, tableEnd)
	switch {
	case !begins || !ends:
		t.Fatalf("%s has no lines %q and %q", protocolFile, tableBegin, tableEnd)
	case have == want:
	case *update:
		if err := os.WriteFile(protocolFile, []byte(before+tableBegin+want+tableEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("the tables of %s are stale: run this test with -update", protocolFile)
	}
}

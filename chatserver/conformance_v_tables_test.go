package chatserver_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the tables of docs/protocol.md anew; then read the difference")

// The generated part of the document stands between these lines.
const (
	protocolFile = "../docs/protocol.md"
	tablesBegin  = "<!-- embedded server by version: written by go test ./chatserver -run TestConformanceVersions -update -->\n"
	tablesEnd    = "<!-- end of embedded server by version -->\n"
)

// checkTables compares the tables of docs/protocol.md with what was exercised,
// and writes them anew with -update.
func checkTables(t *testing.T, n *notes) {
	t.Helper()
	b, err := os.ReadFile(protocolFile)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(b), tablesBegin)
	have, after, ends := strings.Cut(rest, tablesEnd)
	if !begins || !ends {
		t.Fatalf("%s has no lines %q and %q", protocolFile, tablesBegin, tablesEnd)
	}
	want := n.tables()
	switch {
	case have == want:
	case *update:
		if err := os.WriteFile(protocolFile, []byte(before+tablesBegin+want+tablesEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("the tables of %s are stale: run this test with -update", protocolFile)
	}
}

// tables are the methods, pushes and structures by version.
func (n *notes) tables() string {
	var b strings.Builder
	table := func(what string, list []row, cellOf func(name string, v int) string) {
		fmt.Fprintf(&b, "\n| %s | 3.0 | 3.1 | 3.2 | 3.3 | 3.4 | 3.5 | 3.6 | 3.7 |\n|---|---|---|---|---|---|---|---|---|\n", what)
		done := map[string]bool{}
		for _, r := range list {
			if done[r.name] {
				continue
			}
			done[r.name] = true
			fmt.Fprintf(&b, "| %s |", r.name)
			for v := range 8 {
				fmt.Fprintf(&b, " %s |", cellOf(r.name, v))
			}
			b.WriteString("\n")
		}
	}
	table("method", n.methods, func(name string, v int) string {
		out := ""
		for _, wire := range "RW" {
			if strings.ContainsRune(n.calls[cell(name, v)], wire) {
				out += string(wire)
			}
		}
		return out
	})
	table("push", n.pushes, func(name string, v int) string {
		if n.heard[cell(name, v)] {
			return "✓"
		}
		return ""
	})
	table("structure", n.structures, func(name string, v int) string {
		if n.seen[cell(name, v)] {
			return "✓"
		}
		return ""
	})
	return b.String() + "\n"
}

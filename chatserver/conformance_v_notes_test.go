package chatserver_test

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

// row is a line of testdata: a method or a push with the versions that have it.
type row struct {
	name, wires  string
	since, until int
	required     []string
	never        string // why a push has no cause here
}

func rows(t *testing.T, file string) []row {
	t.Helper()
	f, err := os.Open("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []row
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line, why, _ := strings.Cut(lines.Text(), " never: ")
		if line == "" || line[0] == '#' {
			continue
		}
		var since, until string
		r := row{never: why}
		var fields string
		if n, _ := fmt.Sscan(line, &r.name, &since, &until, &r.wires, &fields); n < 3 {
			t.Fatalf("%s: %q", file, line)
		}
		r.since, r.until = int(since[2]-'0'), int(until[2]-'0')
		if fields != "-" && fields != "" {
			r.required = strings.Split(fields, ",")
		}
		out = append(out, r)
	}
	return out
}

// notes is what the suite has exercised.
type notes struct {
	methods, pushes, structures []row

	mu    sync.Mutex
	calls map[string]string // "method 3.2" → transports
	heard map[string]bool   // "push 3.2"
	seen  map[string]bool   // "structure 3.2"
}

func newNotes(t *testing.T) *notes {
	return &notes{
		methods: rows(t, "agent_methods.txt"), pushes: rows(t, "agent_pushes.txt"), structures: rows(t, "agent_structures.txt"),
		calls: map[string]string{}, heard: map[string]bool{}, seen: map[string]bool{},
	}
}

func cell(name string, v int) string { return fmt.Sprintf("%s 3.%d", name, v) }

// takes reports whether a version has a method on a transport, R or W.
func (n *notes) takes(method string, v int, wire string) bool {
	return slices.ContainsFunc(n.methods, func(r row) bool {
		return r.name == method && r.since <= v && v <= r.until && strings.Contains(r.wires, wire)
	})
}

func (n *notes) called(method string, v int, wire string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !strings.Contains(n.calls[cell(method, v)], wire) {
		n.calls[cell(method, v)] += wire
	}
}

// pushed notes a push; one that the version does not have is an error.
func (n *notes) pushed(t *testing.T, action string, v int) {
	t.Helper()
	n.note(t, n.heard, n.pushes, "push", action, v)
}

// saw notes a structure that was checked.
func (n *notes) saw(t *testing.T, structure string, v int) {
	t.Helper()
	n.note(t, n.seen, n.structures, "structure", structure, v)
}

func (n *notes) note(t *testing.T, into map[string]bool, list []row, what, name string, v int) {
	t.Helper()
	if !slices.ContainsFunc(list, func(r row) bool { return r.name == name && r.since <= v && v <= r.until }) {
		t.Errorf("3.%d has no %s %s", v, what, name)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	into[cell(name, v)] = true
}

// missing lists the methods and pushes of the lists that were not exercised.
func (n *notes) missing() (out []string) {
	for _, r := range n.methods {
		for v := r.since; v <= r.until; v++ {
			for _, wire := range r.wires {
				if !strings.ContainsRune(n.calls[cell(r.name, v)], wire) {
					out = append(out, fmt.Sprintf("method %s over %c", cell(r.name, v), wire))
				}
			}
		}
	}
	for _, r := range n.pushes {
		out = append(out, r.unseen("push", n.heard)...)
	}
	for _, r := range n.structures {
		out = append(out, r.unseen("structure", n.seen)...)
	}
	return out
}

// unseen lists the versions in which the row was not exercised, or was though it
// has no cause.
func (r row) unseen(what string, seen map[string]bool) (out []string) {
	for v := r.since; v <= r.until; v++ {
		if has := seen[cell(r.name, v)]; has != (r.never == "") {
			out = append(out, fmt.Sprintf("%s %s: %v, and never: %q", what, cell(r.name, v), has, r.never))
		}
	}
	return out
}

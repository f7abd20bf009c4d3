package upstream

import (
	"context"
	"flag"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestConformance plays every case of testdata at every version that has it: a
// server whose frames are written by hand, and a desk that must ask what is
// written, and show what is written, to the word. What it does not prove at a
// version, though the version has it, fails; docs/protocol.md has its tables.
func TestConformance(t *testing.T) {
	n := newNotes(t)
	t.Run("at", func(t *testing.T) {
		for _, v := range tongues {
			t.Run(v.String(), func(t *testing.T) {
				t.Parallel()
				atVersion(t, v, n)
			})
		}
	})
	if narrowed := strings.Contains(flag.Lookup("test.run").Value.String(), "/"); !narrowed && !t.Failed() {
		n.check(t)
	}
}

func atVersion(t *testing.T, v tongue, n *notes) {
	scene := scripts(t, "scene.txt", v)[0]
	t.Run("scene", func(t *testing.T) {
		onStage(t, v, scene, func(st *stage) {
			st.compare(nil, st.words(nil), scene)
			n.proven(st, scene)
		})
	})
	for _, c := range scripts(t, "pushes_*.txt", v) {
		if len(c.pushes) == 0 {
			continue // the version has no such push
		}
		t.Run(c.name, func(t *testing.T) {
			onStage(t, v, scene, func(st *stage) {
				before := st.begin(c)
				st.push()
				st.compare(before, st.words(before), c)
				n.proven(st, c)
			})
		})
	}
	for _, c := range scripts(t, "calls_*.txt", v) {
		if len(c.asks)+len(c.come) == 0 {
			continue // the version has no such method
		}
		t.Run(c.name, func(t *testing.T) {
			call := calls[c.name]
			if call == nil {
				t.Fatal("nothing is called so")
			}
			onStage(t, v, scene, func(st *stage) {
				before := st.begin(c)
				said, err := call(context.Background(), st)
				pass(time.Second)
				if err != nil {
					said = []string{"Error " + string(codeOf(err))}
				}
				st.compare(before, append(st.words(before), said...), c)
				n.proven(st, c)
			})
		})
	}
}

// compare holds what the desk says and what it asked for to a case.
func (st *stage) compare(before, after []string, c script) {
	st.t.Helper()
	gone, come := without(before, after), without(after, before)
	for _, l := range without(gone, c.gone) {
		st.t.Errorf("the desk says no longer\n- %s", l)
	}
	for _, l := range without(c.gone, gone) {
		st.t.Errorf("the desk should say no longer\n- %s", l)
	}
	for _, l := range without(come, c.come) {
		st.t.Errorf("the desk says now\n+ %s", l)
	}
	for _, l := range without(c.come, come) {
		st.t.Errorf("the desk should say now\n+ %s", l)
	}
	asked := st.requests()
	for _, want := range c.asks {
		i := slices.IndexFunc(asked, func(a said) bool {
			return a.action == want.action && (a.payload == want.payload || sameJSON(a.payload, want.payload))
		})
		if i < 0 {
			st.t.Errorf("not asked\n%s %s", want.action, want.payload)
			continue
		}
		asked = slices.Delete(asked, i, i+1)
	}
	for _, a := range asked {
		st.t.Errorf("asked\n%s %s", a.action, a.payload)
	}
	for _, what := range st.lost {
		st.t.Errorf("%s was not understood", what)
	}
}

// without is a list without the lines of another, each taken once.
func without(list, other []string) []string {
	other = slices.Clone(other)
	return slices.DeleteFunc(slices.Clone(list), func(l string) bool {
		i := slices.Index(other, l)
		if i >= 0 {
			other = slices.Delete(other, i, i+1)
		}
		return i >= 0
	})
}

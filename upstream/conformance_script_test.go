package upstream

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// script is a case of testdata as one version has it: what the server says, what
// it must be asked, and what the desk must make of it.
type script struct {
	name    string
	pushes  []said     // in this order
	asks    []said     // requests that must be made, in any order, and no others
	answers []reaction // the first that fits is given
	gone    []string   // words that the desk says no longer
	come    []string   // words that it says now
}

// said is a message: its action and payload.
type said struct{ action, payload string }

// reaction is what a request gets that contains in its payload.
type reaction struct {
	action, in, payload string
	refused             bool // payload is the type of the error
}

// line is a line of testdata: a verb, the versions it holds for, and the rest.
type line struct {
	verb, action string
	since, until tongue
	text         string
}

// Testdata is plain text. A line that begins with a space goes on with the one
// before. Every verb may name a version, 3.4, or versions, 3.4-3.6:
//
//	let message 3.4-3.7 {…}       $message stands for it, those of structures.txt in every file
//	case a customer leaves        begins a case
//	push customer_left 3.3-3.7 {} the server pushes it
//	ask get_chat 3.2-3.7 {}       the desk must ask for it
//	answer get_chat["B"] {}       and gets this, where its payload contains "B"
//	refuse get_chat not_found     or this error
//	as a customer leaves          it asks for what it asks for in that case
//	- words, + words              what the desk says no longer, and now
var (
	lineForm   = regexp.MustCompile(`^(let|push|ask|answer|refuse|case|as|[-+])(?: (3\.\d)(?:-(3\.\d))?)?(?: (.*))?$`)
	actionForm = regexp.MustCompile(`^([a-z_0-9]+(?:\[[^\]]*\])?)(?: (3\.\d)(?:-(3\.\d))?)?(?: (.*))?$`)
)

// scripts reads the cases of testdata, as a version has them.
func scripts(t *testing.T, pattern string, v tongue) (out []script) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v, %v", pattern, files, err)
	}
	lets := map[string]string{}
	var expand func(string) string
	expand = func(s string) string {
		return os.Expand(s, func(name string) string {
			value, ok := lets[name]
			if !ok {
				t.Fatalf("%v has no $%s", v, name)
			}
			return expand(value)
		})
	}
	for _, file := range append([]string{"testdata/structures.txt"}, files...) {
		for _, l := range lines(t, file) {
			switch {
			case l.verb == "case":
				out = append(out, script{name: l.text})
			case v < l.since || v > l.until:
			case l.verb == "let":
				lets[l.action] = l.text
			case len(out) == 0:
				t.Fatalf("%s: %q is in no case", file, l.text)
			case l.verb == "as":
				i := slices.IndexFunc(out, func(s script) bool { return s.name == l.text })
				if i < 0 {
					t.Fatalf("%s: there is no case %q before", file, l.text)
				}
				out[len(out)-1].asks = append(out[len(out)-1].asks, out[i].asks...)
			default:
				out[len(out)-1].add(l, expand(l.text))
			}
		}
	}
	return out
}

func (s *script) add(l line, text string) {
	action, in, _ := strings.Cut(strings.TrimSuffix(l.action, "]"), "[")
	switch l.verb {
	case "push":
		s.pushes = append(s.pushes, said{action, text})
	case "ask":
		s.asks = append(s.asks, said{action, text})
	case "answer", "refuse":
		s.answers = append(s.answers, reaction{action, in, text, l.verb == "refuse"})
	case "-":
		s.gone = append(s.gone, text)
	case "+":
		s.come = append(s.come, text)
	}
}

func lines(t *testing.T, file string) (out []line) {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var whole []string
	for scan := bufio.NewScanner(f); scan.Scan(); {
		switch text := scan.Text(); {
		case text == "" || text[0] == '#':
		case text[0] == ' ' || text[0] == '\t':
			whole[len(whole)-1] += " " + strings.TrimSpace(text)
		default:
			whole = append(whole, text)
		}
	}
	for _, text := range whole {
		m := lineForm.FindStringSubmatch(text)
		if m == nil {
			t.Fatalf("%s: %q is no line", file, text)
		}
		l := line{verb: m[1], text: m[4]}
		if !slices.Contains([]string{"case", "as", "-", "+"}, l.verb) {
			a := actionForm.FindStringSubmatch(l.text)
			if a == nil {
				t.Fatalf("%s: %q names no action", file, text)
			}
			l.action, l.text = a[1], a[4]
			m[2], m[3] = a[2], a[3]
		}
		l.since, l.until = 30, 37
		if m[2] != "" {
			l.since, l.until = minor(m[2]), minor(m[2])
		}
		if m[3] != "" {
			l.until = minor(m[3])
		}
		out = append(out, l)
	}
	return out
}

// minor reads 3.4.
func minor(name string) (v tongue) {
	_, _ = fmt.Sscanf(name, "3.%d", &v)
	return 30 + v
}

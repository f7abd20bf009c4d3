package chatserver_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// doc is a decoded document.
type doc map[string]any

// at finds a value by a dotted path; a number is an index.
func (d doc) at(path string) any {
	var v any = map[string]any(d)
	for _, step := range strings.Split(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[step]
		case []any:
			i := 0
			if _, err := fmt.Sscan(step, &i); err != nil || i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

func (d doc) str(path string) string { s, _ := d.at(path).(string); return s }

func (d doc) list(path string) []any { l, _ := d.at(path).([]any); return l }

func (d doc) sub(path string) doc { m, _ := d.at(path).(map[string]any); return m }

func (d doc) String() string { b, _ := json.Marshal(d); return string(b) }

// has fails unless every path is there.
func (d doc) has(t *testing.T, paths ...string) {
	t.Helper()
	for _, p := range paths {
		if d.at(p) == nil {
			t.Errorf("%s is missing in %s", p, d)
		}
	}
}

// lacks fails where a path is there.
func (d doc) lacks(t *testing.T, paths ...string) {
	t.Helper()
	for _, p := range paths {
		if v := d.at(p); v != nil {
			t.Errorf("%s must not be there, but is %v in %s", p, v, d)
		}
	}
}

// is fails unless a path has a value.
func (d doc) is(t *testing.T, path string, want any) {
	t.Helper()
	if got := d.at(path); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s is %v, want %v, in %s", path, got, want, d)
	}
}

// docOf decodes an answer; an array becomes the field "list".
func docOf(b []byte) doc {
	var v any
	_ = json.Unmarshal(b, &v)
	if list, ok := v.([]any); ok {
		return doc{"list": list}
	}
	return asDoc(v)
}

func readDoc(t *testing.T, r *http.Response) doc {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	var d doc
	_ = json.Unmarshal(b, &d)
	return d
}

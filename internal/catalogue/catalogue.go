package catalogue

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Forms are the plural forms that whole numbers take in each language (CLDR).
var Forms = map[string][]string{
	"pl": {"few", "many", "one", "other"}, "de": {"one", "other"}, "es": {"many", "one", "other"},
	"ar": {"few", "many", "one", "other", "two", "zero"},
}

// noted is a note that tells two meanings of a text apart.
var noted = regexp.MustCompile(` #[a-z ]+$`)

// Entries reads the catalogue of a language: a string or a map of forms by key.
func Entries(t testing.TB, dir, tag string) map[string]any {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(dir, tag+".json"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]any{}
	if err := json.Unmarshal(body, &all); err != nil {
		t.Fatalf("%s: %v", tag, err)
	}
	return all
}

// Keys are the texts that are asked for by T, N and around, by whether they are
// about a number. Of the two texts of N, that for many is the key.
func Keys(all []Use) map[string]bool {
	out := map[string]bool{}
	var one string
	for _, u := range all {
		switch {
		case u.Call == "N" && one == "":
			one = u.Where
		case u.Call == "N":
			out[u.Text], one = true, ""
		case u.Call != "":
			out[u.Text] = false
		}
	}
	return out
}

// CheckKeys finds keys that a catalogue lacks, and entries that no literal of the
// sources is the key of. With update the missing ones are put in, without a text,
// and the others taken out.
func CheckKeys(t testing.TB, dir string, keys map[string]bool, literals []Use, update bool) {
	t.Helper()
	written := map[string]bool{}
	for _, u := range literals {
		written[u.Text] = true
	}
	for tag := range Forms {
		has := Entries(t, dir, tag)
		for key := range has {
			if !written[key] {
				t.Errorf("%s: nothing uses %q", tag, key)
				delete(has, key)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			if strings.Contains(key, " #") && !noted.MatchString(key) {
				t.Errorf("%q is cut at its sign #", key)
			}
			if _, ok := has[key]; key == "" || ok {
				continue
			}
			t.Errorf("%s lacks %q", tag, key)
			has[key] = blank(tag, keys[key])
		}
		if update {
			write(t, filepath.Join(dir, tag+".json"), has)
		}
	}
}

func blank(tag string, counted bool) any {
	if !counted {
		return ""
	}
	out := map[string]any{}
	for _, f := range Forms[tag] {
		out[f] = ""
	}
	return out
}

// write puts a catalogue in order: a line for each text, by key.
func write(t testing.TB, file string, all map[string]any) {
	t.Helper()
	var b strings.Builder
	b.WriteString("{\n")
	for i, key := range slices.Sorted(maps.Keys(all)) {
		if i > 0 {
			b.WriteString(",\n")
		}
		b.WriteString("  " + plain(t, key) + ": " + plain(t, all[key]))
	}
	b.WriteString("\n}\n")
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func plain(t testing.TB, v any) string {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

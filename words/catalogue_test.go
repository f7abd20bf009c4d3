package words_test

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "put missing keys into the catalogues, without a text, and take out those that nothing uses")

// pluralForms are the forms that whole numbers take in a language (CLDR).
var pluralForms = map[string][]string{
	"pl": {"few", "many", "one", "other"}, "de": {"one", "other"}, "es": {"many", "one", "other"},
	"ar": {"few", "many", "one", "other", "two", "zero"},
}

// counted and single tell sentences about a number in tables: the text for many
// is the key of both.
var (
	counted = regexp.MustCompile(`%d (minutes|days)\b`)
	single  = regexp.MustCompile(`%d (minute|day)\b`)
	noted   = regexp.MustCompile(` #[a-z ]+$`)
)

// entries is a catalogue as it is written: a string or a map of forms by key.
func entries(t *testing.T, tag string) map[string]any {
	t.Helper()
	body, err := os.ReadFile("catalogue/" + tag + ".json")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]any{}
	if err := json.Unmarshal(body, &all); err != nil {
		t.Fatalf("%s: %v", tag, err)
	}
	return all
}

// keys are the texts that sources ask for, by whether they are about a number.
func keys(t *testing.T) map[string]bool {
	out := map[string]bool{}
	all := append(goTexts(t), scriptTexts(t)...)
	var one string
	for _, u := range all {
		switch {
		case u.call == "N" && one == "": // the text for one; that for many is the key
			one = u.where
		case u.call == "N":
			out[u.text], one = true, ""
		case u.call != "":
			out[u.text] = false
		}
	}
	for _, u := range all {
		if _, ok := out[u.text]; !ok && u.call == "" && spoken(u) && !single.MatchString(u.text) {
			out[u.text] = counted.MatchString(u.text)
		}
	}
	return out
}

// TestKeys finds texts that a catalogue lacks, and entries that nothing uses.
func TestKeys(t *testing.T) {
	used := keys(t)
	literals := map[string]bool{}
	for _, u := range append(goTexts(t), scriptTexts(t)...) {
		literals[u.text] = true
	}
	for tag := range pluralForms {
		has := entries(t, tag)
		for key := range has {
			if !literals[key] {
				t.Errorf("%s: nothing uses %q", tag, key)
				delete(has, key)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(used)) {
			if strings.Contains(key, " #") && !noted.MatchString(key) {
				t.Errorf("%q is cut at its sign #", key)
			}
			if _, ok := has[key]; key == "" || ok {
				continue
			}
			t.Errorf("%s lacks %q", tag, key)
			has[key] = blank(tag, used[key])
		}
		if *update {
			write(t, tag, has)
		}
	}
}

func blank(tag string, counted bool) any {
	if !counted {
		return ""
	}
	out := map[string]any{}
	for _, f := range pluralForms[tag] {
		out[f] = ""
	}
	return out
}

// write puts a catalogue in order: a line for each text, by key.
func write(t *testing.T, tag string, all map[string]any) {
	t.Helper()
	var b strings.Builder
	b.WriteString("{\n")
	for i, key := range slices.Sorted(maps.Keys(all)) {
		if i > 0 {
			b.WriteString(",\n")
		}
		b.WriteString("  " + plainJSON(t, key) + ": " + plainJSON(t, all[key]))
	}
	b.WriteString("\n}\n")
	if err := os.WriteFile("catalogue/"+tag+".json", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func plainJSON(t *testing.T, v any) string {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

var holes = regexp.MustCompile(`%(?:\[\d\])?[sd]|\{[\w|]+\}`)

// holesOf are what is put into a text, in the order in which it is counted.
func holesOf(text string) []string {
	all := holes.FindAllString(text, -1)
	if strings.Contains(text, "%[") || strings.Contains(text, "{") {
		slices.Sort(all)
	}
	return all
}

// TestTranslations compares each text with the English one: the same things are
// put into it, and a text about a number has every form that the language has.
func TestTranslations(t *testing.T) {
	for tag, forms := range pluralForms {
		used := keys(t)
		for key, value := range entries(t, tag) {
			switch v := value.(type) {
			case string:
				if used[key] {
					t.Errorf("%s: %q is about a number and has one text only", tag, key)
				}
				compare(t, tag, key, v, false)
			case map[string]any:
				if about, ok := used[key]; ok && !about {
					t.Errorf("%s: %q is asked for without a number and has plural forms", tag, key)
				}
				if got := slices.Sorted(maps.Keys(v)); !slices.Equal(got, forms) {
					t.Errorf("%s: %q has the forms %v, the language %v", tag, key, got, forms)
				}
				for form, text := range v {
					s, _ := text.(string)
					compare(t, tag, key, s, form == "zero" || form == "one" || form == "two")
				}
			}
		}
	}
}

// compare checks one text. Where may is set, the number itself may be a word of
// the text.
func compare(t *testing.T, tag, key, text string, may bool) {
	t.Helper()
	want, got := holesOf(key), holesOf(text)
	without := slices.DeleteFunc(slices.Clone(want), func(h string) bool { return h == "%d" || h == "%[1]d" })
	switch {
	case strings.TrimSpace(text) == "":
		t.Errorf("%s: %q has no text", tag, key)
	case slices.Equal(want, got), may && slices.Equal(without, got):
	default:
		t.Errorf("%s: %q takes %v, %q takes %v", tag, key, want, text, got)
	}
	if strings.TrimSpace(text) != text && strings.TrimSpace(key) == key {
		t.Errorf("%s: %q has spaces around its text", tag, key)
	}
}

package catalogue

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Holes are the places for names and numbers in a text.
var Holes = regexp.MustCompile(`%(?:\[\d\])?[sd]|\{[\w|]+\}`)

// holesOf are what is put into a text, in the order in which it is counted.
func holesOf(text string) []string {
	all := Holes.FindAllString(text, -1)
	if strings.Contains(text, "%[") || strings.Contains(text, "{") {
		slices.Sort(all)
	}
	return all
}

// CheckTranslations compares each text with the English one: the same things are
// put into it, and a text about a number has every form that the language has.
func CheckTranslations(t testing.TB, dir string, keys map[string]bool) {
	t.Helper()
	for tag, forms := range Forms {
		for key, value := range Entries(t, dir, tag) {
			switch v := value.(type) {
			case string:
				if keys[key] {
					t.Errorf("%s: %q is about a number and has one text only", tag, key)
				}
				compare(t, tag, key, v, false)
			case map[string]any:
				if about, ok := keys[key]; ok && !about {
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
func compare(t testing.TB, tag, key, text string, may bool) {
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

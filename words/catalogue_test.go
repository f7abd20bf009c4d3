package words_test

import (
	"flag"
	"regexp"
	"slices"
	"testing"

	"agentdesk/internal/catalogue"
)

var update = flag.Bool("update", false, "put missing keys into the catalogues, without a text, and take out those that nothing uses")

// dir holds the catalogues.
const dir = "catalogue"

// counted and single tell sentences about a number in tables: the text for many
// is the key of both.
var (
	counted = regexp.MustCompile(`%d (minutes|days)\b`)
	single  = regexp.MustCompile(`%d (minute|day)\b`)
)

// keys are the texts that sources ask for, by whether they are about a number.
func keys(all []catalogue.Use) map[string]bool {
	all = slices.DeleteFunc(slices.Clone(all), func(u catalogue.Use) bool { return notRead[u.File()] })
	out := catalogue.Keys(all)
	for _, u := range all {
		if _, ok := out[u.Text]; !ok && u.Call == "" && spoken(u) && !single.MatchString(u.Text) {
			out[u.Text] = counted.MatchString(u.Text)
		}
	}
	return out
}

func texts(t *testing.T) []catalogue.Use { return append(goTexts(t), scriptTexts(t)...) }

// TestKeys finds texts that a catalogue lacks, and entries that nothing uses.
func TestKeys(t *testing.T) {
	all := texts(t)
	catalogue.CheckKeys(t, dir, keys(all), all, *update)
}

// TestTranslations compares each text with the English one.
func TestTranslations(t *testing.T) { catalogue.CheckTranslations(t, dir, keys(texts(t))) }

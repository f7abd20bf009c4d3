package words

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed catalogue/*.json
var files embed.FS

// Language is one of the dashboard's languages. A nil *Language is English.
// It is safe for concurrent use.
type Language struct {
	Tag  string // BCP 47: en, pl, de, es, ar
	Name string // what it calls itself
	Dir  string // ltr or rtl

	tag     language.Tag
	texts   map[string]string
	plurals map[string]map[plural.Form]string
}

// forms are the names of the plural forms in the catalogues.
var forms = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// load reads the catalogues once. What is embedded is read by a test too, so
// that a bad catalogue does not leave the house.
var load = sync.OnceValue(func() []*Language {
	list := []*Language{
		{Tag: "en", Name: "English", Dir: "ltr"}, {Tag: "pl", Name: "Polski", Dir: "ltr"}, {Tag: "de", Name: "Deutsch", Dir: "ltr"},
		{Tag: "es", Name: "Español", Dir: "ltr"}, {Tag: "ar", Name: "العربية", Dir: "rtl"},
	}
	for _, l := range list {
		l.tag = language.MustParse(l.Tag)
		l.texts, l.plurals, _ = catalogue(l.Tag)
	}
	return list
})

// catalogue reads one file. English has none.
func catalogue(tag string) (map[string]string, map[string]map[plural.Form]string, error) {
	texts, plurals := map[string]string{}, map[string]map[plural.Form]string{}
	if tag == "en" {
		return texts, plurals, nil
	}
	body, err := files.ReadFile("catalogue/" + tag + ".json")
	if err != nil {
		return texts, plurals, err
	}
	var entries map[string]json.RawMessage
	if err := json.Unmarshal(body, &entries); err != nil {
		return texts, plurals, fmt.Errorf("catalogue %s: %w", tag, err)
	}
	for key, raw := range entries {
		var text string
		if json.Unmarshal(raw, &text) == nil {
			texts[key] = text
			continue
		}
		var named map[string]string
		if err := json.Unmarshal(raw, &named); err != nil {
			return texts, plurals, fmt.Errorf("catalogue %s: %q: %w", tag, key, err)
		}
		plurals[key] = map[plural.Form]string{}
		for name, text := range named {
			form, ok := forms[name]
			if !ok {
				return texts, plurals, fmt.Errorf("catalogue %s: %q: no plural form is called %q", tag, key, name)
			}
			plurals[key][form] = text
		}
	}
	return texts, plurals, nil
}

// Languages returns all, English first. The list must not be changed.
func Languages() []*Language { return load() }

// Find returns the language of a tag as Languages gives it, and nil where there
// is none.
func Find(tag string) *Language {
	for _, l := range load() {
		if l.Tag == tag {
			return l
		}
	}
	return nil
}

// matcher finds the language that suits a browser best.
var matcher = sync.OnceValue(func() language.Matcher {
	var tags []language.Tag
	for _, l := range load() {
		tags = append(tags, l.tag)
	}
	return language.NewMatcher(tags)
})

// Match returns the language that suits an Accept-Language header best, English
// where none does. A header that cannot be read is as good as none.
func Match(accept string) *Language {
	if len(accept) > 256 {
		accept = accept[:256]
	}
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(wanted) == 0 {
		return load()[0]
	}
	_, i, confidence := matcher().Match(wanted...)
	if confidence == language.No {
		return load()[0]
	}
	return load()[i]
}

// T is a text in this language. With arguments it is a format as fmt has them;
// in a language written from right to left each argument stands isolated, so
// that a name does not turn the sentence around.
func (l *Language) T(text string, args ...any) string {
	if l != nil {
		if t, ok := l.texts[text]; ok {
			return l.fill(t, args)
		}
	}
	return l.fill(plain(text), args)
}

// N is a text about n things. one and many are the English texts; both may hold
// %d for n, and further verbs for the arguments behind it.
func (l *Language) N(n int, one, many string, args ...any) string {
	text := plain(many)
	if n == 1 {
		text = plain(one)
	}
	if l != nil {
		if forms, ok := l.plurals[many]; ok {
			if t, ok := forms[plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0)]; ok {
				text = t
			} else {
				text = forms[plural.Other]
			}
		}
	}
	if !strings.Contains(text, "%d") && !strings.Contains(text, "%[") {
		return l.fill(text, args)
	}
	return l.fill(text, append([]any{n}, args...))
}

// fill puts arguments into a text.
func (l *Language) fill(text string, args []any) string {
	if len(args) == 0 {
		return text
	}
	ready := make([]any, len(args)) // args may be an error's own
	for i, a := range args {
		ready[i] = l.argument(a)
	}
	return fmt.Sprintf(text, ready...)
}

// argument is an argument as it is put into a text.
func (l *Language) argument(a any) any {
	switch a := a.(type) {
	case string:
		return l.Isolate(a)
	case int:
		if a >= 1000 || a <= -1000 {
			return grouped(l.Number(a))
		}
	}
	return a
}

// Isolate keeps a name from turning around the sentence it stands in, where the
// language is written from right to left.
func (l *Language) Isolate(s string) string {
	if s == "" || l.Direction() != "rtl" {
		return s
	}
	return "\u2068" + s + "\u2069"
}

// plain takes the note off a text.
func plain(text string) string {
	text, _, _ = strings.Cut(text, " #")
	return text
}

// Direction is the direction the language is written in: ltr or rtl.
func (l *Language) Direction() string {
	if l == nil {
		return "ltr"
	}
	return l.Dir
}

// Code is the language's tag, "en" for nil.
func (l *Language) Code() string {
	if l == nil {
		return "en"
	}
	return l.Tag
}

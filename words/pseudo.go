package words

import "golang.org/x/text/feature/plural"

// Marks around the texts of Pseudo.
const (
	PseudoStart = "⟦"
	PseudoEnd   = "⟧"
)

// Pseudo is a language for tests: its texts are the English ones between marks,
// so that what stands on a page without marks goes through no catalogue.
func Pseudo() *Language {
	german := Find("de")
	l := &Language{Tag: "en", Name: "Pseudo", Dir: "ltr", tag: german.tag, texts: map[string]string{}, plurals: map[string]map[plural.Form]string{}}
	for key := range german.texts {
		l.texts[key] = PseudoStart + plain(key) + PseudoEnd
	}
	for key := range german.plurals {
		text := PseudoStart + plain(key) + PseudoEnd
		l.plurals[key] = map[plural.Form]string{plural.One: text, plural.Other: text}
	}
	return l
}

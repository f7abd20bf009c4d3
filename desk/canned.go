package desk

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of canned responses. Texts are as long as a message may be.
const (
	MaxCanned      = 2000 // of one team
	MaxCannedText  = 16 << 10
	MaxCannedWords = 10
	MaxCannedWord  = 40      // bytes
	MaxCannedFiles = 3       // of one response
	MaxCannedFile  = 5 << 20 // bytes
	MaxCannedBytes = 200 << 20
)

// EveryGroup is the group of what is not kept for one group; groups begin at 0.
const EveryGroup = -1

// CannedResponse is a text that is kept for use again, in the dashboard's own
// store. It is found by its words, and may bring files.
type CannedResponse struct {
	ID    string
	Owner string   // the one agent who has it; "" shared
	Group int      // whose agents have it; EveryGroup
	Words []string // small letters, without # and /
	Text  string
	Files []CannedFile
	At    time.Time // of the last change
}

// CannedFile is a file that goes with a canned response. Size is in bytes.
type CannedFile struct {
	ID   string
	Name string
	Size int64
}

// Private reports whether one agent alone has it.
func (r CannedResponse) Private() bool { return r.Owner != "" }

// For reports whether an agent who is in some groups has it. groups is nil where
// they are not known.
func (r CannedResponse) For(agentID string, groups []int) bool {
	switch {
	case r.Owner != "":
		return r.Owner == agentID
	case r.Group == EveryGroup || groups == nil:
		return true
	}
	return slices.Contains(groups, r.Group)
}

// Same reports whether two would be the same to everybody who uses them.
func (r CannedResponse) Same(o CannedResponse) bool {
	return r.Owner == o.Owner && r.Group == o.Group && r.Text == o.Text && slices.Equal(r.Words, o.Words)
}

// CannedWords cuts what a person wrote into words by which a response is found.
func CannedWords(s string) (words []string) {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ';' || r <= ' ' }) {
		if w = strings.ToLower(strings.TrimLeft(w, "#/")); w != "" && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return words
}

// Check refuses what cannot be kept.
func (r CannedResponse) Check() error {
	wrong := func(field, text string) error { return &Error{Code: Invalid, Text: text, Field: field} }
	switch {
	case strings.TrimSpace(r.Text) == "":
		return wrong("text", "Write the text of the response.")
	case len(r.Text) > MaxCannedText:
		return wrong("text", "The text is too long: at most 16 kB.")
	case !utf8.ValidString(r.Text) || strings.ContainsRune(r.Text, 0):
		return wrong("text", "This holds characters that cannot be sent.")
	case len(r.Words) == 0:
		return wrong("words", "Write a word that finds it.")
	case len(r.Words) > MaxCannedWords:
		return wrong("words", "These are too many words: at most 10.")
	case slices.ContainsFunc(r.Words, func(w string) bool {
		return len(w) > MaxCannedWord || !utf8.ValidString(w) || strings.ContainsRune(w, 0)
	}):
		return wrong("words", "A word is too long: at most 40 letters.")
	}
	return nil
}

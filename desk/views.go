package desk

import (
	"strings"
	"unicode/utf8"
)

// Limits of saved views.
const (
	MaxViews    = 100 // of one agent, and as many shared ones of a team
	maxViewName = 60  // letters
	maxQuery    = 2000
)

// SavedView is a filter of the lists that was given a name. The dashboard keeps
// it.
type SavedView struct {
	ID       string
	Owner    string // the agent who saved it
	Name     string
	Query    string // as in the address, without the question mark
	Shared   bool   // the whole team has it
	Position int    // ascending
}

// Check refuses a view that cannot be kept.
func (v SavedView) Check() error {
	switch {
	case strings.TrimSpace(v.Name) == "":
		return &Error{Code: Invalid, Text: "Write a name.", Field: "name"}
	case utf8.RuneCountInString(v.Name) > maxViewName:
		return &Error{Code: Invalid, Text: "This name is too long: at most 60 characters.", Field: "name"}
	case v.Query == "" || len(v.Query) > maxQuery:
		return &Error{Code: Invalid, Text: "Narrow or sort the lists first, then save the view.", Field: "query"}
	}
	return nil
}

// ChangedBy reports whether an agent may rename, share and delete the view.
func (v SavedView) ChangedBy(me Me) bool { return v.Owner == me.ID || v.Shared && me.Administrator() }

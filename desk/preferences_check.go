package desk

import (
	"slices"
	"strings"
)

// The bounds of preferences.
const (
	MaxAway        = 240 // minutes
	MinPane        = 240 // pixels
	PaneStep       = 40
	MaxListPane    = 480
	MaxDetailsPane = 520
)

// Normal puts the default in place of what cannot be, and gives the first such
// mistake with its form field. Preferences that come from a form are refused
// with the mistake; of those that were kept, by whatever version of the program,
// the rest is used.
func (p Preferences) Normal() (Preferences, error) {
	var n normaliser
	n.tag("language", &p.Language)
	n.oneOf("clock", &p.Clock, "12", "24")
	n.oneOf("theme", &p.Theme, "light", "dark")
	n.oneOf("density", &p.Density, "compact")
	n.oneOf("send", &p.Send, "ctrl")
	n.oneOf("focus", &p.Focus, "heading")
	n.within("away_after", &p.AwayAfter, 0, MaxAway, "Write minutes: 0 to 240.")
	n.alerts(&p.Alerts)
	n.pane("list", &p.Panes.List, MaxListPane)
	n.pane("details", &p.Panes.Details, MaxDetailsPane)
	keys, err := p.Keys.normal()
	if p.Keys = keys; err != nil {
		n.note(err)
	}
	if n.err == nil {
		return p, nil
	}
	return p, n.err
}

// normaliser remembers the first mistake.
type normaliser struct{ err *Error }

func (n *normaliser) note(err *Error) {
	if n.err == nil {
		n.err = err
	}
}

func (n *normaliser) wrong(field, text string) {
	n.note(&Error{Code: Invalid, Text: text, Field: field})
}

func (n *normaliser) oneOf(field string, v *string, words ...string) {
	if *v != "" && !slices.Contains(words, *v) {
		n.wrong(field, "Choose one of what is offered.")
		*v = ""
	}
}

// tag checks the shape of a language's tag. Which languages there are is known
// to package words.
func (n *normaliser) tag(field string, v *string) {
	bad := func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}
	if len(*v) > 35 || strings.ContainsFunc(*v, bad) {
		n.wrong(field, "Choose one of the languages.")
		*v = ""
	}
}

func (n *normaliser) within(field string, v *int, low, high int, text string) {
	if *v < low || *v > high {
		n.wrong(field, text)
		*v = 0
	}
}

// pane checks a width. There are few, so that a style sheet can name them all: a
// page has its widths before its script runs.
func (n *normaliser) pane(field string, v *int, most int) {
	if *v != 0 && (*v < MinPane || *v > most || *v%PaneStep != 0) {
		n.wrong(field, "Choose one of the widths.")
		*v = 0
	}
}

func (n *normaliser) alerts(a *Alerts) {
	n.oneOf("queue", &a.Queue, "1", "2", "3", "4", "off")
	n.oneOf("mine", &a.Mine, "1", "2", "3", "4", "off")
	n.oneOf("message", &a.Message, "1", "2", "3", "4", "off")
	n.oneOf("transfer", &a.Transfer, "1", "2", "3", "4", "off")
	n.within("volume", &a.Quieter, 0, 100, "The volume is 0 to 100.")
	if a.QuietFrom == "" && a.QuietTo == "" {
		return
	}
	switch {
	case !timeOfDay(a.QuietFrom):
		n.wrong("quiet_from", "Write when the quiet hours begin, as in 22:00.")
	case !timeOfDay(a.QuietTo):
		n.wrong("quiet_to", "Write when the quiet hours end, as in 07:00.")
	case a.QuietFrom == a.QuietTo:
		n.wrong("quiet_to", "Quiet hours cannot end when they begin.")
	default:
		return
	}
	a.QuietFrom, a.QuietTo = "", ""
}

// timeOfDay reports whether a text is HH:MM.
func timeOfDay(s string) bool {
	digit := func(i int) int { return int(s[i]) - '0' }
	for i := range len(s) {
		if i != 2 && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return len(s) == 5 && s[2] == ':' && digit(0)*10+digit(1) < 24 && digit(3) < 6
}

package desk

import (
	"slices"
	"time"
)

// Times after which a wait is marked where nothing was set, and what can be set.
const (
	WarnAfter = 40 * time.Second
	LateAfter = 2 * time.Minute

	minLimit = 5 * time.Second
	maxLimit = 24 * time.Hour
)

// WaitLimit says from when on it is marked that somebody waits for an answer, in
// the chats of a group; EveryGroup means those of groups without a limit.
type WaitLimit struct {
	Group      int
	Warn, Late time.Duration // whole seconds
}

// Check refuses what cannot be a limit.
func (l WaitLimit) Check() error {
	if l.Warn < minLimit || l.Late <= l.Warn || l.Late > maxLimit {
		return &Error{Code: Invalid, Text: "The first mark comes after 5 seconds or more, the second one later, within a day.", Field: "late"}
	}
	return nil
}

// Common reports whether a limit is the one where nothing was set.
func (l WaitLimit) Common() bool { return l.Warn == WarnAfter && l.Late == LateAfter }

// WaitLimits are the limits that a team has set. Nil is none. Treat it as
// constant: it is shared.
type WaitLimits []WaitLimit

// Of is the limit for the chats of a group. It is cheap enough for every row.
func (ls WaitLimits) Of(group int) WaitLimit {
	all := WaitLimit{Group: EveryGroup, Warn: WarnAfter, Late: LateAfter}
	for _, l := range ls {
		switch l.Group {
		case group:
			return l
		case EveryGroup:
			all = l
		}
	}
	return all
}

// Has reports whether a group has a limit of its own.
func (ls WaitLimits) Has(group int) bool {
	return slices.ContainsFunc(ls, func(l WaitLimit) bool { return l.Group == group })
}

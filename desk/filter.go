package desk

import (
	"slices"
	"strings"
)

// Order is how the rows of each list are sorted.
type Order string

// The orders. Without one Waiting begins with who waits longest, and every other
// list with the newest.
const (
	Newest  Order = "newest"
	Longest Order = "waiting" // who waits longest for an answer first, then the newest
)

// Filter narrows the lists, or sorts them another way. Zero values do neither.
type Filter struct {
	List       List   // show only this list, with more rows; All: all of them as one
	Group      int    // 0: any
	Agent      string // chats that this agent serves
	Tag        string
	Property   Property
	Active     *bool // nil: both
	Unread     bool
	Unanswered bool     // somebody waits for an answer
	Chats      []string // only these; nil: any
	Sort       Order
	Limit      int // rows per section; 0 gives 100
	All        int // rows of all sections together, but for leastRows of each; 0: no such limit
	After      string
}

// Zero reports whether the lists are as they are without a filter, that is
// whether pushes can be applied to the drawn lists row by row.
func (f Filter) Zero() bool {
	return f.List == "" && f.Sort == "" && f.After == "" && !f.narrows()
}

// narrows reports whether a filter leaves chats of its list out.
func (f *Filter) narrows() bool {
	return f.Group != 0 || f.Agent != "" || f.Tag != "" || f.Property != Property{} || f.Active != nil || f.Unread || f.Unanswered || f.Chats != nil
}

// Property names a property of a chat or of its newest thread. An empty Value
// stands for any.
type Property struct{ Namespace, Name, Value string }

// ParseProperty reads namespace.name=value, or namespace.name for any value.
func ParseProperty(text string) (p Property, ok bool) {
	key, value, _ := strings.Cut(text, "=")
	p.Namespace, p.Name, ok = strings.Cut(strings.TrimSpace(key), ".")
	p.Value = strings.TrimSpace(value)
	return p, ok && p.Namespace != "" && p.Name != ""
}

// String is what ParseProperty reads, empty for none.
func (p Property) String() string {
	switch {
	case p == Property{}:
		return ""
	case p.Value == "":
		return p.Namespace + "." + p.Name
	}
	return p.Namespace + "." + p.Name + "=" + p.Value
}

// in reports whether properties have it.
func (p Property) in(list Properties) bool {
	v, ok := list[p.Namespace][p.Name]
	return ok && (p.Value == "" || v == p.Value)
}

// matches reports whether a filter leaves a chat in its list. Lists and pages are
// not its business.
func (b *Board) matches(e *entry, f *Filter) bool {
	c := &e.chat
	switch {
	case f.Group != 0 && !slices.Contains(c.Groups, f.Group),
		f.Agent != "" && !e.servedBy(f.Agent),
		f.Tag != "" && !contains(c.Thread.Tags, f.Tag),
		f.Property != Property{} && !f.Property.in(c.Thread.Properties) && !f.Property.in(c.Properties),
		f.Active != nil && *f.Active != c.Thread.Active,
		f.Unread && e.unread == 0,
		f.Unanswered && e.waitFrom.IsZero(),
		f.Chats != nil && !contains(f.Chats, c.ID):
		return false
	}
	return true
}

// servedBy reports whether an agent takes part, or took part in what is closed.
func (e *entry) servedBy(agentID string) bool {
	u := e.chat.User(agentID)
	return u != nil && u.Agent && u.Present || e.list == Recent && contains(e.chat.Thread.UserIDs, agentID)
}

// groupID is the first of a chat's groups.
func (e *entry) groupID() int {
	if len(e.chat.Groups) == 0 {
		return 0
	}
	return e.chat.Groups[0]
}

package views

import (
	"net/url"
	"slices"
	"strconv"

	"agentdesk/desk"
)

// FilterQuery writes a filter as a query string with a leading "?", "" for a
// zero one. Rows per section are not part of it.
func FilterQuery(f desk.Filter) string {
	q := url.Values{}
	set := func(k, v string) {
		if v != "" {
			q.Set(k, v)
		}
	}
	set("list", string(f.List))
	if f.Group != 0 {
		q.Set("group", strconv.Itoa(f.Group))
	}
	set("agent", f.Agent)
	set("tag", f.Tag)
	if f.Active != nil {
		q.Set("active", yesNo(*f.Active))
	}
	if f.Unread {
		q.Set("unread", "1")
	}
	if f.Unanswered {
		q.Set("unanswered", "1")
	}
	set("property", f.Property.String())
	set("sort", string(f.Sort))
	set("after", f.After)
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// filterChip is one narrowing of the lists, with the filter that is without it.
type filterChip struct {
	Text    string
	Without desk.Filter
}

// chips says what a filter narrows, in words.
func (e Env) chips(in desk.Inbox) (out []filterChip) {
	f := in.Filter
	f.After = ""
	add := func(text string, without desk.Filter) { out = append(out, filterChip{text, without}) }
	if f.List != "" {
		g := f
		g.List = ""
		if f.List == desk.All {
			add(e.T("All in one list"), g)
		} else {
			add(e.T("Only %s", e.listName(f.List)), g)
		}
	}
	if f.Group != 0 {
		g := f
		g.Group = 0
		add(e.T("Group: %s", e.groupName(in.Groups, f.Group)), g)
	}
	if f.Agent != "" {
		g := f
		g.Agent = ""
		add(e.T("Agent: %s", agentName(in.Agents, f.Agent)), g)
	}
	if f.Tag != "" {
		g := f
		g.Tag = ""
		add(e.T("Tag: %s", label(f.Tag)), g)
	}
	if f.Property != (desk.Property{}) {
		g := f
		g.Property = desk.Property{}
		add(label(f.Property.String()), g)
	}
	if f.Sort != "" {
		g := f
		g.Sort = ""
		add(e.listOrder(f.Sort), g)
	}
	if f.Active != nil {
		g := f
		g.Active = nil
		if *f.Active {
			add(e.T("Open chats"), g)
		} else {
			add(e.T("Closed chats"), g)
		}
	}
	return out
}

// orders in which rows can be sorted.
var orders = [...]desk.Order{"", desk.Newest, desk.Longest}

func withUnread(f desk.Filter, on bool) desk.Filter {
	f.Unread, f.After = on, ""
	return f
}

func withUnanswered(f desk.Filter, on bool) desk.Filter {
	f.Unanswered, f.After = on, ""
	return f
}

func (e Env) listOrder(o desk.Order) string {
	switch o {
	case desk.Newest:
		return e.T("Newest first")
	case desk.Longest:
		return e.T("Waiting longest first")
	}
	return e.T("As usual #order")
}

// listName is a list's name in a sentence; sectionName heads its section.
func (e Env) listName(l desk.List) string {
	switch l {
	case desk.Waiting:
		return e.T("waiting")
	case desk.Mine:
		return e.T("mine")
	case desk.Idle:
		return e.T("mine, idle")
	case desk.Watched:
		return e.T("watched")
	case desk.Others:
		return e.T("others")
	case desk.Recent:
		return e.T("closed")
	}
	return label(string(l))
}

func (e Env) sectionName(l desk.List) string {
	switch l {
	case desk.Waiting:
		return e.T("Waiting")
	case desk.Mine:
		return e.T("Mine")
	case desk.Idle:
		return e.T("Mine, idle")
	case desk.Watched:
		return e.T("Supervised")
	case desk.Others:
		return e.T("All others")
	case desk.Recent:
		return e.T("Closed")
	case desk.All:
		return e.T("All chats")
	}
	return label(string(l))
}

// groupName is what a group is called. Group 0, which everybody is in, has a name
// only where the chat server gives it one.
func (e Env) groupName(groups []desk.Group, id int) string {
	for _, g := range groups {
		if g.ID == id {
			if n := label(g.Name); n != "" {
				return n
			}
		}
	}
	if id == 0 {
		return e.T("Every group")
	}
	return e.T("group %d", id)
}

func agentName(agents []desk.Agent, id string) string {
	i := slices.IndexFunc(agents, func(a desk.Agent) bool { return a.ID == id })
	if i >= 0 {
		if n := label(agents[i].Name); n != "" {
			return n
		}
	}
	return label(id)
}

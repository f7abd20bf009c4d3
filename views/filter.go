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
func chips(in desk.Inbox) (out []filterChip) {
	f := in.Filter
	f.After = ""
	add := func(text string, without desk.Filter) { out = append(out, filterChip{text, without}) }
	if f.List != "" {
		g := f
		g.List = ""
		add("Only "+listName(f.List), g)
	}
	if f.Group != 0 {
		g := f
		g.Group = 0
		add("Group: "+groupName(in.Groups, f.Group), g)
	}
	if f.Agent != "" {
		g := f
		g.Agent = ""
		add("Agent: "+agentName(in.Agents, f.Agent), g)
	}
	if f.Tag != "" {
		g := f
		g.Tag = ""
		add("Tag: "+label(f.Tag), g)
	}
	if f.Active != nil {
		g := f
		g.Active = nil
		add(map[bool]string{true: "Open chats", false: "Closed chats"}[*f.Active], g)
	}
	return out
}

func withUnread(f desk.Filter, on bool) desk.Filter {
	f.Unread, f.After = on, ""
	return f
}

// listName is a list's name in a sentence; sectionName heads its section.
func listName(l desk.List) string {
	switch l {
	case desk.Waiting:
		return "waiting"
	case desk.Mine:
		return "mine"
	case desk.Others:
		return "others"
	case desk.Recent:
		return "closed"
	}
	return label(string(l))
}

func sectionName(l desk.List) string {
	switch l {
	case desk.Waiting:
		return "Waiting"
	case desk.Mine:
		return "Mine"
	case desk.Others:
		return "Others"
	case desk.Recent:
		return "Closed"
	}
	return label(string(l))
}

func groupName(groups []desk.Group, id int) string {
	for _, g := range groups {
		if g.ID == id {
			if n := label(g.Name); n != "" {
				return n
			}
		}
	}
	return "group " + strconv.Itoa(id)
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

package desk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// place is where a chat belongs, worked out in the plainest way from what the
// model's server holds.
type place struct {
	c         *Chat
	list      List
	unread    int
	wait, at  time.Time
	listeners []string
}

// placeOf places a chat for anna, who belongs to group 1.
func placeOf(c *Chat, now time.Time) place {
	p := place{c: c, at: c.Thread.CreatedAt}
	if c.LastEvent.At.After(p.at) {
		p.at = c.LastEvent.At
	}
	mine := c.User(anna) != nil
	for _, u := range c.Users[1:] {
		p.listeners = append(p.listeners, u.ID)
	}
	switch {
	case !c.Thread.Active && (mine || slices.Contains(c.Thread.UserIDs, anna)):
		p.list, p.listeners = Recent, append(p.listeners, c.Thread.UserIDs...)
	case !c.Thread.Active, !mine && !slices.Contains(c.Groups, 1):
	case c.Thread.Queue != nil:
		p.list, p.wait = Waiting, c.Thread.Queue.Since
	case len(c.Users) == 1:
		p.list, p.wait = Waiting, c.Thread.CreatedAt
	case !mine:
		p.list = Others
		if c.LastEvent.AuthorID == c.Users[0].ID {
			p.wait = c.LastEvent.At
		}
	default:
		p.served(c, now)
	}
	return p
}

// served works out what is known of a chat that anna serves.
func (p *place) served(c *Chat, now time.Time) {
	seen, answered := c.User(anna).SeenUpTo, time.Time{}
	for _, e := range c.Thread.Events {
		if e.AuthorID == anna && e.At.After(seen) {
			seen = e.At
		}
		if e.counts() && e.AuthorID != c.Users[0].ID {
			answered = e.At
		}
	}
	for _, e := range c.Thread.Events {
		if e.counts() && e.At.After(seen) {
			p.unread++
		}
		if e.counts() && e.AuthorID == c.Users[0].ID && e.At.After(answered) && p.wait.IsZero() {
			p.wait = e.At
		}
	}
	p.list = Mine
	if p.unread == 0 && p.wait.IsZero() && (!c.Users[0].Present || now.Sub(p.at) >= 15*time.Minute) {
		p.list = Idle
	}
}

func (p *place) fits(f Filter) bool {
	c := p.c
	tagged := func(v string) bool { return c.Properties["order"]["state"] == v }
	return (f.List == "" || f.List == All || f.List == p.list) && (f.Group == 0 || slices.Contains(c.Groups, f.Group)) &&
		(f.Agent == "" || slices.Contains(p.listeners, f.Agent)) && (f.Tag == "" || slices.Contains(c.Thread.Tags, f.Tag)) &&
		(f.Active == nil || *f.Active == c.Thread.Active) && (!f.Unread || p.unread > 0) && (!f.Unanswered || !p.wait.IsZero()) &&
		(f.Property == Property{} || tagged(f.Property.Value))
}

// compare orders two places of one list.
func compare(x, y place, order Order) int {
	waits := func(p place) bool {
		return !p.wait.IsZero() && (order == Longest || order == "" && p.list == Waiting)
	}
	switch {
	case waits(x) && waits(y):
		return cmp.Or(x.wait.Compare(y.wait), cmp.Compare(x.c.ID, y.c.ID))
	case waits(x):
		return -1
	case waits(y):
		return 1
	}
	return cmp.Or(y.at.Compare(x.at), cmp.Compare(x.c.ID, y.c.ID))
}

// told writes the lists down as they ought to be.
func (m *model) told(f Filter, now time.Time) string {
	var all []place
	for _, id := range m.names() {
		if p := placeOf(m.chats[id], now); p.list != "" && p.fits(f) {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(x, y place) int { return compare(x, y, f.Sort) })
	var sb strings.Builder
	for _, l := range append(Lists[:], All) {
		if f.List != l && (f.List != "" || l == All) {
			continue
		}
		var rows strings.Builder
		total, unread, longest := 0, 0, time.Time{}
		for _, p := range all {
			if p.list != l && l != All {
				continue
			}
			total++
			unread += min(p.unread, 1)
			if (p.list == Waiting || p.list == Mine) && !p.wait.IsZero() {
				longest = sooner(longest, p.wait)
			}
			fmt.Fprintf(&rows, "  %s %s unread %d wait %d at %d\n", p.c.ID, p.list, p.unread, p.wait.Unix(), p.at.Unix())
		}
		fmt.Fprintf(&sb, "%s %d, %d unread, since %d\n%s", l, total, unread, longest.Unix(), rows.String())
	}
	return sb.String()
}

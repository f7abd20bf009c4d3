package desk

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Find returns the chats of all lists that have a text in the customer's name or
// e-mail address, in the newest message, in a tag, or as their id, whatever its
// case. What wants the agent comes first: unread chats of his own, then those in
// the queue, then the rest of his own, then all others; within these, as in the
// lists. No text finds all.
func (b *Board) Find(text string, limit int) []Row {
	text = strings.ToLower(strings.TrimSpace(text))
	type found struct {
		class int
		rank  int64
		e     *entry
	}
	var hits []found
	for _, l := range Lists {
		for _, e := range b.lists[l] {
			if text == "" || e.says(text) {
				hits = append(hits, found{e.class(), rank(e, ""), e})
			}
		}
	}
	slices.SortFunc(hits, func(x, y found) int {
		return cmp.Or(cmp.Compare(x.class, y.class), cmp.Compare(x.rank, y.rank), cmp.Compare(x.e.chat.ID, y.e.chat.ID))
	})
	rows := make([]Row, 0, min(limit, len(hits)))
	for _, h := range hits[:min(limit, len(hits))] {
		rows = append(rows, b.row(h.e))
	}
	return rows
}

// class is how much a chat wants the agent, 0 the most.
func (e *entry) class() int {
	switch {
	case e.unread > 0:
		return 0
	case e.list == Waiting:
		return 1
	case e.list.Served():
		return 2
	case e.list == Recent:
		return 4
	}
	return 3
}

// says reports whether a chat has a text, which is in small letters.
func (e *entry) says(text string) bool {
	c := &e.chat
	for i := range c.Users {
		if u := &c.Users[i]; !u.Agent && (within(u.Name, text) || within(u.Email, text)) {
			return true
		}
	}
	return within(c.LastEvent.Text, text) || strings.EqualFold(c.ID, text) || slices.ContainsFunc(c.Thread.Tags, func(t string) bool { return within(t, text) })
}

// within is strings.Contains whatever the case of s: without a copy where s is
// plain ASCII, as nearly all are.
func within(s, small string) bool {
next:
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return strings.Contains(strings.ToLower(s), small)
		}
		if lower(s[i]) != small[0] || len(s)-i < len(small) {
			continue
		}
		for j := 1; j < len(small); j++ {
			if lower(s[i+j]) != small[j] {
				continue next
			}
		}
		return true
	}
	return false
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

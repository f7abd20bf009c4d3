package desk

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestOrderOfOddTimes: rows come in the order of their keys also where a chat
// server tells no time or an impossible one, so that no page leaves one out.
func TestOrderOfOddTimes(t *testing.T) {
	var chats []Chat
	for id, begun := range map[string]time.Time{
		"none": {}, "1600": time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC), "now": start, "2300": time.Date(2300, 1, 1, 0, 0, 0, 0, time.UTC), "9999": time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		for _, agents := range [][]string{{ben}, nil} {
			c := chatOf(id+strings.Join(agents, ""), agents...)
			c.Thread.CreatedAt = begun
			chats = append(chats, c)
		}
	}
	b := newBoard(chats...)
	for _, l := range []List{Others, Waiting} {
		all := b.Inbox(Filter{List: l})
		rows := all.Section(l).Rows
		if len(rows) != 5 || !slices.IsSortedFunc(rows, func(x, y Row) int { return strings.Compare(x.Sort, y.Sort) }) {
			t.Errorf("%s: the rows are not in the order of their keys", l)
			for _, r := range rows {
				t.Log(r.Sort)
			}
		}
		if one, pages := shown(b, Filter{List: l}), paged(b, Filter{List: l}); one != pages {
			t.Errorf("%s in one:\n%sby pages:\n%s", l, one, pages)
		}
	}
}

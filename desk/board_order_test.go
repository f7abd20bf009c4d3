package desk

import (
	"slices"
	"strconv"
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

// TestLongQueue: the positions of a long queue in one push cost no more than as
// many pushes with one position each, give or take.
func TestLongQueue(t *testing.T) {
	const n = 10000
	chats, places := make([]Chat, n), make([]QueuePlace, n)
	for i := range n {
		c := chatOf(strconv.Itoa(n + i))
		c.Thread.Queue = &Queue{Position: 1}
		chats[i], places[i] = c, QueuePlace{ChatID: c.ID, ThreadID: c.Thread.ID}
	}
	b := newBoard(chats...)
	position := 1
	took := func(apply func()) time.Duration {
		best := time.Hour
		for range 3 {
			position++
			for i := range places {
				places[i].Queue.Position = position
			}
			begun := time.Now()
			apply()
			best = min(best, time.Since(begun))
		}
		return best
	}
	together := took(func() {
		if got := len(b.Apply(QueuePositions{places})); got != n {
			t.Errorf("%d changes", got)
		}
	})
	single := took(func() {
		for i := range places {
			b.Apply(QueuePositions{places[i : i+1]})
		}
	})
	if together > 5*single {
		t.Errorf("%v together, %v one by one", together, single)
	}
}

// TestChatWithoutAnID: nobody could open it, and two of them would be one.
func TestChatWithoutAnID(t *testing.T) {
	b := newBoard(chatOf("A", anna), chatOf("", anna))
	b.Apply(IncomingChat{Chat: chatOf("", anna)})
	if in := b.Inbox(Filter{}); in.Section(Mine).Total != 1 || len(b.NeedLoad()) > 0 || b.Has("") {
		t.Errorf("%d chats are mine, read are %q", in.Section(Mine).Total, b.NeedLoad())
	}
}

package desk

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// trimRecent forgets all but the newest closed chats.
func (b *Board) trimRecent() {
	for len(b.lists[Recent]) > keepRecent {
		var oldest *entry
		for _, e := range b.lists[Recent] {
			if oldest == nil || lastAt(e).Before(lastAt(oldest)) {
				oldest = e
			}
		}
		if b.isOpened(oldest.chat.ID) {
			b.unlist(oldest)
		} else {
			b.remove(oldest)
		}
		b.note(oldest.chat.ID, RegionGone|RegionCounts)
	}
}

// lastAt is when something was said last; a chat that came back is as new as its
// thread.
func lastAt(e *entry) time.Time {
	if said := &e.chat.LastEvent; said.ID != "" && said.At.After(e.chat.Thread.CreatedAt) {
		return said.At
	}
	return e.chat.Thread.CreatedAt
}

// rank orders rows: who waits longest first, otherwise newest first. Whoever
// waits comes before all who do not. It has up to 16 digits.
func rank(e *entry, order Order) int64 {
	if order == "" && e.list == Waiting || order == Longest && !e.waitFrom.IsZero() {
		return inEra(e.waitFrom)
	}
	return 1<<53 - inEra(lastAt(e))
}

// inEra are the microseconds since 1970 of a time from then until the year 2255,
// and the nearest such for what a chat server tells of other times or of none.
func inEra(t time.Time) int64 { return min(max(t.UnixMicro(), 0), 1<<53) }

// sortKey is rank as text of fixed width, so that a browser can compare it, and
// the chat's id to tell equals apart.
func sortKey(e *entry, order Order) string {
	var digits [20]byte
	s := strconv.AppendInt(digits[:0], rank(e, order), 10)
	key := make([]byte, 0, 32)
	for i := len(s); i < 16; i++ {
		key = append(key, '0')
	}
	key = append(append(key, s...), '-')
	return string(append(key, e.chat.ID...))
}

// first returns the n entries that come first in an order, sorted.
func first(list []*entry, n int, order Order) []*entry {
	type ranked struct {
		rank int64
		e    *entry
	}
	compare := func(x, y ranked) int {
		return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(x.e.chat.ID, y.e.chat.ID))
	}
	// Pages show few of very many: those that come too late are put away unsorted.
	n = min(n, len(list))
	keys, full := make([]ranked, 0, 2*n), false
	for _, e := range list {
		k := ranked{rank(e, order), e}
		if full && compare(k, keys[n-1]) > 0 {
			continue
		}
		if keys = append(keys, k); len(keys) == 2*n {
			slices.SortFunc(keys, compare)
			keys, full = keys[:n], true
		}
	}
	slices.SortFunc(keys, compare)
	out := make([]*entry, n)
	for i := range out {
		out[i] = keys[i].e
	}
	return out
}

package store

import (
	"cmp"
	"slices"
)

// Window is one page of a list that is ordered by a number. Bound 0 begins at
// the list's start; otherwise the page holds what lies beyond Bound, or, with
// Back, the page that ends just before it.
type Window struct {
	Asc   bool
	Back  bool
	Bound int64
	Limit int

	Skip  int // rows left out at the list's start, where Bound is 0
	Count int // how far rows are counted; 0: as far as the list does by itself
}

// Page is a window's content, in the list's order.
type Page[T any] struct {
	Rows    []T
	HasNext bool
	HasPrev bool
}

// order gives the comparison and the direction in which SQL has to walk.
func (w Window) order() (compare, direction string) {
	if w.Asc != w.Back {
		return ">", "ASC"
	}
	return "<", "DESC"
}

// bound is the value rows are compared with; without one every row passes.
func (w Window) bound() int64 {
	if w.Bound != 0 {
		return w.Bound
	}
	if compare, _ := w.order(); compare == ">" {
		return -1 << 62
	}
	return 1 << 62
}

// fill makes a page of rows that were fetched in SQL's order with one more than
// the limit.
func fill[T any](w Window, rows []T) Page[T] {
	more := len(rows) > w.Limit
	if more {
		rows = rows[:w.Limit]
	}
	p := Page[T]{Rows: rows}
	if w.Back {
		slices.Reverse(p.Rows)
		p.HasPrev, p.HasNext = more, true
	} else {
		p.HasNext, p.HasPrev = more, w.Bound != 0 || w.Skip > 0
	}
	return p
}

// Cut makes a window's page of rows that are in memory, in any order.
func Cut[T any](w Window, rows []T, key func(T) int64) Page[T] {
	compare, _ := w.order()
	sign := int64(1)
	if compare == "<" {
		sign = -1
	}
	bound := w.bound()
	kept := make([]T, 0, len(rows))
	for _, r := range rows {
		if sign*key(r) > sign*bound {
			kept = append(kept, r)
		}
	}
	slices.SortFunc(kept, func(a, b T) int { return cmp.Compare(sign*key(a), sign*key(b)) })
	kept = kept[min(len(kept), w.Skip):]
	return fill(w, kept[:min(len(kept), w.Limit+1)])
}

package store

import (
	"fmt"
	"strings"

	"agentdesk/protocol"
)

// ArchiveQuery selects closed threads. A thread fits where it has every word, at
// least one term of each list of All, and of no list of None every term. Whom
// the asker may see is his caller's business: it is a list of All like others.
type ArchiveQuery struct {
	Words     []string
	From, To  protocol.Time // of the thread's creation; zero: open
	All, None [][]Term
	Forms     []FormSpan
	ThreadIDs []string
	Window
}

// FormSpan asks for a form that was answered within a time; a zero end is open.
type FormSpan struct {
	Form     string // prechat, postchat
	From, To protocol.Time
}

// Filter narrows by the values of a kind; nil does not.
func (q *ArchiveQuery) Filter(k Kind, f *protocol.SetFilter) {
	if f == nil {
		return
	}
	if f.Exists != nil {
		q.All = append(q.All, []Term{Mark(k, *f.Exists)})
	}
	q.All = append(q.All, lists(termsOf(k, f.Values), !f.RequireEvery)...)
	q.None = append(q.None, lists(termsOf(k, f.ExcludeValues), f.RequireEvery)...)
}

// Groups narrows to threads of some groups.
func (q *ArchiveQuery) Groups(ids []int) { q.All = append(q.All, groupTerms(ids)) }

// Exclude leaves out threads that have one of the terms.
func (q *ArchiveQuery) Exclude(terms ...Term) { q.None = append(q.None, lists(terms, false)...) }

// Properties narrows by properties of the thread or its chat.
func (q *ArchiveQuery) Properties(f protocol.PropertyFilters) {
	all, none := PropertyTerms(f)
	q.All = append(q.All, all...)
	for _, list := range none {
		q.Exclude(list...)
	}
}

func termsOf(k Kind, values []string) []Term {
	out := make([]Term, len(values))
	for i, v := range values {
		out[i] = TermOf(k, v)
	}
	return out
}

// lists puts terms into one list, or each into its own.
func lists(terms []Term, together bool) [][]Term {
	if len(terms) == 0 {
		return nil
	}
	if together {
		return [][]Term{terms}
	}
	out := make([][]Term, len(terms))
	for i, t := range terms {
		out[i] = []Term{t}
	}
	return out
}

// impossible reports whether one of the lists that need a term is empty.
func (q ArchiveQuery) impossible() bool {
	for _, list := range q.All {
		if len(list) == 0 {
			return true
		}
	}
	return false
}

// match writes words and terms as an FTS5 expression: every word as a prefix.
// Words has removed whatever FTS5 could take as syntax; quoting makes sure.
func (q ArchiveQuery) match() string {
	var must, not []string
	for _, w := range q.Words {
		must = append(must, quote(w)+"*")
	}
	for _, list := range q.All {
		must = append(must, joined(list, " OR "))
	}
	if len(must) == 0 {
		must = []string{quote(string(Mark(KindAny, true)))}
	}
	for _, list := range q.None {
		not = append(not, joined(list, " AND "))
	}
	out := strings.Join(must, " AND ")
	if len(not) > 0 {
		out = "(" + out + ") NOT (" + strings.Join(not, " OR ") + ")"
	}
	return out
}

func joined(terms []Term, by string) string {
	quoted := make([]string, len(terms))
	for i, t := range terms {
		quoted[i] = quote(string(t))
	}
	return "(" + strings.Join(quoted, by) + ")"
}

func quote(word string) string { return `"` + strings.ReplaceAll(word, `"`, `""`) + `"` }

// sql gives the tables to walk, in the order of f.rowid, and the conditions.
func (q ArchiveQuery) sql() (string, *clause) {
	from, c := "thread_text f", &clause{}
	switch {
	case q.ThreadIDs != nil:
		from = "threads t CROSS JOIN thread_text f ON f.rowid = t.seq"
		in(c, "t.id IN (%s)", q.ThreadIDs)
	case q.Forms != nil:
		from = "thread_text f CROSS JOIN threads t ON t.seq = f.rowid"
	}
	c.add("f.thread_text MATCH $", q.match())
	compare, _ := q.order()
	c.add(fmt.Sprintf("f.rowid %s $", compare), q.bound())
	if q.From != 0 {
		c.add("f.rowid >= $", times(q.From))
	}
	if q.To != 0 {
		c.add("f.rowid <= $", times(q.To))
	}
	for _, s := range q.Forms {
		until := s.To
		if until == 0 {
			until = 1 << 62
		}
		c.add(`EXISTS (SELECT 1 FROM events e WHERE e.thread_id = t.id AND e.created_at >= $ AND e.created_at <= $
			AND e.body ->> 'type' = 'filled_form' AND replace(coalesce(e.body ->> 'form_type', $), '_', '') = $)`,
			times(s.From), times(until), s.Form, s.Form)
	}
	return from, c
}

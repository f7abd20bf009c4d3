package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"agentdesk/protocol"
)

// MaxWords is how many words of a query are used.
const MaxWords = 12

// Words splits a query into the words the index knows: runs of letters, digits
// and marks, in lower case.
func Words(query string) []string {
	words := strings.FieldsFunc(strings.ToLower(query), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	return words[:min(len(words), MaxWords)]
}

// match writes words as an FTS5 expression: every word, each as a prefix. Words
// has removed whatever FTS5 could take as syntax; quoting makes sure.
func match(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = `"` + strings.ReplaceAll(w, `"`, `""`) + `"*`
	}
	return strings.Join(quoted, " ")
}

// SetText replaces the searchable words of a closed thread.
func (t *Tx) SetText(seq int64, body string) error {
	if err := t.exec(`DELETE FROM thread_text WHERE rowid = $1`, seq); err != nil {
		return err
	}
	return t.exec(`INSERT INTO thread_text (rowid, body) VALUES ($1, $2)`, seq, body)
}

// ArchiveThread makes a closed thread findable: its groups, agents, tags and
// words. Extra is text beside the messages, such as the customer's name.
func (t *Tx) ArchiveThread(h *Thread, extra string) error {
	events, err := t.Events(h.ID)
	if err != nil {
		return err
	}
	if err := t.IndexThread(h); err != nil {
		return err
	}
	return t.SetText(h.Seq, threadText(events, extra))
}

// threadText gathers what people wrote.
func threadText(events []protocol.Event, extra string) string {
	var b strings.Builder
	b.WriteString(extra)
	for i := range events {
		e := &events[i]
		switch e.Type {
		case protocol.EventMessage:
			b.WriteByte('\n')
			b.WriteString(e.Text)
		case protocol.EventFile:
			b.WriteByte('\n')
			b.WriteString(e.Name)
		}
	}
	return b.String()
}

// ArchiveQuery selects closed threads. Reach is the set of groups the asker may
// see (nil: all); MemberID is the asker, who also sees threads of his own.
type ArchiveQuery struct {
	Words         []string
	From, To      protocol.Time
	Agents, Tags  *protocol.SetFilter
	Groups        []int
	Reach         []int
	MemberID      string
	ThreadIDs     []string
	ChatIDs       []string
	CustomerID    string
	CustomerEmail string
	Window
}

// plan is how an ArchiveQuery is walked: in the order of key, so that a page
// costs a page and not the whole archive.
type plan struct {
	*clause
	from string
	key  string
}

// plan chooses the walk: the search index where words are given, else the groups'
// own lists where nothing but groups and time narrows, else all threads.
func (q ArchiveQuery) plan(w Window, limit int) plan {
	p := plan{clause: &clause{}, from: "threads t", key: "t.seq"}
	switch {
	case len(q.Words) > 0:
		p.from, p.key = "thread_text f CROSS JOIN threads t ON t.seq = f.rowid", "f.rowid"
		p.add("f.thread_text MATCH $", match(q.Words))
	case q.byGroups() != nil:
		p.from, p.key = q.union(p.clause, w, limit), "k.seq"
		return p
	default:
		p.add("t.active = 0")
	}
	compare, _ := w.order()
	p.add(p.key+" "+compare+" $", w.bound())
	q.narrow(p.clause, p.key)
	return p
}

// byGroups are the lists that make up the answer, where no other filter is set;
// nil where that is not so.
func (q ArchiveQuery) byGroups() []int {
	if q.Agents != nil || q.Tags != nil || q.ThreadIDs != nil || q.ChatIDs != nil || q.CustomerID != "" || q.CustomerEmail != "" {
		return nil
	}
	switch {
	case q.Groups == nil:
		return q.Reach
	case q.Reach == nil:
		return q.Groups
	}
	for _, g := range q.Groups {
		if !slices.Contains(q.Reach, g) {
			return nil
		}
	}
	return q.Groups
}

// union merges the lists of groups, and of the asker's own threads, each in
// order and cut at the limit.
func (q ArchiveQuery) union(c *clause, w Window, limit int) string {
	compare, direction := w.order()
	var arms []string
	arm := func(table, column string, value any) {
		a := &clause{args: c.args}
		a.add(column+" = $ AND seq "+compare+" $", value, w.bound())
		if q.From != 0 {
			a.add("seq >= $", times(q.From))
		}
		if q.To != 0 {
			a.add("seq <= $", times(q.To))
		}
		c.args = a.args
		arms = append(arms, fmt.Sprintf("SELECT seq FROM (SELECT seq FROM %s%s ORDER BY seq %s LIMIT %d) x", table, a.where(), direction, limit))
	}
	for _, g := range q.byGroups() {
		arm("thread_groups", "group_id", g)
	}
	if q.Groups == nil && q.Reach != nil {
		arm("thread_agents", "agent_id", q.MemberID)
	}
	return fmt.Sprintf("(SELECT seq FROM (%s) u ORDER BY seq %s LIMIT %d) k CROSS JOIN threads t ON t.seq = k.seq", strings.Join(arms, " UNION "), direction, limit)
}

// narrow adds the filters that no walk takes care of.
func (q ArchiveQuery) narrow(c *clause, key string) {
	if q.From != 0 {
		c.add(key+" >= $", times(q.From))
	}
	if q.To != 0 {
		c.add(key+" <= $", times(q.To))
	}
	const inGroups = "EXISTS (SELECT 1 FROM thread_groups g WHERE g.seq = t.seq AND g.group_id IN (%s))"
	if q.Reach != nil {
		own := &clause{args: c.args}
		in(own, "("+inGroups, append([]int{-1}, q.Reach...))
		own.add("EXISTS (SELECT 1 FROM thread_agents a WHERE a.seq = t.seq AND a.agent_id = $))", q.MemberID)
		c.args = own.args
		c.parts = append(c.parts, strings.Join(own.parts, " OR "))
	}
	if q.Groups != nil {
		in(c, inGroups, q.Groups)
	}
	if q.ThreadIDs != nil {
		in(c, "t.id IN (%s)", q.ThreadIDs)
	}
	if q.ChatIDs != nil {
		in(c, "t.chat_id IN (%s)", q.ChatIDs)
	}
	if q.CustomerID != "" {
		c.add("t.customer_id = $", q.CustomerID)
	}
	if q.CustomerEmail != "" {
		c.add("t.customer_id IN (SELECT id FROM customers WHERE email = $)", q.CustomerEmail)
	}
	addSet(c, q.Agents, "thread_agents", "agent_id")
	addSet(c, q.Tags, "thread_tags", "tag")
}

// addSet narrows by membership in one of the tables keyed (value, seq).
func addSet(c *clause, f *protocol.SetFilter, table, column string) {
	if f == nil {
		return
	}
	any := fmt.Sprintf("EXISTS (SELECT 1 FROM %s m WHERE m.seq = t.seq", table)
	if f.Exists != nil {
		if *f.Exists {
			c.add(any + ")")
		} else {
			c.add("NOT " + any + ")")
		}
	}
	if f.Values != nil {
		if f.RequireEvery {
			for _, v := range f.Values {
				c.add(any+" AND m."+column+" = $)", v)
			}
		} else {
			in(c, fmt.Sprintf("t.seq IN (SELECT m.seq FROM %s m WHERE m.%s IN (%%s))", table, column), f.Values)
		}
	}
	if f.ExcludeValues != nil {
		in(c, "NOT "+any+" AND m."+column+" IN (%s))", f.ExcludeValues)
	}
}

// archiveCountCap bounds how many hits are counted; a common word has too many.
const archiveCountCap = 1000

// Archives lists closed threads by creation, newest first unless Asc, and counts
// them (up to 1,000).
func (s *Store) Archives(ctx context.Context, q ArchiveQuery) (Page[*Thread], int, error) {
	var found int
	all := q.plan(Window{}, archiveCountCap)
	count := fmt.Sprintf(`SELECT count(*) FROM (SELECT 1 FROM %s%s LIMIT %d) x`, all.from, all.where(), archiveCountCap)
	if err := s.read.QueryRowContext(ctx, count, all.args...).Scan(&found); err != nil {
		return Page[*Thread]{}, 0, err
	}
	p := q.plan(q.Window, q.Limit+1)
	_, direction := q.order()
	rows, err := collect(ctx, s.read, scanThread, fmt.Sprintf(`SELECT %s FROM %s%s ORDER BY %s %s LIMIT %d`,
		threadColumns, p.from, p.where(), p.key, direction, q.Limit+1), p.args...)
	return fill(q.Window, rows), found, err
}

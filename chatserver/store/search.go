package store

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"unicode"
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

// archiveCountCap bounds how many hits are counted; a common word has too many.
const archiveCountCap = 1000

// Archives lists closed threads by creation, newest first unless Asc. The first
// page (Bound 0) also counts the hits, up to 1,000 or Count; later pages give 0,
// which saves a second walk.
func (s *Store) Archives(ctx context.Context, q ArchiveQuery) (Page[*Thread], int, error) {
	if q.impossible() {
		return Page[*Thread]{}, 0, nil
	}
	limit := q.Limit + 1
	if q.Bound == 0 {
		limit = max(q.Skip+limit, cmp.Or(q.Count, archiveCountCap))
	}
	from, where := q.sql()
	_, direction := q.order()
	seqs, err := collect(ctx, s.read, scanSeq, fmt.Sprintf(`SELECT f.rowid FROM %s%s ORDER BY f.rowid %s LIMIT %d`,
		from, where.where(), direction, limit), where.args...)
	if err != nil {
		return Page[*Thread]{}, 0, err
	}
	found := 0
	if q.Bound == 0 {
		found = len(seqs)
		seqs = seqs[min(found, q.Skip):]
	}
	if len(seqs) == 0 {
		return fill(q.Window, []*Thread(nil)), found, nil
	}
	page := &clause{}
	in(page, "t.seq IN (%s)", seqs[:min(len(seqs), q.Limit+1)])
	rows, err := collect(ctx, s.read, scanThread, fmt.Sprintf(`SELECT %s FROM threads t%s ORDER BY t.seq %s`,
		threadColumns, page.where(), direction), page.args...)
	return fill(q.Window, rows), found, err
}

func scanSeq(r scanner) (seq int64, err error) { return seq, r.Scan(&seq) }

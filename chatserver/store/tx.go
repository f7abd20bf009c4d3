package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
)

// ErrNotFound says that no record has the id asked for.
var ErrNotFound = errors.New("store: no such record")

// Tx is one write transaction. It is valid inside Update only.
type Tx struct {
	tx  *sql.Tx
	ctx context.Context
}

// Update runs fn in a write transaction and commits it to disk. An error of fn
// rolls back and is returned as it is. Writers wait for one another.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback() // after Commit this does nothing
	if err := fn(&Tx{tx: tx, ctx: ctx}); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

func (t *Tx) exec(query string, args ...any) error {
	_, err := t.tx.ExecContext(t.ctx, query, args...)
	return err
}

// encode writes a value as the JSON text of a column.
func encode(v any) string {
	b, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		// Only foreign bytes in an Extra field can fail, and those were read by
		// the same library.
		return "null"
	}
	return string(b)
}

func decode(text string, v any) error {
	if text == "" || text == "null" {
		return nil
	}
	return json.Unmarshal([]byte(text), v)
}

// holders gives "$from,$from+1,…" for n arguments.
func holders(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "$%d", from+i)
	}
	return b.String()
}

func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// scanner is a row of either *sql.Row or *sql.Rows.
type scanner interface{ Scan(...any) error }

// querier is the reading side of a pool or of a transaction.
type querier interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

// collect runs a query and reads every row with scan.
func collect[T any](ctx context.Context, q querier, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

func times(t protocol.Time) int64 { return int64(t) }

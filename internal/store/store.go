package store

import (
	"context"
	"embed"
	"io/fs"
	"path/filepath"
	"time"

	"agentdesk/internal/sqlite"
)

//go:embed migrations/sqlite/*.sql
var migrations embed.FS

// applicationID marks the file as the dashboard's ("AgDd").
const applicationID = 0x41674464

// DB is the dashboard's own database.
type DB struct {
	db     *sqlite.DB
	limits limits
}

// Open opens or creates desk.db in the data directory. Errors are sentences for
// the person who started the program.
func Open(ctx context.Context, dataDir string) (*DB, error) {
	tree, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		return nil, err
	}
	db, err := sqlite.Open(ctx, sqlite.Options{Path: filepath.Join(dataDir, "desk.db"), Name: "the dashboard's database",
		Migrations: tree, ApplicationID: applicationID})
	if err != nil {
		return nil, err
	}
	return &DB{db: db}, nil
}

// Close ends all connections.
func (d *DB) Close() error { return d.db.Close() }

// Check reports whether the database answers.
func (d *DB) Check(ctx context.Context) error { return d.db.Check(ctx) }

func (d *DB) exec(ctx context.Context, query string, args ...any) error {
	_, err := d.db.Write.ExecContext(ctx, query, args...)
	return err
}

// micros and moment are a time in storage: microseconds since 1970, 0 for none.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

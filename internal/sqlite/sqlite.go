package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// readers is how many connections serve queries beside the one that writes.
const readers = 4

// Options name a database. All are required.
type Options struct {
	Path       string
	Name       string // for messages: "the chat database"
	Migrations fs.FS  // numbered .sql files, forward only
	// ApplicationID marks the file as ours, so that a foreign database at our
	// path is refused instead of migrated.
	ApplicationID int32
}

// DB is an open database: Write is the one connection that changes it, Read
// serves queries beside it. It is safe for concurrent use.
type DB struct {
	Write *sql.DB
	Read  *sql.DB
	o     Options
}

// Open opens or creates a database and brings its schema up to date. Errors are
// sentences for the person who started the program: they name the file and say
// what to do. A damaged or foreign file is left as it is.
func Open(ctx context.Context, o Options) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(o.Path), 0o700); err != nil {
		return nil, fmt.Errorf("the folder %s cannot be created (%w): choose a data folder this user may write to", filepath.Dir(o.Path), plain(err))
	}
	f, err := os.OpenFile(o.Path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%s %s cannot be opened for writing (%w): check the permissions of the file and its folder", o.Name, o.Path, plain(err))
	}
	f.Close()
	d := &DB{o: o, Write: open(o.Path, false), Read: open(o.Path, true)}
	d.Write.SetMaxOpenConns(1)
	d.Read.SetMaxOpenConns(readers)
	d.Read.SetMaxIdleConns(readers)
	if err := d.prepare(ctx); err != nil {
		d.Write.Close()
		d.Read.Close()
		return nil, d.explain(err)
	}
	return d, nil
}

func open(path string, readOnly bool) *sql.DB {
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)",
		"cache_size(-16000)", "temp_store(MEMORY)",
	}}
	if readOnly {
		q["_txlock"] = []string{"deferred"}
		q["_pragma"] = append(q["_pragma"], "query_only(1)")
	}
	// sql.Open only fails for an unknown driver.
	db, _ := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	return db
}

// errForeign is a healthy SQLite file that another program made.
var errForeign = errors.New("made by another program")

// errNewer is a schema that a later release of this program made.
var errNewer = errors.New("made by a newer version")

// prepare checks the file and migrates it.
func (d *DB) prepare(ctx context.Context) error {
	var id, tables int64
	if err := d.Write.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if err := d.Write.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	if id != int64(d.o.ApplicationID) && tables > 0 {
		return errForeign
	}
	var verdict string
	if err := d.Write.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("%s: %w", strings.Join(strings.Fields(verdict), " "), errDamaged)
	}
	if _, err := d.Write.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", d.o.ApplicationID)); err != nil {
		return err
	}
	return d.migrate(ctx)
}

func (d *DB) migrate(ctx context.Context) error {
	// Numbers are kept free for branches of work: one that comes late is applied late.
	p, err := goose.NewProvider(goose.DialectSQLite3, d.Write, d.o.Migrations, goose.WithLogger(goose.NopLogger()), goose.WithAllowOutofOrder(true))
	if err != nil {
		return err
	}
	have, want, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	if have > want {
		return errNewer
	}
	_, err = p.Up(ctx)
	return err
}

var errDamaged = errors.New("the file is damaged")

// explain words an error of opening for a person.
func (d *DB) explain(err error) error {
	var se *sqlite.Error
	code := 0
	if errors.As(err, &se) {
		code = se.Code() & 0xff
	}
	switch {
	case errors.Is(err, errForeign):
		return fmt.Errorf("the file %s is a database of another program: move it away or choose another data folder", d.o.Path)
	case errors.Is(err, errNewer):
		return fmt.Errorf("%s %s was made by a newer version of this program: start that version, or choose another data folder", d.o.Name, d.o.Path)
	case errors.Is(err, errDamaged), code == sqlite3.SQLITE_CORRUPT, code == sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%s %s is damaged (%w): restore it from a backup, or move it away to start with an empty one", d.o.Name, d.o.Path, err)
	case code == sqlite3.SQLITE_READONLY, code == sqlite3.SQLITE_CANTOPEN, code == sqlite3.SQLITE_PERM:
		return fmt.Errorf("%s %s cannot be written (%w): check the permissions of the file and its folder", d.o.Name, d.o.Path, err)
	case code == sqlite3.SQLITE_BUSY, code == sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("%s %s is in use by another process: stop that one, or choose another data folder", d.o.Name, d.o.Path)
	case code == sqlite3.SQLITE_FULL:
		return fmt.Errorf("the disk of %s %s is full: free some space", d.o.Name, d.o.Path)
	}
	return fmt.Errorf("%s %s cannot be opened: %w", d.o.Name, d.o.Path, err)
}

// plain strips the path from an error of package os, which the caller names
// already.
func plain(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// Close ends all connections; the last one checkpoints the journal.
func (d *DB) Close() error {
	return errors.Join(d.Read.Close(), d.Write.Close())
}

// Path is where the database lies.
func (d *DB) Path() string { return d.o.Path }

// Check reports whether the database answers.
func (d *DB) Check(ctx context.Context) error {
	var one int
	return d.Read.QueryRowContext(ctx, "SELECT 1").Scan(&one)
}

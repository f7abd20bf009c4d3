package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"agentdesk/internal/sqlite"
)

//go:embed migrations/sqlite/*.sql
var migrations embed.FS

// applicationID marks a database file as a chat server's ("AgDk").
const applicationID = 0x4167446b

// Store is an open database. It is safe for concurrent use.
type Store struct {
	db    *sqlite.DB
	write *sql.DB
	read  *sql.DB
}

// Open opens or creates the database at path and brings its schema up to date.
// Errors are sentences for the person who started the program.
func Open(ctx context.Context, path string) (*Store, error) {
	tree, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		return nil, err
	}
	db, err := sqlite.Open(ctx, sqlite.Options{Path: path, Name: "the chat database", Migrations: tree, ApplicationID: applicationID})
	if err != nil {
		return nil, err
	}
	s := &Store{db: db, write: db.Write, read: db.Read}
	if err := s.reindex(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("the search index of %s cannot be built: %w", path, err), s.Close())
	}
	return s, nil
}

// Close ends all connections; the last one checkpoints the journal.
func (s *Store) Close() error { return s.db.Close() }

// Path is where the database lies.
func (s *Store) Path() string { return s.db.Path() }

// Check reports whether the database answers.
func (s *Store) Check(ctx context.Context) error { return s.db.Check(ctx) }

package store

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// change runs statements on a database without our code.
func change(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
}

func TestForeignAndNewerDatabasesAreLeftAlone(t *testing.T) {
	for name, c := range map[string]struct {
		ours       bool
		statements []string
		want       string
	}{
		"another program's": {false, []string{"CREATE TABLE accounts (x)", "INSERT INTO accounts VALUES (1)"}, "of another program"},
		"a newer schema":    {true, []string{"INSERT INTO goose_db_version (version_id, is_applied) VALUES (900, 1)"}, "newer version"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "desk.db")
			if c.ours {
				open(t, dir).Close()
			}
			change(t, path, c.statements...)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			_, err = Open(context.Background(), dir)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v; want one line with the path and %q", err, c.want)
			}
			// Opening may switch the journal mode in the header, nothing else.
			if after, _ := os.ReadFile(path); len(after) < 100 || string(before[100:]) != string(after[100:]) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestDatabaseIsDurableAndPrivate(t *testing.T) {
	ctx, dir := context.Background(), filepath.Join(t.TempDir(), "data")
	d := open(t, dir)
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2"} {
		var got string
		if err := d.db.Write.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s, want %s (%v)", pragma, got, want, err)
		}
	}
	// Before 3.51.3 a reset of the WAL could damage the file.
	var ok bool
	if err := d.db.Read.QueryRowContext(ctx, "SELECT format('%03d%03d%03d', v1, v2, v3) >= '003051003' FROM "+
		"(SELECT substr(v, 1, 1) v1, substr(v, 3, 2) v2, substr(v, 6) v3 FROM (SELECT sqlite_version() v))").Scan(&ok); err != nil || !ok {
		t.Errorf("this SQLite is too old (%v)", err)
	}
	for _, name := range []string{"", "desk.db", "desk.db-wal", "desk.db-shm"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%q: %v %v", name, info.Mode(), err)
		}
	}
	if _, err := d.db.Read.ExecContext(ctx, "DELETE FROM sessions"); err == nil {
		t.Error("a reader can write")
	}
}

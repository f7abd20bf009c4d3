package store

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"agentdesk/protocol"
)

// TestFilesOfOldEvents: files of events from before their uses were kept go with
// their threads too, and with the last one only.
func TestFilesOfOldEvents(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "chat.db")
	s, err := Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	once, twice := strings.Repeat("a", 43), strings.Repeat("b", 43)
	update(t, s, func(tx *Tx) error {
		for _, id := range []string{once, twice} {
			if err := tx.PutFile(File{ID: id, Name: "x", CreatedAt: 7, Used: true}); err != nil {
				return err
			}
		}
		for i, ref := range []struct{ thread, file string }{{"T", once}, {"T", twice}, {"U", twice}} {
			ev := protocol.Event{ID: "e", Type: "file", URL: "http://chat.example/files/" + ref.file + "/a.txt"}
			if err := tx.AddEvent(EventRef{ChatID: "C", ThreadID: ref.thread, N: i + 1}, &ev); err != nil {
				return err
			}
		}
		if err := tx.exec(`DROP TABLE file_uses`); err != nil {
			return err
		}
		return tx.exec(`DELETE FROM goose_db_version WHERE version_id = 42`)
	})
	s.Close()
	if s, err = Open(ctx, path); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, step := range []struct {
		drop   string
		unused int
	}{{"none", 0}, {"T", 1}, {"U", 2}} {
		update(t, s, func(tx *Tx) error { return tx.DropThread(&Thread{ID: step.drop}) })
		if old, err := s.UnusedFiles(ctx, 1); err != nil || len(old) != step.unused {
			t.Errorf("without %s: %d files are unused, %v, want %d", step.drop, len(old), err, step.unused)
		}
	}
}

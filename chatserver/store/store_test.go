package store

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
)

func open(t testing.TB) *Store {
	t.Helper()
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "chat.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func update(t testing.TB, s *Store, fn func(*Tx) error) {
	t.Helper()
	if err := s.Update(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func TestUpdateRollsBack(t *testing.T) {
	s := open(t)
	boom := errors.New("boom")
	err := s.Update(t.Context(), func(tx *Tx) error {
		if err := tx.PutGroup(Group{ID: 1, Name: "x"}); err != nil {
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) {
		t.Errorf("error = %v", err)
	}
	if g, _ := s.Groups(t.Context()); len(g) != 0 {
		t.Errorf("groups = %v", g)
	}
}

// TestMigrations opens the same file twice, and checks that the newest schema
// holds what the code writes.
func TestMigrations(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chat.db")
	for range 2 {
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.write.ExecContext(t.Context(), "PRAGMA integrity_check"); err != nil {
			t.Error(err)
		}
		var mode string
		var sync int
		if err := s.write.QueryRowContext(t.Context(), "PRAGMA journal_mode").Scan(&mode); err != nil || mode != "wal" {
			t.Errorf("journal_mode = %s %v", mode, err)
		}
		if err := s.write.QueryRowContext(t.Context(), "PRAGMA synchronous").Scan(&sync); err != nil || sync != 2 {
			t.Errorf("synchronous = %d %v, want 2 (FULL)", sync, err)
		}
		if _, err := s.read.ExecContext(t.Context(), "DELETE FROM chats"); err == nil {
			t.Error("a reading connection may write")
		}
		s.Close()
	}
}

func TestRecordsComeBack(t *testing.T) {
	s := open(t)
	c := Customer{ID: "c", Name: "V", Email: "v@example.com", CreatedAt: 5, Details: CustomerDetails{SessionFields: []map[string]string{{"a": "1"}, {"b": "2"}}}}
	h := &Thread{Seq: 9, ID: "T", ChatID: "C", CustomerID: "c", Active: true, CreatedAt: 9}
	h.Access, h.QueuedAt, h.Tags = []int{1, 2}, 9, []string{"x"}
	chat := &Chat{ID: "C", CustomerID: "c", SortAt: 9, Active: true, Access: []int{1, 2}, Thread: h, Users: []Member{{UserID: "c", Type: "customer", Present: true, SeenUpTo: 3}}}
	update(t, s, func(tx *Tx) error {
		return errors.Join(tx.PutCustomer(c), tx.PutChat(chat), tx.PutThread(h), tx.IndexChat(chat),
			tx.PutAgent(Agent{ID: "a", AccountID: "acc", Groups: map[int]string{1: "first"}}),
			tx.PutToken(Token{Hash: "h", Kind: TokenAgent, OwnerID: "a", Scopes: []string{"x", "y"}, ExpiresAt: 7}))
	})
	got, err := s.Chat(t.Context(), "C")
	if err != nil || got.Thread == nil || got.Thread.QueuedAt != 9 || got.Thread.Tags[0] != "x" || got.Users[0] != chat.Users[0] || !slices.Equal(got.Access, chat.Access) {
		t.Errorf("chat = %+v, %v", got, err)
	}
	if who, err := s.Customer(t.Context(), "c"); err != nil || who.Details.SessionFields[1]["b"] != "2" {
		t.Errorf("customer = %+v, %v", who, err)
	}
	if a, err := s.Agents(t.Context()); err != nil || a[0].Groups[1] != "first" {
		t.Errorf("agents = %+v, %v", a, err)
	}
	if k, err := s.Token(t.Context(), "h"); err != nil || !slices.Equal(k.Scopes, []string{"x", "y"}) || k.ExpiresAt != 7 {
		t.Errorf("token = %+v, %v", k, err)
	}
	if _, err := s.Chat(t.Context(), "none"); !errors.Is(err, ErrNotFound) {
		t.Errorf("unknown chat: %v", err)
	}
	for groups, want := range map[int]int{1: 1, 3: 0} {
		if _, n, err := s.Chats(t.Context(), ChatQuery{Reach: []int{groups}, WithoutThreads: true, Window: Window{Limit: 5}}); err != nil || n != want {
			t.Errorf("group %d sees %d chats, %v", groups, n, err)
		}
	}
}

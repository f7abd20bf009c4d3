package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"testing"

	"agentdesk/protocol"
)

// TestReindex wants a database whose search index a migration has emptied to be
// found whole after the next start.
func TestReindex(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chat.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	update(t, s, func(tx *Tx) error { return tx.PutCustomer(Customer{ID: "cust", Name: "Vera", Email: "v@example.com"}) })
	archive(t, s, 603, func(int) string { return "parcel" })
	if err := errorsOf(t.Context(), s.write, `DELETE FROM thread_text`, `DELETE FROM chat_text`); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if s, err = Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, word := range []string{"parcel", "vera"} {
		p, n, err := s.Archives(t.Context(), ArchiveQuery{Words: Words(word), All: [][]Term{ReachTerms([]int{2}, "x")}, Window: Window{Limit: 1}})
		if err != nil || n != 201 || p.Rows[0].ID != "T602" {
			t.Errorf("%s: %d found, %v", word, n, err)
		}
	}
	if _, n, err := s.Chats(t.Context(), ChatQuery{Reach: []int{1}, WithoutThreads: true, Window: Window{Limit: 1}}); err != nil || n != 201 {
		t.Errorf("%d chats of group 1, %v", n, err)
	}
}

func errorsOf(ctx context.Context, db *sql.DB, queries ...string) error {
	for _, q := range queries {
		if _, err := db.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

// TestRearchive: a thread that changed is found by what it is now, and by
// nothing it was.
func TestRearchive(t *testing.T) {
	s := open(t)
	archive(t, s, 2, func(int) string { return "parcel" })
	h, err := s.Thread(t.Context(), "T0")
	if err != nil {
		t.Fatal(err)
	}
	h.Tags = []string{"other"}
	update(t, s, func(tx *Tx) error { return tx.ArchiveThread(h, nil, "Nora") })
	for tag, want := range map[string][]string{"five": nil, "other": {"T0"}} {
		p, _, err := s.Archives(t.Context(), values10(KindTag, tag))
		if err != nil || !slices.Equal(ids(p.Rows), want) {
			t.Errorf("tag %s: %v, %v", tag, ids(p.Rows), err)
		}
	}
	for word, want := range map[string]int{"vera": 1, "nora": 1, "parcel": 2} {
		if _, n, err := s.Archives(t.Context(), ArchiveQuery{Words: []string{word}, Window: Window{Limit: 10}}); err != nil || n != want {
			t.Errorf("%s: %d found, want %d, %v", word, n, want, err)
		}
	}
}

func values10(k Kind, v ...string) ArchiveQuery {
	q := values(k, v...)
	q.Limit = 10
	return q
}

// TestManyTerms: the greatest number of ids a request may name.
func TestManyTerms(t *testing.T) {
	s := open(t)
	archive(t, s, 30, func(int) string { return "parcel" })
	var all []string
	for i := range 1000 {
		all = append(all, "C"+string(rune('0'+i%10)), "C1"+string(rune('0'+i%10)))
	}
	if _, n, err := s.Archives(t.Context(), values10(KindChat, all[:1000]...)); err != nil || n != 20 {
		t.Errorf("%d found, %v", n, err)
	}
}

// TestTerms: terms of different kinds and values differ, and are one word to the
// index and none to a person.
func TestTerms(t *testing.T) {
	seen := map[Term]bool{}
	for k := KindAny; k <= KindThread; k++ {
		for _, term := range []Term{Mark(k, true), Mark(k, false), TermOf(k), TermOf(k, "a"), TermOf(k, "a", "b"), TermOf(k, "ab")} {
			if seen[term] {
				t.Errorf("kind %d: %+q twice", k, term)
			}
			seen[term] = true
			if len(Words(string(term))) != 0 || plainText(string(term)) == string(term) {
				t.Errorf("%+q can be typed", term)
			}
		}
	}
	if PropertyValue(protocol.Properties{"a": {"b": []byte("1.0")}}["a"]["b"]) != "1" {
		t.Error("1.0 is not 1")
	}
}

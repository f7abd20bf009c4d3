package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"agentdesk/protocol"
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

// archive imports n threads, one per chat, with one message each; thread i has
// the words of text(i).
func archive(t testing.TB, s *Store, n int, text func(i int) string) {
	t.Helper()
	update(t, s, func(tx *Tx) error {
		for i := range n {
			c := &Chat{ID: fmt.Sprintf("C%d", i), CustomerID: "cust", CreatedAt: protocol.Time(1000 + i), Access: []int{i % 3}}
			h := &Thread{ID: fmt.Sprintf("T%d", i), ChatID: c.ID, CustomerID: "cust", CreatedAt: protocol.Time(1000 + i), ClosedAt: protocol.Time(2000 + i)}
			h.Access, h.AgentIDs = c.Access, []string{fmt.Sprintf("agent%d", i%2)}
			if i%5 == 0 {
				h.Tags = []string{"five"}
			}
			m := Import{Chat: c, Thread: h, Words: "Vera", Events: []protocol.Event{{Type: protocol.EventMessage, Text: text(i), CreatedAt: h.CreatedAt}}}
			if err := tx.ImportThread(m); err != nil {
				return err
			}
		}
		return nil
	})
}

func ids(rows []*Thread) (out []string) {
	for _, t := range rows {
		out = append(out, t.ID)
	}
	return out
}

func TestArchives(t *testing.T) {
	s := open(t)
	texts := []string{"Where is my order?", "Zażółć gęślą jaźń", "مرحبا بالعالم", "my ORDERS are late", "naïve café", "refund"}
	archive(t, s, len(texts), func(i int) string { return texts[i] })
	yes, no := true, false
	desc := Window{Limit: 10}
	tests := []struct {
		name string
		q    ArchiveQuery
		want []string
	}{
		{"all, newest first", ArchiveQuery{}, []string{"T5", "T4", "T3", "T2", "T1", "T0"}},
		{"beginning of a word", ArchiveQuery{Words: Words("order")}, []string{"T3", "T0"}},
		{"every word", ArchiveQuery{Words: Words("order late")}, []string{"T3"}},
		{"without accents", ArchiveQuery{Words: Words("cafe naive")}, []string{"T4"}},
		{"with accents", ArchiveQuery{Words: Words("GĘŚLĄ")}, []string{"T1"}},
		{"right to left", ArchiveQuery{Words: Words("مرحبا")}, []string{"T2"}},
		{"customer", ArchiveQuery{Words: Words("vera refund")}, []string{"T5"}},
		{"syntax is words", ArchiveQuery{Words: Words(`refund" OR "order* NEAR(`)}, nil},
		{"time", ArchiveQuery{From: 1001, To: 1003}, []string{"T3", "T2", "T1"}},
		{"group", ArchiveQuery{Groups: []int{2}}, []string{"T5", "T2"}},
		{"reach", ArchiveQuery{Reach: []int{0}, MemberID: "x"}, []string{"T3", "T0"}},
		{"reach and own", ArchiveQuery{Reach: []int{0}, MemberID: "agent1"}, []string{"T5", "T3", "T1", "T0"}},
		{"reach nothing", ArchiveQuery{Reach: []int{}, MemberID: "x"}, nil},
		{"agent", ArchiveQuery{Agents: &protocol.SetFilter{Values: []string{"agent0"}}}, []string{"T4", "T2", "T0"}},
		{"not agent", ArchiveQuery{Agents: &protocol.SetFilter{ExcludeValues: []string{"agent0"}}}, []string{"T5", "T3", "T1"}},
		{"nobody", ArchiveQuery{Agents: &protocol.SetFilter{Exists: &no}}, nil},
		{"tagged", ArchiveQuery{Tags: &protocol.SetFilter{Exists: &yes}}, []string{"T5", "T0"}},
		{"both tags", ArchiveQuery{Tags: &protocol.SetFilter{Values: []string{"five", "six"}, RequireEvery: true}}, nil},
		{"tag and word", ArchiveQuery{Words: Words("order"), Tags: &protocol.SetFilter{Values: []string{"five"}}}, []string{"T0"}},
		{"threads", ArchiveQuery{ThreadIDs: []string{"T1", "T9"}}, []string{"T1"}},
		{"other customer", ArchiveQuery{CustomerID: "x"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.q.Window = desc
			p, n, err := s.Archives(t.Context(), tt.q)
			if err != nil {
				t.Fatal(err)
			}
			if got := ids(p.Rows); !slices.Equal(got, tt.want) || n != len(tt.want) {
				t.Errorf("found %v (%d), want %v", got, n, tt.want)
			}
		})
	}
}

// TestPaging walks a list forth and back and wants every row once.
func TestPaging(t *testing.T) {
	s := open(t)
	archive(t, s, 23, func(int) string { return "x" })
	for _, asc := range []bool{false, true} {
		w := Window{Limit: 5, Asc: asc}
		var forth, back []string
		for {
			p, _, err := s.Archives(t.Context(), ArchiveQuery{Window: w})
			if err != nil {
				t.Fatal(err)
			}
			if p.HasPrev != (w.Bound != 0) {
				t.Errorf("HasPrev = %v at %d", p.HasPrev, w.Bound)
			}
			forth = append(forth, ids(p.Rows)...)
			if !p.HasNext {
				w.Bound, w.Back = p.Rows[0].Seq, true
				break
			}
			w.Bound = p.Rows[len(p.Rows)-1].Seq
		}
		for {
			p, _, err := s.Archives(t.Context(), ArchiveQuery{Window: w})
			if err != nil {
				t.Fatal(err)
			}
			back = append(ids(p.Rows), back...)
			if !p.HasPrev {
				break
			}
			w.Bound = p.Rows[0].Seq
		}
		if len(forth) != 23 || !slices.Equal(forth[:20], back) {
			t.Errorf("asc %v: forth %v, back %v", asc, forth, back)
		}
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
		return errors.Join(tx.PutCustomer(c), tx.PutChat(chat), tx.PutThread(h), tx.SetChatGroups("C", chat.Access),
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

// FuzzSearch wants every query text to be words, never syntax.
func FuzzSearch(f *testing.F) {
	for _, q := range []string{"order", `"`, `a" OR "b`, "NEAR(a b)", "x*", "col:x", "^a", "\x00", "日本語 の", "a-b+c"} {
		f.Add(q)
	}
	s := open(f)
	archive(f, s, 3, func(int) string { return "some words" })
	f.Fuzz(func(t *testing.T, q string) {
		words := Words(q)
		if len(words) == 0 {
			return
		}
		if _, _, err := s.Archives(t.Context(), ArchiveQuery{Words: words, Window: Window{Limit: 1}}); err != nil {
			t.Errorf("query %q: %v", q, err)
		}
	})
}

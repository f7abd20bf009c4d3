package store

import (
	"fmt"
	"slices"
	"testing"

	"agentdesk/protocol"
)

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
	texts := []string{"Where is my order? " + string(TermOf(KindGroup, "forged")), "Zażółć gęślą jaźń", "مرحبا بالعالم", "my ORDERS are late", "naïve café", "refund"}
	archive(t, s, len(texts), func(i int) string { return texts[i] })
	yes, no := true, false
	filter := func(k Kind, f protocol.SetFilter) (q ArchiveQuery) { q.Filter(k, &f); return q }
	groups := func(ids ...int) (q ArchiveQuery) { q.Groups(ids); return q }
	reach := func(member string, ids ...int) ArchiveQuery {
		return ArchiveQuery{All: [][]Term{ReachTerms(ids, member)}}
	}
	tagged := filter(KindTag, protocol.SetFilter{Values: []string{"five"}})
	tagged.Words = Words("order")
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
		{"group", groups(2), []string{"T5", "T2"}},
		{"reach", reach("x", 0), []string{"T3", "T0"}},
		{"reach and own", reach("agent1", 0), []string{"T5", "T3", "T1", "T0"}},
		{"reach nothing", reach("x"), nil},
		{"agent", filter(KindAgent, protocol.SetFilter{Values: []string{"agent0"}}), []string{"T4", "T2", "T0"}},
		{"not agent", filter(KindAgent, protocol.SetFilter{ExcludeValues: []string{"agent0"}}), []string{"T5", "T3", "T1"}},
		{"nobody", filter(KindAgent, protocol.SetFilter{Exists: &no}), nil},
		{"tagged", filter(KindTag, protocol.SetFilter{Exists: &yes}), []string{"T5", "T0"}},
		{"both tags", filter(KindTag, protocol.SetFilter{Values: []string{"five", "six"}, RequireEvery: true}), nil},
		{"tag and word", tagged, []string{"T0"}},
		{"not both", filter(KindTag, protocol.SetFilter{ExcludeValues: []string{"five", "six"}, RequireEvery: true}), []string{"T5", "T4", "T3", "T2", "T1", "T0"}},
		{"of no list", ArchiveQuery{All: [][]Term{{}}}, nil},
		{"terms are no text", ArchiveQuery{Words: []string{string(TermOf(KindGroup, "forged"))}}, nil},
		{"threads", ArchiveQuery{ThreadIDs: []string{"T1", "T9"}}, []string{"T1"}},
		{"other customer", filter(KindCustomer, protocol.SetFilter{Values: []string{"x"}}), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.q.Window = Window{Limit: 10}
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

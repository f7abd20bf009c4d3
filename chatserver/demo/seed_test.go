package demo

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

func newEngine(t testing.TB, now func() time.Time) *engine.Engine {
	t.Helper()
	dir := t.TempDir()
	db, err := store.Open(t.Context(), filepath.Join(dir, "chat.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	e, err := engine.New(t.Context(), engine.Options{Store: db, FilesDir: filepath.Join(dir, "files"), PublicURL: func() string { return "http://localhost:8080" }, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestSeed(t *testing.T) {
	// What the past looks like depends on the weekday and the hour it ends at.
	now := time.Date(2026, 3, 11, 15, 30, 0, 0, time.UTC)
	e := newEngine(t, func() time.Time { return now })
	began := time.Now()
	if err := seed(t.Context(), e, 400, historyDays); err != nil { // the whole is slow under the race detector
		t.Fatal(err)
	}
	t.Logf("seeded in %v", time.Since(began))

	if l := e.License(); l.ID != LicenseID || l.OrganizationID != OrganizationID {
		t.Errorf("license = %+v", l)
	}
	for _, a := range Accounts {
		cred, err := e.Authenticate(t.Context(), "Bearer "+a.Token)
		if err != nil || cred.UserID != a.Email {
			t.Errorf("token of %s: %+v %v", a.Email, cred, err)
		}
		if id, ok, err := e.CheckPassword(t.Context(), a.Email, Password); err != nil || !ok || id != a.Email {
			t.Errorf("password of %s: %q %v %v", a.Email, id, ok, err)
		}
	}
	by := engine.Actor{Kind: protocol.UserAgent, ID: olivia, Scopes: engine.NewScopes(engine.RoleScopes("owner"))}
	for query, least := range map[string]int{"": 400, "refund": 9, "Passwort": 2, "rozmiar": 1, "الطلب": 1, "talla": 1, "taille": 1} {
		got, err := e.ListArchives(t.Context(), by, protocol.ListArchivesRequest{Filters: &protocol.ArchiveFilters{Query: query}})
		if err != nil || got.FoundChats < least {
			t.Errorf("archives for %q: %d, %v; want at least %d", query, got.FoundChats, err, least)
		}
	}
	anna := engine.Actor{Kind: protocol.UserAgent, ID: anna, Scopes: engine.NewScopes(engine.RoleScopes("normal"))}
	got, err := e.ListArchives(t.Context(), anna, protocol.ListArchivesRequest{Limit: 5})
	if err != nil || got.FoundChats < 300 {
		t.Errorf("anna finds %d, %v", got.FoundChats, err)
	}
	for _, name := range []string{"anna", "ben"} { // the directory is whole
		if a, ok := e.Agent(name + "@example.com"); !ok || a.Groups[GroupSupport] == "" {
			t.Errorf("%s = %+v", name, a)
		}
	}
}

// BenchmarkSeed measures the whole, as the first start of the program does it.
func BenchmarkSeed(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		e := newEngine(b, nil)
		b.StartTimer()
		if err := Seed(b.Context(), e); err != nil {
			b.Fatal(err)
		}
	}
}

// TestHistory looks at what was made up, without a server.
func TestHistory(t *testing.T) {
	now := time.Date(2026, 3, 11, 15, 30, 0, 0, time.UTC)
	make1 := func() ([]store.Customer, []store.Import) {
		h, err := newHistory(now, []attachment{{photo: true, event: protocol.Event{Type: "file", URL: "u"}}, {event: protocol.Event{Type: "file", URL: "v"}}})
		if err != nil {
			t.Fatal(err)
		}
		return h.generate(historySize, historyDays)
	}
	customers, threads := make1()
	again, _ := make1()
	if fmt.Sprintf("%+v", customers[:50]) == "" || customers[7].ID != again[7].ID || customers[1000].Name != again[1000].Name {
		t.Error("the same seed gave another history")
	}
	types, langs, said, rated, notes, tagged := map[string]int{}, map[string]int{}, map[string]int{}, 0, 0, 0
	for _, c := range customers {
		langs[c.Details.SessionFields[0]["language"]]++
	}
	for _, m := range threads {
		var last protocol.Time
		if m.Thread.Properties["rating"] != nil {
			rated++
		}
		if len(m.Thread.Tags) > 0 {
			tagged++
		}
		for _, ev := range m.Events {
			types[ev.Type]++
			if ev.CreatedAt <= last || ev.CreatedAt > protocol.At(now) {
				t.Fatalf("times out of order in %s: %v after %v", m.Thread.ID, ev.CreatedAt, last)
			}
			last = ev.CreatedAt
			if strings.ContainsAny(ev.Text, "{}") || ev.Type == protocol.EventSystemMessage && strings.Contains(ev.Text, "%") {
				t.Errorf("a gap was left open: %q", ev.Text)
			}
			if ev.Visibility == protocol.VisibilityAgents {
				notes++
			}
			if ev.Type == protocol.EventMessage {
				said[ev.Text]++
			}
		}
		if len(m.Events) < 4 || m.Thread.ClosedAt < last {
			t.Errorf("thread %s has %d events, closed %v, last %v", m.Thread.ID, len(m.Events), m.Thread.ClosedAt, last)
		}
	}
	for _, l := range []string{"en", "de", "pl", "es", "fr", "ar"} {
		if langs[l] < 50 {
			t.Errorf("%d customers speak %s", langs[l], l)
		}
	}
	for _, typ := range []string{"message", "file", "filled_form", "system_message", "rich_message"} {
		if types[typ] < 20 {
			t.Errorf("%d events of type %s", types[typ], typ)
		}
	}
	if rated < 500 || notes < 200 || tagged < 1500 || len(said) < 3000 {
		t.Errorf("rated %d, notes %d, tagged %d, different messages %d", rated, notes, tagged, len(said))
	}
	t.Logf("%d customers, %v, %d different messages, %v", len(customers), langs, len(said), types)
}

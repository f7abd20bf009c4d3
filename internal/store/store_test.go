package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"agentdesk/desk"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 11, 1, 12, 0, 0, 123456000, time.UTC)

func open(t *testing.T, dir string) *DB {
	t.Helper()
	d, err := Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func TestSessions(t *testing.T) {
	ctx, d := context.Background(), open(t, t.TempDir())
	old := Session{Key: "k1", AgentID: "anna", Name: "Anna", Token: []byte{1, 2}, CreatedAt: noon, SeenAt: noon}
	young := Session{Key: "k2", AgentID: "anna", Name: "Anna", Device: "Firefox", Token: []byte{3}, CreatedAt: noon.Add(time.Hour), SeenAt: noon.Add(time.Hour)}
	for _, s := range []Session{young, old} {
		if err := d.PutSession(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.PutSession(ctx, old); err == nil {
		t.Error("the same key was put twice")
	}
	list, err := d.AgentSessions(ctx, "anna")
	if diff := cmp.Diff([]Session{old, young}, list); diff != "" || err != nil {
		t.Errorf("sessions of anna: %v\n%s", err, diff)
	}
	if err := d.TouchSession(ctx, "k1", noon.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	stale, err := d.StaleSessions(ctx, noon.Add(time.Hour), noon.Add(-time.Hour))
	if err != nil || len(stale) != 1 || stale[0].Key != "k2" {
		t.Errorf("idle: %v, %v", stale, err)
	}
	if stale, _ = d.StaleSessions(ctx, time.Time{}, noon); len(stale) != 1 || stale[0].Key != "k1" {
		t.Errorf("too old: %v", stale)
	}
	if err := d.ResealSession(ctx, "k1", []byte{9}); err != nil {
		t.Fatal(err)
	}
	if s, found, err := d.Session(ctx, "k1"); !found || err != nil || string(s.Token) != "\x09" {
		t.Errorf("resealed: %v, %v, %v", s, found, err)
	}
	if was, err := d.DeleteSession(ctx, "k1"); !was || err != nil {
		t.Errorf("delete: %v, %v", was, err)
	}
	if was, _ := d.DeleteSession(ctx, "k1"); was {
		t.Error("deleted twice")
	}
	for name, change := range map[string]func() error{
		"touch":  func() error { return d.TouchSession(ctx, "k1", noon) },
		"reseal": func() error { return d.ResealSession(ctx, "k1", []byte{1}) },
	} {
		if err := change(); err != nil {
			t.Errorf("%s of a deleted session: %v", name, err)
		}
		if _, found, _ := d.Session(ctx, "k1"); found {
			t.Errorf("%s brought a deleted session back", name)
		}
	}
}

func TestOutboxOutlivesTheProcess(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	first := open(t, dir)
	a := desk.Outgoing{CustomID: "a", ChatID: "C", Text: "hello", AgentsOnly: true, At: noon, State: desk.Sending}
	b := desk.Outgoing{CustomID: "b", ChatID: "C", FileURL: "https://x/f", FileName: "f.pdf", At: noon.Add(time.Second), State: desk.Sending}
	for _, m := range []desk.Outgoing{b, a, a} {
		if err := first.Put(ctx, "anna", m); err != nil {
			t.Fatal(err)
		}
	}
	// A second process opens the same file while the first is still there: what
	// was put is on disk, not in the first one's memory.
	second := open(t, dir)
	list, err := second.Pending(ctx, "anna")
	if diff := cmp.Diff([]desk.Outgoing{a, b}, list); diff != "" || err != nil {
		t.Fatalf("after a restart: %v\n%s", err, diff)
	}
	if list, _ := second.Pending(ctx, "ben"); len(list) != 0 {
		t.Errorf("ben sees %v", list)
	}
	if err := second.Update(ctx, "anna", "a", desk.Failed, "No."); err != nil {
		t.Fatal(err)
	}
	if err := second.Delete(ctx, "anna", "b"); err != nil {
		t.Fatal(err)
	}
	list, _ = first.Pending(ctx, "anna")
	a.State, a.Reason = desk.Failed, "No."
	if diff := cmp.Diff([]desk.Outgoing{a}, list); diff != "" {
		t.Error(diff)
	}
}

func TestKeysAreMadeOnceAndPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	made, err := Keys(dir)
	if err != nil || len(made) != 1 || len(made[0]) < 32 {
		t.Fatalf("made %d keys, %v", len(made), err)
	}
	again, err := Keys(dir)
	if diff := cmp.Diff(made, again); diff != "" || err != nil {
		t.Errorf("the second start has other keys: %v", err)
	}
	info, err := os.Stat(filepath.Join(dir, "keys"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(filepath.Join(dir, "keys"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Keys(dir); err == nil || !strings.Contains(err.Error(), "is empty") {
		t.Errorf("an empty key file: %v", err)
	}
}

func TestWhatCannotBeOpenedIsSaidInASentence(t *testing.T) {
	damaged := func(t *testing.T, dir string) {
		d := open(t, dir)
		for i := range 200 {
			m := desk.Outgoing{CustomID: strings.Repeat("x", i+1), ChatID: "C", Text: strings.Repeat("text", 50), At: noon}
			if err := d.Put(context.Background(), "anna", m); err != nil {
				t.Fatal(err)
			}
		}
		d.Close()
		path := filepath.Join(dir, "desk.db")
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := 4096; i < len(b); i++ {
			b[i] ^= 0x5a
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		prepare func(t *testing.T, dir string)
		want    string
	}{
		"a folder in its place": {func(t *testing.T, dir string) {
			if err := os.MkdirAll(filepath.Join(dir, "desk.db"), 0o700); err != nil {
				t.Fatal(err)
			}
		}, "cannot be opened for writing"},
		"not a database": {func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, "desk.db"), []byte(strings.Repeat("notes to myself\n", 100)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "is damaged"},
		"damaged pages": {damaged, "is damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			c.prepare(t, dir)
			before, _ := os.ReadFile(filepath.Join(dir, "desk.db"))
			_, err := Open(context.Background(), dir)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), filepath.Join(dir, "desk.db")) || strings.Contains(err.Error(), "\n") {
				t.Fatalf("got %v; want one line with the path and %q", err, c.want)
			}
			after, _ := os.ReadFile(filepath.Join(dir, "desk.db"))
			if string(before) != string(after) {
				t.Error("the file was changed")
			}
		})
	}
}

// What another version of the program kept is used as far as it can be.
func TestPreferencesOfAnotherVersion(t *testing.T) {
	ctx, d := t.Context(), open(t, t.TempDir())
	full := desk.Preferences{Language: "de", Clock: "12", Theme: "dark", Density: "compact", Send: "ctrl", Focus: "heading", SilentTyping: true, AwayAfter: 15,
		Keys: desk.Keys{Off: true, Map: "reply=q close=y"}, Alerts: desk.Alerts{Queue: "off", Quieter: 40, QuietFrom: "22:00", QuietTo: "07:00"}, Panes: desk.Panes{List: 320}}
	if err := d.PutPreferences(ctx, "eva", full); err != nil {
		t.Fatal(err)
	}
	got, err := d.Preferences(ctx, "eva")
	if diff := cmp.Diff(full, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	for kept, want := range map[string]desk.Preferences{
		`{"language":"pl","theme":"sepia","keys":{"map":"dance=x"},"later":{"x":1}}`: {Language: "pl"},
		`{"alerts":{"quiet_from":"25:00","once":true},"panes":{"list":5}}`:           {Alerts: desk.Alerts{Once: true}},
	} {
		if err := d.exec(ctx, "UPDATE preferences SET value = $1 WHERE agent_id = 'eva'", kept); err != nil {
			t.Fatal(err)
		}
		got, err := d.Preferences(ctx, "eva")
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", kept, err, diff)
		}
	}
	if err := d.exec(ctx, "UPDATE preferences SET value = 'nonsense'"); err != nil {
		t.Fatal(err)
	}
	if got, err := d.Preferences(ctx, "eva"); err == nil || got != (desk.Preferences{}) {
		t.Errorf("nonsense: %+v, %v", got, err)
	}
}

func TestPreferencesOutliveTheProcess(t *testing.T) {
	dir, ctx := t.TempDir(), t.Context()
	d := open(t, dir)
	if p, err := d.Preferences(ctx, "eva"); err != nil || p != (desk.Preferences{}) {
		t.Fatalf("before: %+v, %v", p, err)
	}
	for _, tag := range []string{"pl", "ar"} {
		if err := d.PutPreferences(ctx, "eva", desk.Preferences{Language: tag}); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d = open(t, dir)
	if p, err := d.Preferences(ctx, "eva"); err != nil || p.Language != "ar" {
		t.Errorf("after: %+v, %v", p, err)
	}
	if p, err := d.Preferences(ctx, "ben"); err != nil || p.Language != "" {
		t.Errorf("of another: %+v, %v", p, err)
	}
}

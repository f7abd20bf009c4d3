package upstream

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"agentdesk/desk"
)

// shelf keeps things in memory.
type shelf struct {
	mu     sync.Mutex
	prefs  desk.Preferences
	drafts map[string]desk.Draft
	marks  map[string]desk.UnreadMark
	fail   error
}

func (s *shelf) Preferences(context.Context, string) (desk.Preferences, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.prefs, s.fail
}

func (s *shelf) PutPreferences(_ context.Context, _ string, p desk.Preferences) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.prefs = p
	return s.fail
}

func (s *shelf) Drafts(context.Context, string, time.Time) (list []desk.Draft, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.drafts {
		list = append(list, d)
	}
	return list, s.fail
}

func (s *shelf) PutDraft(_ context.Context, _ string, d desk.Draft) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		return s.fail
	}
	if s.drafts[d.ChatID] = d; d.Text == "" {
		delete(s.drafts, d.ChatID)
	}
	return nil
}

func (s *shelf) Marks(context.Context, string, time.Time) ([]desk.UnreadMark, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Values(s.marks)), s.fail
}

func (s *shelf) PutMark(_ context.Context, _ string, m desk.UnreadMark) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail == nil {
		s.marks[m.ChatID] = m
	}
	return s.fail
}

func (s *shelf) DeleteMark(_ context.Context, _, chatID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.marks, chatID)
	return s.fail
}

func (s *shelf) marked(chatID string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.marks[chatID]
	return ok
}

func (s *shelf) draft(chatID string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.drafts[chatID].Text
}

func TestDraftsAreKeptAndSendingClearsThem(t *testing.T) {
	box := &shelf{drafts: map[string]desk.Draft{"A": {ChatID: "A", Text: "from last week"}}}
	g := newRig(t, newServer(t), func(o *Options) { o.Shelf = box })
	s := withA(t, g)
	ctx := context.Background()
	draft := func() desk.Draft {
		v, err := s.Chat(ctx, "A", "", 1)
		if err != nil {
			t.Fatal(err)
		}
		return v.Draft
	}
	if d := draft(); d.Text != "from last week" {
		t.Errorf("at the start it is %q", d.Text)
	}
	if _, err := s.Do(ctx, desk.KeepDraft{ChatID: "A", Text: "half a", Note: true}); err != nil {
		t.Fatal(err)
	}
	if d := draft(); d.Text != "half a" || !d.Note || box.draft("A") != "half a" {
		t.Errorf("%+v, written down is %q", d, box.draft("A"))
	}
	for name, c := range map[string]struct {
		cmd  desk.KeepDraft
		code desk.Code
	}{
		"a chat that is not there": {desk.KeepDraft{ChatID: "Z", Text: "x"}, desk.NotFound},
		"too long":                 {desk.KeepDraft{ChatID: "A", Text: strings.Repeat("x", desk.MaxDraft+1)}, desk.Invalid},
	} {
		if _, err := s.Do(ctx, c.cmd); codeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	g.cut()
	g.sink.until(t, "a second login", func() bool { return g.count("login") == 2 && g.sink.last().State == desk.Online })
	if d := draft(); d.Text != "half a" {
		t.Errorf("after the line was cut it is %q", d.Text)
	}
	if _, err := s.Do(ctx, msg("m1")); err != nil {
		t.Fatal(err)
	}
	g.sink.until(t, "the draft is forgotten", func() bool { return draft().Text == "" && box.draft("A") == "" })
}

// TestDraftsWithoutAStore: where they cannot be written down the agent is told.
func TestDraftsWithoutAStore(t *testing.T) {
	box := &shelf{drafts: map[string]desk.Draft{}, fail: context.DeadlineExceeded}
	g := newRig(t, newServer(t), func(o *Options) { o.Shelf = box })
	s := withA(t, g)
	if _, err := s.Do(context.Background(), desk.KeepDraft{ChatID: "A", Text: "x"}); codeOf(err) != desk.Internal {
		t.Errorf("got %v", err)
	}
}

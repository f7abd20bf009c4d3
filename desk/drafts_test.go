package desk

import (
	"strconv"
	"strings"
	"testing"
)

func TestDraftsShowInRowAndChat(t *testing.T) {
	b := newBoard(chatOf("A", anna))
	changes, err := b.SetDraft(Draft{ChatID: "A", Text: "half a thought", Note: true, At: start})
	if err != nil || len(changes) != 1 || changes[0].What != RegionRow|RegionHead {
		t.Fatalf("%+v, %v", changes, err)
	}
	look := func() (Row, Draft) {
		v, _ := b.Head("A")
		r, _ := b.Row("A")
		return r, v.Draft
	}
	if r, d := look(); !r.Draft || d.Text != "half a thought" || !d.Note {
		t.Errorf("row %v, draft %+v", r.Draft, d)
	}
	if changes, _ = b.SetDraft(Draft{ChatID: "A", Text: "half a thought", Note: true, At: at(1)}); len(changes) != 0 {
		t.Errorf("the same text changes %+v", changes)
	}
	if changes, _ = b.SetDraft(Draft{ChatID: "A", Text: "a whole thought"}); len(changes) != 1 || changes[0].What != RegionHead {
		t.Errorf("another text changes %+v", changes)
	}
	b.Reset(Snapshot{Me: Me{ID: anna}, Chats: []Chat{chatOf("A", anna)}})
	if r, d := look(); !r.Draft || d.Text != "a whole thought" {
		t.Errorf("after a reset: row %v, draft %+v", r.Draft, d)
	}
	if _, err = b.SetDraft(Draft{ChatID: "A", Text: " \n"}); err != nil {
		t.Fatal(err)
	}
	if r, d := look(); r.Draft || d.Text != "" {
		t.Errorf("a blank draft stays: row %v, draft %+v", r.Draft, d)
	}
}

func TestDraftsAreBounded(t *testing.T) {
	b := newBoard()
	for i := range maxDrafts {
		if _, err := b.SetDraft(Draft{ChatID: strconv.Itoa(i), Text: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.SetDraft(Draft{ChatID: "one more", Text: "x"}); CodeOf(err) != TooMany {
		t.Errorf("one more: %v", err)
	}
	if _, err := b.SetDraft(Draft{ChatID: "1", Text: "changed"}); err != nil || b.Draft("1").Text != "changed" {
		t.Errorf("an old one cannot be changed: %v", err)
	}
	if err := (KeepDraft{Text: strings.Repeat("x", MaxDraft)}).Check(); err != nil {
		t.Error(err)
	}
	if err := (KeepDraft{Text: strings.Repeat("x", MaxDraft+1)}).Check(); CodeOf(err) != Invalid {
		t.Errorf("too long: %v", err)
	}
}

package store

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"agentdesk/desk"
)

func TestDraftsAreKeptPerAgentAndChat(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	first := open(t, dir)
	old := desk.Draft{ChatID: "A", Text: "long ago", At: noon}
	young := desk.Draft{ChatID: "B", Text: "just now", Note: true, At: noon.Add(time.Hour)}
	for _, m := range []desk.Draft{{ChatID: "B", Text: "overwritten", At: noon}, old, young, {ChatID: "C"}} {
		if err := first.PutDraft(ctx, "anna", m); err != nil {
			t.Fatal(err)
		}
	}
	d := open(t, dir) // a second process: it is on disk
	list, err := d.Drafts(ctx, "anna", noon)
	if diff := cmp.Diff([]desk.Draft{old, young}, list); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if list, err := d.Drafts(ctx, "ben", noon); len(list) != 0 || err != nil {
		t.Errorf("ben has %v, %v", list, err)
	}
	if _, err := d.Drafts(ctx, "anna", noon.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if list, _ := d.Drafts(ctx, "anna", time.Time{}); len(list) != 1 || list[0].ChatID != "B" {
		t.Errorf("what is too old is still there: %v", list)
	}
	if err := d.PutDraft(ctx, "anna", desk.Draft{ChatID: "B"}); err != nil {
		t.Fatal(err)
	}
	if list, _ := d.Drafts(ctx, "anna", time.Time{}); len(list) != 0 {
		t.Errorf("a cleared draft is still there: %v", list)
	}
}

package store

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"agentdesk/desk"
)

func TestMarksAreKeptPerAgentAndChat(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	first := open(t, dir)
	old := desk.UnreadMark{ChatID: "A", ThreadID: "T1", EventID: "E1", At: noon}
	young := desk.UnreadMark{ChatID: "B", ThreadID: "T2", At: noon.Add(time.Hour)}
	for _, m := range []desk.UnreadMark{{ChatID: "B", ThreadID: "T1", EventID: "E9", At: noon}, old, young} {
		if err := first.PutMark(ctx, "anna", m); err != nil {
			t.Fatal(err)
		}
	}
	d := open(t, dir) // a second process: it is on disk
	marks := func(agent string, since time.Time, want ...desk.UnreadMark) {
		t.Helper()
		list, err := d.Marks(ctx, agent, since)
		if diff := cmp.Diff(want, list); diff != "" || err != nil {
			t.Errorf("%v\n%s", err, diff)
		}
	}
	marks("anna", noon, old, young)
	marks("ben", noon)
	marks("anna", noon.Add(time.Minute), young)
	marks("anna", time.Time{}, young) // what was too old is gone for good
	for range 2 {
		if err := d.DeleteMark(ctx, "anna", "B"); err != nil {
			t.Fatal(err)
		}
		marks("anna", time.Time{})
	}
}

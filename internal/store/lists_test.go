package store

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"agentdesk/desk"
)

func TestLimitsOfWaiting(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	d := open(t, dir)
	put := func(team string, l desk.WaitLimit) {
		t.Helper()
		if err := d.PutWaitLimit(ctx, team, l); err != nil {
			t.Fatal(err)
		}
	}
	has := func(d *DB, team string, want ...desk.WaitLimit) {
		t.Helper()
		list, err := d.WaitLimits(ctx, team)
		if diff := cmp.Diff(desk.WaitLimits(want), list); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", team, err, diff)
		}
	}
	has(d, "A") // kept in memory from here on
	all := desk.WaitLimit{Group: desk.EveryGroup, Warn: 20 * time.Second, Late: time.Minute}
	sales := desk.WaitLimit{Group: 2, Warn: time.Minute, Late: time.Hour}
	put("A", all)
	put("A", desk.WaitLimit{Group: 2, Warn: time.Second, Late: 2 * time.Second})
	has(d, "A", all, desk.WaitLimit{Group: 2, Warn: time.Second, Late: 2 * time.Second})
	put("A", sales)
	put("B", all)
	has(d, "A", all, sales)
	has(open(t, dir), "A", all, sales)
	if err := d.DeleteWaitLimit(ctx, "A", desk.EveryGroup); err != nil {
		t.Fatal(err)
	}
	has(d, "A", sales)
	has(d, "B", all)
}

func TestSavedViews(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	d := open(t, dir)
	view := func(id, owner string, shared bool, at int) desk.SavedView {
		return desk.SavedView{ID: id, Owner: owner, Name: "view " + id, Query: "tag=" + id, Shared: shared, Position: at}
	}
	mine, ours, theirs, foreign := view("1", "anna", false, 2), view("2", "ben", true, 1), view("3", "ben", false, 1), view("4", "anna", true, 1)
	for _, v := range []desk.SavedView{mine, ours, theirs} {
		if err := d.PutView(ctx, "A", v); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.PutView(ctx, "B", foreign); err != nil {
		t.Fatal(err)
	}
	has := func(d *DB, want ...desk.SavedView) {
		t.Helper()
		list, err := d.Views(ctx, "A", "anna")
		if diff := cmp.Diff(want, list); diff != "" || err != nil {
			t.Errorf("%v\n%s", err, diff)
		}
	}
	has(open(t, dir), ours, mine)
	mine.Name, mine.Position, mine.Shared = "renamed", 0, true
	if err := d.PutView(ctx, "A", mine); err != nil {
		t.Fatal(err)
	}
	has(d, mine, ours)
	// Another team's view is not replaced by one with its id, and not deleted.
	stolen := foreign
	stolen.Name = "stolen"
	_ = d.PutView(ctx, "A", stolen)
	if err := d.DeleteView(ctx, "A", "4"); err != nil {
		t.Fatal(err)
	}
	if list, _ := d.Views(ctx, "B", "anna"); len(list) != 1 || list[0] != foreign {
		t.Errorf("the other team has %v", list)
	}
	if err := d.DeleteView(ctx, "A", "2"); err != nil {
		t.Fatal(err)
	}
	has(d, mine)
	for i := range desk.MaxViews {
		if err := d.PutView(ctx, "A", view("many"+string(rune('a'+i%26))+string(rune('a'+i/26)), "cleo", false, i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.PutView(ctx, "A", view("more", "cleo", false, 1)); desk.CodeOf(err) != desk.TooMany {
		t.Errorf("one too many: %v", err)
	}
}

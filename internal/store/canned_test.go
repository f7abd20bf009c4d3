package store

import (
	"context"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"agentdesk/desk"
)

func response(id, owner string) desk.CannedResponse {
	return desk.CannedResponse{ID: id, Owner: owner, Group: desk.EveryGroup, Words: []string{id}, Text: "text of " + id, At: noon}
}

func TestCannedIsOfOneTeam(t *testing.T) {
	ctx, d := context.Background(), open(t, t.TempDir())
	shared, annas, bens := response("a", ""), response("b", "anna"), response("c", "ben")
	if err := d.PutCanned(ctx, "org-1", shared, annas, bens); err != nil {
		t.Fatal(err)
	}
	look := func(team, agent string, want ...desk.CannedResponse) {
		t.Helper()
		list, err := d.Canned(ctx, team, agent)
		if diff := cmp.Diff(want, list); diff != "" || err != nil {
			t.Errorf("%s of %s: %v\n%s", agent, team, err, diff)
		}
	}
	look("org-1", "anna", shared, annas)
	look("org-1", "ben", shared, bens)
	look("org-2", "anna")
	// Another team can neither change nor delete it, whatever id it names.
	stolen := shared
	stolen.Text = "stolen"
	if err := d.PutCanned(ctx, "org-2", stolen); err != nil {
		t.Fatal(err)
	}
	if err := d.DeleteCanned(ctx, "org-2", "a"); err != nil {
		t.Fatal(err)
	}
	look("org-1", "anna", shared, annas)
	if err := d.AddCannedFile(ctx, "org-1", "a", desk.CannedFile{ID: "f", Name: "a.txt"}, []byte("hello")); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := d.CannedFile(ctx, "org-2", "f"); desk.CodeOf(err) != desk.NotFound {
		t.Errorf("another team reads the file: %v", err)
	}
	of, f, content, err := d.CannedFile(ctx, "org-1", "f")
	if err != nil || of.ID != "a" || f.Size != 5 || string(content) != "hello" {
		t.Errorf("%+v %+v %q %v", of, f, content, err)
	}
	if err := d.DeleteCanned(ctx, "org-1", "a"); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := d.CannedFile(ctx, "org-1", "f"); desk.CodeOf(err) != desk.NotFound {
		t.Errorf("the file outlives its response: %v", err)
	}
}

func TestCannedIsBounded(t *testing.T) {
	ctx, d := context.Background(), open(t, t.TempDir())
	list := make([]desk.CannedResponse, desk.MaxCanned)
	for i := range list {
		list[i] = response(strconv.Itoa(i), "")
	}
	if err := d.PutCanned(ctx, "org-1", list[1:]...); err != nil {
		t.Fatal(err)
	}
	if err := d.PutCanned(ctx, "org-1", response("x", ""), response("y", "")); desk.CodeOf(err) != desk.TooMany {
		t.Errorf("too many: %v", err)
	}
	if list, _ := d.Canned(ctx, "org-1", ""); len(list) != desk.MaxCanned-1 {
		t.Errorf("half of it was kept: %d", len(list))
	}
	if err := d.PutCanned(ctx, "org-1", list[0]); err != nil {
		t.Errorf("the last one that fits: %v", err)
	}
	if err := d.PutCanned(ctx, "org-2", response("z", "")); err != nil {
		t.Errorf("another team: %v", err)
	}
}

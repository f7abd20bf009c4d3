package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"agentdesk/desk"
)

func TestCustomerNotes(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	d := open(t, dir)
	at := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	note := func(id, text string, at time.Time) desk.CustomerNote {
		return desk.CustomerNote{ID: id, CustomerID: "c1", Author: "anna@x", Name: "Anna", Text: text, At: at}
	}
	first, second := note("n1", "Calls at noon", at), note("n2", "مرحبا\nline two", at.Add(time.Hour))
	for _, n := range []desk.CustomerNote{first, second} {
		if err := d.AddCustomerNote(ctx, "A", n); err != nil {
			t.Fatal(err)
		}
	}
	twice := first
	twice.Text = "sent once more"
	foreign := note("n3", "another team", at)
	if err := d.AddCustomerNote(ctx, "A", twice); err != nil {
		t.Fatal(err)
	}
	if err := d.AddCustomerNote(ctx, "B", foreign); err != nil {
		t.Fatal(err)
	}
	has := func(d *DB, team string, want ...desk.CustomerNote) {
		t.Helper()
		list, err := d.CustomerNotes(ctx, team, "c1")
		if diff := cmp.Diff(want, list); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", team, err, diff)
		}
	}
	has(d, "A", second, first)
	has(open(t, dir), "A", second, first)

	first.Text, first.Changed = "Calls at one", at.Add(2*time.Hour)
	for _, team := range []string{"A", "B"} { // the other team's does nothing
		if err := d.ChangeCustomerNote(ctx, team, first); err != nil {
			t.Fatal(err)
		}
		if err := d.DeleteCustomerNote(ctx, team, map[string]string{"A": "n2", "B": "n1"}[team]); err != nil {
			t.Fatal(err)
		}
	}
	has(d, "A", first)
	has(d, "B", foreign)
}

func TestCustomerNotesAreBounded(t *testing.T) {
	ctx, d := context.Background(), open(t, t.TempDir())
	for i := range desk.MaxNotes {
		if err := d.AddCustomerNote(ctx, "A", desk.CustomerNote{ID: fmt.Sprint(i), CustomerID: "c1", Text: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.AddCustomerNote(ctx, "A", desk.CustomerNote{ID: "more", CustomerID: "c1", Text: "x"}); desk.CodeOf(err) != desk.TooMany {
		t.Errorf("one too many: %v", err)
	}
	if err := d.AddCustomerNote(ctx, "A", desk.CustomerNote{ID: "more", CustomerID: "c2", Text: "x"}); err != nil {
		t.Errorf("about another customer: %v", err)
	}
}

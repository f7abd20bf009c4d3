package desk

import (
	"slices"
	"testing"
)

func TestColleaguesInRowsAndChat(t *testing.T) {
	others := chatOf("B", ben)
	b := newBoard(chatOf("A", anna, ben), others)
	here := map[string][]string{"A": {"Ben"}, "B": {"Eva"}}
	b.SeeColleagues(func(id string) []string { return here[id] })
	r, _ := b.Row("A")
	v, _ := b.Head("A")
	if !slices.Equal(r.Here, []string{"Ben"}) || !slices.Equal(v.Here, r.Here) {
		t.Errorf("row %q, chat %q", r.Here, v.Here)
	}
	if r, _ := b.Row("B"); len(r.Here) != 0 {
		t.Errorf("a row of others' chats names %q", r.Here)
	}
	if v, _ := b.Head("B"); !slices.Equal(v.Here, []string{"Eva"}) {
		t.Errorf("an open chat of others names %q", v.Here)
	}
	changes := b.Looked([]string{"A", "B", "Z"})
	if len(changes) != 2 || changes[0].What != RegionRow|RegionColleagues || changes[1].What != RegionColleagues {
		t.Errorf("changed %+v", changes)
	}
}

func TestColleaguesWrite(t *testing.T) {
	b := newBoard(chatOf("A", anna, ben))
	writers := func() []string { r, _ := b.Row("A"); return r.Writers }
	b.Apply(Typing{ChatID: "A", AuthorID: customer, On: true})
	if w := writers(); len(w) != 0 {
		t.Errorf("the customer counts: %q", w)
	}
	changes := b.Apply(Typing{ChatID: "A", AuthorID: ben, On: true})
	if w := writers(); !slices.Equal(w, []string{ben}) || len(changes) != 1 || changes[0].What&(RegionRow|RegionColleagues) != RegionRow|RegionColleagues {
		t.Errorf("%q, %+v", w, changes)
	}
	b.Apply(say("E1", ben, 1))
	if w := writers(); len(w) != 0 {
		t.Errorf("after the message: %q", w)
	}
}

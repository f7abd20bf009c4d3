package desk

import (
	"slices"
	"testing"
)

// TestRereadTellsOfChangedEvents: a chat that is read again tells which events
// are not what they were, and of no others.
func TestRereadTellsOfChangedEvents(t *testing.T) {
	events := func(pressed ...string) []Event {
		return []Event{
			say("E1", customer, 1).Event,
			{ID: "E2", Kind: KindRich, AuthorID: anna, At: at(2), Rich: &Rich{Cards: []Card{{Buttons: []Button{{Text: "Yes", PostbackID: "y", UserIDs: pressed}}}}}},
		}
	}
	c := chatOf("A", anna)
	c.Thread.Events = events()
	b := newBoard(c)
	again := chatOf("A", anna)
	again.Thread.Events = append(events(anna), say("E3", customer, 3).Event)
	var told []string
	for _, ch := range b.Merge(again) {
		if ch.What&RegionEvent != 0 {
			told = append(told, ch.EventID)
		}
	}
	if want := []string{"E2", "E3"}; !slices.Equal(told, want) {
		t.Errorf("told of %v, want %v", told, want)
	}
	if ev, ok := b.Event("A", "E2"); !ok || len(ev.Rich.Cards[0].Buttons[0].UserIDs) != 1 {
		t.Error("the board has the old event")
	}
}

package desk

import "testing"

// Choices are this desk's own: a fresh reading of the chat server leaves them.
func TestChoicesSurviveReset(t *testing.T) {
	b := newBoard(chatOf("A", anna))
	chosen := Choices{Away: true, Preview: true}
	if cs := b.Apply(ChoicesSet{Choices: chosen}); len(cs) != 1 || cs[0].What != RegionMe || b.Me().Choices != chosen {
		t.Errorf("changes %+v, I am %+v", cs, b.Me())
	}
	if cs := b.Apply(ChoicesSet{Choices: chosen}); len(cs) != 0 {
		t.Errorf("the same again changes %+v", cs)
	}
	b.Reset(Snapshot{Me: Me{ID: anna, Name: "Anna K"}})
	if me := b.Me(); me.Name != "Anna K" || me.Choices != chosen {
		t.Errorf("after a reading I am %+v", me)
	}
}

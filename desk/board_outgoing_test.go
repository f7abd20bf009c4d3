package desk

import "testing"

// TestUnsentIsToldWhenTheEventComes: the bar that counts what is on its way is
// drawn again when a message is there, whatever push brought it.
func TestUnsentIsToldWhenTheEventComes(t *testing.T) {
	again := chatOf("A", anna)
	again.Thread.Events = []Event{{ID: "E1", CustomID: "m1", Kind: KindMessage, AuthorID: anna, At: at(1)}}
	mine := say("E1", anna, 1)
	mine.Event.CustomID = "m1"
	for name, push := range map[string]Push{"its event": mine, "its chat": IncomingChat{Chat: again}} {
		b := newBoard(chatOf("A", anna))
		b.SetOutgoing(Outgoing{ChatID: "A", CustomID: "m1", State: Sending})
		b.SetOutgoing(Outgoing{ChatID: "A", CustomID: "m2", State: Sending})
		told := false
		for _, c := range b.Apply(push) {
			told = told || c.What&RegionConnection != 0
		}
		if n, _ := b.Unsent(); n != 1 || !told {
			t.Errorf("%s: %d on the way, told %v", name, n, told)
		}
	}
}

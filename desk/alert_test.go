package desk

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// calls are the alerts since the last look, in short.
func calls(b *Board) (out []string) {
	for _, a := range b.TakeAlerts() {
		s := fmt.Sprintf("%s %s %s/%s", a.Kind, a.ChatID, a.Title, a.Text)
		if a.More > 0 {
			s += fmt.Sprint(" +", a.More)
		}
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

func waitingChat(id string) Chat {
	c := chatOf(id)
	c.Thread.Queue = &Queue{Position: 1, Since: at(1)}
	return c
}

func TestAlerts(t *testing.T) {
	passed := chatOf("B", anna)
	passed.TransferredFrom = ben
	closed := chatOf("B", anna)
	closed.Thread.Active = false
	off := func(b *Board) { b.Apply(StatusSet{AgentID: anna, Status: NotAccepting}) }
	for name, c := range map[string]struct {
		chats []Chat
		first func(*Board)
		push  Push
		want  string
	}{
		"a chat in the queue":         {nil, nil, IncomingChat{waitingChat("B")}, "queue B Marta/"},
		"while not accepting":         {nil, off, IncomingChat{waitingChat("B")}, ""},
		"while away":                  {nil, func(b *Board) { b.Apply(ChoicesSet{Choices{Away: true}}) }, IncomingChat{waitingChat("B")}, ""},
		"left by its agent":           {[]Chat{chatOf("A", ben)}, nil, UserRemoved{ChatID: "A", UserID: ben}, "queue A Marta/"},
		"mine":                        {nil, off, IncomingChat{chatOf("B", anna)}, "mine B Marta/"},
		"taken by myself":             {[]Chat{waitingChat("B")}, func(b *Board) { b.Expect("B") }, UserAdded{ChatID: "B", User: Person{ID: anna, Agent: true, Present: true}}, ""},
		"begun by myself":             {nil, func(b *Board) { b.Expect(customer) }, IncomingChat{chatOf("B", anna)}, ""},
		"given to me":                 {[]Chat{waitingChat("B")}, nil, UserAdded{ChatID: "B", User: Person{ID: anna, Agent: true, Present: true}}, "mine B Marta/"},
		"passed on":                   {nil, nil, IncomingChat{passed}, "transfer B Marta/"},
		"resumed by the customer":     {[]Chat{closed}, nil, IncomingChat{chatOf("B", anna)}, "mine B Marta/"},
		"a message":                   {[]Chat{chatOf("A", anna)}, nil, say("m1", customer, 5), "message A Marta/m1"},
		"a colleague's word":          {[]Chat{chatOf("A", anna)}, nil, say("m1", ben, 5), "message A Marta/m1"},
		"my own":                      {[]Chat{chatOf("A", anna)}, nil, say("m1", anna, 5), ""},
		"twice":                       {[]Chat{chatOf("A", anna)}, func(b *Board) { b.Apply(say("m1", customer, 5)); b.TakeAlerts() }, say("m1", customer, 5), ""},
		"in a chat of a colleague":    {[]Chat{chatOf("A", ben)}, nil, say("m1", customer, 5), ""},
		"seen elsewhere already":      {[]Chat{chatOf("A", anna)}, func(b *Board) { b.Apply(Seen{ChatID: "A", UserID: anna, UpTo: at(9)}) }, say("m1", customer, 5), ""},
		"a line of the system":        {[]Chat{chatOf("A", anna)}, nil, IncomingEvent{ChatID: "A", ThreadID: "AT", Event: Event{ID: "s", Kind: KindSystemText, At: at(5)}}, ""},
		"a change of what was said":   {[]Chat{chatOf("A", anna)}, nil, EventUpdated{ChatID: "A", ThreadID: "AT", Event: say("m1", customer, 5).Event}, ""},
		"a file":                      {[]Chat{chatOf("A", anna)}, nil, IncomingEvent{ChatID: "A", ThreadID: "AT", Event: Event{ID: "f", Kind: KindFile, AuthorID: customer, At: at(5), File: &File{Name: "a.png"}}}, "message A Marta/a.png"},
		"taken by a colleague":        {[]Chat{chatOf("A", anna)}, nil, UserRemoved{ChatID: "A", UserID: anna}, "taken A Marta/"},
		"taken out of my sight":       {[]Chat{chatOf("A", anna)}, nil, ChatGone{ChatID: "A"}, "taken A Marta/"},
		"given away by myself":        {[]Chat{chatOf("A", anna)}, func(b *Board) { b.Expect("A") }, UserRemoved{ChatID: "A", UserID: anna}, ""},
		"a colleague's goes":          {[]Chat{chatOf("A", ben)}, nil, ChatGone{ChatID: "A"}, ""},
		"closed":                      {[]Chat{chatOf("A", anna)}, nil, ChatDeactivated{ChatID: "A"}, ""},
		"a place in the queue moving": {[]Chat{waitingChat("B")}, nil, QueuePositions{[]QueuePlace{{ChatID: "B", Queue: Queue{Position: 3}}}}, ""},
	} {
		b := newBoard(c.chats...)
		if got := calls(b); got != nil {
			t.Errorf("%s: the first reading calls: %q", name, got)
		}
		if c.first != nil {
			c.first(b)
		}
		b.Apply(c.push)
		var want []string
		if c.want != "" {
			want = []string{c.want}
		}
		if got := calls(b); !slices.Equal(got, want) {
			t.Errorf("%s: calls %q, want %q", name, got, want)
		}
		if got := calls(b); got != nil {
			t.Errorf("%s: calls again: %q", name, got)
		}
	}
}

// What happened while the chat server was not heard is told once for each kind.
func TestAlertsAfterAGap(t *testing.T) {
	b := newBoard(chatOf("A", anna), waitingChat("W0"))
	me := Me{ID: anna}
	mine := chatOf("A", anna)
	mine.Loaded, mine.LastEvent = false, say("m9", customer, 9).Event
	b.Reset(Snapshot{Me: me, Chats: []Chat{mine, waitingChat("W0"), waitingChat("W1"), waitingChat("W2"), chatOf("N", anna)}})
	got := calls(b)
	if len(got) != 3 || got[0] != "message A Marta/m9" || got[1] != "mine N Marta/" || got[2] != "queue W1 Marta/ +1" && got[2] != "queue W2 Marta/ +1" {
		t.Errorf("calls %q", got)
	}
	b.Reset(Snapshot{Me: me, Chats: []Chat{mine, waitingChat("W0"), waitingChat("W1"), waitingChat("W2"), chatOf("N", anna)}})
	if got := calls(b); got != nil {
		t.Errorf("a reading without news calls %q", got)
	}
}

// What the agent asked for calls nobody, but only for a moment.
func TestExpectationEnds(t *testing.T) {
	now := start
	b := NewBoard(Me{ID: anna}, func() time.Time { return now })
	b.Reset(Snapshot{Me: Me{ID: anna}})
	b.Expect("B")
	now = now.Add(ownDoing + time.Second)
	b.Apply(IncomingChat{chatOf("B", anna)})
	if got := calls(b); len(got) != 1 {
		t.Errorf("calls %q", got)
	}
	b.Expect("C")
	if len(b.expected) != 1 {
		t.Errorf("remembers %v", b.expected)
	}
}

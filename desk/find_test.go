package desk

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	named := func(c Chat, name, email string) Chat {
		c.Users[0].Name, c.Users[0].Email = name, email
		return c
	}
	tagged := named(chatOf("D", ben), "Ida", "ida@example.com")
	tagged.Thread.Tags = []string{"Refund"}
	b := newBoard(named(chatOf("A", anna), "Zoë Ångström", "zoe@example.com"), named(chatOf("B", anna), "Bob", "bob@else.example"),
		named(chatOf("C"), "Carl", "carl@example.com"), tagged)
	b.Apply(say("E1", customer, 1)) // A is unread
	for text, want := range map[string]string{
		"": "A C B D", "example.com": "A C D", "ÅNGSTRÖM": "A", "e1": "A", "refund": "D", "b": "B", " bob ": "B", "nobody": "",
	} {
		var got []string
		for _, r := range b.Find(text, 10) {
			got = append(got, r.ChatID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q finds %v, want %s", text, got, want)
		}
	}
	if n := len(b.Find("", 2)); n != 2 {
		t.Errorf("%d rows, 2 were asked for", n)
	}
}

// BenchmarkFind: among ten thousand chats, in which one has what is looked for.
func BenchmarkFind(b *testing.B) {
	var chats []Chat
	for i := range 10000 {
		c := chatOf(fmt.Sprintf("CHAT%05d", i), []string{anna, ben}[i%2])
		c.Users = slices.Clone(c.Users)
		c.Users[0].Name, c.Users[0].Email = fmt.Sprintf("Customer Number %d", i), fmt.Sprintf("customer%d@example.com", i)
		c.LastEvent = Event{ID: "E", Text: "Could you tell me whether the grey jacket is still to be had in size M, please?"}
		chats = append(chats, c)
	}
	board := newBoard(chats...)
	for b.Loop() {
		if n := len(board.Find("customer9999@", 20)); n != 1 {
			b.Fatal(n)
		}
	}
}

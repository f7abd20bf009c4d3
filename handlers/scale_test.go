package handlers

import (
	"fmt"
	"testing"
	"time"

	"agentdesk/desk"
)

// crowd fills Anna's desk with many chats, all Ben's but for a dozen of hers and a
// few that wait.
func (h *house) crowd(n int) { h.crowdOf(n, 3, 12) }

// crowdOf is n chats: some of nobody, some of mine, the rest of a colleague.
func (h *house) crowdOf(n, waiting, mine int) {
	var chats []desk.Chat
	for i := range n {
		id := fmt.Sprintf("CROWD%05d", i)
		c := desk.Chat{ID: id, Groups: []int{i % 3}, Loaded: true, Users: []desk.Person{{ID: "customer-" + id, Name: "Customer number " + id, Present: true}}}
		c.Thread = desk.Thread{ID: id + "T", Active: true, CreatedAt: moment.Add(time.Duration(-i) * time.Second), Tags: []string{"order"}}
		c.LastEvent = desk.Event{ID: id + "E", Kind: desk.KindMessage, AuthorID: "customer-" + id, At: c.Thread.CreatedAt, Text: "Where is my order, please?"}
		switch {
		case i < waiting: // nobody's
		case i < waiting+mine:
			c.Users = append(c.Users, desk.Person{ID: agentAnna, Agent: true, Name: "Anna", Present: true})
		default:
			c.Users = append(c.Users, desk.Person{ID: "ben@example.com", Agent: true, Name: "Ben", Present: true})
		}
		chats = append(chats, c)
	}
	h.desk.set(func() {
		h.desk.board.Reset(desk.Snapshot{Me: h.desk.board.Me(), Chats: chats, Groups: []desk.Group{{ID: 0, Name: "Everybody"}, {ID: 1, Name: "Sales"}, {ID: 2, Name: "Support"}}})
	})
}

// TestPageOfManyChats: with ten thousand chats the page stays small, also narrowed
// and sorted.
func TestPageOfManyChats(t *testing.T) {
	for _, full := range [][2]int{{3, 12}, {3000, 3000}} { // waiting, mine
		h := newHouse(t, "").signIn()
		h.crowdOf(10_000, full[0], full[1])
		for _, path := range []string{"/chats", "/chats?unanswered=1&sort=waiting", "/chats?tag=order&group=1"} {
			begin := time.Now()
			r := h.get(path)
			t.Logf("%s: %d bytes, %v", path, len(r.body), time.Since(begin))
			if len(r.body) > 60_000 {
				t.Errorf("%s has %d bytes", path, len(r.body))
			}
		}
	}
}

// TestPageOfALongChat: a chat with ten thousand events adds its newest part and no
// more, here beside lists as full as they can be.
func TestPageOfALongChat(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.crowdOf(10_000, 3000, 3000)
	const id = "CROWD03000"
	customer := desk.Person{ID: "customer-" + id, Name: "Customer number " + id, Present: true}
	c := desk.Chat{ID: id, Loaded: true, Users: []desk.Person{customer, {ID: agentAnna, Agent: true, Name: "Anna", Present: true}}}
	c.Thread = desk.Thread{ID: id + "T", Active: true, CreatedAt: moment.Add(-3 * time.Hour)}
	for i := range 10_000 {
		by := []string{customer.ID, agentAnna}[i%2]
		c.Thread.Events = append(c.Thread.Events, desk.Event{ID: fmt.Sprintf("%sT_%d", id, i), Kind: desk.KindMessage, AuthorID: by, At: c.Thread.CreatedAt.Add(time.Duration(i) * time.Second), Text: fmt.Sprintf("Line %d of what we say about my order", i)})
	}
	h.desk.set(func() { h.desk.board.Merge(c) })
	r := h.get("/chats/" + id)
	r.want(t, 200, "Line 9999 of", "Line 9975 of")
	if t.Logf("%d bytes", len(r.body)); len(r.body) > 80_000 {
		t.Errorf("the page has %d bytes", len(r.body))
	}
}

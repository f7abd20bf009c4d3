package desk

import (
	"testing"
	"time"
)

func TestTeam(t *testing.T) {
	now := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	b := NewBoard(Me{ID: "anna"}, func() time.Time { return now })
	serving := func(id string, active bool, users ...Person) Chat {
		users = append(users, Person{ID: "c-" + id, Present: true})
		return Chat{ID: id, Users: users, Thread: Thread{ID: "T" + id, Active: active, CreatedAt: now}}
	}
	anna := Person{ID: "anna", Agent: true, Present: true}
	ben := Person{ID: "ben", Agent: true, Present: true}
	gone := Person{ID: "ben", Agent: true}
	watches := Person{ID: "sam", Agent: true, Present: true, AgentsOnly: true}
	b.Reset(Snapshot{
		Me: Me{ID: "anna"},
		Agents: []Agent{
			{ID: "sam", Name: "Sam", Status: Offline}, {ID: "ben", Name: "Ben", Status: NotAccepting},
			{ID: "zoe", Name: "Zoe", Status: Accepting}, {ID: "anna", Name: "Anna", Status: Accepting},
		},
		Chats: []Chat{
			serving("1", true, anna, watches), serving("2", true, anna, gone), serving("3", false, anna), serving("4", true, ben),
		},
	})
	want := []struct {
		id    string
		chats int
	}{{"anna", 2}, {"zoe", 0}, {"ben", 1}, {"sam", 0}}
	got := b.Team()
	if len(got) != len(want) {
		t.Fatalf("%d colleagues, want %d", len(got), len(want))
	}
	for i, w := range want {
		if got[i].ID != w.id || got[i].Chats != w.chats {
			t.Errorf("place %d: %s with %d chats, want %s with %d", i, got[i].ID, got[i].Chats, w.id, w.chats)
		}
	}
}

func TestNotice(t *testing.T) {
	now := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	b := NewBoard(Me{ID: "anna"}, func() time.Time { return now })
	b.Reset(Snapshot{Me: Me{ID: "anna"}, Agents: []Agent{{ID: "sam", Name: "Sam"}}})
	if _, ok := b.Notice(); ok {
		t.Error("a notice from nobody")
	}
	changes := b.Apply(Notice{ByID: "sam", Text: "Lunch at one"})
	if len(changes) != 1 || changes[0].What != RegionNotice {
		t.Errorf("changes: %+v", changes)
	}
	if n, ok := b.Notice(); !ok || n.By != "Sam" || n.Text != "Lunch at one" || !n.At.Equal(now) {
		t.Errorf("notice: %+v %v", n, ok)
	}
	now = now.Add(NoticeFor + time.Second)
	if n, ok := b.Notice(); ok || b.Inbox(Filter{}).Notice.Text != "" {
		t.Errorf("an old notice is still shown: %+v", n)
	}
}

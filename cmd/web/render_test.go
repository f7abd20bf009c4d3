package main

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"agentdesk/desk"
	"agentdesk/relay"
)

// TestMuchAtOnceIsRedrawn: where one push changes more rows than a page shows, pages
// are drawn again. An event that tells of them all would be longer than the log, and
// tabs would be cut for not keeping up with it.
func TestMuchAtOnceIsRedrawn(t *testing.T) {
	hub := relay.New(relay.Options{})
	defer hub.Close()
	r := &renderer{hub: hub, zone: time.UTC, limits: usualLimits{}, log: slog.New(slog.DiscardHandler)}
	for n, redrawn := range map[int]bool{20: false, 2000: true} {
		var chats []desk.Chat
		var moved desk.QueuePositions
		for i := range n {
			id := fmt.Sprint("CHAT", i)
			thread := desk.Thread{ID: id + "T", Active: true, CreatedAt: time.Now(), Queue: &desk.Queue{Position: i + 2}}
			chats = append(chats, desk.Chat{ID: id, Thread: thread, Users: []desk.Person{{ID: id + "C", Name: "Carla"}}})
			moved.Places = append(moved.Places, desk.QueuePlace{ChatID: id, ThreadID: thread.ID, Queue: desk.Queue{Position: i + 1}})
		}
		b := desk.NewBoard(desk.Me{ID: "anna"}, time.Now)
		b.Reset(desk.Snapshot{Me: desk.Me{ID: "anna"}, Chats: chats})
		epoch := func() string { at, _, _ := strings.Cut(hub.Position("anna"), "."); return at }
		before := epoch()
		r.Changed("anna", b, b.Apply(moved), nil)
		if got := epoch() != before; got != redrawn {
			t.Errorf("%d rows: redrawn %v", n, got)
		}
	}
}

package handlers

import (
	"slices"
	"sync"
	"testing"
	"time"
)

// TestObservedNamesAreFew: labels must not be made by whoever asks.
func TestObservedNamesAreFew(t *testing.T) {
	var mu sync.Mutex
	var seen []string
	h := newHouse(t, "", func(o *Options) {
		o.Observe = func(method, route string, status int, _ time.Duration) {
			mu.Lock()
			defer mu.Unlock()
			seen = append(seen, method+" "+route)
		}
	}).signIn()
	h.get("/chats/" + chatOpen)
	h.get("/nowhere/" + chatOpen)
	h.get("/chats/a/b/c/d")
	h.ask("BREW", "/coffee", nil)
	h.ask("BREW", "/chats", nil)
	h.ask("HEAD", "/events", nil)
	mu.Lock()
	defer mu.Unlock()
	want := []string{"POST /login", "GET /chats/:chat", "GET other", "GET other", "other other", "other /chats"}
	if !slices.Equal(seen, want) {
		t.Errorf("observed %q, want %q", seen, want)
	}
}

package handlers

import (
	"strings"
	"testing"
)

// TestSessionsLength: pages behind the sign-in say how long a session lasts without
// use, so that the script can warn in time; the sign-in page has none.
func TestSessionsLength(t *testing.T) {
	h := newHouse(t, "")
	if r := h.get("/login"); strings.Contains(r.body, "data-lasts") {
		t.Error("the sign-in page tells how long a session lasts")
	}
	h.signIn()
	for _, path := range []string{"/chats", "/me", "/archives"} {
		h.get(path).want(t, 200, `data-lasts="28800"`)
	}
}

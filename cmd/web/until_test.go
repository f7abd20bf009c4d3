package main

import (
	"testing"
	"time"
)

// until waits for a condition that events bring about; it fails after a time
// that no working program needs.
func until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	within(t, 30*time.Second, what, ok)
}

// within is until with a time of its own. It leaves the processor to what it
// waits for: most conditions fetch a page.
func within(t testing.TB, limit time.Duration, what string, ok func() bool) {
	t.Helper()
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-deadline.C:
			t.Fatalf("waited %s for %s", limit, what)
		}
	}
}

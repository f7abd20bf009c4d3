package customerapi

import (
	"fmt"
	"testing"
	"time"
)

func TestLimiter(t *testing.T) {
	l, now := newLimiter(5), time.Unix(1000, 0)
	taken := func(key string, at time.Time) (n int) {
		for range 20 {
			if l.allow(key, at) {
				n++
			}
		}
		return n
	}
	if n := taken("a", now); n != 5 {
		t.Errorf("%d at once, want 5", n)
	}
	if n := taken("b", now); n != 5 {
		t.Errorf("another key got %d", n)
	}
	if n := taken("a", now.Add(4*time.Second)); n != 2 {
		t.Errorf("%d after 4 s, want 2", n)
	}
	if n := taken("a", now.Add(time.Hour)); n != 5 {
		t.Errorf("%d after an hour, want 5", n)
	}
}

// TestLimiterForgets: invented keys do not fill the memory, and who is limited
// stays limited while others are forgotten.
func TestLimiterForgets(t *testing.T) {
	l, now := newLimiter(2), time.Unix(1000, 0)
	for i := range maxTracked - 1 {
		l.allow(fmt.Sprint(i), now)
	}
	later := now.Add(window)
	l.allow("flood", later)
	l.allow("flood", later)
	l.allow("one more", later)
	if len(l.by) > 10 {
		t.Errorf("%d keys are kept", len(l.by))
	}
	if l.allow("flood", later) {
		t.Error("a limited key was forgotten")
	}
}

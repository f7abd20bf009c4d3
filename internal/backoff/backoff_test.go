package backoff

import (
	"context"
	"errors"
	"math"
	"testing"
	"testing/synctest"
	"time"
)

func TestCeiling(t *testing.T) {
	p := Policy{Min: 500 * time.Millisecond, Max: 30 * time.Second}
	for attempt, want := range map[int]time.Duration{
		-1: 500 * time.Millisecond, 0: 500 * time.Millisecond, 1: time.Second, 2: 2 * time.Second,
		5: 16 * time.Second, 6: 30 * time.Second, 7: 30 * time.Second, math.MaxInt: 30 * time.Second,
	} {
		if got := p.Ceiling(attempt); got != want {
			t.Errorf("Ceiling(%d) = %v, want %v", attempt, got, want)
		}
	}
	if got := (Policy{}).Ceiling(0); got != 500*time.Millisecond {
		t.Errorf("the zero policy starts with %v", got)
	}
	if got := (Policy{}).Ceiling(99); got != 30*time.Second {
		t.Errorf("the zero policy ends with %v", got)
	}
}

func TestDelayIsFullyJittered(t *testing.T) {
	for _, c := range []struct {
		draw float64
		want time.Duration
	}{{0, 0}, {0.5, 4 * time.Second}, {0.25, 2 * time.Second}} {
		p := Policy{Min: time.Second, Max: time.Minute, Rand: func() float64 { return c.draw }}
		if got := p.Delay(3); got != c.want {
			t.Errorf("drawing %v gives %v, want %v", c.draw, got, c.want)
		}
	}
	var low, high int
	p := Policy{Min: time.Second, Max: time.Second}
	for range 1000 {
		d := p.Delay(0)
		if d < 0 || d >= time.Second {
			t.Fatalf("%v is out of range", d)
		}
		if d < 500*time.Millisecond {
			low++
		} else {
			high++
		}
	}
	if low < 300 || high < 300 {
		t.Errorf("%d waits in the lower half and %d in the upper: not spread", low, high)
	}
}

func TestSleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		if err := Sleep(context.Background(), time.Hour); err != nil || time.Since(start) != time.Hour {
			t.Errorf("slept %v, %v", time.Since(start), err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		start = time.Now()
		if err := Sleep(ctx, time.Hour); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Second {
			t.Errorf("slept %v, %v after the context ended", time.Since(start), err)
		}
		if err := Sleep(ctx, 0); err == nil {
			t.Error("no error from an ended context")
		}
	})
}

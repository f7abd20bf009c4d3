package backoff

import (
	"context"
	"math/rand/v2"
	"time"
)

// Policy is the shape of a series of waits.
type Policy struct {
	Min time.Duration // ceiling of the first wait; 0 gives half a second
	Max time.Duration // ceiling that is never passed; 0 gives 30 seconds
	// Rand gives a number in [0,1). Nil uses the runtime's random source; tests
	// set it.
	Rand func() float64
}

// Delay is the wait before try number attempt, counted from 0. It is never
// longer than Max. Negative attempts count as 0.
func (p Policy) Delay(attempt int) time.Duration {
	ceiling := p.Ceiling(attempt)
	draw := p.Rand
	if draw == nil {
		draw = rand.Float64
	}
	return time.Duration(draw() * float64(ceiling))
}

// Ceiling is the longest wait that Delay can give for an attempt.
func (p Policy) Ceiling(attempt int) time.Duration {
	low, high := p.Min, p.Max
	if low <= 0 {
		low = 500 * time.Millisecond
	}
	if high <= 0 {
		high = 30 * time.Second
	}
	for ; attempt > 0 && low < high; attempt-- {
		low *= 2
	}
	return min(low, high)
}

// Sleep waits for d, or until ctx ends, and then returns ctx's error.
func Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

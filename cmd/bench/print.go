package main

import (
	"fmt"
	"slices"
	"time"
)

func kB(n int64) string { return fmt.Sprintf("%.1f kB", float64(n)/1024) }

func printRelay(base, ours figures) {
	ratio := func(a, b float64) string { return fmt.Sprintf("%.2f ×", a/b) }
	fmt.Printf("%-34s %14s %14s %10s %10s\n", "", base.name, ours.name, "ratio", "promised")
	row := func(what, a, b, r, promise string) { fmt.Printf("%-34s %14s %14s %10s %10s\n", what, a, b, r, promise) }
	row("processor time per relayed push", base.perPush.String(), ours.perPush.String(), ratio(float64(ours.perPush), float64(base.perPush)), "≤ 1.3 ×")
	rounds := make([]float64, len(base.rounds))
	for i := range rounds {
		rounds[i] = float64(ours.rounds[i]) / float64(base.rounds[i])
	}
	slices.Sort(rounds)
	row("  in the median round", median(base.rounds).String(), median(ours.rounds).String(), ratio(float64(median(ours.rounds)), float64(median(base.rounds))), "")
	row("  in the best and the worst round", "", "", fmt.Sprintf("%.2f–%.2f", rounds[0], rounds[len(rounds)-1]), "")
	for _, m := range []struct {
		what, promise string
		of            func(memory) int64
	}{
		{"memory per idle agent with its tabs", "≤ 1.5 ×", func(m memory) int64 { return m.resident }},
		{"  of it heap, garbage included", "", func(m memory) int64 { return m.heap }},
		{"  of it stacks", "", func(m memory) int64 { return m.stacks }},
		{"  of it the runtime's, and free", "", memory.rest},
	} {
		a, b := m.of(base.perAgent), m.of(ours.perAgent)
		r := ratio(float64(b), float64(a))
		if a < 1<<10 {
			r = ""
		}
		row(m.what, kB(a), kB(b), r, m.promise)
	}
	row("push to tab, p50", base.p50.String(), ours.p50.String(), "+"+(ours.p50-base.p50).String(), "")
	row("push to tab, p99", base.p99.String(), ours.p99.String(), "+"+(ours.p99-base.p99).String(), "+ < 10 ms")
	row("pushes delivered of sent", fmt.Sprintf("%d/%d", base.delivered, base.expected), fmt.Sprintf("%d/%d", ours.delivered, ours.expected), "", "all")
	fmt.Println()
}

// printOld holds the program at 3.0 against itself at 3.6.
func printOld(ours, old figures) {
	fmt.Printf("%-34s %14s %14s %10s %10s\n", "", "push at 3.6", "push at 3.0", "ratio", "promised")
	row := func(what string, a, b time.Duration, promise string) {
		fmt.Printf("%-34s %14s %14s %10s %10s\n", what, a, b, fmt.Sprintf("%.2f ×", float64(b)/float64(a)), promise)
	}
	row("processor time per relayed push", ours.perPush, old.perPush, "≤ 2 ×")
	row("  in the median round", median(ours.rounds), median(old.rounds), "")
	fmt.Printf("%-34s %14s %14s %10s %10s\n\n", "pushes delivered of sent", fmt.Sprintf("%d/%d", ours.delivered, ours.expected), fmt.Sprintf("%d/%d", old.delivered, old.expected), "", "all")
}

func median(list []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}

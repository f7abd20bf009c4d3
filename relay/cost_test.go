package relay

import (
	"context"
	"fmt"
	"runtime"
	"testing"
)

// BenchmarkIdleTab reports what an open, quiet tab costs: all of the process's
// live heap and stacks, the server's side of the connection included. The
// browsers' side is subtracted by measuring raw connections that ask for
// nothing more than they must.
func BenchmarkIdleTab(b *testing.B) {
	for b.Loop() {
		const tabs = 500
		g := newRig(b, Options{})
		before := footprint()
		for i := range tabs {
			g.stuck(b, fmt.Sprint("agent", i), fmt.Sprint("s", i))
		}
		until(b, "all attached", func() bool {
			g.mu.Lock()
			defer g.mu.Unlock()
			n := 0
			for _, slot := range g.beats {
				n += len(slot)
			}
			return n == tabs
		})
		b.ReportMetric((footprint()-before)/tabs, "B/tab")
	}
}

// BenchmarkKeptTopic reports what a topic without tabs costs: every agent who
// closed the browser less than Linger ago.
func BenchmarkKeptTopic(b *testing.B) {
	for b.Loop() {
		const topics = 10000
		h := New(Options{})
		before := footprint()
		for i := range topics {
			h.Position(fmt.Sprint("agent", i))
		}
		b.ReportMetric((footprint()-before)/topics, "B/topic")
		h.Close()
	}
}

func footprint() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc + m.StackInuse)
}

// BenchmarkPublish is one event to one tab, through the library, into memory.
func BenchmarkPublish(b *testing.B) {
	h := New(Options{Queue: 1 << 20, QueueBytes: 1 << 40})
	defer h.Close()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = h.Serve(discard{newRecorder()}, request(b, ctx), Tab{Topic: "anna", Session: "s"})
	}()
	until(b, "hello", func() bool { h.mu.Lock(); defer h.mu.Unlock(); return attached(h) })
	data := []byte("<li id=\"chat-QABC123\" data-chat-id=\"QABC123\">one line of markup as it is pushed for a row</li>")
	b.ReportAllocs()
	for b.Loop() {
		h.Publish("anna", Event{Name: "row", Data: data})
	}
	cancel()
	<-ended
}

type discard struct{ *recorder }

func (discard) Write(b []byte) (int, error) { return len(b), nil }

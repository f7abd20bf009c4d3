package relay

import (
	"log/slog"
	"time"
)

// The reasons a stream ends with, as the last event's data. A browser comes
// back at once after Slow, later after Shutdown, and goes to the sign-in page
// after SignedOut; after Elsewhere it waits until somebody uses the page again.
const (
	SignedOut = "signed-out"
	Slow      = "slow"
	Shutdown  = "shutdown"
	Elsewhere = "elsewhere"
)

// Options set the limits of a Hub. A zero field takes its default.
type Options struct {
	LogEvents  int           // events kept per topic, default 512
	LogBytes   int           // bytes kept per topic, default 256 KiB
	Queue      int           // events a tab may be behind before it is cut, default 256; half of it sheds ephemeral ones
	QueueBytes int           // bytes that may wait for a tab, default 256 KiB
	Write      time.Duration // how long one write to a tab may take, default 10 s
	Heartbeat  time.Duration // default 15 s
	Linger     time.Duration // how long a topic is kept up after its last tab left or its last page was drawn, default 60 s

	MaxTabsPerSession int // the oldest tab beyond it ends with Elsewhere, default 12

	// OnTabs is told how many tabs a topic has after that number changed. Calls
	// never overlap and the last one is always right; numbers in between may be
	// left out. It is called without locks and must return soon.
	OnTabs  func(topic string, n int)
	Metrics Metrics
	Logger  *slog.Logger // default: none
}

// Metrics are counted where they are set. They are called while the hub is
// locked, so they may do no more than count.
type Metrics struct {
	Opened    func()
	Closed    func(reason string) // empty: the browser left or its line broke
	Answered  func(resumed bool)  // what hello said
	Published func(tabs int)      // an event and how many tabs it was queued for
	Shed      func()              // an ephemeral event that a slow tab did not get
}

func (o Options) withDefaults() Options {
	number := func(v *int, def int) {
		if *v <= 0 {
			*v = def
		}
	}
	span := func(v *time.Duration, def time.Duration) {
		if *v <= 0 {
			*v = def
		}
	}
	number(&o.LogEvents, 512)
	number(&o.LogBytes, 256<<10)
	number(&o.Queue, 256)
	number(&o.QueueBytes, 256<<10)
	number(&o.MaxTabsPerSession, 12)
	span(&o.Write, 10*time.Second)
	span(&o.Heartbeat, 15*time.Second)
	span(&o.Linger, time.Minute)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	m := &o.Metrics
	if m.Opened == nil {
		m.Opened = func() {}
	}
	if m.Closed == nil {
		m.Closed = func(string) {}
	}
	if m.Answered == nil {
		m.Answered = func(bool) {}
	}
	if m.Published == nil {
		m.Published = func(int) {}
	}
	if m.Shed == nil {
		m.Shed = func() {}
	}
	return o
}

// Package relay carries one agent's events to that agent's open browser tabs
// as server-sent events: resumable, bounded, and without one tab ever delaying
// another.
//
// A topic is an agent. It has a log of its newest events, numbered within an
// epoch that is drawn at random whenever continuity ends, so that a position
// "<epoch>.<seq>" that is still good can be told from one that is not. A page
// carries the position it was drawn at; the stream then either goes on from
// there or says that the page must be drawn again. It never stays silent about
// a gap.
//
// This is the only package that knows github.com/r3labs/sse/v2. That library
// blocks on slow readers, renumbers events and leaks goroutines when it is used
// as it comes, so here every tab has a stream of its own with a short queue, the
// log and the numbers are ours, and a stream is removed only after its handler
// has returned. The library carries what must wait: hello, what is replayed,
// heartbeats, bye, and events for a tab that is behind. An event for a tab that
// waits for nothing is written by its publisher, as far as the kernel takes it
// at once (straight.go). docs/architecture.md tells more.
package relay

// Package transport carries requests of the Agent and the Customer Chat API: over
// a websocket (RTM) and as single HTTP posts (Web). An API is a table from
// actions to functions; both wires use the same table, and a push reaches a
// websocket as an engine.Sink.
//
// A websocket costs two goroutines: one reads, one writes from a bounded queue
// with a deadline per write. The HTTP handler returns after the upgrade, so that
// net/http's buffers are freed, and compression is off. Each request runs in a
// goroutine of its own, at most ten at a time.
//
// Versions: the wire shapes are those of 3.6. Other versions are known by name
// and refused with unsupported_version until the ladder of protocol/version
// converts them; its place is in API.version (requests) and conn.Deliver (pushes).
package transport

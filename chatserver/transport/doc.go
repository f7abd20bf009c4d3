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
// Versions: a connection or a call names the version it speaks, and a request
// may name a higher one. Where an API has Dialects, resolve says the request in
// the version its action is written for, and say and fault put the answer back;
// pushes come from the engine in the words of the session. At the canonical
// version nothing is converted.
package transport

// Command web is the agent desk: it reads its settings, builds the parts, and
// serves the dashboard and, unless another chat server is named, the embedded
// one on one listener.
//
// It is the only place that knows every package: wire.go and its neighbours
// hold the adapters between them, and nothing else decides how they meet.
package main

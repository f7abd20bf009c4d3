// Package demo fills an empty chat server with a licence, four agents and two
// thousand conversations of the past sixty days (Seed), and lets customers come
// and talk while the program runs (Simulation).
//
// The history is made from dialogues in six languages (folder talk) with names,
// orders, products and times mixed in; the same seed gives the same history, as
// far as it does not depend on the day it is made. Everything goes through the
// engine: the demo has no way of its own into the database.
//
// The demo's passwords and tokens are public. It is for trying things out, never
// for a server that others can reach.
package demo

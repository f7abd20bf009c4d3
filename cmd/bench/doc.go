// Command bench prints the figures this project promises, each beside a base
// measured in the same run: processor time and memory per agent against a bare
// net/http relay of the same pushes, added latency, and the time and size of
// the largest pages.
//
// It starts the real program and the bare relay as child processes, gives both
// the same scripted upstream, and drives them as browsers do: POST /login, then
// GET /events. Linux only, because it reads /proc.
package main

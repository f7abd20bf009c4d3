// Package backoff says how long to wait before the next try.
//
// The waits are fully jittered: each is a random time between nothing and a
// ceiling that doubles from try to try, so that a thousand clients that lost
// the same server do not come back at the same moment.
package backoff

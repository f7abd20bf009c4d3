// Package store is what the dashboard itself keeps, in one SQLite file of the
// data directory: browser sessions, messages on their way (the outbox) and what
// agents set for themselves. It also keeps the secret keys where none are given.
// What the chat server keeps is the chat server's.
//
// Everything is on disk when a method returns. All methods are safe for
// concurrent use.
package store

// Package store keeps what the chat server must not lose: accounts, customers,
// chats, threads, events, tokens and the list of files, in one SQLite database.
//
// It stores records and answers queries; it knows no rules of chatting. One
// connection writes, several read. Every write happens in Update, which commits
// with fsync before it returns (journal WAL, synchronous FULL).
//
// Text of SQL is portable to PostgreSQL ($n placeholders, times as int64
// microseconds, JSON as text, ids made by the caller); what only SQLite can do
// stands in sqlite.go and search.go.
package store

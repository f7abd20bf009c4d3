// Package store keeps what the chat server must not lose: accounts, customers,
// chats, threads, events, tokens and the list of files, in one SQLite database.
//
// It stores records and answers queries; it knows no rules of chatting. One
// connection writes, several read. Every write happens in Update, which commits
// with fsync before it returns (journal WAL, synchronous FULL).
//
// Searching has one index, thread_text: an entry per closed thread with the words
// people wrote and, as words that nobody can type, its traits (see Term). Any mix
// of words, filters, access and time is then one expression and one walk in the
// order of the answer, at a cost that follows the page and not the archive.
//
// Text of SQL is portable to PostgreSQL ($n placeholders, times as int64
// microseconds, JSON as text, ids made by the caller); what only SQLite can do
// stands in sqlite.go and the search files.
package store

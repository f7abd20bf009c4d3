// Package sqlite opens the databases of the dashboard and of the embedded chat
// server in the one way that keeps what was acknowledged: WAL, synchronous=FULL,
// one writer, readers that cannot write, migrations before anything else. What
// is wrong with a file is said in a sentence for the person who started the
// program.
package sqlite

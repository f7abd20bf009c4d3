// Package report counts what happened in closed chats: how many there were, how
// soon they were answered, how they were rated, by agent, group, tag, day and
// hour. It is arithmetic alone: threads in, figures out.
//
// A Tally takes threads one at a time and keeps numbers of them, not the threads,
// so a report of many costs no more memory than the page they came on. It is not
// safe for concurrent use; a finished Report is only read.
package report

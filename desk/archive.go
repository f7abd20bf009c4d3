package desk

import "time"

// MarkStart and MarkEnd enclose found words in the Text of archived events.
// They are private-use characters, so that no customer's text can fake markup;
// views draws them as <mark>.
const (
	MarkStart = "\uE000"
	MarkEnd   = "\uE001"
)

// ArchiveQuery selects closed threads. Page is an opaque page id and excludes
// nothing: the same filters are given with it.
type ArchiveQuery struct {
	Text   string
	From   time.Time
	To     time.Time // exclusive
	Agents []string
	Groups []int
	Tags   []string
	Page   string
	Limit  int // 1–100, default 25
}

// ArchivePage is one page of found threads, newest first. Found may be an
// estimate. Latest says that the agent may not search the archives, so that only
// the newest thread of each closed chat was looked at, with what was said last and
// no more of it (3.0).
type ArchivePage struct {
	Latest   bool
	Threads  []ArchivedThread
	Found    int
	Next     string
	Previous string
}

// ArchivedThread is one thread with its chat's members.
type ArchivedThread struct {
	ChatID string
	Users  []Person
	Thread Thread
}

// Customer returns the thread's customer, or a nameless one.
func (a *ArchivedThread) Customer() Person {
	for _, u := range a.Users {
		if !u.Agent {
			return u
		}
	}
	return Person{}
}

// TransferTarget is an agent a chat can be given to.
type TransferTarget struct {
	Agent  Agent
	Active int // chats with customers now
}

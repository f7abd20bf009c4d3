package report

import "time"

// Line is one row of a report: all chats together, or those of one agent, group,
// tag, day or hour. Chats is the threads that began in the time of the report.
type Line struct {
	Key        string // an id, a group's number, a tag, a day as YYYY-MM-DD; "" for all
	Chats      int
	Messages   int // of an agent or bot those it wrote, otherwise all of Customers, Agents and Bots
	Customers  int // messages that customers wrote
	Agents     int // messages that agents wrote
	Bots       int // messages that bots wrote
	Unanswered int // ended, the customer wrote, and no agent answered
	Good, Bad  int // ratings, by what they are in the end

	// First is the time from the customer's first message to the first answer of
	// an agent after it. Notes and what bots say are no answers. An agent's line
	// has those that this agent gave.
	First Spread
	// Length is the time from the beginning of a chat to the last message in it.
	// Chats that have not ended, and those without a message, have none.
	Length Spread
}

// Rated is how many chats were rated.
func (l Line) Rated() int { return l.Good + l.Bad }

// Percent is a share of a whole in whole percent, and 0 of nothing. It is 100 only
// for all and 0 only for none, as far as there is a whole number between.
func Percent(part, whole int) int {
	switch {
	case whole <= 0 || part <= 0:
		return 0
	case part >= whole:
		return 100
	}
	return min(max((200*part+whole)/(2*whole), 1), 99)
}

// Spread is how long something took. Without any, Count is 0 and nothing else
// means anything.
type Spread struct {
	Count  int
	Median time.Duration // half took no longer; the mean of the two in the middle
	P90    time.Duration // nine of ten took no longer (nearest rank)
}

// Report is what was counted. Agents, Bots, Groups and Tags come by their number
// of chats, the most first; Days in their order, also those without chats; Hours
// by the hour of day at which chats began. A chat with two agents, groups or tags
// is in the lines of both.
type Report struct {
	All                        Line
	Agents, Bots, Groups, Tags []Line
	Days                       []Line
	Hours                      [24]Line
	Withheld                   int // chats whose messages may not be seen: they count as chats alone
}

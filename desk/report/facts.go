package report

import (
	"slices"
	"strings"
	"time"

	"agentdesk/desk"
)

// facts are what can be counted of one thread.
type facts struct {
	customer int            // messages of customers
	agents   map[string]int // messages by agent, 0 for one who took part and wrote none
	bots     map[string]int // the same of bots
	first    time.Duration  // until the first answer
	answered string         // the agent who gave it, "" where there was none
	length   time.Duration  // until the last message
	said     bool           // there was a message
}

// role is what the author of an event is.
type role int

const (
	nobody role = iota // who cannot be told: counted nowhere
	customer
	agent
	bot
)

// cast tells who is who in a thread.
type cast struct {
	thread *desk.ArchivedThread
	staff  map[string]bool // the agents there are
}

// of is the role of an id. A bot is a member that answers like an agent, but is
// none of the agents there are, and whose id is no e-mail address (API guide: ids of
// people are addresses, those of bots are not).
func (c cast) of(id string) role {
	person := c.staff[id] || strings.Contains(id, "@")
	if i := slices.IndexFunc(c.thread.Users, func(u desk.Person) bool { return u.ID == id }); i >= 0 {
		switch {
		case !c.thread.Users[i].Agent:
			return customer
		case person:
			return agent
		}
		return bot
	}
	switch {
	case person:
		return agent
	case id != "" && c.thread.Customer().ID == "": // the only one who is missing
		return customer
	}
	return nobody
}

// look counts a thread. A message is what is said to all and still stands: no
// note, nothing that was taken back, no line about what happened.
func look(t *desk.ArchivedThread, staff map[string]bool) facts {
	f, who := facts{agents: map[string]int{}, bots: map[string]int{}}, cast{t, staff}
	for _, id := range t.Thread.UserIDs {
		i := slices.IndexFunc(t.Users, func(u desk.Person) bool { return u.ID == id })
		if i >= 0 && t.Users[i].AgentsOnly { // who only watched took no part
			continue
		}
		switch who.of(id) {
		case agent:
			f.agents[id] += 0
		case bot:
			f.bots[id] += 0
		}
	}
	var asked time.Time
	for i := range t.Thread.Events {
		ev := &t.Thread.Events[i]
		if !ev.Spoken() || ev.Deleted || ev.AgentsOnly {
			continue
		}
		f.said = true
		f.length = max(f.length, ev.At.Sub(t.Thread.CreatedAt))
		switch who.of(ev.AuthorID) {
		case customer:
			f.customer++
			if asked.IsZero() {
				asked = ev.At
			}
		case agent:
			f.agents[ev.AuthorID]++
			if f.answered == "" && !asked.IsZero() {
				f.answered, f.first = ev.AuthorID, max(0, ev.At.Sub(asked))
			}
		case bot:
			f.bots[ev.AuthorID]++
		}
	}
	return f
}

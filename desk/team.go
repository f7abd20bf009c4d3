package desk

import (
	"cmp"
	"slices"
)

// Colleague is an agent with the work that the board knows of. A board that
// does not see every chat does not know of all of it.
type Colleague struct {
	Agent
	Chats   int // active chats the agent serves
	Waiting int // of these, chats whose customer waits for an answer
}

// Team lists the agents: those who accept chats first, then by name.
func (b *Board) Team() []Colleague {
	chats, waiting := map[string]int{}, map[string]int{}
	for _, e := range b.chats {
		if !e.chat.Thread.Active {
			continue
		}
		for i := range e.chat.Users {
			u := &e.chat.Users[i]
			if !u.Agent || !u.Present || u.AgentsOnly {
				continue
			}
			chats[u.ID]++
			if !e.waitFrom.IsZero() {
				waiting[u.ID]++
			}
		}
	}
	agents := b.Agents()
	out := make([]Colleague, 0, len(agents))
	for _, a := range agents {
		out = append(out, Colleague{Agent: a, Chats: chats[a.ID], Waiting: waiting[a.ID]})
	}
	slices.SortStableFunc(out, func(x, y Colleague) int {
		return cmp.Compare(presenceOrder(x.Status), presenceOrder(y.Status))
	})
	return out
}

func presenceOrder(s RoutingStatus) int {
	switch s {
	case Accepting:
		return 0
	case NotAccepting:
		return 1
	}
	return 2
}

// NotifyPhone says whether an agent's telephone is told of chats. Token is the
// one that Firebase gave the agent's app there. See Can.PhoneNotices.
type NotifyPhone struct {
	Token    string
	Platform string // PhoneIOS or PhoneAndroid
	On       bool
}

// What telephones run on.
const (
	PhoneIOS     = "ios"
	PhoneAndroid = "android"
)

// SetPicture gives an agent a picture, by its address; without one it is taken
// away. Administrators may for others.
type SetPicture struct{ AgentID, URL string }

func (NotifyPhone) command() {}
func (SetPicture) command()  {}

package demo

import (
	"context"
	"strings"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// takeUp finds the simulated customers whose chats an earlier run left open. The
// first ones go on; the chats of the rest are closed.
func (s *Simulation) takeUp(ctx context.Context) []*caller {
	active := true
	by := engine.Actor{Kind: protocol.UserAgent, ID: olivia, Scopes: engine.NewScopes(engine.RoleScopes("owner"))}
	page, err := s.e.ListChats(ctx, by, protocol.ListChatsRequest{Limit: 100, Filters: &protocol.ChatFilters{Active: &active}})
	if err != nil {
		s.log.Warn("open chats of the demo could not be listed", "err", err)
		return nil
	}
	var out []*caller
	for _, chat := range page.ChatsSummary {
		u := simulated(chat.Users)
		if u == nil || chat.LastThread == nil {
			continue
		}
		if len(out) >= s.o.Guests-1 {
			if err := s.e.DeactivateChat(ctx, engine.Actor{Kind: protocol.UserCustomer, ID: u.ID}, protocol.ChatIDRequest{ID: chat.ID}); err != nil {
				s.log.Debug("an old chat of the demo could not be closed", "err", err)
			}
			continue
		}
		s.mu.Lock()
		c := &caller{s: s, r: s.newDice(), id: u.ID, chat: chat.ID, thread: chat.LastThread.ID, open: true}
		s.mu.Unlock()
		c.person = newPerson(c.r, s.speaks(u))
		c.first, c.last, _ = strings.Cut(u.Name, " ")
		c.email, c.anonymous = u.Email, false
		c.agents = map[string]bool{}
		for _, m := range chat.Users {
			if m.Type == protocol.UserAgent && m.Present {
				c.agents[m.ID] = true
			}
		}
		if c.agents[ben] {
			c.part = forColleague
		}
		if chat.Access != nil && len(chat.Access.GroupIDs) > 0 && chat.Access.GroupIDs[0] == GroupSales {
			c.part = forSales
		}
		out = append(out, c)
	}
	return out
}

// speaks finds the language that a customer of an earlier run spoke.
func (s *Simulation) speaks(u *protocol.User) *language {
	for _, f := range u.SessionFields {
		for _, l := range s.langs {
			if f["language"] == l.code {
				return l
			}
		}
	}
	return s.langs[0]
}

func simulated(users []protocol.User) *protocol.User {
	for i, u := range users {
		if u.Type == protocol.UserCustomer && strings.HasSuffix(u.Email, guestDomain) {
			return &users[i]
		}
	}
	return nil
}

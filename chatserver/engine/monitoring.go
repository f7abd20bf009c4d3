package engine

import (
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// pushPage tells the newest page.
func (w *work) pushPage(c *store.Customer) {
	pages := c.Details.Visit.LastPages
	p := pages[len(pages)-1]
	w.push(protocol.PushCustomerPageUpdated, map[string]any{
		"customer_id": c.ID, "opened_at": p.OpenedAt, "url": p.URL, "title": p.Title,
	}, w.e.whoSee(c))
}

// whoSee are the agents' sessions whose monitoring level covers a customer: my:
// those in his chat; chatting: those with access to it; above: those whose
// groups he belongs to.
func (e *Engine) whoSee(c *store.Customer) []*Session {
	var out []*Session
	chats := e.liveOf(c.ID)
	d := e.dir.Load()
	for id, p := range e.agents {
		for _, s := range p.sessions {
			if s.scopes.Any("customers:ro") && e.seesCustomer(s, d.agents[id], c, chats) {
				out = append(out, s)
			}
		}
	}
	return out
}

func (e *Engine) seesCustomer(s *Session, a *store.Agent, c *store.Customer, chats []*store.Chat) bool {
	for _, chat := range chats {
		if present(chat, s.UserID) || slices.Contains(chat.Followers, s.UserID) || s.level != "my" && agentSees(s.scopes, a, chat, "ro") {
			return true
		}
	}
	switch s.level {
	case "online", "invited", "highest_available":
		return a != nil && (len(c.Details.GroupIDs) == 0 || reaches(a.Groups, c.Details.GroupIDs) || s.scopes.Any("chats--all:ro"))
	}
	return false
}

// liveOf are the active chats of a customer. mu is held.
func (e *Engine) liveOf(customerID string) []*store.Chat {
	if id, ok := e.byCustomer[customerID]; ok {
		return []*store.Chat{e.live[id]}
	}
	return nil
}

func (e *Engine) sessionsOfCustomer(id string) []*Session {
	if v := e.visitors[id]; v != nil {
		return v.sessions
	}
	return nil
}

// welcome tells a new session which customers it watches (3.3+).
func (w *work) welcome(s *Session) {
	if !s.scopes.Any("customers:ro") {
		return
	}
	a := w.e.dir.Load().agents[s.UserID]
	list := []protocol.User{}
	for id := range w.e.visitors {
		c, err := w.e.customerNow(w.ctx, id)
		if err == nil && w.e.seesCustomer(s, a, c, w.e.liveOf(id)) {
			u := customerView(c)
			u.Online = true
			list = append(list, u)
		}
	}
	w.push(protocol.PushIncomingCustomers, map[string]any{"customer_monitoring_level": s.level, "customers": list}, []*Session{s})
}

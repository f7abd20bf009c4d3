package engine

import (
	"errors"
	"slices"
	"strconv"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
	"agentdesk/protocol/version"

	"github.com/go-json-experiment/json/jsontext"
)

// pushPage tells the newest page. At 3.0 it also names where the visit came from
// (v3.0 document, sample).
func (w *work) pushPage(c *store.Customer) {
	visit, to := c.Details.Visit, w.e.whoSee(c)
	p := visit.LastPages[len(visit.LastPages)-1]
	page := map[string]any{"customer_id": c.ID, "visit_id": visitNumber(c), "opened_at": p.OpenedAt, "url": p.URL, "title": p.Title}
	w.pushFrom(version.V31, protocol.PushCustomerPageUpdated, page, to)
	page["referrer"] = visit.Referrer
	w.pushUntil(version.V30, protocol.PushCustomerPageUpdated, page, to)
}

// visitNumber tells a customer's visits apart: his first is 1.
func visitNumber(c *store.Customer) int {
	if c.Details.Statistics == nil {
		return 0
	}
	return c.Details.Statistics.Visits
}

// pushVisit is push for a message about a visit. Up to 3.2 it names the visit, by
// the same number as customer_page_updated.
func (w *work) pushVisit(c *store.Customer, action string, payload any, to []*Session) {
	w.pushFrom(version.V33, action, payload, to)
	if len(speaking(version.V32, to)) == 0 {
		return
	}
	numbered := map[string]jsontext.Value{}
	b, err := protocol.Encode(payload)
	if err = errors.Join(err, protocol.Decode(b, &numbered)); err != nil {
		w.e.log.Error("push could not be encoded", "action", action, "err", err)
		return
	}
	numbered["visit_id"] = jsontext.Value(strconv.Itoa(visitNumber(c)))
	w.pushUntil(version.V32, action, numbered, to)
}

// whoSee are the agents' sessions that are told of a customer: those who watch
// him by their level, who follow him, and who subscribed to him. mu is held.
func (e *Engine) whoSee(c *store.Customer) []*Session {
	return e.monitors(c, func(s *Session, watches bool) bool { return watches || s.follows(c) || s.subscribes(c.ID) })
}

// sighted is whoSee without those who only follow: the sessions that lose sight of
// a customer when he goes elsewhere. mu is held.
func (e *Engine) sighted(c *store.Customer) []*Session {
	return e.monitors(c, func(s *Session, watches bool) bool { return watches || s.subscribes(c.ID) })
}

func (e *Engine) monitors(c *store.Customer, told func(s *Session, watches bool) bool) []*Session {
	var out []*Session
	chats := e.liveOf(c.ID)
	d := e.dir.Load()
	for id, p := range e.agents {
		for _, s := range p.sessions {
			if s.scopes.Any("customers:ro") && told(s, e.watches(s, d.agents[id], c, chats)) {
				out = append(out, s)
			}
		}
	}
	return out
}

// watches reports whether a session's monitoring level covers a customer: my:
// those in his chat; chatting: those with access to it; online: also those whose
// groups he belongs to. Invited is chatting here: nobody is invited.
func (e *Engine) watches(s *Session, a *store.Agent, c *store.Customer, chats []*store.Chat) bool {
	for _, chat := range chats {
		if present(chat, s.UserID) || slices.Contains(chat.Followers, s.UserID) || s.level != "my" && agentSees(s.scopes, a, chat, "ro") {
			return true
		}
	}
	switch s.level {
	case "online", "highest_available":
		return a != nil && (len(c.Details.GroupIDs) == 0 || reaches(a.Groups, c.Details.GroupIDs) || s.scopes.Any("chats--all:ro"))
	}
	return false
}

// shareLevel puts the level that a login asked for in force on the agent's other
// connections: it is the agent's, not the connection's (api guide, section 2).
// Before 3.3 there are no levels. They are told whom they see now.
func (e *Engine) shareLevel(p *agentPresence, from *Session) {
	for _, s := range p.sessions {
		if s == from || s.version < version.V33 || s.level == from.level {
			continue
		}
		s.level = from.level
		e.announce(Actor{}, func(w *work) { w.welcome(s) })
	}
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

// welcome tells a session which customers it watches (3.3+).
func (w *work) welcome(s *Session) {
	if !s.scopes.Any("customers:ro") {
		return
	}
	a := w.e.dir.Load().agents[s.UserID]
	list := []protocol.User{}
	for _, c := range w.e.onSite() {
		if s.follows(c) || w.e.watches(s, a, c, w.e.liveOf(c.ID)) {
			u := customerFor(c, s.UserID)
			u.Online = true
			list = append(list, u)
		}
	}
	w.push(protocol.PushIncomingCustomers, map[string]any{"customer_monitoring_level": s.level, "customers": list}, []*Session{s})
}

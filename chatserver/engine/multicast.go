package engine

import (
	"context"
	"fmt"
	"slices"

	"agentdesk/protocol"
)

// Limits of a multicast. The documents give none.
const (
	maxMulticast  = 64 << 10 // bytes of content
	maxRecipients = 1000     // ids in one list
)

// Multicast sends any JSON to the connections of some agents and customers (v3.6
// "Multicast"). Who is named but not connected, or not known, gets nothing.
func (e *Engine) Multicast(_ context.Context, by Actor, r protocol.MulticastRequest) error {
	if err := checkMulticast(r); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.announce(by, func(w *work) {
		p := protocol.IncomingMulticast{AuthorID: by.ID, Content: r.Content, Type: r.Type}
		w.push(protocol.PushIncomingMulticast, p, e.addressed(*r.Recipients))
	})
	return nil
}

func checkMulticast(r protocol.MulticastRequest) error {
	to := r.Recipients
	if to == nil {
		return invalid("recipients", "is required")
	}
	named := 0
	if a := to.Agents; a != nil {
		if a.All {
			named++
		}
		named += len(a.IDs) + len(a.Groups)
		if len(a.IDs) > maxRecipients {
			return invalid("recipients.agents.ids", fmt.Sprintf("has more than %d agents", maxRecipients))
		}
		if len(a.Groups) > maxGroupIDs {
			return invalid("recipients.agents.groups", fmt.Sprintf("has more than %d groups", maxGroupIDs))
		}
	}
	if c := to.Customers; c != nil {
		named += len(c.IDs)
		if len(c.IDs) > maxRecipients {
			return invalid("recipients.customers.ids", fmt.Sprintf("has more than %d customers", maxRecipients))
		}
	}
	switch {
	case named == 0:
		return invalid("recipients", "must name agents or customers")
	case len(r.Content) == 0 || r.Content.Kind() == 'n':
		return invalid("content", "is required")
	case len(r.Content) > maxMulticast:
		return invalid("content", "is longer than 64 KB")
	}
	return checkID("type", r.Type)
}

// addressed are the sessions a multicast goes to, each once. mu is held.
func (e *Engine) addressed(to protocol.MulticastRecipients) []*Session {
	var out []*Session
	d := e.dir.Load()
	if a := to.Agents; a != nil {
		for _, s := range e.everyAgent("multicast:ro") {
			who := d.agents[s.UserID]
			if a.All || slices.Contains(a.IDs, s.UserID) || who != nil && reaches(who.Groups, a.Groups) {
				out = append(out, s)
			}
		}
	}
	if c := to.Customers; c != nil {
		ids := slices.Clone(c.IDs)
		slices.Sort(ids)
		for _, id := range slices.Compact(ids) {
			out = append(out, e.sessionsOfCustomer(id)...)
		}
	}
	return out
}

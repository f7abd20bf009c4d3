package engine

import (
	"context"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// maxPages is how many of a visit's pages are remembered, the newest.
const maxPages = 10

// Visit is what a customer's client tells when it comes.
type Visit struct {
	Page      *protocol.Page
	Referrer  string
	IP        string
	UserAgent string
	Location  *protocol.Geolocation
	GroupIDs  []int
	Change    CustomerChange
	Pushes    map[string][]string
}

// CustomerState is what a customer's client learns at login.
type CustomerState struct {
	Customer  protocol.User
	Chats     []CustomerChat
	HasActive bool
	Groups    map[int]string // status by group, as customers are told
}

// CustomerChat is one of the customer's chats.
type CustomerChat struct {
	ChatID    string
	Active    bool
	HasUnread bool
}

// LoginCustomer opens a session for a customer (Customer Chat API v3.6 "Login").
// greet runs before any push is delivered; it must not block.
func (e *Engine) LoginCustomer(ctx context.Context, cred Credential, v Visit, sink Sink, greet func(CustomerState)) (*Session, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	s := &Session{
		ID: NewID(), Kind: protocol.UserCustomer, UserID: cred.UserID, scopes: cred.Scopes, token: cred.Hash,
		expires: cred.ExpiresAt, version: version.Canonical, pushes: guestPushes(v.Pushes), sink: sink, ip: v.IP,
	}
	c, err := e.customerNow(ctx, s.UserID)
	if err != nil {
		return nil, err
	}
	if e.Banned(*c, v.IP) {
		return nil, protocol.Fail(protocol.ErrCustomerBanned, "You cannot chat here at the moment.")
	}
	if have := e.visitors[s.UserID]; have != nil && len(have.sessions) >= e.set.MaxConnections {
		return nil, &Refusal{Reason: protocol.ReasonTooManyConnections}
	}
	first := e.visitors[s.UserID] == nil
	if err := e.changeLocked(ctx, Actor{}, func(w *work) error { return w.arrive(s.UserID, v, first) }); err != nil {
		return nil, err
	}
	state, err := e.customerState(ctx, s.UserID)
	if err != nil {
		return nil, err
	}
	greet(state)
	if first {
		e.visitors[s.UserID] = &visitor{}
	}
	vis := e.visitors[s.UserID]
	vis.sessions = append(slices.Clone(vis.sessions), s)
	if first {
		e.announce(Actor{}, func(w *work) { w.entered(s.UserID) })
	}
	e.settle(ctx)
	return s, nil
}

// arrive keeps what is known of the visit and tells the agents who watch.
func (w *work) arrive(id string, v Visit, first bool) error {
	c, err := w.customer(id)
	if err != nil {
		return err
	}
	if first {
		w.e.visits(c, v)
	}
	if err := v.Change.apply(c); err != nil {
		return err
	}
	if v.GroupIDs != nil {
		c.Details.GroupIDs = v.GroupIDs
	}
	if v.Page != nil {
		addPage(c, w.e.tick(), *v.Page)
	}
	if first {
		return nil // told whole when he is in
	}
	if !v.Change.empty() {
		w.push(protocol.PushCustomerUpdated, v.Change.view(id, c), w.e.whoSee(c))
	}
	if v.Page != nil {
		w.pushPage(c)
	}
	return nil
}

// visits begins a customer's visit, or goes on with the last one where that ended
// less than Settings.VisitGap ago: a page that is loaded anew is no new visit.
// Session fields end with the visit (v3.2 "Customer": they are the session's).
func (e *Engine) visits(c *store.Customer, v Visit) {
	if last := c.Details.Visit; last != nil {
		end := last.EndedAt
		if end == 0 {
			end = protocol.At(e.began) // the server ended before the visit did
		}
		if e.now().Sub(end.Time()) < e.set.VisitGap {
			on := *last
			on.EndedAt, on.IP, on.UserAgent, on.Geolocation = 0, v.IP, v.UserAgent, v.Location
			c.Details.Visit = &on
			return
		}
		c.Details.SessionFields = nil
	}
	c.Details.Visit = &protocol.Visit{StartedAt: e.tick(), Referrer: v.Referrer, IP: v.IP, UserAgent: v.UserAgent, Geolocation: v.Location}
	stats := protocol.Statistics{}
	if c.Details.Statistics != nil {
		stats = *c.Details.Statistics
	}
	stats.Visits++
	c.Details.Statistics = &stats
}

// entered tells the agents who watch of a customer who came to the site.
func (w *work) entered(id string) {
	c := w.e.customers[id]
	w.fit(c)
	w.pushCustomer(c, w.e.whoSee(c))
}

func (e *Engine) customerState(ctx context.Context, id string) (CustomerState, error) {
	c, err := e.customerNow(ctx, id)
	if err != nil {
		return CustomerState{}, err
	}
	out := CustomerState{Customer: customerView(c), Groups: e.guestStatuses()}
	ids, err := e.store.CustomerChats(ctx, id)
	if err != nil {
		return out, err
	}
	for _, chatID := range ids {
		chat, err := e.chatNow(ctx, chatID)
		if err != nil {
			return out, err
		}
		cc := CustomerChat{ChatID: chatID, Active: chat.Active}
		m := member(chat, id)
		for _, l := range chat.LastEvents {
			if l.Event != nil && l.Event.Visibility != protocol.VisibilityAgents && l.Event.AuthorID != id && m != nil && l.Event.CreatedAt > m.SeenUpTo {
				cc.HasUnread = true
			}
		}
		out.Chats, out.HasActive = append(out.Chats, cc), out.HasActive || chat.Active
	}
	return out, nil
}

// UpdatePage tells which page a customer has opened (Customer Chat API v3.6
// "Update Customer Page").
func (e *Engine) UpdatePage(ctx context.Context, by Actor, p protocol.Page) error {
	if !webAddress(p.URL) || len(p.URL) > 4096 {
		return invalid("url", "must be an http or https address")
	}
	return e.change(ctx, by, func(w *work) error {
		c, err := w.customer(by.ID)
		if err != nil {
			return err
		}
		addPage(c, e.tick(), p)
		w.pushPage(c)
		return nil
	})
}

// addPage moves a visit on. The old visit may be shared with readers: it is
// replaced, not changed.
func addPage(c *store.Customer, at protocol.Time, p protocol.Page) {
	visit := protocol.Visit{StartedAt: at}
	if c.Details.Visit != nil {
		visit = *c.Details.Visit
	}
	pages := append(slices.Clone(visit.LastPages), protocol.Page{OpenedAt: at, URL: p.URL, Title: p.Title})
	visit.LastPages = pages[max(0, len(pages)-maxPages):]
	stats := protocol.Statistics{}
	if c.Details.Statistics != nil {
		stats = *c.Details.Statistics
	}
	stats.PageViews++
	c.Details.Visit, c.Details.Statistics = &visit, &stats
}

// leave ends a customer's session. mu is held.
func (e *Engine) leave(s *Session) {
	v := e.visitors[s.UserID]
	if v == nil {
		return
	}
	v.sessions = slices.DeleteFunc(slices.Clone(v.sessions), func(x *Session) bool { return x == s })
	if len(v.sessions) > 0 {
		return
	}
	delete(e.visitors, s.UserID)
	err := e.changeLocked(context.Background(), Actor{}, func(w *work) error {
		c, err := w.customer(s.UserID)
		if err != nil {
			return err
		}
		at := e.tick()
		if c.Details.Visit != nil {
			visit := *c.Details.Visit
			visit.EndedAt = at
			c.Details.Visit = &visit
		}
		w.pushVisit(c, protocol.PushCustomerLeft, map[string]any{"id": c.ID, "left_at": at}, e.whoSee(c))
		w.after = append(w.after, func() { e.announce(Actor{}, func(w *work) { w.fit(c) }) })
		return nil
	})
	if err != nil {
		e.log.Error("the end of a visit could not be kept", "err", err)
	}
}

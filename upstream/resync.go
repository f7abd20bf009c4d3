package upstream

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"golang.org/x/sync/errgroup"

	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// Bounds on a reading of what is true.
const (
	pageSize  = 100  // the most list_chats gives at once
	maxPages  = 1000 // 100,000 active chats
	atOnce    = 8    // chats read at the same time; the socket takes 10
	maxHeld   = 1 << 16
	resyncFor = 2 * time.Minute
)

// held is what came since the login and waits for the snapshot.
type held struct {
	pushes []desk.Push
	stale  []string
	sight  []string
	config bool
}

func (s *Session) hold(in inbound) {
	if len(s.held.pushes) > maxHeld {
		s.ended = &ending{reasonSnapshot, errors.New("too many pushes while reading what is true")}
		return
	}
	if in.push != nil {
		s.held.pushes = append(append(s.held.pushes, in.push), in.more...)
	}
	s.held.stale = append(s.held.stale, in.stale...)
	s.held.sight = append(s.held.sight, in.sight...)
	s.held.config = s.held.config || in.config
}

// truth is one reading of the chat server.
type truth struct {
	snapshot desk.Snapshot
	opened   []desk.Chat // read whole though the agent does not serve them
	pending  []desk.Outgoing
}

// startResync reads what is true in the background and puts it on the board.
func (s *Session) startResync(on *link) {
	loaded, outbox := s.board.LoadedIDs(), !s.opened
	r := reading{s: s, on: on, token: on.token, chats: map[string]desk.Chat{}}
	s.reg.start(func() {
		ctx, cancel := context.WithTimeout(s.ctx, resyncFor)
		defer cancel()
		t, end := r.all(ctx, loaded, outbox)
		s.post(func() {
			switch {
			case s.link != on || s.ended != nil:
			case end != nil:
				s.ended = end
			default:
				s.release(t, outbox)
			}
		})
	})
}

// release puts a reading on the board, applies what was held, and is online.
func (s *Session) release(t truth, outbox bool) {
	h := s.held
	s.held = nil
	s.license = license(&s.link.login.License)
	s.link.login = protocol.LoginResponse{} // it is on the board now
	clear(s.spoiled)
	for i := range t.snapshot.Chats {
		s.recallFollowed(&t.snapshot.Chats[i])
	}
	s.board.Reset(t.snapshot)
	for _, c := range t.opened {
		s.recallFollowed(&c)
		s.board.Merge(c)
	}
	if outbox {
		s.opened = true
		s.restore(t.pending)
	}
	s.settleSends()
	token := s.link.token
	s.live.Store(&token)
	s.since, s.everOn = time.Now(), true
	s.keepMe()
	s.setConnection(desk.Connection{State: desk.Online})
	s.publish([]desk.Change{{What: desk.RegionAll}})
	for _, p := range h.pushes {
		s.apply(p)
	}
	s.readAgain(append(h.stale, s.board.NeedLoad()...))
	s.lookAgain(h.sight)
	if h.config {
		s.refreshSoon()
	}
	s.resolveSends()
	s.stayAway(s.link)
	s.due.expire = time.Now() // from now on it says itself when it is due
	s.wake(s.due.expire)
}

// stayAway tells that nobody sits at this desk after a reconnect, where login
// cannot (before 3.2).
func (s *Session) stayAway(on *link) {
	if !s.board.Me().Away || s.reg.dialect.Version >= version.V32 {
		return
	}
	s.reg.start(func() {
		if err := s.ask(s.ctx, on, protocol.ActSetAwayStatus, protocol.AwayRequest{Away: true}, nil); err != nil {
			s.log.Debug("away could not be told again", "err", err)
		}
	})
}

// reading gathers a truth. Its chats are merged by id, so that pages which
// shift while they are read do no harm.
type reading struct {
	s     *Session
	on    *link
	token Token
	mu    sync.Mutex
	order []string
	chats map[string]desk.Chat
	kept  int                           // closed ones among them
	late  bool                          // the server speaks the second document of 3.0
	told  map[string]desk.RoutingStatus // of agents, by their chats
}

func (r *reading) all(ctx context.Context, loaded []string, outbox bool) (truth, *ending) {
	login := &r.on.login
	var t truth
	t.snapshot.Me = r.s.reg.dialect.me(login)
	r.add(login.ChatsSummary)
	if err := r.lists(ctx, t.snapshot.Me.ID); err != nil {
		return t, &ending{reasonSnapshot, err}
	}
	var g errgroup.Group
	g.Go(func() error { t.snapshot.Agents, t.snapshot.Groups, t.snapshot.Tags = r.config(ctx); return nil })
	g.Go(func() (err error) {
		t.opened, err = r.whole(ctx, t.snapshot.Me.ID, loaded)
		return err
	})
	if err := g.Wait(); err != nil {
		return t, &ending{reasonSnapshot, err}
	}
	for i := range t.snapshot.Agents {
		if a := &t.snapshot.Agents[i]; a.Status == "" {
			a.Status = r.told[a.ID]
		}
	}
	for _, id := range r.order {
		t.snapshot.Chats = append(t.snapshot.Chats, r.chats[id])
	}
	if outbox {
		var err error
		if t.pending, err = r.s.reg.outbox.Pending(ctx, r.s.id); err != nil {
			return t, &ending{reasonOutbox, err}
		}
	}
	return t, nil
}

func (r *reading) add(list []protocol.ChatSummary) {
	for i := range list {
		r.hear(list[i].Users)
		c := summary(&list[i])
		if _, known := r.chats[c.ID]; !known {
			r.order = append(r.order, c.ID)
		}
		r.chats[c.ID] = c
	}
}

// hear takes the routing statuses that agents in chats have until 3.3, for
// servers that cannot list them.
func (r *reading) hear(users []protocol.User) {
	if r.s.reg.dialect.Version >= version.V33 {
		return
	}
	for i := range users {
		var agent struct {
			Status desk.RoutingStatus `json:"routing_status"`
		}
		if u := &users[i]; u.Type == protocol.UserAgent && json.Unmarshal(u.Extra, &agent) == nil && agent.Status != "" {
			if r.told == nil {
				r.told = map[string]desk.RoutingStatus{}
			}
			r.told[u.ID] = agent.Status
		}
	}
}

// whole reads the chats that must have their events: those this agent serves,
// and those that were loaded before.
func (r *reading) whole(ctx context.Context, me string, loaded []string) (opened []desk.Chat, err error) {
	var ids []string
	mine := map[string]bool{}
	for _, id := range r.order {
		c := r.chats[id]
		if u := c.User(me); c.Thread.Active && u != nil && u.Present && !u.AgentsOnly {
			mine[id] = true
			ids = append(ids, id)
		}
	}
	for _, id := range loaded {
		if !mine[id] {
			ids = append(ids, id)
		}
	}
	var g errgroup.Group
	g.SetLimit(atOnce)
	for _, id := range ids {
		r.mu.Lock()
		newest := r.chats[id].Thread.ID
		r.mu.Unlock()
		g.Go(func() error {
			c, err := r.s.getChatKnown(ctx, r.on, id, "", newest)
			if wireType(err) != "" && !transient(err) {
				return nil // gone, or not ours to see any more
			}
			if err != nil {
				return err
			}
			got := chat(&c)
			r.mu.Lock()
			defer r.mu.Unlock()
			r.hear(c.Users)
			if known, ok := r.chats[id]; ok && known.LastEvent.At.After(got.LastEvent.At) {
				got.LastEvent = known.LastEvent // said in an earlier thread
			}
			if mine[id] {
				r.chats[id] = got
			} else {
				opened = append(opened, got)
			}
			return nil
		})
	}
	err = g.Wait()
	return opened, err
}

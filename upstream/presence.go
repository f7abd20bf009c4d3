package upstream

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"agentdesk/desk"
)

// How long a look at a chat counts without being renewed, how many chats one
// agent may look at, and how often colleagues are told at most.
const (
	lookFor  = 45 * time.Second
	maxLooks = 8
	tellWait = 300 * time.Millisecond
)

// presence knows which agents look at which chats, of those who are signed in at
// this dashboard. Agents of one organization see each other. Safe for concurrent
// use.
type presence struct {
	tell func(team string, chatIDs []string) // of changes, on a goroutine of its own

	mu    sync.Mutex
	looks map[room][]look     // at one chat, in the order they came
	dirty map[string][]string // team → chats that have changed since it was told
}

// room is a chat of an organization; chat ids are unique only within one.
type room struct{ team, chat string }

type look struct {
	agent, name string
	end         *time.Timer
}

func newPresence(tell func(team string, chatIDs []string)) *presence {
	return &presence{tell: tell, looks: map[room][]look{}, dirty: map[string][]string{}}
}

// team is what tells organizations apart; before 3.2 only licences are known.
func team(me desk.Me) string {
	if me.Organization != "" {
		return me.Organization
	}
	return me.License
}

// look notes that an agent looks at a chat, for a while.
func (p *presence) look(me desk.Me, chatID string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := room{team(me), chatID}
	if i := p.find(at, me.ID); i >= 0 && p.looks[at][i].end.Reset(lookFor) {
		return
	}
	p.remove(at, me.ID) // it is just ending
	p.looks[at] = append(p.looks[at], look{me.ID, cmp.Or(me.Name, me.ID), time.AfterFunc(lookFor, func() { p.leave(me, chatID) })})
	p.changed(at)
}

// leave notes that an agent looks away from a chat.
func (p *presence) leave(me desk.Me, chatID string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if at := (room{team(me), chatID}); p.remove(at, me.ID) {
		p.changed(at)
	}
}

// names are the colleagues who look at a chat.
func (p *presence) names(me desk.Me, chatID string) (out []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, l := range p.looks[room{team(me), chatID}] {
		if l.agent != me.ID {
			out = append(out, l.name)
		}
	}
	return out
}

func (p *presence) find(at room, agent string) int {
	return slices.IndexFunc(p.looks[at], func(l look) bool { return l.agent == agent })
}

func (p *presence) remove(at room, agent string) bool {
	i := p.find(at, agent)
	if i < 0 {
		return false
	}
	p.looks[at][i].end.Stop()
	if p.looks[at] = slices.Delete(p.looks[at], i, i+1); len(p.looks[at]) == 0 {
		delete(p.looks, at)
	}
	return true
}

// changed tells the team soon, of all that changes until then together.
func (p *presence) changed(at room) {
	if p.tell == nil {
		return
	}
	list := p.dirty[at.team]
	if !slices.Contains(list, at.chat) {
		p.dirty[at.team] = append(list, at.chat)
	}
	if len(list) == 0 {
		time.AfterFunc(tellWait, func() { p.flush(at.team) })
	}
}

func (p *presence) flush(team string) {
	p.mu.Lock()
	chats, tell := p.dirty[team], p.tell
	delete(p.dirty, team)
	p.mu.Unlock()
	if tell != nil && len(chats) > 0 {
		tell(team, chats)
	}
}

// close forgets everything and tells nobody any more.
func (p *presence) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tell = nil
	for _, list := range p.looks {
		for _, l := range list {
			l.end.Stop()
		}
	}
	clear(p.looks)
}

// lookAt is desk.Look: a browser shows a chat, or does not any more.
func (s *Session) lookAt(ctx context.Context, c desk.Look) error {
	var no error
	if err := s.do(ctx, func() {
		me := s.board.Me()
		i := slices.Index(s.looks, c.ChatID)
		switch {
		case !c.On:
			if i >= 0 {
				s.looks = slices.Delete(s.looks, i, i+1)
			}
			s.reg.presence.leave(me, c.ChatID)
			return
		case !s.board.Has(c.ChatID):
			no = desk.Fail(desk.NotFound, "This chat is not here any more.")
			return
		}
		s.used()
		s.shown(c.ChatID)
		if i < 0 {
			s.looks = append(s.looks, c.ChatID)
		}
		if len(s.looks) > maxLooks {
			s.reg.presence.leave(me, s.looks[0])
			s.looks = slices.Delete(s.looks, 0, 1)
		}
		s.reg.presence.look(me, c.ChatID)
	}); err != nil {
		return err
	}
	return no
}

// lookAway ends all looks of a session that is over.
func (s *Session) lookAway() {
	for _, chat := range s.looks {
		s.reg.presence.leave(s.board.Me(), chat)
	}
	s.looks = nil
}

// colleaguesLook tells the sessions of a team who looks at what.
func (r *Registry) colleaguesLook(name string, chats []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	for _, s := range r.sessions {
		if team(s.Me()) == name {
			r.start(func() { s.post(func() { s.publish(s.board.Looked(chats)) }) })
		}
	}
}

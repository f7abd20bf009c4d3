package upstream

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"agentdesk/desk"
)

// Session is one agent's live connection and board. Its exported methods may be
// called from any goroutine; its fields below "owned" belong to whoever holds
// turn: the session's own goroutine whenever it does not wait, else the link's
// reader for the time of one frame. That way a push costs no switch between
// goroutines.
type Session struct {
	reg *Registry
	id  string
	log *slog.Logger

	calls  chan func()
	stir   chan struct{} // the reader has ended something
	done   chan struct{} // closed when it is over
	ctx    context.Context
	cancel context.CancelFunc
	me     atomic.Pointer[desk.Me]
	live   atomic.Pointer[Token] // the token of the connection that is online now
	stores lane                  // writes to the outbox, in order
	tap    atomic.Pointer[tap]   // administrators' only: their newest frames

	shelving sync.Mutex // held while preferences are changed

	turn sync.Mutex
	// owned
	board    *desk.Board
	token    Token
	tried    Token // the token of the newest attempt
	adopted  time.Time
	tabs     int
	over     bool
	nudged   bool
	final    desk.Connection
	link     *link
	dialed   chan dialed // the dial that runs, if any
	ended    *ending     // why the link ended
	tally    tally
	state    desk.State
	since    time.Time // when it came online, zero before
	everOn   bool
	opened   bool // the outbox has been read
	license  desk.License
	held     *held
	flight   map[string]*request
	queue    []*request
	loading  map[string]*load
	follows  map[string]bool      // chats, where no answer tells of it; see setFollowed
	spoiled  map[string]time.Time // chats that could not be loaded, until when not to try
	owed     map[string]time.Time // chats that pushes spoke of and that could not be read, when to try again
	sends    map[string]*sending
	late     map[string]*sending // requests of sends that ran out of time
	sent     sentRing
	looks    []string // chats that its browsers show
	closings map[string]closing
	alarm    *time.Timer
	alarmAt  time.Time
	due      struct{ ping, expire, grace, rest, config, idle time.Time }
}

type dialed struct {
	link *link
	err  error
}

func newSession(r *Registry, agentID string, t Token) *Session {
	sum := sha256.Sum256([]byte(agentID))
	ctx, cancel := context.WithCancel(context.Background())
	s := &Session{
		// Agents' ids are e-mail addresses, which do not belong in a log.
		reg: r, id: agentID, log: r.log.With("agent", hex.EncodeToString(sum[:4])), token: t,
		calls: make(chan func()), stir: make(chan struct{}, 1), done: make(chan struct{}), ctx: ctx, cancel: cancel,
		flight: map[string]*request{}, loading: map[string]*load{}, spoiled: map[string]time.Time{}, owed: map[string]time.Time{},
		sends: map[string]*sending{}, late: map[string]*sending{},
		alarm: time.NewTimer(time.Hour),
	}
	me := desk.Me{ID: agentID, Can: r.dialect.can(), Preferences: r.preferences(agentID)}
	s.me.Store(&me)
	s.board = desk.NewBoard(me, r.now)
	s.board.SetDrafts(r.drafts(agentID))
	s.board.SetMarks(r.marks(agentID))
	s.board.SeeColleagues(func(chatID string) []string { return r.presence.names(*s.me.Load(), chatID) })
	s.state = desk.Connecting
	r.metrics.State("", s.state)
	return s
}

// ID returns the agent's id as the server knows it.
func (s *Session) ID() string { return s.id }

// Me returns the agent as last known.
func (s *Session) Me() desk.Me { return *s.me.Load() }

// Done is closed when the session is over.
func (s *Session) Done() <-chan struct{} { return s.done }

// Attach tells that a tab was opened, Detach that one was closed. A session
// without tabs ends after the grace time, so that an agent with a closed laptop
// does not look available; using it otherwise puts that off.
func (s *Session) Attach() { s.post(func() { s.tabs++; s.due.grace = time.Time{} }) }

// Detach is the end of Attach.
func (s *Session) Detach() {
	s.post(func() {
		s.tabs = max(0, s.tabs-1)
		s.used()
	})
}

// used puts off the end of a session that has no tabs.
func (s *Session) used() {
	if s.tabs == 0 {
		s.due.grace = time.Now().Add(s.reg.timing.Grace)
		s.wake(s.due.grace)
	}
}

// Reconnect tries again now, where the connection waits or was refused.
func (s *Session) Reconnect() { s.post(func() { s.nudged = true }) }

// do runs f on the session's goroutine and waits for it. Once f has begun it is
// waited for whatever becomes of ctx.
func (s *Session) do(ctx context.Context, f func()) error {
	finished, fine := make(chan struct{}), false
	job := func() {
		defer close(finished)
		f()
		fine = true
	}
	select {
	case s.calls <- job:
	case <-s.done:
		return errEnded
	case <-ctx.Done():
		return expired(ctx.Err())
	}
	<-finished
	if !fine {
		return desk.Fail(desk.Internal, "Something went wrong on our side. Please try again.")
	}
	return nil
}

// post is do for those who need no answer and have no deadline.
func (s *Session) post(f func()) { _ = s.do(context.Background(), f) }

// step waits for the next thing to happen and deals with it. Frames are dealt
// with by the reader meanwhile.
func (s *Session) step() {
	dialing := s.dialed
	s.turn.Unlock()
	select {
	case <-s.stir:
		s.turn.Lock()
	case f := <-s.calls:
		s.turn.Lock()
		f()
	case d := <-dialing:
		s.turn.Lock()
		s.dialed = nil
		s.answerDial(d)
	case <-s.alarm.C:
		s.turn.Lock()
		s.alarmAt = time.Time{}
		s.tick(time.Now())
	}
}

// wake makes sure that tick runs at a time or shortly after.
func (s *Session) wake(at time.Time) {
	if at.IsZero() || !s.alarmAt.IsZero() && !at.Before(s.alarmAt) {
		return
	}
	s.alarmAt = at
	s.alarm.Reset(max(0, time.Until(at)))
}

// tick does what is due.
func (s *Session) tick(now time.Time) {
	if due(s.due.ping, now) && s.link != nil {
		s.due.ping = now.Add(s.reg.timing.Ping)
		s.link.write(pingFrame)
	}
	if due(s.due.expire, now) {
		changes, next := s.board.Expire()
		s.publish(changes)
		s.due.expire = next
		if !next.IsZero() {
			// The board's clock may be another than the timers'.
			s.due.expire = now.Add(max(next.Sub(s.reg.now()), 10*time.Millisecond))
		}
	}
	if due(s.due.grace, now) && s.tabs == 0 {
		s.end(desk.Connection{State: desk.Closed, Reason: reasonNoTabs, Text: "This desk was not open in any tab, so it was put away."})
	}
	if due(s.due.config, now) {
		s.refresh()
	}
	if due(s.due.idle, now) {
		s.due.idle = time.Time{}
		s.timedAway(true)
	}
	s.overdue(now)
	s.dueSends(now)
	for _, at := range [...]time.Time{s.closeDue(now), s.readOwed(now), s.due.ping, s.due.expire, s.due.grace, s.due.rest, s.due.config, s.due.idle} {
		if at.After(now) {
			s.wake(at)
		}
	}
}

func due(at, now time.Time) bool { return !at.IsZero() && !at.After(now) }

// publish tells the sink what changed.
func (s *Session) publish(changes []desk.Change) {
	s.dropMarks()
	if len(changes) > 0 {
		s.reg.sink.Changed(s.id, s.board, changes)
	}
}

// setConnection changes the state and tells.
func (s *Session) setConnection(c desk.Connection) {
	if c.State != s.state {
		s.reg.metrics.State(s.state, c.State)
		s.log.Info(string(c.State), "reason", c.Reason, "attempt", c.Attempt)
	}
	s.state = c.State
	c.Since = s.reg.now()
	if old := s.board.Connection(); old.State == c.State && !old.Since.IsZero() {
		c.Since = old.Since
	}
	s.publish(s.board.SetConnection(c))
}

package upstream

import (
	"context"
	"errors"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/desk"
	"agentdesk/internal/backoff"
)

// Limits on requests of one socket. The server refuses more than 10 that wait
// for an answer (Agent Chat API v3.6, "pending_requests_limit_reached").
const (
	maxFlight = 10
	maxQueue  = 128
)

// pingFrame keeps the connection up. It has no id: its answer says nothing but
// that the server lives.
var pingFrame = []byte(`{"action":"ping","payload":{}}`)

// request waits for its answer. finish is called exactly once, on the session's
// goroutine: with the answer, or with why there is none.
type request struct {
	id       string
	frame    []byte
	deadline time.Time
	finish   func(payload jsontext.Value, err error)
	late     *sending // the message it carries, if any
}

// submit sends a request, or queues it while too many wait.
func (s *Session) submit(q *request) {
	if s.link == nil {
		q.finish(nil, errLost)
		return
	}
	if len(s.flight) >= maxFlight {
		if len(s.queue) >= maxQueue {
			q.finish(nil, errBusy)
			return
		}
		q.deadline = time.Now().Add(s.reg.timing.Request)
		s.queue = append(s.queue, q)
		s.reg.metrics.Pending(1)
		s.wake(q.deadline)
		return
	}
	s.reg.metrics.Pending(1)
	s.fly(q)
}

func (s *Session) fly(q *request) {
	q.deadline = time.Now().Add(s.reg.timing.Request)
	s.flight[q.id] = q
	s.wake(q.deadline)
	s.link.write(q.frame)
}

// answered gives a response to whoever waits for it. Responses nobody waits
// for, doubled or late ones, are dropped, but for those of messages.
func (s *Session) answered(r *reply) {
	q := s.flight[r.id]
	if q == nil {
		if m := s.late[r.id]; m != nil {
			delete(s.late, r.id)
			s.lateAnswer(m, r)
		}
		return
	}
	delete(s.flight, r.id)
	s.reg.metrics.Pending(-1)
	q.finish(r.payload, r.err)
	s.pump()
}

// pump sends what is queued while there is room.
func (s *Session) pump() {
	for len(s.queue) > 0 && len(s.flight) < maxFlight && s.link != nil {
		q := s.queue[0]
		s.queue = s.queue[1:]
		s.fly(q)
	}
	if len(s.queue) == 0 {
		s.queue = nil
	}
}

// overdue ends requests whose time is up.
func (s *Session) overdue(now time.Time) {
	var late []*request
	for _, q := range s.flight {
		if due(q.deadline, now) {
			late = append(late, q)
		} else {
			s.wake(q.deadline)
		}
	}
	for _, q := range late {
		delete(s.flight, q.id)
		if q.late != nil {
			s.late[q.id] = q.late
		}
		s.reg.metrics.Pending(-1)
		q.finish(nil, errSilent)
	}
	for len(s.queue) > 0 && due(s.queue[0].deadline, now) {
		q := s.queue[0]
		s.queue = s.queue[1:]
		s.reg.metrics.Pending(-1)
		q.finish(nil, errBusy) // it was never sent
	}
	if len(s.queue) > 0 {
		s.wake(s.queue[0].deadline)
	}
	s.pump()
}

// dropRequests tells all who wait that the connection is gone.
func (s *Session) dropRequests() {
	flight, queue := s.flight, s.queue
	s.flight, s.queue = map[string]*request{}, nil
	clear(s.late)
	s.reg.metrics.Pending(-len(flight) - len(queue))
	for _, q := range flight {
		s.guard(func() { q.finish(nil, errLost) })
	}
	for _, q := range queue {
		s.guard(func() { q.finish(nil, errLost) })
	}
}

// offline is the error for those who want something of a session that is not
// online, nil where it is.
func (s *Session) offline() error {
	if s.state == desk.Online {
		return nil
	}
	if c := s.board.Connection(); c.State == desk.Refused && c.Text != "" {
		text, args := c.Sentence()
		return desk.Failf(desk.Unavailable, text, args...)
	}
	return desk.Fail(desk.Unavailable, "You are not connected to the chat server right now. Try again in a moment.")
}

// ask makes a request and waits for its answer, which is decoded into result
// unless that is nil. It is for any goroutine but the session's own. on limits
// it to one connection; nil is the one that is online.
func (s *Session) ask(ctx context.Context, on *link, action string, payload, result any) error {
	id := s.reg.nextID()
	frame, said, err := s.reg.encode(id, action, payload)
	if err != nil {
		return unsaid(err)
	}
	type outcome struct {
		payload jsontext.Value
		err     error
	}
	got := make(chan outcome, 1)
	err = s.do(ctx, func() {
		if on == nil {
			if err := s.offline(); err != nil {
				got <- outcome{nil, err}
				return
			}
		} else if on != s.link {
			got <- outcome{nil, errLost}
			return
		}
		s.submit(&request{id: id, frame: frame, finish: func(p jsontext.Value, err error) { got <- outcome{p, err} }})
	})
	if err != nil {
		return err
	}
	select {
	case a := <-got:
		if a.err != nil || result == nil {
			return a.err
		}
		if err := s.reg.decode(said, a.payload, result); err != nil {
			return desk.Wrap(desk.Internal, "The chat server's answer could not be read.", err)
		}
		return nil
	case <-ctx.Done():
		return expired(ctx.Err())
	}
}

// read is ask for requests that change nothing: they are tried again where the
// server asks for patience.
func (s *Session) read(ctx context.Context, on *link, action string, payload, result any) error {
	wait := backoff.Policy{Min: time.Second, Max: 4 * time.Second}
	for try := 0; ; try++ {
		err := s.ask(ctx, on, action, payload, result)
		if err == nil || try == 3 || !transient(err) || errors.Is(err, errLost) {
			return err
		}
		if backoff.Sleep(ctx, wait.Ceiling(try)/2+wait.Delay(try)/2) != nil {
			return err
		}
	}
}

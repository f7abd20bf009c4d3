package demo

import (
	"context"
	"sync"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// colleague is ben, simulated while nobody is signed in as him: he opens and
// answers chats of simulated customers, so that others' chats have life. He is
// away to the router, which never gives him anybody else.
type colleague struct {
	s *Simulation

	mu      sync.Mutex
	session *engine.Session // nil while a person is ben
	sink    *ear
	cred    engine.Credential
}

func newColleague(s *Simulation) *colleague { return &colleague{s: s} }

func (s *Simulation) colleague() *colleague {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.working
}

// run signs in and out, as there is somebody else as ben or not.
func (b *colleague) run(ctx context.Context) {
	defer b.signOut()
	for {
		b.mu.Lock()
		in := b.session != nil
		b.mu.Unlock()
		switch n := b.s.e.AgentSessions(ben); {
		case in && n > 1:
			b.signOut()
		case !in && n == 0:
			b.signIn(ctx)
		}
		if !sleep(ctx, time.Second) {
			return
		}
	}
}

func (b *colleague) signIn(ctx context.Context) {
	cred, err := b.s.e.Authenticate(ctx, "Bearer dal:demo-ben")
	if err != nil {
		return // somebody has changed the accounts: then there is no colleague
	}
	sink := newEar()
	session, err := b.s.e.LoginAgent(ctx, cred, protocol.LoginRequest{Away: true}, sink, func(protocol.LoginResponse) {})
	if err != nil {
		b.s.log.Debug("the simulated colleague could not sign in", "err", err)
		return
	}
	b.mu.Lock()
	b.session, b.sink, b.cred = session, sink, cred
	b.mu.Unlock()
	go func() {
		<-sink.ended
		b.drop(session)
	}()
}

// drop ends a session, once.
func (b *colleague) drop(s *engine.Session) {
	b.mu.Lock()
	if b.session == s {
		b.session = nil
		b.sink.Close("")
	}
	b.mu.Unlock()
	b.s.e.End(s, engine.EndLost)
}

func (b *colleague) signOut() {
	b.mu.Lock()
	s := b.session
	b.mu.Unlock()
	if s != nil {
		b.drop(s)
	}
}

// actor is ben, where he is simulated now.
func (b *colleague) actor() (engine.Actor, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	a := b.cred.Actor()
	a.Session = b.session
	return a, b.session != nil
}

// open starts the next thread with a customer.
func (b *colleague) open(ctx context.Context, c *caller) (chat, thread string, ok bool) {
	by, in := b.actor()
	if !in {
		return "", "", false
	}
	r := protocol.StartChatRequest{Chat: &protocol.Chat{ID: c.chat, Access: &protocol.Access{GroupIDs: []int{GroupSupport}}}}
	var out protocol.StartChatResponse
	var err error
	if c.chat == "" {
		r.Chat.Users = []protocol.User{{ID: c.id, Type: protocol.UserCustomer}}
		out, err = b.s.e.StartChat(ctx, by, r)
	} else {
		out, err = b.s.e.ResumeChat(ctx, by, r)
		out.ChatID = c.chat
	}
	if err != nil {
		b.s.log.Debug("the simulated colleague could not open a chat", "err", err)
		return "", "", false
	}
	return out.ChatID, out.ThreadID, true
}

// write types and sends a message, a note where visibility says so.
func (b *colleague) write(ctx context.Context, c *caller, text, visibility string) error {
	by, in := b.actor()
	if !in {
		return errNoColleague
	}
	typing := func(on bool) error {
		return b.s.e.Typing(ctx, by, protocol.TypingRequest{ChatID: c.chat, IsTyping: on, Visibility: visibility})
	}
	if err := typing(true); err != nil {
		return err
	}
	if err := c.pass(ctx, time.Second+time.Duration(len([]rune(text)))*55*time.Millisecond); err != nil {
		return err
	}
	if err := typing(false); err != nil {
		return err
	}
	_, err := b.s.e.SendEvent(ctx, by, protocol.SendEventRequest{ChatID: c.chat, Event: protocol.Event{Type: protocol.EventMessage, Text: text, Visibility: visibility}})
	return err
}

// close ends the chat.
func (b *colleague) close(ctx context.Context, c *caller) error {
	by, in := b.actor()
	if !in {
		return errNoColleague
	}
	return b.s.e.DeactivateChat(ctx, by, protocol.ChatIDRequest{ID: c.chat})
}

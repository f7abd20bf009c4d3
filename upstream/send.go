package upstream

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// phase is how far a message is. The way of a message that goes well is saving,
// flying, echoing, and then it is forgotten here, since its event is on the
// board.
type phase int

const (
	saving  phase = iota // its row is being committed
	waiting              // saved; an older message of its chat comes first
	flying               // written to the socket, not answered
	lost                 // its outcome is unknown: it must be looked up
	looking              // it is being looked up
	echoing              // accepted by the server; its event has not come yet
	failed               // the agent decides
)

// sending is one message on its way. It belongs to the session's goroutine, but
// for saved and err, which callers read once saved is closed.
type sending struct {
	out     desk.Outgoing
	phase   phase
	saved   chan struct{}
	err     error
	event   string    // its event's id, once known
	due     time.Time // when to look after it again
	writes  int
	decided bool // the agent wants it sent however old it is
	stored  bool // its row is in the outbox
	echoes  int
	on      *link // where it is being looked up
}

// maxWrites bounds how often one message is written before the agent is asked.
const maxWrites = 5

// maxSends is how many messages may be on their way, failed ones included. More
// are refused while the form still has the text.
const maxSends = 100

// saveFor is how long the outbox may take.
const saveFor = 10 * time.Second

var customID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// checkSend refuses what no server would take, before anything is kept of it.
func checkSend(c desk.Send) error {
	wrong := func(field, text string) error { return &desk.Error{Code: desk.Invalid, Text: text, Field: field} }
	switch {
	case c.ChatID == "":
		return wrong("chat_id", "It is not clear which chat this is for. Reload the page.")
	case !customID.MatchString(c.CustomID):
		return wrong("custom_id", "This form is damaged. Reload the page and send it again.")
	case c.FileURL != "":
		if !strings.HasPrefix(c.FileURL, "https://") && !strings.HasPrefix(c.FileURL, "http://") {
			return wrong("file", "This file has no address that can be sent.")
		}
	case strings.TrimSpace(c.Text) == "":
		return wrong("text", "Write a message first.")
	case len(c.Text) > protocol.MaxText:
		return wrong("text", "This message is too long: up to 16 kB can be sent at once.")
	case !utf8.ValidString(c.Text):
		return wrong("text", "This message holds characters that cannot be sent.")
	}
	return nil
}

// send takes a message. It returns when the message is committed to the outbox
// and on its way; the same custom id again is the same message.
func (s *Session) send(ctx context.Context, c desk.Send) (desk.Result, error) {
	if err := checkSend(c); err != nil {
		return desk.Result{}, err
	}
	if c.FileURL != "" && c.AgentsOnly && !s.reg.dialect.can().FileNotes {
		return desk.Result{}, &desk.Error{Code: desk.Invalid, Text: "This chat server cannot send a file as a note.", Field: "file"}
	}
	if err := s.mustKnow(ctx, c.ChatID); err != nil {
		return desk.Result{}, err
	}
	var m *sending
	var isNew bool
	var known desk.Result
	var no error
	if err := s.do(ctx, func() { m, isNew, known, no = s.claim(c) }); err != nil {
		return desk.Result{}, err
	}
	switch {
	case no != nil || m == nil:
		return known, no
	case isNew:
		s.save(m)
	case m.phaseFailed(s):
		return s.retry(ctx, desk.Retry{ChatID: c.ChatID, CustomID: c.CustomID})
	}
	select {
	case <-m.saved:
		return desk.Result{ChatID: c.ChatID}, m.err
	case <-ctx.Done():
		return desk.Result{}, expired(ctx.Err())
	}
}

// mustKnow reads a chat that is not on the board or has no events there, before
// anything is said in it: the chat may not be this agent's to see, and a form
// that is posted again after a restart is known by its event.
func (s *Session) mustKnow(ctx context.Context, chatID string) error {
	known := false
	if err := s.do(ctx, func() { known = s.board.Loaded(chatID) || s.link == nil }); err != nil || known {
		return err
	}
	return s.loadChat(ctx, chatID)
}

func (m *sending) phaseFailed(s *Session) (yes bool) {
	s.post(func() { yes = m.phase == failed })
	return yes
}

// claim finds a message by its custom id, or takes it as new.
func (s *Session) claim(c desk.Send) (m *sending, isNew bool, known desk.Result, err error) {
	if one, ok := s.sent.find(c.ChatID, c.CustomID); ok {
		if one.text != sumOf(c.Text) {
			return nil, false, known, errReused
		}
		return nil, false, desk.Result{ChatID: c.ChatID, EventID: one.event}, nil
	}
	if event, ok := s.board.FindCustom(c.ChatID, c.CustomID); ok {
		return nil, false, desk.Result{ChatID: c.ChatID, EventID: event}, nil
	}
	out := desk.Outgoing{
		CustomID: c.CustomID, ChatID: c.ChatID, Text: c.Text, AgentsOnly: c.AgentsOnly, FileURL: c.FileURL, FileName: c.FileName,
		At: s.reg.now(), State: desk.Sending,
	}
	if m := s.sends[c.CustomID]; m != nil {
		if o := m.out; o.ChatID != c.ChatID || o.Text != c.Text || o.FileURL != c.FileURL || o.AgentsOnly != c.AgentsOnly {
			return nil, false, known, errReused
		}
		return m, false, known, nil
	}
	if err := s.offline(); err != nil {
		return nil, false, known, err
	}
	if len(s.sends) >= maxSends {
		return nil, false, known, errBusy
	}
	m = &sending{out: out, saved: make(chan struct{})}
	s.sends[c.CustomID] = m
	return m, true, known, nil
}

// save commits the row and lets the message go. It runs on the caller's
// goroutine and does not end with the caller: a row that may have been
// committed must not be left alone.
func (s *Session) save(m *sending) {
	ctx, cancel := context.WithTimeout(context.Background(), saveFor)
	defer cancel()
	err := s.reg.outbox.Put(ctx, s.id, m.out)
	ended := s.do(context.Background(), func() {
		defer close(m.saved)
		if err != nil {
			s.log.Error("message could not be saved", "err", err)
			m.err = desk.Wrap(desk.Unavailable, "Your message could not be saved, so it was not sent. Try again.", err)
			s.forgetSend(m)
			return
		}
		m.stored = true
		s.publish(s.board.SetOutgoing(m.out))
		if m.out.Text != "" {
			s.dropDraft(m.out.ChatID)
		}
		s.launch(m)
	})
	if ended != nil { // nobody else touches the message any more
		if m.err = ended; err == nil {
			m.err = nil // it is in the outbox: the next session sees to it
		}
		close(m.saved)
	}
}

// launch writes a message, unless an older one of its chat is in doubt.
func (s *Session) launch(m *sending) {
	for _, o := range s.sends {
		if o != m && o.out.ChatID == m.out.ChatID && (o.phase == lost || o.phase == looking) {
			m.phase = waiting
			return
		}
	}
	s.writeSend(m)
}

// flush lets the messages go that waited for an older one of their chat.
func (s *Session) flush(chatID string) {
	var list []*sending
	for _, m := range s.sends {
		if m.out.ChatID == chatID && m.phase == waiting {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, byAge)
	for _, m := range list {
		if m.phase == waiting {
			s.launch(m)
		}
	}
}

func byAge(a, b *sending) int { return a.out.At.Compare(b.out.At) }

package upstream

import (
	"context"
	"time"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// A chat that is to be closed soon waits here, not in the browser: that may be
// gone by then. Where this program ends first, the chat stays open.

// closing is when a chat's thread will be closed, and how.
type closing struct {
	at     time.Time
	cmd    desk.CloseSoon
	thread string
	begun  bool // the chat server was asked and has not answered yet
}

// closeSoon closes a chat unless it is taken back in time.
func (s *Session) closeSoon(ctx context.Context, c desk.CloseSoon) error {
	var no error
	if err := s.do(ctx, func() {
		s.used()
		if !s.board.Has(c.ChatID) {
			no = desk.Fail(desk.NotFound, "This chat is not here any more.")
			return
		}
		if no = s.offline(); no != nil {
			return
		}
		if _, known := s.closings[c.ChatID]; !known {
			at := time.Now().Add(desk.UndoFor)
			if s.closings == nil {
				s.closings = map[string]closing{}
			}
			s.closings[c.ChatID] = closing{at: at, cmd: c, thread: s.board.ThreadID(c.ChatID)}
			s.publish(s.board.SetClosing(c.ChatID))
			s.wake(at)
		}
	}); err != nil {
		return err
	}
	return no
}

// keepOpen takes closeSoon back.
func (s *Session) keepOpen(ctx context.Context, c desk.KeepOpen) error {
	var no error
	if err := s.do(ctx, func() {
		if waits, known := s.closings[c.ChatID]; waits.begun || !known && s.board.Closed(c.ChatID) {
			no = desk.Fail(desk.Conflict, "The chat is closed already. Resume it to go on.")
			return
		}
		delete(s.closings, c.ChatID)
		s.publish(s.board.ClosingDone(c.ChatID, ""))
	}); err != nil {
		return err
	}
	return no
}

// closeDue closes the chats whose time has come, and says when the next one is
// due.
func (s *Session) closeDue(now time.Time) (next time.Time) {
	for id, c := range s.closings {
		newest := s.board.ThreadID(id)
		switch {
		case c.begun:
		case c.at.After(now):
			if next.IsZero() || c.at.Before(next) {
				next = c.at
			}
		case newest != "" && newest != c.thread: // closed already, and begun again
			delete(s.closings, id)
			s.publish(s.board.ClosingDone(id, ""))
		default:
			c.begun = true
			s.closings[id] = c
			s.reg.start(func() { s.closeNow(s.ctx, c.cmd) })
		}
	}
	return next
}

// closeNow closes a chat and tells where that failed.
func (s *Session) closeNow(ctx context.Context, c desk.CloseSoon) {
	ctx, cancel := context.WithTimeout(ctx, s.reg.timing.Request)
	defer cancel()
	failed := ""
	if err := s.ask(ctx, nil, protocol.ActDeactivateChat, protocol.ChatIDRequest{ID: c.ChatID, IgnorePresence: c.IgnorePresence}, nil); err != nil {
		failed = desk.TextOf(err)
	}
	s.post(func() {
		delete(s.closings, c.ChatID)
		s.publish(s.board.ClosingDone(c.ChatID, failed))
	})
}

// closeAll closes what is still to be closed, before the agent signs out.
func (s *Session) closeAll(ctx context.Context) {
	var list []desk.CloseSoon
	if s.do(ctx, func() {
		for _, c := range s.closings {
			if !c.begun {
				list = append(list, c.cmd)
			}
		}
		clear(s.closings)
	}) != nil {
		return
	}
	for _, c := range list {
		s.closeNow(ctx, c)
	}
}

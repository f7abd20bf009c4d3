package upstream

import (
	"context"

	"agentdesk/desk"
)

// actChangePush is a method until 3.4.
const actChangePush = "change_push_notifications"

// Team returns the agents with their work as the board knows it, connected or
// not.
func (s *Session) Team(ctx context.Context) (team []desk.Colleague, err error) {
	err = s.do(ctx, func() {
		s.used()
		team = s.board.Team()
	})
	return team, err
}

// notifyPhone tells whether a telephone is to be told of chats (v3.4 "Change Push
// Notifications").
func (d dialect) notifyPhone(c desk.NotifyPhone) (plan, error) {
	if !d.can().PhoneNotices {
		return plan{}, errTooNew
	}
	type request struct {
		Token    string `json:"firebase_token"`
		Platform string `json:"platform"`
		Enabled  bool   `json:"enabled"`
	}
	return plan{actChangePush, native{request{c.Token, c.Platform, c.On}}, "", nil}, nil
}

// setPicture changes an agent's picture, and reads anew how everybody looks:
// until 3.3 no push tells of it.
func (s *Session) setPicture(ctx context.Context, c desk.SetPicture) error {
	type request struct {
		ID     string `json:"id"`
		Avatar string `json:"avatar"`
	}
	err := s.configured(ctx, "update_agent", request{c.AgentID, c.URL}, nil)
	if err == nil {
		s.post(s.refresh)
	}
	return err
}

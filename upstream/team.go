package upstream

import (
	"context"

	"agentdesk/desk"
)

// Team returns the agents with their work as the board knows it, connected or
// not.
func (s *Session) Team(ctx context.Context) (team []desk.Colleague, err error) {
	err = s.do(ctx, func() {
		s.used()
		team = s.board.Team()
	})
	return team, err
}

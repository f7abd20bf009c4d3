package upstream

import (
	"agentdesk/desk"
	"agentdesk/protocol/version"
)

// setFollowed remembers at 3.0 what this agent follows, as long as the session
// lives: there is a method for it, but no chat says is_followed before 3.1. It
// belongs to the session's goroutine.
func (s *Session) setFollowed(id string, on bool) {
	switch {
	case s.reg.dialect.Version > version.V30:
	case !on:
		delete(s.follows, id)
	case s.follows == nil:
		s.follows = map[string]bool{id: true}
	default:
		s.follows[id] = true
	}
}

// recallFollowed puts what setFollowed remembers into a chat that was read.
func (s *Session) recallFollowed(c *desk.Chat) { c.Followed = c.Followed || s.follows[c.ID] }

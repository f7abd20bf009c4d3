package upstream

import "agentdesk/desk"

// expect tells the board of a chat that the agent asks for or gives away: when it
// comes or goes, nobody has to be called.
func (s *Session) expect(c desk.Command) {
	id := ""
	switch c := c.(type) {
	case desk.Take:
		id = c.ChatID
	case desk.Resume:
		id = c.ChatID
	case desk.Transfer:
		id = c.ChatID
	case desk.StartChat:
		id = c.CustomerID
	case desk.AddUser:
		if c.UserID == s.id {
			id = c.ChatID
		}
	case desk.RemoveUser:
		if c.UserID == s.id {
			id = c.ChatID
		}
	}
	if id != "" {
		s.post(func() { s.board.Expect(id) })
	}
}

package version

import "agentdesk/protocol"

// step is one rung of the ladder, between version upper and the one below. It
// holds what the changelog of upper changed: names as pairs, old and new, and
// conversions in both directions. A step is never changed after it was made.
//
// The tables of a side go by the names of the upper version. On the way up a
// message is renamed before it is converted, on the way down after. Where two
// old names became one, the first pair is taken on the way down.
type step struct {
	upper    Version
	methods  [][2]string
	pushes   [][2]string
	up, down side
}

// side is one direction of a step. Structures are converted before the message
// that holds them.
type side struct {
	requests   map[string]func(*message) *protocol.Error
	responses  map[string]func(req, m *message)
	pushes     map[string]func(*message)
	structures *visitor // of responses and pushes
	// sent converts an event of a request; at is the event's path.
	sent func(event *node, at string) *protocol.Error
}

func (s *step) requestUp(m *message) *protocol.Error {
	m.action = newName(s.methods, m.action)
	return s.up.request(m)
}

func (s *step) requestDown(m *message) *protocol.Error {
	err := s.down.request(m)
	m.action = oldName(s.methods, m.action)
	return err
}

func (s *step) responseUp(req, m *message) {
	m.action = newName(s.methods, m.action)
	s.up.response(req, m)
	_ = s.requestUp(req) // what cannot be said stays as it was
}

func (s *step) responseDown(req, m *message) {
	s.down.response(req, m)
	m.action = oldName(s.methods, m.action)
	_ = s.requestDown(req) // what cannot be said stays as it was
}

func (s *step) pushUp(m *message) {
	m.was = m.action
	m.action = newName(s.pushes, m.action)
	s.up.push(m)
}

func (s *step) pushDown(m *message) {
	s.down.push(m)
	m.action = oldName(s.pushes, m.action)
}

func (s *side) request(m *message) *protocol.Error {
	if s.sent != nil {
		if event := m.body.get("event"); event != nil {
			if err := s.sent(event, "event"); err != nil {
				return err
			}
		}
		for i, events := 0, m.at("chat.thread.events").elements(); i < len(events); i++ {
			if err := s.sent(&events[i].node, "chat.thread.events"); err != nil {
				return err
			}
		}
	}
	if convert := s.requests[m.action]; convert != nil {
		return convert(m)
	}
	return nil
}

func (s *side) response(req, m *message) {
	if s.structures != nil {
		s.structures.root(m)
	}
	if convert := s.responses[m.action]; convert != nil {
		convert(req, m)
	}
}

func (s *side) push(m *message) {
	if s.structures != nil {
		s.structures.root(m)
	}
	if convert := s.pushes[m.action]; convert != nil {
		convert(m)
	}
}

func newName(pairs [][2]string, name string) string {
	for _, p := range pairs {
		if p[0] == name {
			return p[1]
		}
	}
	return name
}

func oldName(pairs [][2]string, name string) string {
	for _, p := range pairs {
		if p[1] == name {
			return p[0]
		}
	}
	return name
}

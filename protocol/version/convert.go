package version

import "agentdesk/protocol"

// rename converts a request by giving one field another name.
func rename(from, to string) func(*message) *protocol.Error {
	return func(m *message) *protocol.Error {
		m.body.rename(from, to)
		return nil
	}
}

// drops converts a request by leaving fields out.
func drops(names ...string) func(*message) *protocol.Error {
	return func(m *message) *protocol.Error {
		m.body.drop(names...)
		return nil
	}
}

// renameFilter gives one of a list's filters another name.
func renameFilter(m *message, from, to string) *protocol.Error {
	m.body.get("filters").rename(from, to)
	return nil
}

// reason replaces the reason of an agent_disconnected by another.
func reason(table map[string]string) func(*message) {
	return func(m *message) {
		if other, ok := table[m.body.get("reason").str()]; ok {
			m.body.set("reason", text(other))
		}
	}
}

package version

import "agentdesk/protocol"

// Changelog 3.4: recipients became visibility, on events and on typing
// indicators.
func visibilityUp(n *node) bool {
	n.rename("recipients", "visibility")
	return true
}

func visibilityDown(n *node) { n.rename("visibility", "recipients") }

// Changelog 3.4: Form and Filled form have a form_type.
func eventDown34(event *node) bool {
	visibilityDown(event)
	if event.has("form_id") {
		event.drop("form_type")
	}
	return true
}

func sentUp34(event *node, _ string) *protocol.Error {
	visibilityUp(event)
	return nil
}

// The pages up to 3.3 want recipients in every event that is sent; from 3.4 it
// may be left out.
func sentDown34(event *node, _ string) *protocol.Error {
	eventDown34(event)
	if !event.has("recipients") {
		event.set("recipients", text(protocol.VisibilityAll))
	}
	return nil
}

// Changelog 3.4: users have a visibility; the 3.4 page requires it of agents.
// routing_status left the Agent structure in the same version and is left in
// place, for those who want to know it.
func userUp34(user *node) {
	if user.get("type").is(`"agent"`) && !user.has("visibility") {
		user.set("visibility", text(protocol.VisibilityAll))
	}
}

func userDown34(user *node) { user.drop("visibility") }

// Changelog 3.4: previous_accessible_thread_id and next_accessible_thread_id.
func threadDown34(thread *node) {
	thread.drop("previous_accessible_thread_id", "next_accessible_thread_id")
}

// Changelog 3.4: list_archives' filter event_types replaces events.
func listArchivesUp34(m *message) *protocol.Error {
	filters := m.body.get("filters")
	old := filters.take("events")
	if types := old.get("types"); types != nil {
		kinds := object()
		kinds.set("values", *types)
		filters.set("event_types", *kinds)
	}
	return nil
}

// The same downwards; with the filters greetings and agent_response and the
// modifier require_every_value, which the changelog has as new.
func listArchivesDown34(m *message) *protocol.Error {
	if err := m.refuse(V34, "filters.greetings", "filters.agent_response", "filters.event_types.exclude_values"); err != nil {
		return err
	}
	filters := m.body.get("filters")
	for _, name := range []string{"agents", "tags", "sales", "goals", "event_types"} {
		if every := filters.get(name).take("require_every_value"); every.is("true") {
			return newIn(V34, "filters."+name+".require_every_value")
		}
	}
	if types := filters.take("event_types").get("values"); types != nil {
		events := object()
		events.set("types", *types)
		filters.set("events", *events)
	}
	return nil
}

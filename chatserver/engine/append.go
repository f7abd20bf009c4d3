package engine

import (
	"strings"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// append adds an event to the chat's newest thread and to the transaction. It
// sets what the server decides: id, time, author.
func (w *work) append(d *draft, author string, ev protocol.Event) (*protocol.Event, error) {
	t := d.Thread
	t.EventCount++
	ev.ID, ev.CreatedAt, ev.AuthorID = EventID(t.ID, t.EventCount), w.e.tick(), author
	ref := store.EventRef{ChatID: d.ID, ThreadID: t.ID, N: t.EventCount}
	if err := w.AddEvent(ref, &ev); err != nil {
		return nil, err
	}
	if err := w.useFiles(t.ID, &ev); err != nil {
		return nil, err
	}
	if d.LastEvents == nil {
		d.LastEvents = map[string]protocol.LastEvent{}
	}
	d.LastEvents[ev.Type] = protocol.LastEvent{ThreadID: t.ID, ThreadCreatedAt: t.CreatedAt, Event: &ev}
	if m := member(d.Chat, author); m != nil {
		m.SeenUpTo = ev.CreatedAt // sending implies having read (3.3+)
		if m.Type == protocol.UserAgent {
			t.AgentLast = ev.CreatedAt
		} else {
			t.CustomerLast = ev.CreatedAt
		}
	}
	return &ev, nil
}

// tell appends an event and pushes it to all who may see it. main marks the
// event as the answer to the request in progress.
func (w *work) tell(d *draft, author string, ev protocol.Event, main bool) (*protocol.Event, error) {
	made, err := w.append(d, author, ev)
	if err != nil {
		return nil, err
	}
	w.deliver(protocol.PushIncomingEvent, protocol.IncomingEvent{ChatID: d.ID, ThreadID: d.Thread.ID, Event: *made}, main, w.whoMaySee(d, made)...)
	return made, nil
}

// System message types that this server writes (api guide, section 10).
const (
	sysAssigned         = "routing.assigned"
	sysAssignedInactive = "routing.assigned_inactive"
	sysArchivedInactive = "routing.archived_inactive"
	sysIdle             = "routing.idle"
	sysTransferred      = "chat_transferred"
	sysAgentAdded       = "agent_added"
	sysAgentJoined      = "agent_joined"
	sysAgentLeft        = "agent_left"
	sysAgentRemoved     = "agent_removed"
	sysClosedByAgent    = "manual_archived_agent"
	sysClosedByCustomer = "manual_archived_customer"
	sysCustomerBanned   = "customer_banned"
	sysRated            = "rating.chat_rated"
	sysRatingComment    = "rating.chat_commented"
	sysRatingCanceled   = "rating.chat_rating_canceled"
)

// system tells everybody in the chat what happened. Names in the text are given
// by text_vars: %agent% and the like.
func (w *work) system(d *draft, typ, text string, vars map[string]string) error {
	for k, v := range vars {
		text = strings.ReplaceAll(text, "%"+k+"%", v)
	}
	_, err := w.tell(d, "", protocol.Event{
		Type: protocol.EventSystemMessage, SystemType: typ, Text: text, TextVars: vars, Visibility: protocol.VisibilityAll,
	}, false)
	return err
}

// name is how people call a user.
func (w *work) name(id string) string {
	if a := w.e.dir.Load().known(id); a != nil {
		return a.Name
	}
	if c := w.people(id); c != nil && c.Name != "" {
		return c.Name
	}
	return "Customer"
}

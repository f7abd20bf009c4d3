package upstream

import (
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// push makes a reader of a payload from a translation of its structure.
func push[T any](translate func(*T) desk.Push) func(jsontext.Value) (inbound, error) {
	return func(payload jsontext.Value) (inbound, error) {
		var p T
		if err := json.Unmarshal(payload, &p); err != nil {
			return inbound{}, err
		}
		return inbound{push: translate(&p)}, nil
	}
}

// rereads is for pushes that change a chat in a way that only reading it shows.
func rereads(payload jsontext.Value) (inbound, error) {
	var p protocol.ChatRef
	err := json.Unmarshal(payload, &p)
	return inbound{stale: []string{p.ChatID}}, err
}

func chatRef(p *protocol.ChatRef) string {
	if p.ChatID != "" {
		return p.ChatID
	}
	return p.ID
}

func incomingEvent(p *protocol.IncomingEvent) desk.Push {
	return desk.IncomingEvent{ChatID: p.ChatID, ThreadID: p.ThreadID, Event: event(&p.Event)}
}

func eventUpdated(p *protocol.IncomingEvent) desk.Push {
	return desk.EventUpdated{ChatID: p.ChatID, ThreadID: p.ThreadID, Event: event(&p.Event)}
}

func eventDeleted(p *protocol.EventRef) desk.Push {
	return desk.EventDeleted{ChatID: p.ChatID, ThreadID: p.ThreadID, EventID: p.EventID}
}

func incomingTyping(p *protocol.IncomingTyping) desk.Push {
	return desk.Typing{ChatID: p.ChatID, AuthorID: p.Typing.AuthorID, On: p.Typing.IsTyping, At: seconds(p.Typing.Timestamp)}
}

func incomingSneakPeek(p *protocol.IncomingSneakPeek) desk.Push {
	return desk.SneakPeek{ChatID: p.ChatID, AuthorID: p.SneakPeek.AuthorID, Text: p.SneakPeek.Text, At: seconds(p.SneakPeek.Timestamp)}
}

// seconds reads the unix times that typing and sneak peeks carry.
func seconds(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}

func eventsMarkedAsSeen(p *protocol.EventsMarkedAsSeen) desk.Push {
	return desk.Seen{ChatID: p.ChatID, UserID: p.UserID, UpTo: p.SeenUpTo.Time()}
}

func incomingChat(p *protocol.IncomingChat) desk.Push {
	c := chat(&p.Chat)
	if from := p.TransferredFrom; from != nil && len(from.AgentIDs) > 0 {
		c.TransferredFrom = from.AgentIDs[0]
	}
	return desk.IncomingChat{Chat: c}
}

func chatDeactivated(p *protocol.ChatDeactivated) desk.Push {
	return desk.ChatDeactivated{ChatID: p.ChatID, ThreadID: p.ThreadID, UserID: p.UserID}
}

func chatTransferred(p *protocol.ChatTransferred) desk.Push {
	return desk.ChatTransferred{
		ChatID: p.ChatID, ThreadID: p.ThreadID, ByID: p.RequesterID, Reason: p.Reason,
		Groups: p.TransferredTo.GroupIDs, Agents: p.TransferredTo.AgentIDs, Queue: queue(p.Queue),
	}
}

// chatAccessUpdated tells a chat's groups. The chat is read again all the same: the
// push also comes where the agent lost a group and the chat's groups are as before.
func chatAccessUpdated(payload jsontext.Value) (inbound, error) {
	var p protocol.ChatAccessUpdated
	err := json.Unmarshal(payload, &p)
	return inbound{push: desk.ChatAccess{ChatID: p.ID, Groups: p.Access.GroupIDs}, sight: []string{p.ID}}, err
}

// accessChanged is chatAccessUpdated before 3.4, where the groups told may be those
// that changed.
func accessChanged(payload jsontext.Value) (inbound, error) {
	in, err := chatAccessUpdated(payload)
	in.push = nil
	return in, err
}

func userAdded(p *protocol.UserAddedToChat) desk.Push {
	return desk.UserAdded{ChatID: p.ChatID, ThreadID: p.ThreadID, User: person(&p.User)}
}

func userRemoved(p *protocol.UserRemovedFromChat) desk.Push {
	return desk.UserRemoved{ChatID: p.ChatID, ThreadID: p.ThreadID, UserID: p.UserID}
}

func tagged(p *protocol.ThreadTag, removed bool) desk.Push {
	return desk.Tagged{ChatID: p.ChatID, ThreadID: p.ThreadID, Tag: p.Tag, Removed: removed}
}

func propertiesSet(payload jsontext.Value) (inbound, error) {
	var p protocol.PropertiesChanged
	var set protocol.Properties
	if err := json.Unmarshal(payload, &p); err != nil {
		return inbound{}, err
	}
	if err := json.Unmarshal(p.Properties, &set); err != nil {
		return inbound{}, err
	}
	return inbound{push: desk.PropertiesChanged{ChatID: p.ChatID, ThreadID: p.ThreadID, EventID: p.EventID, Set: properties(set)}}, nil
}

func propertiesDeleted(payload jsontext.Value) (inbound, error) {
	var p protocol.PropertiesChanged
	var names map[string][]string
	if err := json.Unmarshal(payload, &p); err != nil {
		return inbound{}, err
	}
	if err := json.Unmarshal(p.Properties, &names); err != nil {
		return inbound{}, err
	}
	return inbound{push: desk.PropertiesChanged{ChatID: p.ChatID, ThreadID: p.ThreadID, EventID: p.EventID, Deleted: names}}, nil
}

func queuePositions(list *[]protocol.QueuePosition) desk.Push {
	var q desk.QueuePositions
	for i := range *list {
		p := &(*list)[i]
		q.Places = append(q.Places, desk.QueuePlace{ChatID: p.ChatID, ThreadID: p.ThreadID, Queue: *queue(&p.Queue)})
	}
	return q
}

func routingStatusSet(p *protocol.RoutingStatusSet) desk.Push {
	return desk.StatusSet{AgentID: p.AgentID, Status: desk.RoutingStatus(p.Status)}
}

package upstream

import (
	"slices"
	"time"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// chat translates a chat with one thread, all its events in their order.
func chat(c *protocol.Chat) desk.Chat {
	out := desk.Chat{
		ID: c.ID, Users: people(c.Users), Groups: groups(c.Access), Loaded: true, Followed: c.IsFollowed,
		Properties: properties(c.Properties),
	}
	if c.Thread != nil {
		out.Thread = thread(c.Thread)
	}
	if c.Access == nil {
		out.Groups = out.Thread.Groups // pushes tell the access of the thread alone
	}
	for i := len(out.Thread.Events) - 1; i >= 0; i-- {
		if ev := &out.Thread.Events[i]; ev.Spoken() && !ev.Deleted {
			out.LastEvent = *ev
			break
		}
	}
	return out
}

// summary translates a chat without events.
func summary(c *protocol.ChatSummary) desk.Chat {
	out := desk.Chat{
		ID: c.ID, Users: people(c.Users), Groups: groups(c.Access), Followed: c.IsFollowed, Properties: properties(c.Properties),
	}
	if c.LastThread != nil {
		out.Thread = thread(c.LastThread)
		out.Thread.Events = nil
	}
	for _, last := range c.LastEventPerType {
		if last.Event == nil {
			continue
		}
		if ev := event(last.Event); ev.Spoken() && !ev.Deleted && !ev.At.Before(out.LastEvent.At) {
			out.LastEvent = ev
		}
	}
	return out
}

func thread(t *protocol.Thread) desk.Thread {
	out := desk.Thread{
		ID: t.ID, Active: t.Active, CreatedAt: t.CreatedAt.Time(), Events: events(t.Events), UserIDs: t.UserIDs,
		Groups: groups(t.Access), Tags: t.Tags, Queue: queue(t.Queue), QueuesDuration: time.Duration(t.QueuesDuration) * time.Second,
		Previous: t.PreviousAccessible, Next: t.NextAccessible, Restricted: t.RestrictedAccess, Properties: properties(t.Properties),
	}
	if out.Previous == "" {
		out.Previous = t.PreviousThreadID
	}
	if out.Next == "" {
		out.Next = t.NextThreadID
	}
	if t.Summary != nil {
		out.Summary, out.SummaryAt = t.Summary.Text, t.Summary.UpdatedAt.Time()
		out.SummaryFailed = t.Summary.Status == protocol.SummaryError
	}
	return out
}

// events translates a list and puts it in order of time: servers do not promise
// one (api guide, section 6).
func events(list []protocol.Event) []desk.Event {
	if len(list) == 0 {
		return nil
	}
	out := make([]desk.Event, len(list))
	sorted := true
	for i := range list {
		out[i] = event(&list[i])
		sorted = sorted && (i == 0 || !out[i].At.Before(out[i-1].At))
	}
	if !sorted {
		slices.SortStableFunc(out, func(a, b desk.Event) int { return a.At.Compare(b.At) })
	}
	return out
}

func groups(a *protocol.Access) []int {
	if a == nil {
		return nil
	}
	return a.GroupIDs
}

func queue(q *protocol.Queue) *desk.Queue {
	if q == nil {
		return nil
	}
	return &desk.Queue{Position: q.Position, Wait: time.Duration(q.WaitTime) * time.Second, Since: q.QueuedAt.Time()}
}

// archived translates one row of the archives, or one older thread.
func archived(c *protocol.Chat) desk.ArchivedThread {
	t := desk.ArchivedThread{ChatID: c.ID, Users: people(c.Users)}
	if c.Thread != nil {
		t.Thread = thread(c.Thread)
	}
	return t
}

// chatOf names the chat a push is about; empty where it is about several, or
// about a person.
func chatOf(p desk.Push) string {
	switch p := p.(type) {
	case desk.IncomingEvent:
		return p.ChatID
	case desk.EventUpdated:
		return p.ChatID
	case desk.EventDeleted:
		return p.ChatID
	case desk.Typing:
		return p.ChatID
	case desk.SneakPeek:
		return p.ChatID
	case desk.Seen:
		return p.ChatID
	case desk.IncomingChat:
		return p.Chat.ID
	case desk.ChatDeactivated:
		return p.ChatID
	case desk.ChatTransferred:
		return p.ChatID
	case desk.UserAdded:
		return p.ChatID
	case desk.UserRemoved:
		return p.ChatID
	case desk.Tagged:
		return p.ChatID
	case desk.PropertiesChanged:
		return p.ChatID
	default:
		return chatOfRest(p)
	}
}

func chatOfRest(p desk.Push) string {
	switch p := p.(type) {
	case desk.ChatAccess:
		return p.ChatID
	case desk.ChatGone:
		return p.ChatID
	case desk.ChatUnfollowed:
		return p.ChatID
	case desk.Thinking:
		return p.ChatID
	case desk.SummarySet:
		return p.ChatID
	}
	return ""
}

package desk

import (
	"fmt"
	"math/rand"
	"slices"
	"sort"
)

// model is a little chat server: it holds the truth and says which pushes an
// agent of group 1 is sent when it changes.
type model struct {
	rnd   *rand.Rand
	chats map[string]*Chat
	clock int
	ids   int
}

func (m *model) tick() int { m.clock++; return m.clock }

func (m *model) chat(id string) Chat { return clone(m.chats[id]) }

func clone(c *Chat) Chat {
	out := *c
	out.Users = slices.Clone(c.Users)
	out.Thread.Events = slices.Clone(c.Thread.Events)
	out.Thread.Tags = slices.Clone(c.Thread.Tags)
	out.Thread.UserIDs = slices.Clone(c.Thread.UserIDs)
	if c.Thread.Queue != nil {
		q := *c.Thread.Queue
		out.Thread.Queue = &q
	}
	out.Loaded = true
	return out
}

func (m *model) snapshot() (list []Chat) {
	for _, id := range m.names() {
		if m.chats[id].Thread.Active {
			list = append(list, m.chat(id))
		}
	}
	return list
}

func (m *model) names() (ids []string) {
	for id := range m.chats {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}

// step does one thing that happens at a chat server, doubles or delays nothing
// itself, and returns the pushes.
func (m *model) step() []Push {
	ids := m.names()
	if len(ids) < 3 || len(ids) < 8 && m.rnd.Intn(6) == 0 {
		return m.open()
	}
	c := m.chats[ids[m.rnd.Intn(len(ids))]]
	if !c.Thread.Active {
		return m.resume(c)
	}
	switch m.rnd.Intn(12) {
	case 10:
		return m.takeBack(c)
	case 11:
		c.Thread.Summary, c.Thread.SummaryFailed = fmt.Sprint("summary ", m.tick()), false
		set := SummarySet{ChatID: c.ID, ThreadID: c.Thread.ID, Text: c.Thread.Summary}
		if c.Thread.SummaryFailed = m.rnd.Intn(4) == 0; c.Thread.SummaryFailed {
			return []Push{set, SummarySet{ChatID: c.ID, ThreadID: c.Thread.ID, Failed: true}}
		}
		return []Push{set}
	case 0:
		return m.close(c)
	case 1:
		return m.assign(c, []string{anna, ben}[m.rnd.Intn(2)])
	case 2:
		return m.queue(c)
	case 3:
		tag := []string{"refund", "vip"}[m.rnd.Intn(2)]
		if contains(c.Thread.Tags, tag) {
			return nil
		}
		c.Thread.Tags = append(c.Thread.Tags, tag)
		sort.Strings(c.Thread.Tags)
		return []Push{Tagged{ChatID: c.ID, ThreadID: c.Thread.ID, Tag: tag}}
	case 4:
		me := c.User(anna)
		if me == nil || len(c.Thread.Events) == 0 {
			return nil
		}
		me.SeenUpTo = at(m.clock)
		return []Push{Seen{ChatID: c.ID, UserID: anna, UpTo: me.SeenUpTo}}
	default:
		return m.speak(c)
	}
}

func (m *model) open() []Push {
	m.ids++
	id := fmt.Sprintf("C%d", m.ids)
	c := &Chat{ID: id, Groups: []int{1}, Thread: Thread{ID: id + "-1", Active: true, CreatedAt: at(m.tick())},
		Users: []Person{{ID: "cust-" + id, Name: "Customer " + id, Present: true}}}
	c.Thread.Queue = &Queue{Position: 1, Since: c.Thread.CreatedAt}
	m.chats[id] = c
	return []Push{IncomingChat{Chat: m.chat(id)}}
}

func (m *model) resume(c *Chat) []Push {
	c.Thread = Thread{ID: fmt.Sprintf("%s-%d", c.ID, m.tick()), Active: true, CreatedAt: at(m.clock)}
	c.Thread.Queue = &Queue{Position: 1, Since: c.Thread.CreatedAt}
	c.Users = c.Users[:1]
	return []Push{IncomingChat{Chat: m.chat(c.ID)}}
}

func (m *model) close(c *Chat) []Push {
	c.Thread.Active, c.Thread.Queue = false, nil
	return []Push{ChatDeactivated{ChatID: c.ID, ThreadID: c.Thread.ID}}
}

func (m *model) assign(c *Chat, agent string) (out []Push) {
	for _, u := range slices.Clone(c.Users) {
		if u.Agent && u.ID != agent {
			c.Users = slices.DeleteFunc(c.Users, func(x Person) bool { return x.ID == u.ID })
			out = append(out, UserRemoved{ChatID: c.ID, ThreadID: c.Thread.ID, UserID: u.ID})
		}
	}
	c.Thread.Queue = nil
	out = append(out, ChatTransferred{ChatID: c.ID, ThreadID: c.Thread.ID, Agents: []string{agent}})
	if c.User(agent) == nil {
		u := Person{ID: agent, Agent: true, Name: agent, Present: true}
		c.Users = append(c.Users, u)
		if !contains(c.Thread.UserIDs, agent) {
			c.Thread.UserIDs = append(c.Thread.UserIDs, agent)
		}
		out = append(out, UserAdded{ChatID: c.ID, ThreadID: c.Thread.ID, User: u})
	}
	return out
}

func (m *model) queue(c *Chat) (out []Push) {
	for _, u := range c.Users[1:] {
		out = append(out, UserRemoved{ChatID: c.ID, ThreadID: c.Thread.ID, UserID: u.ID})
	}
	c.Users, c.Groups = c.Users[:1], []int{1}
	c.Thread.Queue = &Queue{Position: 1, Since: at(m.tick())}
	q := *c.Thread.Queue
	return append(out, ChatTransferred{ChatID: c.ID, ThreadID: c.Thread.ID, Groups: []int{1}, Queue: &q})
}

// takeBack deletes something said in a chat that anna serves; something else
// that was said must be left.
func (m *model) takeBack(c *Chat) []Push {
	var said []int
	for i := range c.Thread.Events {
		if c.Thread.Events[i].counts() {
			said = append(said, i)
		}
	}
	if len(said) < 2 || c.User(anna) == nil {
		return nil
	}
	ev := &c.Thread.Events[said[m.rnd.Intn(len(said))]]
	ev.Text, ev.Deleted = "", true
	c.LastEvent = lastSpoken(c.Thread.Events)
	return []Push{EventDeleted{ChatID: c.ID, ThreadID: c.Thread.ID, EventID: ev.ID}}
}

func (m *model) speak(c *Chat) []Push {
	author := c.Users[m.rnd.Intn(len(c.Users))].ID
	n := m.tick()
	ev := Event{ID: fmt.Sprintf("e%d", n), Kind: KindMessage, AuthorID: author, At: at(n), Text: fmt.Sprint("text ", n)}
	if m.rnd.Intn(8) == 0 {
		ev.Kind, ev.AuthorID = KindSystemText, ""
	}
	c.Thread.Events = append(c.Thread.Events, ev)
	if ev.Spoken() {
		c.LastEvent = ev // of the chat, whichever thread it is in
	}
	if u := c.User(ev.AuthorID); u != nil {
		u.SeenUpTo = ev.At
	}
	push := IncomingEvent{ChatID: c.ID, ThreadID: c.Thread.ID, Event: ev}
	if m.rnd.Intn(5) == 0 {
		return []Push{push, push}
	}
	return []Push{push}
}

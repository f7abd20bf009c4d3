package demo

import (
	"slices"
	"strings"
	"time"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// scene plays one dialogue and writes down its events.
type scene struct {
	h      *history
	g      *guest
	s      story
	cast   cast
	clock  time.Time
	begin  time.Time
	agent  string // who has the chat
	agents []string
	group  int
	waited int // seconds in the queue
	assign protocol.Time
	events []protocol.Event
	props  protocol.Properties
	tags   []string
	last   map[string]protocol.Time // newest event by customer, by any agent
}

func newScene(h *history, g *guest, s story, at time.Time) *scene {
	c := &scene{h: h, g: g, s: s, clock: at, begin: at, group: s.group, last: map[string]protocol.Time{}}
	c.agent = h.agentFor(s.group)
	c.agents = []string{c.agent}
	c.cast = g.lang.newCast(h.r, g.called(), g.person.last, g.email, g.place.City)
	c.cast["agent"] = shortName(c.agent)
	return c
}

// agentFor chooses who has the chat, as the routing of the demo would.
func (h *history) agentFor(group int) string {
	if group == GroupSales {
		return pick(h.r, []string{anna, anna, anna, olivia})
	}
	return pick(h.r, []string{anna, anna, anna, anna, ben, ben, ben, ben, olivia, sam})
}

// colleague is another agent than the one who has the chat.
func (c *scene) colleague() string {
	if c.agent == olivia {
		return sam
	}
	return olivia
}

func fullName(id string) string {
	for _, a := range Accounts {
		if a.Email == id {
			return a.Name
		}
	}
	return id
}

func shortName(id string) string { name, _, _ := strings.Cut(fullName(id), " "); return name }

// pause lets time pass, in seconds.
func (c *scene) pause(from, to int) {
	c.clock = c.clock.Add(time.Duration(from+c.h.r.IntN(to-from+1))*time.Second + time.Duration(c.h.r.IntN(999983))*time.Microsecond)
}

func (c *scene) add(author string, ev protocol.Event) {
	ev.AuthorID, ev.CreatedAt = author, protocol.At(c.clock)
	if ev.Visibility == "" {
		ev.Visibility = protocol.VisibilityAll
	}
	c.events = append(c.events, ev)
	switch author {
	case "":
	case c.g.customer.ID:
		c.last[protocol.UserCustomer] = ev.CreatedAt
	default:
		c.last[protocol.UserAgent] = ev.CreatedAt
	}
}

func (c *scene) message(author, text string) {
	c.add(author, protocol.Event{Type: protocol.EventMessage, Text: c.g.lang.say(c.h.r, text, c.cast)})
}

func (c *scene) note(author, text string) {
	c.add(author, protocol.Event{Type: protocol.EventMessage, Text: c.g.lang.say(c.h.r, text, c.cast), Visibility: protocol.VisibilityAgents})
}

func (c *scene) system(typ, text string, vars map[string]string) {
	for k, v := range vars {
		text = strings.ReplaceAll(text, "%"+k+"%", v)
	}
	c.add("", protocol.Event{Type: protocol.EventSystemMessage, SystemType: typ, Text: text, TextVars: vars})
}

// play goes through the story from the form to the end.
func (c *scene) play() {
	r := c.h.r
	if !c.g.anonymous && r.IntN(5) < 3 {
		c.form()
	}
	opened := false // the customer has said hello
	welcomed := false
	short := r.IntN(2) == 0 // without the questions at the end
	for _, t := range c.s.turns {
		if t.maybe && short {
			continue
		}
		text := pick(r, t.choices)
		switch t.who {
		case byCustomer:
			if !opened {
				text = greet(c.g.lang.code, pick(r, c.g.lang.words["hello"]), text)
				opened = true
			}
			c.pause(8, 20+2*len([]rune(text)))
			c.message(c.g.customer.ID, text)
		case byAgent, bySecond:
			if !welcomed {
				c.welcome()
				welcomed = true
			}
			c.pause(10, 25+2*len([]rune(text)))
			c.message(c.agent, text)
		default:
			c.special(t.who, text)
		}
	}
	c.farewell()
}

// form is what the customer filled in before the chat.
func (c *scene) form() {
	answer := func(s string) jsontext.Value { b, _ := protocol.Encode(s); return b }
	c.add(c.g.customer.ID, protocol.Event{Type: protocol.EventFilledForm, FormID: "widget-prechat", FormType: "prechat", Fields: []protocol.FormField{
		{Type: "name", ID: "name", Label: "Your name", Answer: answer(c.g.name())},
		{Type: "email", ID: "email", Label: "E-mail", Answer: answer(c.g.email)},
	}})
}

// welcome assigns the chat, at once or after a wait, and says hello.
func (c *scene) welcome() {
	if c.h.r.IntN(6) == 0 {
		from := c.clock
		c.pause(30, 300)
		c.waited = int(c.clock.Sub(from).Seconds())
		c.system("routing.assigned", "%agent% was assigned to the chat", map[string]string{"agent": fullName(c.agent)})
	}
	c.assign = protocol.At(c.clock)
	c.pause(6, 70)
	c.message(c.agent, pick(c.h.r, c.g.lang.words["welcome"]))
}

// thread is the record of what was played.
func (c *scene) thread(id, chatID string) *store.Thread {
	t := &store.Thread{ID: id, ChatID: chatID, CustomerID: c.g.customer.ID, CreatedAt: protocol.At(c.begin), ClosedAt: protocol.At(c.clock)}
	agents := slices.Compact(c.agents)
	t.ThreadDetails = store.ThreadDetails{
		UserIDs: append([]string{c.g.customer.ID}, agents...), AgentIDs: agents, Access: []int{c.group}, Properties: c.props, Tags: c.tags,
		GroupID: c.group, QueuesDuration: c.waited, AssignedAt: c.assign, AgentLast: c.last[protocol.UserAgent], CustomerLast: c.last[protocol.UserCustomer],
	}
	return t
}

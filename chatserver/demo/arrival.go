package demo

import (
	"context"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// come creates the customer, or meets the known one, and opens a session.
func (c *caller) come(ctx context.Context) error {
	if c.id == "" {
		name := c.name()
		made, err := c.s.e.CreateCustomer(ctx, "", "", engine.CustomerChange{
			Name: &name, Email: &c.email,
		})
		if err != nil {
			return err
		}
		c.id = made.ID
	}
	place := c.place
	page := pick(c.r, pages)
	if c.ear = newEar(); c.agents == nil {
		c.agents = map[string]bool{}
	}
	cred := engine.Credential{Kind: protocol.UserCustomer, UserID: c.id}
	var err error
	c.session, err = c.s.e.LoginCustomer(ctx, cred, engine.Visit{
		Page: &page, Referrer: pick(c.r, referrers), IP: c.ip, UserAgent: c.agent, Location: &place, Change: c.fields(),
	}, c.ear, func(engine.CustomerState) {})
	c.lastSaid = time.Now()
	return err
}

// fields is what the shop tells of a customer with each visit, for it ends with that.
func (c *caller) fields() engine.CustomerChange {
	plan := []string{"guest", "member", "club"}[len(c.email)%3]
	return engine.CustomerChange{SessionFields: []map[string]string{{"language": c.lang.code}, {"plan": plan}}}
}

// browse looks at some pages.
func (c *caller) browse(ctx context.Context) error {
	for range 1 + c.r.IntN(3) {
		if err := c.pass(ctx, c.between(1200*time.Millisecond, 5*time.Second)); err != nil {
			return err
		}
		if err := c.s.e.UpdatePage(ctx, c.actor(), pick(c.r, pages)); err != nil {
			return err
		}
	}
	return nil
}

// begin opens the chat with the first question. The colleague's chats he opens
// himself, and the question follows.
func (c *caller) begin(ctx context.Context) error {
	group := c.group()
	c.choose(group)
	if c.part == forColleague {
		if chat, thread, ok := c.s.colleague().open(ctx, c); ok {
			c.chat, c.thread, c.open = chat, thread, true
			c.agents[ben] = true
			return nil
		}
		c.s.mu.Lock()
		c.part = forSupport // whoever comes next is chosen by it
		c.s.mu.Unlock()
	}
	question := c.question()
	if err := c.pass(ctx, time.Duration(len([]rune(question)))*60*time.Millisecond); err != nil {
		return err
	}
	continuous := true // also while nobody is there
	r := protocol.StartChatRequest{Continuous: &continuous, Chat: &protocol.Chat{
		ID: c.chat, Access: &protocol.Access{GroupIDs: []int{group}},
		Thread: &protocol.Thread{Events: []protocol.Event{{Type: protocol.EventMessage, Text: question}}},
	}}
	start := c.s.e.StartChat
	if c.chat != "" {
		start = c.s.e.ResumeChat
	}
	out, err := start(ctx, c.actor(), r)
	if err != nil {
		return err
	}
	if out.ChatID != "" {
		c.chat = out.ChatID
	}
	c.thread, c.open, c.lastSaid = out.ThreadID, true, time.Now()
	return nil
}

func (c *caller) group() int {
	if c.part == forSales {
		return GroupSales
	}
	return GroupSupport
}

// choose takes a story of a group.
func (c *caller) choose(group int) {
	for c.story = pick(c.r, c.lang.stories); c.story.group != group; {
		c.story = pick(c.r, c.lang.stories)
	}
	c.cast = c.lang.newCast(c.r, c.first, c.person.last, c.email, c.place.City)
}

// question is the first line of the story, with a greeting.
func (c *caller) question() string {
	text := "{order}?"
	for _, t := range c.story.turns {
		if t.who == byCustomer {
			text = pick(c.r, t.choices)
			break
		}
	}
	return c.lang.say(c.r, greet(c.lang.code, pick(c.r, c.lang.words["hello"]), text), c.cast)
}

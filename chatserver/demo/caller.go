package demo

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// What a simulated customer came for.
const (
	forSupport = iota
	forSales
	forColleague
)

// caller is one simulated customer. It lives in one goroutine.
type caller struct {
	person
	s    *Simulation
	r    *rand.Rand
	part int    // what it came for; written with the simulation's mu held
	id   string // of the customer; "" before the first visit
	chat string // "" before the first chat

	ear     *ear
	session *engine.Session
	story   story
	cast    cast

	open      bool // the chat is active
	thread    string
	agents    map[string]bool // present
	unread    []string        // what agents wrote since the last answer
	seenTo    protocol.Time   // newest event of others
	marked    protocol.Time
	lastHeard time.Time // newest message of an agent
	typing    time.Time // an agent types until then
	lastSaid  time.Time
	answers   int
	nudged    bool
	thanked   bool
}

var errLeft = errors.New("the connection was ended")

// again is the same customer on another day.
func (c *caller) again() *caller {
	return &caller{person: c.person, s: c.s, r: c.r, id: c.id, chat: c.chat}
}

func (c *caller) actor() engine.Actor {
	return engine.Actor{Kind: protocol.UserCustomer, ID: c.id, Session: c.session}
}

// live is one visit from the first page to the last.
func (c *caller) live(ctx context.Context) error {
	if err := c.come(ctx); err != nil {
		return err
	}
	defer c.s.e.End(c.session, engine.EndSignedOut)
	if c.open { // taken up from an earlier run: with the colleague only the end is left
		c.choose(c.group())
		c.story.turns = nil
	} else {
		if err := c.browse(ctx); err != nil {
			return err
		}
		if err := c.begin(ctx); err != nil {
			return err
		}
	}
	if c.part == forColleague {
		if err := c.script(ctx); err != nil {
			return err
		}
	}
	return c.talk(ctx)
}

func (c *caller) between(from, to time.Duration) time.Duration {
	return from + time.Duration(c.r.Int64N(int64(to-from)))
}

// pass lets time pass while listening.
func (c *caller) pass(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-c.ear.ended:
			return errLeft
		case h := <-c.ear.heard:
			c.note(h)
		case <-t.C:
			return nil
		}
	}
}

// note remembers what a push tells.
func (c *caller) note(h heard) {
	switch h.action {
	case protocol.PushIncomingEvent:
		p := decode[protocol.IncomingEvent](h)
		if p.Event.AuthorID == c.id || p.Event.AuthorID == "" || p.ChatID != c.chat {
			return
		}
		c.seenTo, c.lastHeard, c.typing = p.Event.CreatedAt, time.Now(), time.Time{}
		c.agents[p.Event.AuthorID] = true
		c.unread = append(c.unread, p.Event.Text)
	case protocol.PushIncomingTyping:
		if p := decode[protocol.IncomingTyping](h); p.Typing.IsTyping {
			c.typing = time.Now().Add(8 * time.Second)
		} else {
			c.typing = time.Time{}
		}
	case protocol.PushIncomingChat:
		p := decode[protocol.IncomingChat](h)
		for _, u := range p.Chat.Users {
			if u.Type == protocol.UserAgent && u.Present {
				c.agents[u.ID] = true
			}
		}
	case protocol.PushUserAddedToChat:
		if p := decode[protocol.UserAddedToChat](h); p.User.Type == protocol.UserAgent {
			c.agents[p.User.ID] = true
			c.lastSaid = time.Now() // the waiting begins anew
		}
	case protocol.PushUserRemovedFromChat:
		delete(c.agents, decode[protocol.UserRemovedFromChat](h).UserID)
	case protocol.PushChatDeactivated:
		c.open = false
	}
}

// rate says what the customer thinks of the chat.
func (c *caller) rate(ctx context.Context) {
	score, list := jsontext.Value("1"), "good"
	if c.answers == 0 || c.r.IntN(9) == 0 {
		score, list = jsontext.Value("0"), "bad"
	}
	props := protocol.Properties{"rating": {"score": score}}
	if c.r.IntN(3) == 0 {
		c.cast["agent"] = c.agentName()
		props["rating"]["comment"], _ = protocol.Encode(c.lang.say(c.r, pick(c.r, c.lang.words[list]), c.cast))
	}
	b, err := protocol.Encode(props)
	if err == nil {
		err = c.s.e.UpdateProperties(ctx, c.actor(), protocol.PropertiesRequest{ChatID: c.chat, ThreadID: c.thread, Properties: b})
	}
	if err != nil {
		c.s.log.Debug("a simulated rating failed", "err", err)
	}
}

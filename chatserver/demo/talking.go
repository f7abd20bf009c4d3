package demo

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// Patience of a simulated customer.
const (
	patience = 80 * time.Second        // with an agent who does not answer, until a nudge
	giveUp   = 4 * time.Minute         // until leaving
	queueing = 6 * time.Minute         // in the queue
	tarrying = 35 * time.Second        // after the thanks, until closing the chat
	quiet    = 2500 * time.Millisecond // after the agent's last word, before answering
)

// talk answers whoever writes, until one side ends the chat.
func (c *caller) talk(ctx context.Context) error {
	for c.open {
		now := time.Now()
		var err error
		switch {
		case len(c.unread) > 0 && now.Sub(c.lastHeard) >= quiet && now.After(c.typing):
			err = c.answer(ctx)
		case c.thanked && now.Sub(later(c.lastSaid, c.lastHeard)) > tarrying:
			return c.leave(ctx)
		case len(c.agents) > 0 && !c.thanked && now.Sub(c.lastSaid) > giveUp,
			len(c.agents) == 0 && now.Sub(c.lastSaid) > queueing:
			return c.quit(ctx)
		case len(c.agents) > 0 && !c.thanked && !c.nudged && now.Sub(c.lastSaid) > patience:
			c.nudged = true
			at := c.lastSaid
			err = c.say(ctx, "r_hurry")
			c.lastSaid = at // the patience does not begin anew
		default:
			err = c.pass(ctx, 400*time.Millisecond)
		}
		if err != nil {
			return c.unlessClosed(err)
		}
	}
	// The agent has closed it: most say what they think.
	if err := c.pass(ctx, c.between(2*time.Second, 9*time.Second)); err != nil {
		return err
	}
	if c.answers > 0 && c.r.IntN(3) > 0 {
		c.rate(ctx)
	}
	return c.pass(ctx, c.between(time.Second, 5*time.Second))
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// unlessClosed forgives that the chat was closed while something was written.
func (c *caller) unlessClosed(err error) error {
	if pe, ok := err.(*protocol.Error); ok && pe.Type == protocol.ErrChatInactive {
		c.open = false
		return nil
	}
	return err
}

// answer reads what was written, thinks, and writes back.
func (c *caller) answer(ctx context.Context) error {
	if err := c.pass(ctx, c.between(600*time.Millisecond, 2500*time.Millisecond)); err != nil {
		return err
	}
	c.read(ctx)
	text := strings.Join(c.unread, "\n")
	c.unread = nil
	c.cast["agent"] = c.agentName()
	kind := understand(text)
	c.answers++
	switch {
	case kind == asksPhoto:
		if err := c.sendPhoto(ctx); err != nil {
			c.s.log.Debug("a simulated photo failed", "err", err)
		}
	case kind == saysBye && c.answers > 1, c.thanked:
		if c.thanked {
			return nil // nothing left to say
		}
		c.thanked = true
		return c.say(ctx, "r_bye")
	case kind == states && c.answers >= 2+c.r.IntN(3):
		c.thanked = true
		return c.say(ctx, "r_thanks")
	}
	return c.say(ctx, string(kind))
}

// read marks everything as seen.
func (c *caller) read(ctx context.Context) {
	if c.seenTo <= c.marked {
		return
	}
	c.marked = c.seenTo
	if err := c.s.e.MarkSeen(ctx, c.actor(), protocol.SeenRequest{ChatID: c.chat, SeenUpTo: c.seenTo}); err != nil {
		c.s.log.Debug("a simulated mark failed", "err", err)
	}
}

// leave rates and closes the chat, politely.
func (c *caller) leave(ctx context.Context) error {
	if c.r.IntN(4) > 0 {
		c.rate(ctx)
		if err := c.pass(ctx, c.between(2*time.Second, 6*time.Second)); err != nil {
			return err
		}
	}
	return c.close(ctx)
}

// quit goes without having got an answer.
func (c *caller) quit(ctx context.Context) error {
	if c.r.IntN(2) == 0 {
		if err := c.say(ctx, "r_quit"); err != nil {
			return c.unlessClosed(err)
		}
	}
	return c.close(ctx)
}

func (c *caller) close(ctx context.Context) error {
	return c.unlessClosed(c.s.e.DeactivateChat(ctx, c.actor(), protocol.ChatIDRequest{ID: c.chat}))
}

// say types one of a list of lines and sends it.
func (c *caller) say(ctx context.Context, list string) error {
	return c.write(ctx, c.lang.say(c.r, pick(c.r, c.lang.words[list]), c.cast))
}

// write types a text at the speed of a person, as the sneak peek shows, and
// sends it.
func (c *caller) write(ctx context.Context, text string) error {
	runes := []rune(text)
	for at := 0; at < len(runes); {
		at = min(len(runes), at+3+c.r.IntN(7))
		if err := c.s.e.SneakPeek(ctx, c.actor(), protocol.SneakPeekRequest{ChatID: c.chat, Text: string(runes[:at])}); err != nil {
			return err
		}
		if err := c.pass(ctx, c.between(350*time.Millisecond, 900*time.Millisecond)); err != nil {
			return err
		}
	}
	_, err := c.s.e.SendEvent(ctx, c.actor(), protocol.SendEventRequest{ChatID: c.chat, Event: protocol.Event{Type: protocol.EventMessage, Text: text, CustomID: engine.NewSecret()}})
	c.lastSaid = time.Now()
	return err
}

func (c *caller) sendPhoto(ctx context.Context) error {
	if err := c.pass(ctx, c.between(3*time.Second, 9*time.Second)); err != nil {
		return err
	}
	url, err := c.s.e.AddFile(ctx, c.actor(), pick(c.r, []string{"IMG_0417.jpg", "photo.jpg", "20260311_0942.jpg"}), bytes.NewReader(photo(c.r.IntN(4), c.s.photos)))
	if err != nil {
		return err
	}
	_, err = c.s.e.SendEvent(ctx, c.actor(), protocol.SendEventRequest{ChatID: c.chat, Event: protocol.Event{Type: protocol.EventFile, URL: url}})
	return err
}

// agentName is the first name of who is in the chat.
func (c *caller) agentName() string {
	ids := slices.Sorted(maps.Keys(c.agents))
	if len(ids) == 0 {
		return ""
	}
	a, _ := c.s.e.Agent(ids[0])
	name, _, _ := strings.Cut(a.Name, " ")
	return name
}

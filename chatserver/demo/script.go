package demo

import (
	"context"
	"errors"
	"time"

	"agentdesk/protocol"
)

var errNoColleague = errors.New("the colleague is not simulated now")

// script plays the story together with the colleague, each at his own speed. It
// ends without an error where somebody else has taken over; talk goes on then.
func (c *caller) script(ctx context.Context) error {
	b := c.s.colleague()
	c.cast["agent"] = shortName(ben)
	said, welcomed := 0, false
	for _, t := range append(c.story.turns, turn{who: "end"}) {
		if !c.open || !c.agents[ben] {
			return nil
		}
		c.unread = nil // the script knows the answers
		text := pick(c.r, t.choices)
		var err error
		switch t.who {
		case byCustomer:
			if said++; said == 1 {
				text = greet(c.lang.code, pick(c.r, c.lang.words["hello"]), text)
			}
			if err = c.pass(ctx, c.between(2*time.Second, 8*time.Second)); err == nil {
				c.read(ctx)
				err = c.write(ctx, c.lang.say(c.r, text, c.cast))
			}
		case byAgent, bySecond:
			if !welcomed {
				welcomed = true
				text = pick(c.r, c.lang.words["welcome"]) + " " + text
			}
			if err = c.pass(ctx, c.between(3*time.Second, 12*time.Second)); err == nil {
				err = b.write(ctx, c, c.lang.say(c.r, text, c.cast), protocol.VisibilityAll)
				c.answers++
			}
		case noteByAgent:
			err = b.write(ctx, c, c.lang.say(c.r, text, c.cast), protocol.VisibilityAgents)
		case fileOfGuest:
			err = c.sendPhoto(ctx)
		case "end":
			err = c.finish(ctx, b)
		}
		if errors.Is(err, errNoColleague) {
			return nil
		}
		if err != nil {
			return c.unlessClosed(err)
		}
	}
	return nil
}

// finish is the end of a scripted chat: thanks, good wishes, closed.
func (c *caller) finish(ctx context.Context, b *colleague) error {
	if err := c.pass(ctx, c.between(4*time.Second, 10*time.Second)); err != nil {
		return err
	}
	c.read(ctx)
	if err := c.write(ctx, c.lang.say(c.r, pick(c.r, c.lang.words["thanks"]), c.cast)); err != nil {
		return err
	}
	c.thanked = true
	if err := c.pass(ctx, 2*time.Second); err != nil {
		return err
	}
	if err := b.write(ctx, c, c.lang.say(c.r, pick(c.r, c.lang.words["bye"]), c.cast), protocol.VisibilityAll); err != nil {
		return err
	}
	if err := c.pass(ctx, c.between(5*time.Second, 15*time.Second)); err != nil {
		return err
	}
	return b.close(ctx, c)
}

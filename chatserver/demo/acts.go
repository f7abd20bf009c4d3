package demo

import (
	"slices"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// special are the turns that are no messages between customer and agent.
func (c *scene) special(who, text string) {
	r := c.h.r
	switch who {
	case noteByAgent:
		c.pause(10, 60)
		c.note(c.agent, text)
	case noteByOther:
		c.pause(15, 90)
		c.note(c.colleague(), text)
	case fileOfGuest, fileOfAgent:
		c.pause(20, 120)
		author := c.g.customer.ID
		if who == fileOfAgent {
			author = c.agent
		}
		var fits []attachment
		for _, a := range c.h.files {
			if a.photo == (who == fileOfGuest) {
				fits = append(fits, a)
			}
		}
		if len(fits) > 0 {
			c.add(author, pick(r, fits).sent(author, 0))
		}
	case cardByAgent:
		c.pause(15, 50)
		c.add(c.agent, card(c.cast))
	case transfer:
		c.hand()
	}
}

// card offers two products with buttons.
func card(c cast) protocol.Event {
	el := func(name, id string) protocol.RichElement {
		return protocol.RichElement{Title: name, Subtitle: "In stock, two days to you", Buttons: []protocol.Button{
			{Type: "url", Text: "Have a look", Value: "https://nordby.example/p/" + id, PostbackID: "look-" + id},
			{Type: "message", Text: "I like this one", Value: "I like the " + name, PostbackID: "like-" + id},
		}}
	}
	return protocol.Event{Type: protocol.EventRichMessage, TemplateID: "cards", Elements: []protocol.RichElement{el(c["product"], "first"), el(c["product2"], "second")}}
}

// hand transfers the chat to Sales.
func (c *scene) hand() {
	from := c.agent
	c.agent = olivia
	if from == olivia {
		c.agent = anna
	}
	c.group = GroupSales
	c.cast["agent2"] = shortName(c.agent)
	c.agents = append(c.agents, c.agent)
	c.pause(5, 30)
	c.system("chat_transferred", "%initiator% transferred the chat to %agent%", map[string]string{"initiator": fullName(from), "agent": fullName(c.agent), "group": "Sales"})
}

// farewell is the polite end, a rating perhaps, and who closed the chat.
func (c *scene) farewell() {
	r, l := c.h.r, c.g.lang
	angry := slices.Contains(c.s.tags, "complaint")
	if r.IntN(5) > 0 {
		c.pause(6, 60)
		c.message(c.g.customer.ID, pick(r, l.words["thanks"]))
		c.pause(5, 40)
		c.message(c.agent, pick(r, l.words["bye"]))
	}
	if r.IntN(100) < 42 {
		c.rate(angry)
	}
	name := c.g.name()
	if name == "" {
		name = "Customer"
	}
	switch p := r.IntN(10); {
	case p < 6:
		c.pause(10, 120)
		c.system("manual_archived_agent", "%agent% closed the chat", map[string]string{"agent": fullName(c.agent)})
	case p < 8:
		c.pause(10, 120)
		c.system("manual_archived_customer", "%customer% closed the chat", map[string]string{"customer": name})
	default:
		c.pause(1200, 1260)
		c.system("routing.archived_inactive", "The chat was closed because nobody wrote for a while", nil)
	}
	for _, t := range c.s.tags {
		if r.IntN(10) < 8 {
			c.tags = append(c.tags, t)
		}
	}
	if r.IntN(40) == 0 {
		c.tags = append(c.tags, "vip")
	}
}

// rate gives a good or a bad mark, sometimes with a comment.
func (c *scene) rate(angry bool) {
	r := c.h.r
	good := r.IntN(100) < 88
	if angry {
		good = r.IntN(100) < 45
	}
	score, word, list := jsontext.Value("0"), "bad", "bad"
	if good {
		score, word, list = jsontext.Value("1"), "good", "good"
	}
	name := c.g.name()
	if name == "" {
		name = "Customer"
	}
	c.props = protocol.Properties{"rating": {"score": score}}
	c.pause(5, 60)
	c.system("rating.chat_rated", "%customer% rated the chat as %score%", map[string]string{"customer": name, "score": word})
	if r.IntN(3) == 0 {
		comment := c.g.lang.say(r, pick(r, c.g.lang.words[list]), c.cast)
		c.props["rating"]["comment"], _ = protocol.Encode(comment)
		c.pause(4, 50)
		c.system("rating.chat_commented", "%customer% left a comment: %comment%", map[string]string{"customer": name, "comment": comment})
	}
}

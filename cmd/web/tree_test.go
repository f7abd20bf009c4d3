package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// spot is one thing of the accessibility tree: what a screen reader has of a page.
type spot struct {
	role, name, value string
	focused           bool
	within            []string // roles of what it stands in, the nearest first
}

// tree reads the accessibility tree, in the order of the page.
func (c *chrome) tree() []spot {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.ctx, 30*time.Second)
	defer cancel()
	res, err := chromedp.Call(ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		return nil // the page is being left
	}
	nodes := map[accessibility.NodeID]*accessibility.Node{}
	for _, n := range res.Nodes {
		nodes[n.NodeID] = n
	}
	var list []spot
	for _, n := range res.Nodes {
		if n.Ignored {
			continue
		}
		s := spot{role: said(n.Role), name: said(n.Name), value: said(n.Value)}
		for _, p := range n.Properties {
			s.focused = s.focused || p.Name == accessibility.PropertyNameFocused && said(p.Value) == "true"
		}
		for up := nodes[n.ParentID]; up != nil; up = nodes[up.ParentID] {
			s.within = append(s.within, said(up.Role))
		}
		list = append(list, s)
	}
	return list
}

func said(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	var s string
	if json.Unmarshal(jsontext.Value(v.Value), &s) != nil {
		return string(v.Value)
	}
	return s
}

// wait waits until something of the tree is as wanted.
func (c *chrome) wait(what string, ok func(spot) bool) spot {
	c.t.Helper()
	deadline := time.NewTimer(40 * time.Second)
	defer deadline.Stop()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		list := c.tree()
		for _, s := range list {
			if ok(s) {
				return s
			}
		}
		select {
		case <-tick.C:
		case <-deadline.C:
			c.shoot("failure")
			var all strings.Builder
			for _, s := range list {
				if s.role != "InlineTextBox" && s.name != "" {
					fmt.Fprintf(&all, "%s %q focused %v\n", s.role, s.name, s.focused)
				}
			}
			c.t.Fatalf("waited 40 s for %s in the accessibility tree:\n%.6000s", what, all.String())
		}
	}
}

// focus waits until the focus is on something of a role whose name has words.
func (c *chrome) focus(role, words string) {
	c.t.Helper()
	c.wait("the focus on "+role+" "+words, func(s spot) bool { return s.focused && s.role == role && strings.Contains(s.name, words) })
}

// tabTo presses Tab until the focus is there.
func (c *chrome) tabTo(role, words string) {
	c.t.Helper()
	var passed []string
	for range 80 {
		for _, s := range c.tree() {
			if !s.focused || s.role == "RootWebArea" {
				continue
			}
			if s.role == role && strings.Contains(s.name, words) {
				return
			}
			passed = append(passed, s.role+" "+s.name)
		}
		c.press("\t")
	}
	c.t.Fatalf("Tab does not lead to %s %q; it passed\n%s", role, words, strings.Join(passed, "\n"))
}

// hears waits for words in a region whose changes are read out.
func (c *chrome) hears(words string) {
	c.t.Helper()
	re := regexp.MustCompile(words)
	c.wait("“"+words+"” to be read out", func(s spot) bool {
		if s.role != "StaticText" || !re.MatchString(s.name) {
			return false
		}
		for _, role := range s.within {
			if role == "status" || role == "alert" || role == "log" {
				return true
			}
		}
		return false
	})
}

func (c *chrome) press(keys string) { c.t.Helper(); c.do(chromedp.KeyEvent(keys)) }

const escape = "\u001b"

// TestShiftByKeyboardAndTree: an agent who neither sees the page nor has a mouse
// signs in, hears of a customer, takes the chat, reads, answers, passes it on,
// and closes another one.
func TestShiftByKeyboardAndTree(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	c := newChrome(t, p.URL(), true)
	c.open("/login")
	c.noViolations("the sign-in page")
	c.tabTo("textbox", "E-mail")
	c.press("anna@example.com\t")
	c.tabTo("textbox", "Password")
	c.press("demo\r")
	c.wait("the inbox", func(s spot) bool { return s.role == "heading" && s.name == "Chats" })
	c.wait("the line", func(s spot) bool { return s.role == "StaticText" && s.name == "Connected" })

	v := p.visitor()
	for n := 0; ; n++ { // until the agents have their hands full, and somebody waits
		v.start("Is the zebra lamp still available?")
		c.wait("the chat", func(s spot) bool { return s.role == "link" && strings.Contains(s.name, "zebra lamp") })
		if slices.ContainsFunc(c.tree(), func(s spot) bool { return s.role == "button" && strings.HasPrefix(s.name, "Take the chat") }) {
			break
		}
		if n == 40 {
			t.Fatal("the agents take every chat")
		}
		v = p.visitor()
	}
	c.hears("queue|waiting|want you")
	c.press("t") // takes it
	c.focus("textbox", "Message to")
	c.hears("Is the zebra lamp still available")
	c.press("Yes, we have two left.\r")
	c.hears("Yes, we have two left")
	c.focus("textbox", "Message to") // and stays there
	v.say("Wonderful, I take both")
	c.hears("Wonderful, I take both")

	c.noViolations("the inbox with a chat")

	c.press(escape)
	c.focus("log", "Chat with")
	c.press("a") // passes it on
	c.wait("the dialog", func(s spot) bool { return s.role == "dialog" && strings.Contains(s.name, "Transfer") })
	c.noViolations("the dialog")
	c.tabTo("radio", "Support")
	c.press(kb.ArrowDown)
	c.focus("radio", "Sales")
	c.tabTo("button", "Transfer")
	c.press("\r")
	if s := c.wait("an answer", func(s spot) bool {
		return s.role == "StaticText" && s.name == "Transferred" || s.role == "checkbox" && strings.Contains(s.name, "wait there")
	}); s.role == "checkbox" {
		c.hears("(?i)group|nobody|agent|online")
		c.tabTo("checkbox", "wait there")
		c.press(" ")
		c.tabTo("button", "Transfer")
		c.press("\r")
	}
	c.hears("Transferred")

	c.press(escape)
	c.press("u") // to a chat that wants an answer
	c.focus("textbox", "Message to")
	c.press(escape)
	c.focus("log", "Chat with")
	c.press("e")
	c.hears("Closing the chat")
	c.wait("a way back", func(s spot) bool { return s.role == "button" && strings.HasPrefix(s.name, "Undo") })
	c.wait("the closed chat", func(s spot) bool { return s.role == "button" && s.name == "Resume the chat" })
	c.wait("a focus", func(s spot) bool { return s.focused && s.role != "RootWebArea" })
}

package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// spot is one thing of the accessibility tree: what a screen reader has of a page.
type spot struct {
	role, name, value string
	state             string // of a box or a part that unfolds: checked, expanded, pressed
	live              string // how changes of it are read out: polite, assertive or not at all
	focused           bool
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
			switch v := said(p.Value); p.Name {
			case accessibility.PropertyNameFocused:
				s.focused = v == "true"
			case accessibility.PropertyNameChecked, accessibility.PropertyNameExpanded, accessibility.PropertyNamePressed:
				if v == "true" {
					s.state += string(p.Name)
				}
			}
		}
		for up := n; up != nil && s.live == ""; up = nodes[up.ParentID] {
			for _, p := range up.Properties {
				if p.Name == accessibility.PropertyNameLive {
					s.live = said(p.Value)
				}
			}
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
					fmt.Fprintf(&all, "%s %q focused %v live %q\n", s.role, s.name, s.focused, s.live)
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

// tabTo presses Tab until the focus is there, with Shift where it lies before.
func (c *chrome) tabTo(role, words string, held ...chromedp.Modifier) {
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
		c.press("\t", held...)
	}
	c.t.Fatalf("Tab does not lead to %s %q; it passed\n%s", role, words, strings.Join(passed, "\n"))
}

// hears waits for words in a region whose changes are read out.
func (c *chrome) hears(words string) {
	c.t.Helper()
	re := regexp.MustCompile(words)
	c.wait("“"+words+"” to be read out", func(s spot) bool {
		return s.role == "StaticText" && s.live != "" && s.live != "off" && re.MatchString(s.name)
	})
}

// press presses keys one after the other, as a keyboard does: a key that is taken
// writes nothing.
func (c *chrome) press(keys string, held ...chromedp.Modifier) {
	c.t.Helper()
	c.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		for _, r := range keys {
			all := kb.Encode(r)
			down, up := all[0], all[len(all)-1]
			if len(all) == 3 {
				down.Text, down.UnmodifiedText = all[1].Text, all[1].UnmodifiedText
			}
			chromedp.KeyModifiers(held...)(down)
			chromedp.KeyModifiers(held...)(up)
			if down.Modifiers&^int64(chromedp.ModifierShift) != 0 {
				down.Text, down.UnmodifiedText = "", ""
			}
			for _, k := range []*input.DispatchKeyEventParams{down, up} {
				if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, *k); err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

const escape = "\u001b"

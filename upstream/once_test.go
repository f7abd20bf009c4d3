package upstream

import (
	"context"
	"strings"
	"testing"
)

// TestSendIsExactlyOnce spoils a send at every boundary, at the oldest version,
// the canonical one and the newest.
func TestSendIsExactlyOnce(t *testing.T) {
	cases := map[string]func(g *rig, c *conn, r request0){
		"all well":               func(g *rig, c *conn, r request0) { g.serve(c, r) },
		"cut before it is taken": func(_ *rig, c *conn, _ request0) { c.drop() },
		"cut after it is taken, before the push": func(g *rig, c *conn, r request0) {
			g.do(func(w *world) { w.say(w.chats["A"], me0, r.get("event.text"), r.get("event.custom_id")) })
			c.drop()
		},
		"cut after the push, before the answer": func(g *rig, c *conn, r request0) {
			g.do(func(w *world) {
				_, p := w.say(w.chats["A"], me0, r.get("event.text"), r.get("event.custom_id"))
				g.push("incoming_event", p)
			})
			c.drop()
		},
		"cut after the answer, before the push": func(g *rig, c *conn, r request0) {
			g.do(func(w *world) {
				w.say(w.chats["A"], me0, r.get("event.text"), r.get("event.custom_id"))
				c.reply(r, w.sent(w.chats["A"]))
			})
			c.drop()
		},
		"answer before the push": func(g *rig, c *conn, r request0) {
			g.do(func(w *world) {
				_, p := w.say(w.chats["A"], me0, r.get("event.text"), r.get("event.custom_id"))
				c.reply(r, w.sent(w.chats["A"]))
				g.push("incoming_event", p)
			})
		},
		"everything twice": func(g *rig, c *conn, r request0) {
			g.do(func(w *world) {
				_, p := w.say(w.chats["A"], me0, r.get("event.text"), r.get("event.custom_id"))
				for range 2 {
					g.push("incoming_event", p)
					c.reply(r, w.sent(w.chats["A"]))
				}
			})
		},
		"the server does not know": func(g *rig, c *conn, r request0) { c.fail(r, "request_timeout") },
		"the server has a fault after taking it": func(g *rig, c *conn, r request0) {
			g.do(func(w *world) { w.say(w.chats["A"], me0, r.get("event.text"), r.get("event.custom_id")) })
			c.fail(r, "internal")
		},
		"taken, and its thread ended before the lookup": func(g *rig, c *conn, r request0) {
			g.do(func(w *world) {
				a := w.chats["A"]
				w.say(a, me0, r.get("event.text"), r.get("event.custom_id"))
				a.old = append(a.old, wthread{a.thread, a.created, a.events})
				a.thread, a.created, a.events = "A-2", w.tick(), nil
			})
			c.drop()
		},
	}
	for name, spoil := range cases {
		for _, v := range []tongue{30, 36, 37} {
			t.Run(v.String()+" "+name, func(t *testing.T) { sendOnce(t, v, spoil, strings.Contains(name, "thread ended")) })
		}
	}
}

// sendOnce sends a message whose first way over the line is spoilt. moved: its
// thread is not the newest any more then.
func sendOnce(t *testing.T, v tongue, spoil func(*rig, *conn, request0), moved bool) {
	t.Parallel()
	g := newRig(t, newServerAt(t, v), func(o *Options) { o.Version = v.String() })
	s := withA(t, g)
	first := true
	g.hook("send_event", func(c *conn, r request0) {
		if first {
			first = false
			spoil(g, c, r)
		} else {
			g.serve(c, r)
		}
	})
	res, err := s.Do(context.Background(), msg("m1"))
	if err != nil || res.ChatID != "A" {
		t.Fatalf("%+v, %v", res, err)
	}
	if moved {
		g.sink.until(t, "resolved", func() bool { return g.box.len() == 0 })
		if n := g.accepted("m1"); n != 1 {
			t.Errorf("accepted %d times", n)
		}
		return
	}
	g.settled(t, s, "m1")
	// The form is posted again: nothing more happens.
	if res, err := s.Do(context.Background(), msg("m1")); err != nil || res.ChatID != "A" || res.EventID == "" {
		t.Errorf("posted again: %+v, %v", res, err)
	}
	if n := g.accepted("m1"); n != 1 {
		t.Errorf("accepted %d times", n)
	}
}

package upstream

import (
	"context"
	"testing"

	"agentdesk/desk"
)

// since is what is said from a version on.
type since map[tongue]string

func (s since) at(v tongue) (said string) {
	for ; v >= 30; v-- {
		if said, ok := s[v]; ok {
			return said
		}
	}
	return ""
}

// atEach runs a test against a scripted server of each version.
func atEach(t *testing.T, f func(t *testing.T, v tongue, g *rig)) {
	for _, v := range tongues {
		t.Run(v.String(), func(t *testing.T) {
			t.Parallel()
			f(t, v, newRig(t, newServerAt(t, v), func(o *Options) { o.Version, o.OrganizationID = v.String(), "org-1" }))
		})
	}
}

// withA is a rig with one chat that this agent serves, signed in.
func withA(t *testing.T, g *rig) *Session {
	g.do(func(w *world) { w.say(w.open("A", me0), "cust-A", "hello", "") })
	return g.signIn(t)
}

// sayIn adds an event and pushes it.
func (g *rig) sayIn(chat, author, text string) {
	g.do(func(w *world) {
		_, p := w.say(w.chats[chat], author, text, "")
		g.push("incoming_event", p)
	})
}

// pushOf pushes what a version says of something that happened.
func (g *rig) pushOf(f func(v tongue, w *world) pushed) {
	g.do(func(w *world) {
		p := f(g.v, w)
		g.push(p.action, p.payload)
	})
}

// sections are the chats of each list by id.
func sections(t *testing.T, s *Session) map[desk.List][]string {
	in, err := s.Inbox(context.Background(), desk.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[desk.List][]string{}
	for _, sec := range in.Sections {
		for _, r := range sec.Rows {
			out[sec.List] = append(out[sec.List], r.ChatID)
		}
	}
	return out
}

func TestSignInAtEachVersion(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		g.do(func(w *world) {
			w.page = 2
			w.say(w.open("A", me0), "cust-A", "hello", "")
			w.say(w.open("B", "ben@example.com"), "cust-B", "hi Ben", "")
			w.open("Q")
			for _, id := range []string{"X", "Y", "Z"} {
				w.say(w.open(id, "ben@example.com"), "cust-"+id, "bye", "")
				w.chats[id].active = false
			}
			w.open("MINE", me0).active = false
		})
		s := g.signIn(t)
		got := sections(t, s)
		for list, want := range map[desk.List]string{desk.Waiting: "Q", desk.Mine: "A", desk.Others: "B", desk.Recent: "MINE"} {
			if len(got[list]) != 1 || got[list][0] != want {
				t.Errorf("%s holds %v, want %s", list, got[list], want)
			}
		}
		in, _ := s.Inbox(context.Background(), desk.Filter{})
		if ben := in.Agents[1]; (ben.Status == desk.Accepting) != (v < 33) { // 3.3 and later list it, and he is not listed
			t.Errorf("Ben is %+v", ben)
		}
		me := s.Me()
		if me.Name != "Anna" || me.Status != desk.Accepting || me.License != "1" || (me.Organization == "org") != (v >= 34) {
			t.Errorf("me is %+v", me)
		}
		if me.Can.SearchTags != (v >= 31) || me.Can.JoinUnseen != (v >= 34) || me.Can.Summarise != (v >= 36) {
			t.Errorf("it can %+v", me.Can)
		}
		c, err := s.Chat(context.Background(), "A", "", 0)
		if err != nil || len(c.Chat.Thread.Events) != 1 || c.Chat.Thread.Events[0].Text != "hello" || !c.Chat.Thread.Active {
			t.Fatalf("chat A is %+v, %v", c, err)
		}
		p := c.Row.Customer.Customer
		if p.Visit.City != "Wroclaw" || len(p.Fields) != 2 || p.Fields[0] != (desk.Field{Name: "order", Value: "17"}) || p.Visits != 3 {
			t.Errorf("the customer is %+v", p)
		}
		if c.Chat.Properties["routing"]["continuous"] != "false" || len(c.Chat.Groups) != 1 {
			t.Errorf("properties %v, groups %v", c.Chat.Properties, c.Chat.Groups)
		}
		if b, err := s.Chat(context.Background(), "B", "", 0); err != nil || b.Chat.LastEvent.Text != "hi Ben" {
			t.Errorf("chat B is %+v, %v", b.Chat, err)
		}
		if _, err := s.Chat(context.Background(), "nowhere", "", 0); codeOf(err) != desk.NotFound {
			t.Errorf("a chat that is not there gives %v", err)
		}
	})
}

// TestLoginAtEachVersion looks at what is said when a connection is opened, and
// opened again by an agent who is away.
func TestLoginAtEachVersion(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		s := withA(t, g)
		if _, err := s.Do(context.Background(), desk.SetAway{Away: true}); err != nil {
			t.Fatal(err)
		}
		g.cut()
		g.sink.until(t, "a second login", func() bool { return g.count("login") == 2 && g.sink.last().State == desk.Online })
		away := ""
		if v >= 32 {
			away = `,"away":true`
		}
		level := since{30: "", 33: `,"customer_monitoring_level":"online"`, 34: `,"customer_monitoring_level":"highest_available"`, 36: ""}.at(v) // later one asks who is on the site
		if got := g.lastOf("login"); !sameJSON(got, `{"token":"Bearer `+token0+`","reconnect":true`+away+`,"application":{"name":"agentdesk"}`+level+`}`) {
			t.Errorf("the login was %s", got)
		}
		times := 1
		if v < 32 {
			times = 2 // login could not say so
		}
		g.sink.until(t, "away", func() bool { return g.count("set_away_status") == times })
		g.server.mu.Lock()
		defer g.server.mu.Unlock()
		if want := v.old(32, "", "organization_id=org-1"); g.query != want {
			t.Errorf("the socket was opened with %q", g.query)
		}
	})
}

func TestPushesAtEachVersion(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		s := withA(t, g)
		view := func() desk.ChatView {
			c, err := s.Chat(context.Background(), "A", "", 0)
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		wait := func(what string, ok func(desk.ChatView) bool) {
			t.Helper()
			g.sink.until(t, what, func() bool { return ok(view()) })
		}
		g.sayIn("A", "cust-A", "are you there?")
		wait("the message", func(c desk.ChatView) bool {
			return c.Row.Unread == 2 && c.Chat.Thread.Events[1].Text == "are you there?"
		})
		g.pushOf(func(v tongue, w *world) pushed { return v.typingPush(w.chats["A"], "cust-A") })
		wait("typing", func(c desk.ChatView) bool { return len(c.Typing) == 1 })
		g.pushOf(func(v tongue, w *world) pushed { return v.peekPush(w.chats["A"], "hel") })
		wait("a peek", func(c desk.ChatView) bool { return c.Peek == "hel" })
		g.pushOf(func(v tongue, w *world) pushed {
			c := w.chats["A"]
			e, _ := c.last()
			c.seen[me0] = e.at
			return v.seenPush(c, me0, e.at)
		})
		wait("seen", func(c desk.ChatView) bool { return c.Row.Unread == 0 })
		// What the customer has seen is told with the same care: at 3.0 in whole seconds.
		g.sayIn("A", me0, "yes, I am")
		g.pushOf(func(v tongue, w *world) pushed {
			e, _ := w.chats["A"].last()
			return v.seenPush(w.chats["A"], "cust-A", e.at)
		})
		wait("seen by the customer", func(c desk.ChatView) bool {
			list := c.Chat.Thread.Events
			return list[len(list)-1].Text == "yes, I am" && !c.SeenBy.Before(list[len(list)-1].At)
		})
		g.pushOf(func(v tongue, w *world) pushed { return v.tagPush(w.chats["A"], "vip", false) })
		wait("a tag", func(c desk.ChatView) bool { return len(c.Chat.Thread.Tags) == 1 })
		g.pushOf(func(v tongue, w *world) pushed { return v.tagPush(w.chats["A"], "vip", true) })
		wait("no tag", func(c desk.ChatView) bool { return len(c.Chat.Thread.Tags) == 0 })
		g.pushOf(func(v tongue, w *world) pushed { return v.joinedPush(w.chats["A"], "ben@example.com") })
		wait("Ben", func(c desk.ChatView) bool { return len(c.Chat.Users) == 3 })
		g.pushOf(func(v tongue, w *world) pushed { return v.leftPush(w.chats["A"], "ben@example.com") })
		wait("no Ben", func(c desk.ChatView) bool { return len(c.Chat.Users) == 2 })
		g.pushOf(func(v tongue, w *world) pushed { w.chats["A"].active = false; return v.closedPush(w.chats["A"]) })
		wait("closed", func(c desk.ChatView) bool { return c.Row.List == desk.Recent })
		g.pushOf(func(v tongue, w *world) pushed { w.reopen(w.chats["A"]); return v.openedPush(w.chats["A"]) })
		wait("open again", func(c desk.ChatView) bool { return c.Row.List == desk.Mine && len(c.Chat.Thread.Events) == 1 })
		g.pushOf(func(_ tongue, w *world) pushed { return v.statusPush("ben@example.com") })
		g.sink.until(t, "Ben's status", func() bool {
			in, err := s.Inbox(context.Background(), desk.Filter{})
			return err == nil && len(in.Agents) == 2 && in.Agents[1].Status == desk.NotAccepting
		})
	})
}

// TestCutsAtEachVersion cuts the line while pushes flow, and compares the board
// with that of a fresh login.
func TestCutsAtEachVersion(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		g.do(func(w *world) { w.page = 2 })
		g.happen(50)
		s := g.signIn(t)
		for i := range 20 {
			g.happen(5 + i%7)
			g.cut()
			if i%3 == 0 {
				g.sink.online(t)
			}
		}
		g.happen(10)
		g.mustEqualFresh(t, s)
	})
}

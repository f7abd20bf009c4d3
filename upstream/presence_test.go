package upstream

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"agentdesk/desk"
)

var (
	annaThere = desk.Me{ID: "anna", Name: "Anna", Organization: "org-1"}
	evaThere  = desk.Me{ID: "eva", Name: "Eva", Organization: "org-1"}
	strange   = desk.Me{ID: "eva", Name: "Another Eva", Organization: "org-2"}
)

func TestColleaguesSeeWhoLooks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var told [][]string
		p := newPresence(func(team string, chats []string) {
			mu.Lock()
			defer mu.Unlock()
			told = append(told, append([]string{team}, chats...))
		})
		defer p.close()
		names := func(want ...string) {
			t.Helper()
			if got := p.names(annaThere, "A"); !slices.Equal(got, want) {
				t.Errorf("anna sees %q, want %q", got, want)
			}
		}
		p.look(annaThere, "A")
		p.look(strange, "A") // the same chat id, in another organization
		names()
		p.look(evaThere, "A")
		p.look(evaThere, "B")
		names("Eva")
		time.Sleep(tellWait)
		synctest.Wait()
		if len(told) != 2 || !slices.ContainsFunc(told, func(l []string) bool { return slices.Equal(l, []string{"org-1", "A", "B"}) }) {
			t.Errorf("told %q", told)
		}
		time.Sleep(lookFor - time.Second)
		p.look(evaThere, "A") // renewed: nobody is told
		time.Sleep(2 * time.Second)
		synctest.Wait()
		names("Eva")
		time.Sleep(lookFor)
		synctest.Wait()
		names()
		p.look(evaThere, "A")
		p.leave(evaThere, "A")
		p.leave(evaThere, "A")
		names()
	})
}

func TestLooksReachTheBoard(t *testing.T) {
	g := newRig(t, newServer(t), func(o *Options) { o.Version, o.OrganizationID = "3.6", "org-1" })
	s := withA(t, g)
	ctx := context.Background()
	row := func() desk.Row {
		v, err := s.Chat(ctx, "A", "", 1)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(v.Here, v.Row.Here) {
			t.Errorf("chat %q, row %q", v.Here, v.Row.Here)
		}
		return v.Row
	}
	if _, err := s.Do(ctx, desk.Look{ChatID: "A", On: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Do(ctx, desk.Look{ChatID: "Z", On: true}); codeOf(err) != desk.NotFound {
		t.Errorf("a chat that is not there: %v", err)
	}
	if h := row().Here; len(h) != 0 {
		t.Errorf("I see myself: %q", h)
	}
	eva := s.Me()
	eva.ID, eva.Name = "eva", "Eva"
	g.reg.presence.look(eva, "A")
	g.sink.until(t, "told", func() bool {
		g.sink.mu.Lock()
		defer g.sink.mu.Unlock()
		return slices.ContainsFunc(g.sink.changes, func(c desk.Change) bool { return c.What == desk.RegionRow|desk.RegionColleagues })
	})
	if h := row().Here; !slices.Equal(h, []string{"Eva"}) {
		t.Errorf("here is %q", h)
	}
	me := s.Me()
	if got := g.reg.presence.names(eva, "A"); !slices.Equal(got, []string{me.Name}) {
		t.Errorf("eva sees %q", got)
	}
	for i := range maxLooks {
		s.looksAt(t, g, string(rune('B'+i)))
	}
	if got := g.reg.presence.names(eva, "A"); len(got) != 0 {
		t.Errorf("with too many chats the oldest is not let go: %q", got)
	}
	g.reg.SignOut(ctx, s.ID())
	if got := g.reg.presence.names(eva, "B"); len(got) != 0 {
		t.Errorf("after the sign-out eva sees %q", got)
	}
}

// looksAt opens a chat of the scripted server and looks at it.
func (s *Session) looksAt(t *testing.T, g *rig, id string) {
	t.Helper()
	g.do(func(w *world) { w.say(w.open(id, me0), "cust-"+id, "hello", "") })
	if _, err := s.Chat(context.Background(), id, "", 1); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Do(context.Background(), desk.Look{ChatID: id, On: true}); err != nil {
		t.Fatal(err)
	}
}

package demo

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// Every sleep here is virtual: it passes inside a testing/synctest bubble and
// takes no time.

// helper answers every customer as a hurried agent would.
type helper struct {
	e    *engine.Engine
	ear  *ear
	by   engine.Actor
	said map[string]int
}

func (h *helper) run(ctx context.Context, t *testing.T) {
	for {
		select {
		case <-ctx.Done():
			return
		case p := <-h.ear.heard:
			if p.action != protocol.PushIncomingEvent && p.action != protocol.PushIncomingChat {
				continue
			}
			chat := decode[protocol.IncomingEvent](p).ChatID
			if p.action == protocol.PushIncomingChat {
				chat = decode[protocol.IncomingChat](p).Chat.ID
			}
			if ev := decode[protocol.IncomingEvent](p).Event; ev.AuthorID != "" && strings.Contains(ev.AuthorID, "@") {
				continue // an agent's
			}
			lines := []string{"Hello, Anna here.", "Could you tell me the order number?", "Could you send me a photo?", "I have sent a new one today.", "Is there anything else?"}
			n := h.said[chat]
			h.said[chat]++
			if n >= len(lines) {
				continue
			}
			if !sleep(ctx, 4*time.Second) {
				return
			}
			_, err := h.e.SendEvent(ctx, h.by, protocol.SendEventRequest{ChatID: chat, Event: protocol.Event{Type: protocol.EventMessage, Text: lines[n]}})
			if err != nil && ctx.Err() == nil {
				if pe, ok := err.(*protocol.Error); !ok || pe.Type != protocol.ErrChatInactive && pe.Type != protocol.ErrAuthorization {
					t.Error(err)
				}
			}
		}
	}
}

func TestSimulation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEngine(t, nil)
		if err := SeedAccounts(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		s, err := NewSimulation(e, Options{Seed: 3, Every: 15 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		s.photos = 24
		ctx, cancel := context.WithCancel(t.Context())
		var work sync.WaitGroup
		work.Go(func() { s.Run(ctx) })
		work.Go(func() { e.Run(ctx) })
		owner := engine.Actor{Kind: protocol.UserAgent, ID: olivia, Scopes: engine.NewScopes(engine.RoleScopes("owner"))}
		chats := func(active bool) []protocol.ChatSummary {
			page, err := e.ListChats(t.Context(), owner, protocol.ListChatsRequest{Limit: 100, Filters: &protocol.ChatFilters{Active: &active}})
			if err != nil {
				t.Fatal(err)
			}
			return page.ChatsSummary
		}

		// Nobody is signed in: chats wait, and the colleague has his own.
		time.Sleep(25 * time.Second) // virtual
		waiting, bens := 0, 0
		for _, c := range chats(true) {
			if c.LastThread.Queue != nil {
				waiting++
			}
			for _, u := range c.Users {
				if u.ID == ben && u.Present {
					bens++
				}
			}
		}
		if waiting < 2 || bens < 1 {
			t.Errorf("after 25 s: %d waiting, %d with ben", waiting, bens)
		}

		cred, err := e.Authenticate(t.Context(), "Bearer dal:demo-anna")
		if err != nil {
			t.Fatal(err)
		}
		h := &helper{e: e, ear: newEar(), by: cred.Actor(), said: map[string]int{}}
		session, err := e.LoginAgent(t.Context(), cred, protocol.LoginRequest{}, h.ear, func(protocol.LoginResponse) {})
		if err != nil {
			t.Fatal(err)
		}
		work.Go(func() { h.run(ctx, t) })
		most := 0
		for range 60 {
			time.Sleep(10 * time.Second) // virtual
			most = max(most, len(chats(true)))
		}
		if most > MaxGuests {
			t.Errorf("%d chats at once", most)
		}
		closed := chats(false)
		rated, files, answers := 0, 0, 0
		for _, c := range closed {
			if c.LastThread.Properties["rating"] != nil {
				rated++
			}
			if c.LastEventPerType["file"].Event != nil {
				files++
			}
			full, err := e.GetChat(t.Context(), owner, protocol.GetChatRequest{ChatID: c.ID})
			if err != nil {
				t.Fatal(err)
			}
			for _, ev := range full.Thread.Events {
				if ev.Type == protocol.EventMessage && !strings.Contains(ev.AuthorID, "@") {
					answers++
				}
			}
		}
		if len(closed) < 6 || rated < 2 || files < 1 || answers < 3*len(closed)/2 {
			t.Errorf("after 10 minutes: %d closed, %d rated, %d files, %d customers' messages", len(closed), rated, files, answers)
		}
		t.Logf("%d closed, %d rated, %d files, %d customers' messages, at most %d at once", len(closed), rated, files, answers, most)

		for _, c := range chats(true) {
			if u := simulated(c.Users); u != nil && len(u.SessionFields) == 0 {
				t.Errorf("the shop says nothing of %s, who is here for the %d. time", u.Name, u.Statistics.Visits)
			}
		}

		// It stops, and the next run goes on with the open chats.
		open := len(chats(true))
		e.End(session, engine.EndSignedOut)
		cancel()
		work.Wait()
		again, err := NewSimulation(e, Options{Seed: 4})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel = context.WithCancel(t.Context())
		work.Go(func() { again.Run(ctx) })
		time.Sleep(time.Second) // virtual
		again.mu.Lock()
		taken := len(again.here)
		again.mu.Unlock()
		if taken != min(open, 4) {
			t.Errorf("%d of %d open chats were taken up", taken, open)
		}
		cancel()
		work.Wait()
	})
}

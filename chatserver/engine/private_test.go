package engine

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// guard is a Sink that fails the test when it hears of a chat its agent may not
// see and could not see just before.
type guard struct {
	t     *testing.T
	agent string
	may   map[string]bool // every known chat: allowed before or after the running step
	open  bool            // chats that begin in the running step are allowed
	heard int
}

func (g *guard) Close(string) {}

func (g *guard) Deliver(p *Push, _ string) {
	var list []jsontext.Value
	if p.Payload.Kind() == '[' {
		json.Unmarshal(p.Payload, &list)
	} else {
		list = append(list, p.Payload)
	}
	for _, raw := range list {
		var f struct {
			ChatID string           `json:"chat_id"`
			Chat   protocol.Chat    `json:"chat"`
			ID     string           `json:"id"`
			Access *protocol.Access `json:"access"`
		}
		json.Unmarshal(raw, &f)
		id := f.ChatID
		if f.Chat.ID != "" {
			id = f.Chat.ID
		} else if p.Action == protocol.PushChatAccessUpdated {
			id = f.ID
		}
		if id == "" {
			continue
		}
		g.heard++
		if allowed, known := g.may[id]; !allowed && (known || !g.open) {
			g.t.Errorf("%s heard of %s: %s", g.agent, p.Action, raw)
		}
	}
}

// TestNobodyHearsOfForeignChats drives random actions over many chats and checks
// every push that every agent gets, and what each may read.
func TestNobodyHearsOfForeignChats(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { foreignChats(t, rand.New(rand.NewPCG(seed, 7))) })
	}
}

func foreignChats(t *testing.T, r *rand.Rand) {
	e := newEngine(t, Settings{ChatLimit: 3})
	agents := []string{"anna", "ben", "cleo", "sam"}
	guards := map[string]*guard{}
	var chats []string
	sees := func(agent, chat string) bool {
		c, err := e.chatNow(t.Context(), chat)
		if err != nil {
			t.Fatal(err)
		}
		return e.mayRead(agentActor(e, agent), c) == nil
	}
	for _, id := range agents {
		g := &guard{t: t, agent: id, may: map[string]bool{}}
		guards[id] = g
		if _, err := e.LoginAgent(t.Context(), Credential{Kind: protocol.UserAgent, UserID: id, Scopes: agentActor(e, id).Scopes}, protocol.LoginRequest{}, g, func(protocol.LoginResponse) {}); err != nil {
			t.Fatal(err)
		}
	}
	for range 150 {
		for _, g := range guards {
			clear(g.may)
			g.open = false
			for _, id := range chats {
				g.may[id] = sees(g.agent, id)
			}
		}
		step(t, e, r, agents, &chats, guards)
	}
	for id, g := range guards {
		if g.heard == 0 {
			t.Errorf("%s heard nothing: the test proves nothing", id)
		}
		if id == "sam" {
			continue
		}
		list, err := e.ListChats(t.Context(), agentActor(e, id), protocol.ListChatsRequest{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list.ChatsSummary {
			if !sees(id, c.ID) {
				t.Errorf("%s lists %s of groups %v", id, c.ID, c.Access.GroupIDs)
			}
		}
	}
}

// step does one random thing. Group and member changes are announced to the
// guards first.
func step(t *testing.T, e *Engine, r *rand.Rand, agents []string, chats *[]string, guards map[string]*guard) {
	allow := func(chat string, groups ...int) {
		for _, g := range guards {
			g.may[chat] = g.may[chat] || g.agent == "sam" || reaches(e.dir.Load().agents[g.agent].Groups, groups)
		}
	}
	if len(*chats) < 3 || r.IntN(8) == 0 {
		group := 1 + r.IntN(2)
		name := "V"
		c, err := e.CreateCustomer(t.Context(), "", "", CustomerChange{Name: &name})
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range guards {
			g.open = g.agent == "sam" || reaches(e.dir.Load().agents[g.agent].Groups, []int{group})
		}
		out, err := e.StartChat(t.Context(), Actor{Kind: protocol.UserCustomer, ID: c.ID}, protocol.StartChatRequest{Chat: &protocol.Chat{Access: &protocol.Access{GroupIDs: []int{group}}}})
		if err != nil {
			t.Fatal(err)
		}
		*chats = append(*chats, out.ChatID)
		return
	}
	chat := (*chats)[r.IntN(len(*chats))]
	by := agentActor(e, agents[r.IntN(len(agents))])
	// Most of these fail for want of rights, which is as it should be.
	switch r.IntN(9) {
	case 0:
		group := 1 + r.IntN(2)
		allow(chat, group)
		e.TransferChat(t.Context(), by, protocol.TransferChatRequest{ID: chat, IgnoreAgents: true, IgnorePresence: true,
			Target: &protocol.TransferTarget{Type: "group", IDs: jsontext.Value(fmt.Sprintf("[%d]", group))}})
	case 1:
		e.AddUser(t.Context(), by, protocol.ChatUserRequest{ChatID: chat, UserID: by.ID, UserType: "agent", Visibility: "agents", IgnorePresence: true})
	case 2:
		e.FollowChat(t.Context(), by, chat)
	case 3:
		e.Typing(t.Context(), by, protocol.TypingRequest{ChatID: chat, IsTyping: true})
	case 4:
		c, _ := e.chatNow(t.Context(), chat)
		e.TagThread(t.Context(), by, protocol.TagRequest{ChatID: chat, ThreadID: c.Thread.ID, Tag: "x"})
	case 5:
		c, _ := e.chatNow(t.Context(), chat)
		e.SendEvent(t.Context(), Actor{Kind: protocol.UserCustomer, ID: c.CustomerID}, protocol.SendEventRequest{ChatID: chat, Event: protocol.Event{Type: "message", Text: "x"}})
	case 6:
		e.SneakPeek(t.Context(), customerOf(e, chat), protocol.SneakPeekRequest{ChatID: chat, Text: "x"})
	case 7:
		e.SendEvent(t.Context(), by, protocol.SendEventRequest{ChatID: chat, Event: protocol.Event{Type: "message", Text: "x", Visibility: "agents"}})
	case 8:
		group, who := 1+r.IntN(2), "ben" // the others keep both groups online
		for _, id := range *chats {
			c, _ := e.chatNow(t.Context(), id)
			guards[who].may[id] = guards[who].may[id] || reaches(map[int]string{group: ""}, c.Access)
		}
		e.UpdateAgent(t.Context(), Actor{}, who, AgentChange{Groups: []GroupPriority{{group, PriorityNormal}}})
	}
}

func customerOf(e *Engine, chat string) Actor {
	e.view.RLock()
	defer e.view.RUnlock()
	c := e.live[chat]
	if c == nil {
		c = &store.Chat{}
	}
	return Actor{Kind: protocol.UserCustomer, ID: c.CustomerID}
}

package demo

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

func protocolTime(t time.Time) protocol.Time { return protocol.At(t) }

// history makes up the past. It is used once and by one goroutine.
type history struct {
	r     *rand.Rand
	now   time.Time
	langs map[string]*language
	files []attachment
	known []*guest // in order of their last conversation
	used  map[string]bool
}

// guest is somebody who has written, with all the server keeps.
type guest struct {
	person
	customer store.Customer
	chat     *store.Chat
	last     time.Time // end of the newest thread
}

// newHistory takes the moment at which the past ends, and the files that
// conversations show.
func newHistory(now time.Time, files []attachment) (*history, error) {
	langs, err := loadTalk()
	return &history{r: rand.New(rand.NewPCG(2024, 7)), now: now, langs: langs, files: files, used: map[string]bool{}}, err
}

// generate makes n conversations, oldest first.
func (h *history) generate(n, days int) ([]store.Customer, []store.Import) {
	begins := h.begins(n, days)
	threads := make([]store.Import, 0, n)
	for _, at := range begins {
		g := h.guest(at)
		threads = append(threads, h.conversation(g, at))
	}
	customers := make([]store.Customer, 0, len(h.known))
	for _, g := range h.known {
		customers = append(customers, g.customer)
	}
	return customers, threads
}

// begins chooses moments: more on weekdays and around noon, none in the last
// two hours, in order.
func (h *history) begins(n, days int) []time.Time {
	today := time.Date(h.now.Year(), h.now.Month(), h.now.Day(), 0, 0, 0, 0, h.now.Location())
	latest := h.now.Add(-2 * time.Hour)
	out := make([]time.Time, 0, n)
	for len(out) < n {
		day := today.AddDate(0, 0, -h.r.IntN(days))
		if w := day.Weekday(); (w == time.Saturday || w == time.Sunday) && h.r.IntN(5) < 3 {
			continue
		}
		hour := 13 + h.r.NormFloat64()*3.4
		at := day.Add(time.Duration(hour*3600)*time.Second + time.Duration(h.r.IntN(1e6))*time.Microsecond)
		if hour < 6 || hour > 22.5 || at.After(latest) {
			continue
		}
		out = append(out, at)
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

// guest is somebody new, or, one time in three, somebody who was there before.
func (h *history) guest(at time.Time) *guest {
	if h.r.IntN(3) == 0 && len(h.known) > 20 {
		for range 10 {
			g := pick(h.r, h.known)
			if at.Sub(g.last) > 20*time.Hour {
				return g
			}
		}
	}
	g := &guest{person: newPerson(h.r, h.langs[h.language()])}
	g.customer = g.record(h.uuid(), at.Add(-time.Duration(h.r.IntN(600))*time.Second))
	h.known = append(h.known, g)
	return g
}

// language is what the next customer speaks, English for nearly every second.
func (h *history) language() string {
	n := h.r.IntN(100)
	for _, c := range []struct {
		code  string
		below int
	}{{"en", 44}, {"de", 62}, {"pl", 76}, {"es", 86}, {"fr", 94}} {
		if n < c.below {
			return c.code
		}
	}
	return "ar"
}

// uuid and id are ids like the server's, but the same each time.
func (h *history) uuid() string {
	a, b := h.r.Uint64(), h.r.Uint64()
	return fmt.Sprintf("%08x-%04x-4%03x-%04x-%012x", a>>32, a>>16&0xffff, a&0xfff, 0x8000|b>>48&0x3fff, b&0xffffffffffff)
}

func (h *history) id() string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	for {
		b := make([]byte, 10)
		for i := range b {
			b[i] = letters[h.r.IntN(len(letters))]
		}
		if id := string(b); !h.used[id] {
			h.used[id] = true
			return id
		}
	}
}

// conversation makes one thread and moves the guest's chat on.
func (h *history) conversation(g *guest, at time.Time) store.Import {
	s := pick(h.r, g.lang.stories)
	visit := g.visit(h.r, at)
	scene := newScene(h, g, s, at)
	scene.play()
	if g.chat == nil {
		g.chat = &store.Chat{ID: h.id(), CustomerID: g.customer.ID, CreatedAt: protocol.At(at)}
	}
	t := scene.thread(h.id(), g.chat.ID)
	t.Visit = visit
	g.chat.Access, g.chat.Users = slices.Clone(t.Access), h.members(g, t)
	g.last = t.ClosedAt.Time()

	d := &g.customer.Details
	d.Visit, d.GroupIDs = visit, t.Access
	visit.EndedAt = protocol.At(g.last.Add(time.Duration(20+h.r.IntN(400)) * time.Second))
	d.Statistics.Chats, d.Statistics.Threads = 1, d.Statistics.Threads+1
	d.Statistics.Visits += 1 + h.r.IntN(3)
	d.Statistics.PageViews += len(visit.LastPages) + h.r.IntN(9)
	d.AgentLast, d.CustomerLast = t.AgentLast, t.CustomerLast
	return store.Import{Chat: g.chat, Thread: t, Events: scene.events, Words: g.customer.Name + "\n" + g.customer.Email}
}

// members are the chat's users after a thread: everybody has read everything.
func (h *history) members(g *guest, t *store.Thread) []store.Member {
	list := map[string]store.Member{}
	for _, m := range g.chat.Users {
		m.Present = false
		list[m.UserID] = m
	}
	for _, id := range t.AgentIDs {
		list[id] = store.Member{UserID: id, Type: protocol.UserAgent, Visibility: protocol.VisibilityAll, SeenUpTo: t.ClosedAt}
	}
	last := t.AgentIDs[len(t.AgentIDs)-1]
	m := list[last]
	m.Present = true
	list[last] = m
	delete(list, g.customer.ID)
	out := []store.Member{{UserID: g.customer.ID, Type: protocol.UserCustomer, Present: true, SeenUpTo: t.ClosedAt}}
	for _, id := range slices.Sorted(maps.Keys(list)) {
		out = append(out, list[id])
	}
	return out
}

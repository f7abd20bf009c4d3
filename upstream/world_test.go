package upstream

import (
	"fmt"
	"math/rand"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
)

const me0 = "anna@example.com"

// world is the truth behind the scripted server, in the words of the wire. It
// is the ledger that tests compare with.
type world struct {
	v      tongue
	rnd    *rand.Rand
	chats  map[string]*wchat
	clock  int64 // microseconds
	ids    int
	page   int            // chats per page of list_chats
	moved  func(w *world) // between two pages
	ledger map[string]int // custom id → how often accepted
	events []string       // event ids in the order they were made
}

type wchat struct {
	v          tongue
	id, thread string
	active     bool
	created    string
	agents     []string
	events     []wevent
	tags       []string
	queued     string
	seen       map[string]string
	old        []wthread
	members    []string
}

type wthread struct {
	id, created string
	events      []wevent
}

type wevent struct {
	n                            int // in the order they were made
	id, at, author, text, custom string
}

func newWorld(v tongue) *world {
	return &world{v: v, rnd: rand.New(rand.NewSource(1)), chats: map[string]*wchat{}, clock: time.Now().UnixMicro(), page: 100, ledger: map[string]int{}}
}

func (w *world) tick() string {
	w.clock += 1000
	return time.UnixMicro(w.clock).UTC().Format("2006-01-02T15:04:05.000000Z")
}

func quoted(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strconv.Quote(s)
	}
	return "[" + strings.Join(out, ",") + "]"
}

func (c *wchat) json() string { return c.v.chat(c) }

func (c *wchat) last() (wevent, bool) {
	if n := len(c.events); n > 0 {
		return c.events[n-1], true
	}
	for i := len(c.old) - 1; i >= 0; i-- {
		if n := len(c.old[i].events); n > 0 {
			return c.old[i].events[n-1], true
		}
	}
	return wevent{}, false
}

func (w *world) names() (ids []string) {
	for id := range w.chats {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}

func (w *world) login(agent string) string {
	var list []string
	for _, id := range w.names() {
		if c := w.chats[id]; c.active && slices.Contains(c.agents, agent) {
			list = append(list, w.v.summary(c))
		}
	}
	return w.v.login(agent, list)
}

// list gives pages by a cursor over ids; moved may shift things between them.
// Before 3.6 the chats that are active do not come alone, at 3.0 there is one
// page.
func (w *world) list(page string, active bool) string {
	if page != "" && w.moved != nil {
		w.moved(w)
	}
	both := active && w.v < 36
	size := w.page
	if w.v == 30 {
		size = len(w.chats) + 1
	}
	var list []string
	next := ""
	for _, id := range w.names() {
		if c := w.chats[id]; (both || c.active == active) && id > page {
			if len(list) == size {
				break
			}
			list = append(list, w.v.summary(c))
			next = id
		}
	}
	if len(list) < size {
		next = ""
	} else {
		next = fmt.Sprintf(`,"next_page_id":%q`, next)
	}
	if w.v == 30 {
		return "{" + w.v.summaries(list) + "}"
	}
	return fmt.Sprintf(`{%s,"found_chats":%d%s}`, w.v.summaries(list), len(w.chats), next)
}

func (w *world) threads(id string) string {
	c := w.chats[id]
	if c == nil {
		return `{"threads":[],"found_threads":0}`
	}
	list := []string{w.v.thread(c)}
	for i := len(c.old) - 1; i >= 0; i-- {
		list = append(list, w.v.oldThread(c, i))
	}
	return fmt.Sprintf(`{"threads":[%s],"found_threads":%d}`, strings.Join(list, ","), len(list))
}

// say adds an event and returns its id and the payload of its push.
func (w *world) say(c *wchat, author, text, custom string) (id, payload string) {
	w.ids++
	e := wevent{n: w.ids, id: fmt.Sprintf("%s_%d", c.thread, w.ids), at: w.tick(), author: author, text: text, custom: custom}
	c.events = append(c.events, e)
	if author == me0 && w.v >= 32 {
		c.seen[author] = e.at // sending marks as seen; of others the board waits for the push
	}
	w.events = append(w.events, e.id)
	if custom != "" {
		w.ledger[custom]++
	}
	return e.id, w.v.saidPush(c, e).payload
}

// open makes an active chat with agents, or a queued one without any.
func (w *world) open(id string, agents ...string) *wchat {
	c := &wchat{v: w.v, id: id, thread: id + "-1", active: true, created: w.tick(), seen: map[string]string{}, agents: agents, members: slices.Clone(agents)}
	if len(agents) == 0 && w.v >= 32 {
		c.queued = c.created
	}
	w.chats[id] = c
	return c
}

// step lets one thing happen and returns the pushes.
func (w *world) step() (out []pushed) {
	v := w.v
	ids := w.names()
	if len(ids) < 3 || len(ids) < 9 && w.rnd.Intn(20) == 0 {
		w.ids++
		c := w.open(fmt.Sprintf("C%d", w.ids), [][]string{nil, {me0}, {"ben@example.com"}}[w.rnd.Intn(3)]...)
		return []pushed{v.openedPush(c)}
	}
	c := w.chats[ids[w.rnd.Intn(len(ids))]]
	if !c.active {
		w.reopen(c)
		return []pushed{v.openedPush(c)}
	}
	switch w.rnd.Intn(12) {
	case 0:
		c.active, c.queued = false, ""
		return []pushed{v.closedPush(c)}
	case 1:
		return w.assign(c, []string{me0, "ben@example.com"}[w.rnd.Intn(2)])
	case 2:
		tag := []string{"refund", "vip"}[w.rnd.Intn(2)]
		if slices.Contains(c.tags, tag) {
			c.tags = slices.DeleteFunc(c.tags, func(t string) bool { return t == tag })
			return []pushed{v.tagPush(c, tag, true)}
		}
		if v == 30 {
			return nil // its lists do not tell of tags
		}
		c.tags = append(c.tags, tag)
		sort.Strings(c.tags)
		return []pushed{v.tagPush(c, tag, false)}
	case 3:
		e, ok := c.last()
		if !ok || !slices.Contains(c.agents, me0) || c.seen[me0] >= e.at {
			return nil
		}
		c.seen[me0] = e.at
		return []pushed{v.seenPush(c, me0, e.at)}
	}
	authors := append([]string{"cust-" + c.id, "cust-" + c.id}, c.agents...)
	_, p := w.say(c, authors[w.rnd.Intn(len(authors))], fmt.Sprint("text ", w.ids), "")
	if w.rnd.Intn(6) == 0 {
		return []pushed{{"incoming_event", p}, {"incoming_event", p}}
	}
	return []pushed{{"incoming_event", p}}
}

// reopen begins a new thread of a closed chat.
func (w *world) reopen(c *wchat) {
	w.ids++
	c.old = append(c.old, wthread{c.thread, c.created, c.events})
	c.thread, c.active, c.created = fmt.Sprintf("%s-%d", c.id, w.ids), true, w.tick()
	c.events, c.tags, c.agents, c.queued, c.members = nil, nil, []string{me0}, "", []string{me0}
	// A thread begins with what the customer says: a push of an empty one
	// would not tell what was said in the thread before.
	w.say(c, "cust-"+c.id, "it is me again", "")
}

// assign gives a chat to an agent.
func (w *world) assign(c *wchat, to string) (out []pushed) {
	for _, a := range c.agents {
		if a != to {
			out = append(out, w.v.leftPush(c, a))
		}
	}
	had := slices.Contains(c.agents, to)
	c.agents, c.queued = []string{to}, ""
	out = append(out, w.v.movedPush(c, to))
	if !had {
		if !slices.Contains(c.members, to) {
			c.members = append(c.members, to)
		}
		out = append(out, w.v.joinedPush(c, to))
	}
	return out
}

// happen lets n things happen and pushes them.
func (s *server) happen(n int) {
	for range n {
		s.mu.Lock()
		for _, p := range s.world.step() {
			s.push(p.action, p.payload)
		}
		s.mu.Unlock()
	}
}

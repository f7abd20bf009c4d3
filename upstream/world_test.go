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

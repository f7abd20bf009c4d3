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

type wevent struct{ id, at, author, text, custom string }

func newWorld() *world {
	return &world{rnd: rand.New(rand.NewSource(1)), chats: map[string]*wchat{}, clock: time.Now().UnixMicro(), page: 100, ledger: map[string]int{}}
}

func (w *world) tick() string {
	w.clock += 1000
	return time.UnixMicro(w.clock).UTC().Format("2006-01-02T15:04:05.000000Z")
}

func (e wevent) json() string {
	s := fmt.Sprintf(`{"id":%q,"type":"message","created_at":%q,"author_id":%q,"visibility":"all","text":%q`, e.id, e.at, e.author, e.text)
	if e.custom != "" {
		s += fmt.Sprintf(`,"custom_id":%q`, e.custom)
	}
	return s + "}"
}

func eventsJSON(list []wevent) string {
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = e.json()
	}
	return "[" + strings.Join(out, ",") + "]"
}

func (c *wchat) users() string {
	list := []string{fmt.Sprintf(`{"id":"cust-%s","type":"customer","name":"Customer %s","present":true,
		"events_seen_up_to":%q,"session_fields":[{"order":"17"},{"size":"M"}],
		"visit":{"ip":"10.0.0.1","geolocation":{"country":"Poland","city":"Wroclaw"},"last_pages":[{"url":"https://shop.example/","title":"Shop"}]},
		"statistics":{"chats_count":1,"threads_count":2,"visits_count":3,"page_views_count":4}}`, c.id, c.id, c.seen["cust-"+c.id])}
	for _, a := range c.agents {
		list = append(list, c.user(a))
	}
	return "[" + strings.Join(list, ",") + "]"
}

func (c *wchat) user(agent string) string {
	return fmt.Sprintf(`{"id":%q,"type":"agent","name":%q,"present":true,"visibility":"all","events_seen_up_to":%q}`, agent, agent, c.seen[agent])
}

func (c *wchat) threadJSON(events bool) string {
	s := fmt.Sprintf(`{"id":%q,"active":%t,"created_at":%q,"user_ids":%s,"access":{"group_ids":[1]},"tags":%s`,
		c.thread, c.active, c.created, quoted(c.members), quoted(c.tags))
	if c.queued != "" {
		s += fmt.Sprintf(`,"queue":{"position":1,"wait_time":30,"queued_at":%q}`, c.queued)
	}
	if events {
		s += `,"events":` + eventsJSON(c.events)
	}
	return s + "}"
}

func quoted(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strconv.Quote(s)
	}
	return "[" + strings.Join(out, ",") + "]"
}

func (c *wchat) json() string {
	return fmt.Sprintf(`{"id":%q,"users":%s,"access":{"group_ids":[1]},"properties":{"routing":{"continuous":false}},"is_followed":false,"thread":%s}`,
		c.id, c.users(), c.threadJSON(true))
}

func (c *wchat) summary() string {
	last := ""
	if e, ok := c.last(); ok {
		last = fmt.Sprintf(`,"last_event_per_type":{"message":{"thread_id":%q,"event":%s}}`, c.thread, e.json())
	}
	return fmt.Sprintf(`{"id":%q,"users":%s,"access":{"group_ids":[1]},"properties":{"routing":{"continuous":false}},"is_followed":false,"last_thread_summary":%s%s}`,
		c.id, c.users(), c.threadJSON(false), last)
}

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
			list = append(list, c.summary())
		}
	}
	return fmt.Sprintf(`{"license":{"id":"1","organization_id":"org","plan":"team"},
		"my_profile":{"id":%q,"type":"agent","name":"Anna","email":%q,"present":true,"routing_status":"accepting_chats","permission":"normal"},
		"chats_summary":[%s]}`, agent, agent, strings.Join(list, ","))
}

// list gives pages by a cursor over ids; moved may shift things between them.
func (w *world) list(page string, active bool) string {
	if page != "" && w.moved != nil {
		w.moved(w)
	}
	var list []string
	next := ""
	for _, id := range w.names() {
		if c := w.chats[id]; c.active == active && id > page {
			if len(list) == w.page {
				break
			}
			list = append(list, c.summary())
			next = id
		}
	}
	if len(list) < w.page {
		next = ""
	} else {
		next = fmt.Sprintf(`,"next_page_id":%q`, next)
	}
	return fmt.Sprintf(`{"chats_summary":[%s],"found_chats":%d%s}`, strings.Join(list, ","), len(w.chats), next)
}

func (w *world) threads(id string) string {
	c := w.chats[id]
	if c == nil {
		return `{"threads":[],"found_threads":0}`
	}
	list := []string{c.threadJSON(true)}
	for i := len(c.old) - 1; i >= 0; i-- {
		list = append(list, fmt.Sprintf(`{"id":%q,"active":false,"created_at":%q,"user_ids":[],"events":%s}`, c.old[i].id, c.old[i].created, eventsJSON(c.old[i].events)))
	}
	return fmt.Sprintf(`{"threads":[%s],"found_threads":%d}`, strings.Join(list, ","), len(list))
}

// say adds an event and returns its id and the payload of its push.
func (w *world) say(c *wchat, author, text, custom string) (id, payload string) {
	w.ids++
	e := wevent{id: fmt.Sprintf("%s_%d", c.thread, w.ids), at: w.tick(), author: author, text: text, custom: custom}
	c.events = append(c.events, e)
	if author == me0 {
		c.seen[author] = e.at // sending marks as seen (3.3+); of others the board waits for the push
	}
	w.events = append(w.events, e.id)
	if custom != "" {
		w.ledger[custom]++
	}
	return e.id, fmt.Sprintf(`{"chat_id":%q,"thread_id":%q,"event":%s}`, c.id, c.thread, e.json())
}

// open makes an active chat with agents, or a queued one without any.
func (w *world) open(id string, agents ...string) *wchat {
	c := &wchat{id: id, thread: id + "-1", active: true, created: w.tick(), seen: map[string]string{}, agents: agents, members: slices.Clone(agents)}
	if len(agents) == 0 {
		c.queued = c.created
	}
	w.chats[id] = c
	return c
}

// step lets one thing happen and returns the pushes: action, payload, …
func (w *world) step() (out []string) {
	ids := w.names()
	if len(ids) < 3 || len(ids) < 9 && w.rnd.Intn(20) == 0 {
		w.ids++
		c := w.open(fmt.Sprintf("C%d", w.ids), [][]string{nil, {me0}, {"ben@example.com"}}[w.rnd.Intn(3)]...)
		return []string{"incoming_chat", `{"chat":` + c.json() + `}`}
	}
	c := w.chats[ids[w.rnd.Intn(len(ids))]]
	if !c.active {
		w.ids++
		c.old = append(c.old, wthread{c.thread, c.created, c.events})
		c.thread, c.active, c.created = fmt.Sprintf("%s-%d", c.id, w.ids), true, w.tick()
		c.events, c.tags, c.agents, c.queued, c.members = nil, nil, []string{me0}, "", []string{me0}
		// A thread begins with what the customer says: a push of an empty one
		// would not tell what was said in the thread before.
		w.say(c, "cust-"+c.id, "it is me again", "")
		return []string{"incoming_chat", `{"chat":` + c.json() + `}`}
	}
	ref := fmt.Sprintf(`"chat_id":%q,"thread_id":%q`, c.id, c.thread)
	switch w.rnd.Intn(12) {
	case 0:
		c.active, c.queued = false, ""
		return []string{"chat_deactivated", "{" + ref + "}"}
	case 1:
		to := []string{me0, "ben@example.com"}[w.rnd.Intn(2)]
		for _, a := range c.agents {
			if a != to {
				out = append(out, "user_removed_from_chat", fmt.Sprintf(`{%s,"user_id":%q,"reason":"manual"}`, ref, a))
			}
		}
		had := slices.Contains(c.agents, to)
		c.agents, c.queued = []string{to}, ""
		out = append(out, "chat_transferred", fmt.Sprintf(`{%s,"reason":"manual","transferred_to":{"agent_ids":[%q]}}`, ref, to))
		if !had {
			if !slices.Contains(c.members, to) {
				c.members = append(c.members, to)
			}
			out = append(out, "user_added_to_chat", fmt.Sprintf(`{%s,"user":%s,"reason":"manual"}`, ref, c.user(to)))
		}
		return out
	case 2:
		tag := []string{"refund", "vip"}[w.rnd.Intn(2)]
		if slices.Contains(c.tags, tag) {
			c.tags = slices.DeleteFunc(c.tags, func(t string) bool { return t == tag })
			return []string{"thread_untagged", fmt.Sprintf(`{%s,"tag":%q}`, ref, tag)}
		}
		c.tags = append(c.tags, tag)
		sort.Strings(c.tags)
		return []string{"thread_tagged", fmt.Sprintf(`{%s,"tag":%q}`, ref, tag)}
	case 3:
		e, ok := c.last()
		if !ok || !slices.Contains(c.agents, me0) || c.seen[me0] >= e.at {
			return nil
		}
		c.seen[me0] = e.at
		return []string{"events_marked_as_seen", fmt.Sprintf(`{"user_id":%q,"chat_id":%q,"seen_up_to":%q}`, me0, c.id, e.at)}
	}
	authors := append([]string{"cust-" + c.id, "cust-" + c.id}, c.agents...)
	_, p := w.say(c, authors[w.rnd.Intn(len(authors))], fmt.Sprint("text ", w.ids), "")
	if w.rnd.Intn(6) == 0 {
		return []string{"incoming_event", p, "incoming_event", p}
	}
	return []string{"incoming_event", p}
}

// happen lets n things happen and pushes them.
func (s *server) happen(n int) {
	for range n {
		s.mu.Lock()
		list := s.world.step()
		for i := 0; i < len(list); i += 2 {
			s.push(list[i], list[i+1])
		}
		s.mu.Unlock()
	}
}

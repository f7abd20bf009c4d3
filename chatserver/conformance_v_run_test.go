package chatserver_test

import (
	"fmt"
	"os"
	"sync/atomic"
	"testing"
)

// scene is a chat of anna's that sam, who oversees everything, listens to; both
// speak version 3.v.
type scene struct {
	t              *testing.T
	s              *server
	n              *notes
	v              int
	anna, sam      *tongue
	guest          *wire
	g              guest
	chat, thread   string
	event          string // the first message of it
	old            string // the thread before
	chatID, custID string // the fields that name a chat, a customer, where they were renamed in 3.3
	seen           string // recipients or visibility
}

// TestConformanceVersions calls every method of every version over every
// transport that has it, and wants every push. What it did is written into
// docs/protocol.md with -update.
func TestConformanceVersions(t *testing.T) {
	n := newNotes(t)
	var ran atomic.Int32
	t.Run("at", func(t *testing.T) {
		for v := range 8 {
			for _, web := range []bool{false, true} {
				t.Run(fmt.Sprintf("3.%d/web=%v", v, web), func(t *testing.T) {
					t.Parallel()
					newScene(t, n, v, web).play()
					ran.Add(1)
				})
			}
		}
	})
	if t.Failed() || ran.Load() != 16 || os.Getenv("CHAT_URL") != "" {
		return // a part was run, or another server, which lets nobody delete
	}
	for _, m := range n.missing() {
		t.Error("not exercised: " + m)
	}
	checkTables(t, n)
}

func (c *scene) play() {
	c.lists()
	c.talk()
	c.files()
	c.buttons()
	c.marks()
	c.members()
	c.access()
	c.casts()
	c.customers()
	c.statuses()
	c.newest()
	c.threads()
	c.rules()
	c.configuration()
	c.deleted()
	c.ends()
}

func newScene(t *testing.T, n *notes, v int, web bool) *scene {
	t.Helper()
	s := start(t)
	c := &scene{t: t, s: s, n: n, v: v, chatID: "chat_id", custID: "customer_id", seen: "recipients"}
	more := `,"timezone":"Europe/Warsaw","reconnect":false,"application":{"name":"test","version":"1"}`
	if v >= 2 {
		more += `,"away":false`
	}
	if v >= 3 {
		more += `,"customer_monitoring_level":"online"`
		c.chatID, c.custID = "id", "id"
	}
	if v <= 4 {
		more += `,"push_notifications":{"firebase_token":"f","platform":"ios"}`
	} else {
		c.seen = "visibility"
	}
	if v == 4 {
		c.seen = "visibility"
	}
	c.sam, c.anna = s.speak(v, "sam", web, n, more), s.speak(v, "anna", web, n, more)
	c.arrive()
	return c
}

// arrive lets a customer come, look at a page and begin a chat, which anna gets.
func (c *scene) arrive() {
	c.t.Helper()
	c.g = c.s.guest()
	c.guest = c.s.dial(customerPath)
	c.guest.name = "customer"
	c.guest.ok("login", `{"token":"Bearer `+c.g.token+`","customer":{"name":"Vera","email":"vera@example.org","session_fields":[{"plan":"gold"}]},
		"customer_page":{"url":"https://shop.example/a","title":"A"}}`)
	if c.v <= 2 {
		c.sam.hears("customer_visit_started", "customer_id visit_id started_at", "id customer")
	} else {
		c.sam.hears("incoming_customer", "id name email online "+c.sam.pick(5, "last_visit", 7, "visit"), "customer")
	}
	c.guest.ok("update_customer_page", `{"url":"https://shop.example/b","title":"B"}`)
	c.sam.hears("customer_page_updated", "customer_id url title opened_at", "id")

	p := c.guest.ok("start_chat", `{"chat":{"access":{"group_ids":[1]},"properties":{"source":{"type":"shop"}},
		"thread":{"properties":{"t":{"b":1}},"events":[{"type":"message","text":"hello there"}]}}}`)
	c.chat, c.thread = p.str("chat_id"), p.str("thread_id")
	for _, k := range []*tongue{c.anna, c.sam} {
		chat := k.hears(k.pick(1, "incoming_chat_thread", 7, "incoming_chat"),
			"chat.id chat.users.0.id chat.users.1.id chat.thread.id chat.thread.events.0.id chat.thread.user_ids chat.access.group_ids", "chat.threads transferred_from")
		chat.is(c.t, "chat.id", c.chat)
		chat.is(c.t, "chat.thread.events.0.text", "hello there")
		if c.v <= 1 {
			chat.lacks(c.t, "requester_id")
		}
		c.event = chat.str("chat.thread.events.0.id")
	}
}

// of is the beginning of a payload that names the chat, the way the six methods
// do that were renamed in 3.3.
func (c *scene) of() string { return `{"` + c.chatID + `":"` + c.chat + `"` }

// in is the beginning of a payload that names the chat and its thread.
func (c *scene) in() string { return `{"chat_id":"` + c.chat + `","thread_id":"` + c.thread + `"` }

// message is a message as the version writes it.
func (c *scene) message(text, who string) string {
	return `{"type":"message","text":"` + text + `","` + c.seen + `":"` + who + `"}`
}

// say sends an event to the chat and returns the event as sam hears it.
func (c *scene) say(event string) doc {
	c.t.Helper()
	p := c.anna.do("send_event", `{"chat_id":"`+c.chat+`","event":`+event+`}`)
	id := p.str("event_id")
	if c.v == 0 {
		p.has(c.t, "thread_id", "event.id", "event.type")
		p.lacks(c.t, "event_id")
		id = p.str("event.id")
	} else {
		p.lacks(c.t, "event", "thread_id")
	}
	c.anna.own("incoming_event", "chat_id thread_id event.id event.type", "event_id")
	made := c.sam.wait("the event "+id, func(d doc) bool { return d["action"] == "incoming_event" && d.str("payload.event.id") == id })
	made.lacks(c.t, "request_id")
	return made.sub("payload.event")
}

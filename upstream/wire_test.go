package upstream

import (
	"fmt"
	"strings"
	"time"
)

// tongue is a version of the API, 30 to 37, as the scripted server speaks it. All
// it says was written by hand beside that version's documents, without the
// ladder: 3.0 as its first document has it.
type tongue int

var tongues = []tongue{30, 31, 32, 33, 34, 35, 36, 37}

func (v tongue) String() string { return fmt.Sprintf("3.%d", v-30) }

// old gives the first word before a version, the second from it on.
func (v tongue) old(until tongue, before, after string) string {
	if v < until {
		return before
	}
	return after
}

// method is what a method of 3.6 was called.
func (v tongue) method(name string) string {
	switch name {
	case "list_chats":
		if v == 30 {
			return "get_filtered_chats"
		}
		return v.old(32, "get_chats_summary", name)
	case "get_chat":
		return v.old(32, "get_chat_threads", name)
	case "list_archives":
		return v.old(32, "get_archives", name)
	case "deactivate_chat":
		return v.old(32, "close_thread", name)
	case "resume_chat":
		return v.old(33, "activate_chat", name)
	case "set_routing_status":
		return v.old(32, "update_agent", name)
	case "mark_events_as_seen":
		return v.old(31, "update_last_seen_timestamp", name)
	case "tag_thread":
		return v.old(32, "tag_chat_thread", name)
	case "untag_thread":
		return v.old(32, "untag_chat_thread", name)
	case "update_thread_properties":
		return v.old(32, "update_chat_thread_properties", name)
	}
	return name
}

func parsed(at string) time.Time {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		panic(err)
	}
	return t
}

// unix is a time as 3.0 counts it, 0 for none.
func unix(at string) int64 {
	if at == "" {
		return 0
	}
	return parsed(at).Unix()
}

func (v tongue) event(e wevent) string {
	var s strings.Builder
	fmt.Fprintf(&s, `{"id":%q,"type":"message","author_id":%q,"text":%q,%s:"all"`, e.id, e.author, e.text, v.old(34, `"recipients"`, `"visibility"`))
	if v == 30 {
		fmt.Fprintf(&s, `,"order":%d,"timestamp":%d`, e.n, unix(e.at))
	} else {
		fmt.Fprintf(&s, `,"created_at":%q`, e.at)
	}
	if e.custom != "" {
		fmt.Fprintf(&s, `,"custom_id":%q`, e.custom)
	}
	return s.String() + "}"
}

func (v tongue) events(list []wevent) string {
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = v.event(e)
	}
	return "[" + strings.Join(out, ",") + "]"
}

// seen is how far a user has seen.
func (v tongue) seen(at string) string {
	switch {
	case v == 30 && at == "":
		return ""
	case v == 30:
		return fmt.Sprintf(`,"last_seen_timestamp":%d`, unix(at))
	default:
		return fmt.Sprintf(`,"events_seen_up_to":%q`, at)
	}
}

func (v tongue) customer(c *wchat) string {
	fields := v.old(32, `"fields":{"order":"17","size":"M"}`, `"session_fields":[{"order":"17"},{"size":"M"}]`)
	return fmt.Sprintf(`{"id":"cust-%s","type":"customer","name":"Customer %s","present":true%s,%s,
		%s:{"ip":"10.0.0.1","geolocation":{"country":"Poland","city":"Wroclaw"},"last_pages":[{"url":"https://shop.example/","title":"Shop"}]},
		"statistics":{"chats_count":1,"threads_count":2,"visits_count":3,"page_views_count":4}}`,
		c.id, c.id, v.seen(c.seen["cust-"+c.id]), fields, v.old(36, `"last_visit"`, `"visit"`))
}

func (v tongue) agent(c *wchat, agent string) string {
	return fmt.Sprintf(`{"id":%q,"type":"agent","name":%q,"present":true%s%s}`, agent, agent, v.seen(c.seen[agent]),
		v.old(34, `,"routing_status":"accepting_chats"`, `,"visibility":"all"`))
}

func (v tongue) users(c *wchat) string {
	list := []string{v.customer(c)}
	for _, a := range c.agents {
		list = append(list, v.agent(c, a))
	}
	return "[" + strings.Join(list, ",") + "]"
}

// created is when a thread began. Threads keep their order until 3.1.
func (v tongue) created(at string) string {
	if v < 32 {
		return fmt.Sprintf(`"order":%d,"timestamp":%d`, parsed(at).UnixMicro(), unix(at))
	}
	return fmt.Sprintf(`"created_at":%q`, at)
}

func (v tongue) properties() string {
	return v.old(32, `"properties":{"routing":{"continuous":{"value":false}}}`, `"properties":{"routing":{"continuous":false}}`)
}

func (v tongue) thread(c *wchat) string {
	s := fmt.Sprintf(`{"id":%q,"active":%t,%s,"user_ids":%s,"access":{"group_ids":[1]},"tags":%s,"events":%s`,
		c.thread, c.active, v.created(c.created), quoted(c.members), quoted(c.tags), v.events(c.events))
	return s + v.queue(c) + v.previous(c, len(c.old)) + "}"
}

// previous names the thread before the n-th, which no thread does until 3.1.
func (v tongue) previous(c *wchat, n int) string {
	if v < 32 || n == 0 {
		return ""
	}
	return fmt.Sprintf(`,"previous_thread_id":%q`, c.old[n-1].id)
}

func (v tongue) oldThread(c *wchat, n int) string {
	t := c.old[n]
	return fmt.Sprintf(`{"id":%q,"active":false,%s,"user_ids":%s,"events":%s%s}`,
		t.id, v.created(t.created), quoted(c.members), v.events(t.events), v.previous(c, n))
}

func (v tongue) queue(c *wchat) string {
	if c.queued == "" || v < 32 {
		return ""
	}
	return fmt.Sprintf(`,"queue":{"position":1,"wait_time":30,"queued_at":%q}`, c.queued)
}

// head is a chat without its threads.
func (v tongue) head(c *wchat) string {
	return fmt.Sprintf(`"id":%q,"users":%s,"access":{"group_ids":[1]},%s%s`, c.id, v.users(c), v.properties(), v.old(31, "", `,"is_followed":false`))
}

// chat is a chat with its newest thread, as pushes have it.
func (v tongue) chat(c *wchat) string {
	return fmt.Sprintf(`{%s,"thread":%s}`, v.head(c), v.thread(c))
}

// gotChat is the answer to get_chat, and to get_chat_threads until 3.1. thread
// "" is the newest, until 3.1 all; false: there is no such thread.
func (v tongue) gotChat(c *wchat, thread string) (string, bool) {
	var list, order []string
	for n, t := range c.old {
		if thread == t.id || thread == "" && v < 32 {
			list = append(list, v.oldThread(c, n))
		}
		order = append(order, fmt.Sprintf(`{"thread_id":%q,"order":%d}`, t.id, parsed(t.created).UnixMicro()))
	}
	if thread == "" || thread == c.thread {
		list = append(list, v.thread(c))
	}
	order = append(order, fmt.Sprintf(`{"thread_id":%q,"order":%d}`, c.thread, parsed(c.created).UnixMicro()))
	switch {
	case len(list) == 0:
		return "", false
	case v < 32:
		return fmt.Sprintf(`{"chat":{%s,"threads":[%s],"threads_summary":[%s]}}`, v.head(c), strings.Join(list, ","), strings.Join(order, ",")), true
	default:
		return fmt.Sprintf(`{%s,"thread":%s}`, v.head(c), list[0]), true
	}
}

func (v tongue) summary(c *wchat) string {
	state := ""
	if v >= 32 {
		state = fmt.Sprintf(`,"active":%t,"access":{"group_ids":[1]}`, c.active)
	}
	tags := ""
	if v >= 31 {
		tags = `,"tags":` + quoted(c.tags)
	}
	last := ""
	if e, ok := c.last(); ok {
		switch {
		case v >= 37:
			last = fmt.Sprintf(`"last_event_per_type":{"message":{"event":%s}}`, v.event(e))
		case v >= 32:
			last = fmt.Sprintf(`"last_event_per_type":{"message":{"thread_id":%q,"thread_created_at":%q,"event":%s}}`, c.thread, c.created, v.event(e))
		default:
			last = fmt.Sprintf(`"last_event_per_type":{"message":{"thread_id":%q,"thread_order":%d,"event":%s}}`, c.thread, parsed(c.created).UnixMicro(), v.event(e))
		}
		last = "," + last
	}
	thread := fmt.Sprintf(`"id":%q,%s,"user_ids":%s%s%s%s`, c.thread, v.created(c.created), quoted(c.members), tags, state, v.queue(c))
	if v >= 37 {
		return fmt.Sprintf(`{%s,"last_thread_info":{%s%s}}`, v.head(c), thread, last)
	}
	return fmt.Sprintf(`{%s,"last_thread_summary":{%s}%s}`, v.head(c), thread, last)
}

func (v tongue) summaries(list []string) string {
	return fmt.Sprintf(`%s:[%s]`, v.old(37, `"chats_summary"`, `"chats_info"`), strings.Join(list, ","))
}

func (v tongue) login(agent string, list []string) string {
	return fmt.Sprintf(`{"license":{"id":"1"%s,"plan":"team"},
		"my_profile":{"id":%q,"type":"agent","name":"Anna","email":%q,"present":true,"routing_status":"accepting_chats","permission":"normal"},
		%s}`, v.old(34, "", `,"organization_id":"org"`), agent, agent, v.summaries(list))
}

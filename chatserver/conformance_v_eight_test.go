package chatserver_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// modern gives the pushes of the view their newest names.
var modern = map[string]string{
	"incoming_chat_thread": "incoming_chat", "thread_closed": "chat_deactivated", "chat_user_added": "user_added_to_chat",
	"chat_user_removed": "user_removed_from_chat", "chat_thread_tagged": "thread_tagged", "chat_thread_untagged": "thread_untagged",
}

// view is what a client knows of a chat, in words that are the same for every
// version.
type view struct {
	chat, thread string
	active       bool
	users        map[string]bool   // present
	events       map[string]string // by id
	tags         map[string]bool
	properties   map[string]string // of the chat
}

// of takes a chat with its thread whole.
func (w *view) of(k *tongue, chat, thread doc) {
	w.thread, w.active = thread.str("id"), thread["active"] == true
	w.users, w.events, w.tags, w.properties = map[string]bool{}, map[string]string{}, map[string]bool{}, map[string]string{}
	each(chat["users"], func(u doc) { w.seat(u.str("id"), u["present"] == true) })
	each(thread["events"], func(ev doc) { w.heard(k, ev) })
	for _, tag := range thread.list("tags") {
		w.tags[fmt.Sprint(tag)] = true
	}
	w.set(k, chat.sub("properties"))
}

func (w *view) seat(user string, present bool) {
	delete(w.users, user)
	if present {
		w.users[user] = true
	}
}

func (w *view) heard(k *tongue, ev doc) {
	who := ev.str(k.pick(3, "recipients", 7, "visibility"))
	w.events[ev.str("id")] = fmt.Sprintf("%s by %s to %s: %s%s", ev.str("type"), ev.str("author_id"), who, ev.str("text"), ev.str("system_message_type"))
}

func (w *view) set(k *tongue, properties doc) {
	for space, names := range properties {
		for name, value := range asDoc(names) {
			if k.v <= 1 {
				value = asDoc(value)["value"]
			}
			w.properties[space+"."+name] = fmt.Sprint(value)
		}
	}
}

// push takes a push about the chat.
func (w *view) push(k *tongue, d doc) {
	action, p := d.str("action"), d.sub("payload")
	if now, renamed := modern[action]; renamed {
		action = now
	}
	if action == "incoming_chat" && p.str("chat.id") == w.chat {
		w.of(k, p.sub("chat"), p.sub("chat.thread"))
	}
	if p.str("chat_id") != w.chat || w.users == nil {
		return
	}
	switch action {
	case "incoming_event":
		w.heard(k, p.sub("event"))
	case "user_added_to_chat":
		w.seat(p.str("user.id"), p.at("user.present") == true)
	case "user_removed_from_chat":
		w.seat(p.str("user_id"), false)
	case "chat_deactivated":
		w.active = false
	case "thread_tagged":
		w.tags[p.str("tag")] = true
	case "thread_untagged":
		delete(w.tags, p.str("tag"))
	case "chat_properties_updated":
		w.set(k, p.sub("properties"))
	}
}

func (w *view) String() string {
	lines := []string{fmt.Sprintf("%s active %v", w.thread, w.active)}
	lines = append(lines, slices.Sorted(maps.Keys(w.users))...)
	lines = append(lines, slices.Sorted(maps.Keys(w.tags))...)
	for _, m := range []map[string]string{w.events, w.properties} {
		for _, key := range slices.Sorted(maps.Keys(m)) {
			lines = append(lines, key+" "+m[key])
		}
	}
	return strings.Join(lines, "\n")
}

// TestEightVersionsOneChat lets clients of all versions work in one chat at the
// same time. What each has made of the pushes alone, and what each reads
// afterwards, must be the same.
func TestEightVersionsOneChat(t *testing.T) {
	s := start(t)
	n := newNotes(t)
	var all []*tongue
	for v, name := range []string{"anna", "ben", "sam", "olivia", "anna", "ben", "sam", "olivia"} {
		all = append(all, s.speak(v, name, false, n, ""))
	}
	g := s.guest()
	guest := s.customer(g)
	chat := guest.ok("start_chat", `{"chat":{"access":{"group_ids":[1]},"properties":{"source":{"type":"shop"}},"thread":{"events":[{"type":"message","text":"hello all"}]}}}`).str("chat_id")
	for _, name := range []string{"anna", "ben", "sam", "olivia"} {
		all[7].ask("add_user_to_chat", `{"chat_id":"`+chat+`","user_id":"`+name+`@example.com","user_type":"agent","visibility":"all","ignore_requester_presence":true}`)
	}
	thread := guest.ok("get_chat", `{"chat_id":"`+chat+`"}`).str("thread.id")

	// Everybody at once, without waiting for answers.
	for round := range 3 {
		for _, k := range all {
			k.at(chat, thread, round)
		}
		guest.ok("send_event", fmt.Sprintf(`{"chat_id":"%s","event":{"type":"message","text":"customer %d"}}`, chat, round))
		for _, k := range all {
			for _, what := range []string{"all", "agents", "set", "tag"} {
				id := fmt.Sprintf("%s%d", what, round)
				d := k.wait(id, func(d doc) bool { return d["type"] == "response" && d["request_id"] == id })
				d.is(t, "success", true)
			}
		}
	}
	agree(t, all, chat)

	// The oldest closes the chat, the newest opens it again.
	all[0].rtm("close_thread", `{"chat_id":"`+chat+`"}`)
	agree(t, all, chat)
	all[7].rtm("resume_chat", `{"chat":{"id":"`+chat+`","thread":{"events":[{"type":"message","text":"once more"}]}}}`)
	for _, k := range all[:4] {
		k.rtm("send_event", `{"chat_id":"`+chat+`","event":{"type":"message","text":"from `+k.name+`","recipients":"all"}}`)
	}
	agree(t, all, chat)
}

// at sends what a client does in a round: two messages, a property and a tag.
func (k *tongue) at(chat, thread string, round int) {
	k.t.Helper()
	seen := k.pick(3, "recipients", 7, "visibility")
	for _, who := range []string{"all", "agents"} {
		k.raw(fmt.Sprintf(`{"request_id":"%s%d","action":"send_event","payload":{"chat_id":%q,"event":{"type":"message","text":"%s %s %d",%q:%q}}}`,
			who, round, chat, k.name, who, round, seen, who))
	}
	k.raw(fmt.Sprintf(`{"request_id":"set%d","action":"update_chat_properties","payload":{%q:%q,"properties":{"eight":{"v%d":%d}}}}`,
		round, k.pick(2, "chat_id", 7, "id"), chat, k.v, round))
	k.raw(fmt.Sprintf(`{"request_id":"tag%d","action":%q,"payload":{"chat_id":%q,"thread_id":%q,"tag":"v%d-%d"}}`,
		round, k.pick(1, "tag_chat_thread", 7, "tag_thread"), chat, thread, k.v, round))
}

// agree compares what every client has heard and what it reads.
func agree(t *testing.T, all []*tongue, chat string) {
	t.Helper()
	for _, k := range all {
		k.rtm("ping", `{}`) // everything pushed before has come with its answer
	}
	want := ""
	for _, k := range slices.Backward(all) {
		heard, read := &view{chat: chat}, &view{chat: chat}
		for _, d := range k.came {
			heard.push(k, d)
		}
		if k.v <= 1 {
			d := k.rtm("get_chat_threads", `{"chat_id":"`+chat+`"}`).sub("chat")
			read.of(k, d, d.sub("threads.0"))
		} else {
			d := k.rtm("get_chat", `{"chat_id":"`+chat+`"}`)
			read.of(k, d, d.sub("thread"))
		}
		if want == "" {
			want = read.String()
		}
		if heard.String() != want {
			t.Errorf("%s has heard:\n%s\nbut there is:\n%s", k.name, heard, want)
		}
		if read.String() != want {
			t.Errorf("%s reads:\n%s\nbut there is:\n%s", k.name, read, want)
		}
	}
}

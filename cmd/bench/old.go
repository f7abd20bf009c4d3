package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// What the scripted server says to an agent who speaks 3.0, written by hand
// beside the first document of that version: other names, events by order and
// timestamp, recipients, the chat of get_chat_threads.

func (u *upstream) answer30(token string, q request) string {
	switch q.Action {
	case "get_filtered_chats":
		if !q.Payload.Filters.IncludeActive {
			return `{"chats_summary":[]}`
		}
		rows := make([]string, u.chats)
		for i := range rows {
			rows[i] = fmt.Sprintf(`{"id":"%s","users":%s,"last_thread_summary":{"id":"T%d","order":%d,"timestamp":1793523600,"user_ids":["%s@example.com"]},"last_event_per_type":{},"access":{"group_ids":[0]}}`,
				chatID(i), users30(token, i), i, i+1, token)
		}
		return `{"chats_summary":[` + strings.Join(rows, ",") + `]}`
	case "get_chat_threads":
		i, _ := strconv.Atoi(strings.TrimPrefix(q.Payload.ChatID, "CHAT"))
		events := make([]string, max(3, u.events))
		for e := range events {
			events[e] = fmt.Sprintf(`{"id":"T%d_%d","type":"message","text":"Line %d of the conversation","author_id":"c%d","order":%d,"timestamp":1793523600,"recipients":"all"}`, i, e+1, e, i, e+1)
		}
		return fmt.Sprintf(`{"chat":{"id":%q,"users":%s,"access":{"group_ids":[0]},"threads":[{"id":"T%d","active":true,"order":1,"timestamp":1793523600,"user_ids":["%s@example.com"],"events":[%s]}],"threads_summary":[{"thread_id":"T%d","order":1}]}}`,
			q.Payload.ChatID, users30(token, i), i, token, strings.Join(events, ","), i)
	}
	return u.answer(token, q)
}

func users30(token string, i int) string {
	return strings.ReplaceAll(users(token, i), `,"visibility":"all"`, `,"routing_status":"accepting_chats"`)
}

// pushed30 is the push of one message.
func pushed30(n int, now time.Time) string {
	return fmt.Sprintf(`{"action":"incoming_event","type":"push","payload":{"chat_id":%q,"event":{"id":"T0_p%d","type":"message","text":"sent@%d@ Hello, I have a question about my last order and its delivery.","author_id":"c0","order":%d,"timestamp":%d,"recipients":"all"}}}`,
		chatID(0), n, now.UnixNano(), 10+n, now.Unix())
}

package upstream

import (
	"context"
	"strings"
	"testing"
	"time"

	"agentdesk/desk"
)

// since says a request from a version on, as `action payload`; "" that the
// version cannot say it.
type since map[tongue]string

func (s since) at(v tongue) (said string) {
	for ; v >= 30; v-- {
		if said, ok := s[v]; ok {
			return said
		}
	}
	return ""
}

// requestCases says what each command is on the wire of each version, written
// by hand beside the documents.
var requestCases = []struct {
	command desk.Command
	want    since
}{
	{desk.ShowTyping{ChatID: "A", On: true, AgentsOnly: true}, since{
		30: `send_typing_indicator {"chat_id":"A","is_typing":true,"recipients":"agents"}`,
		34: `send_typing_indicator {"chat_id":"A","is_typing":true,"visibility":"agents"}`}},
	{desk.MarkSeen{ChatID: "A", UpTo: time.Date(2026, 11, 21, 8, 0, 0, 123456000, time.UTC)}, since{
		30: `update_last_seen_timestamp {"chat_id":"A","timestamp":1795248000}`,
		31: `mark_events_as_seen {"chat_id":"A","seen_up_to":"2026-11-21T08:00:00.123456Z"}`}},
	{desk.Deactivate{ChatID: "A", IgnorePresence: true}, since{
		30: `close_thread {"chat_id":"A"}`, 32: `deactivate_chat {"chat_id":"A"}`, 33: `deactivate_chat {"id":"A"}`,
		34: `deactivate_chat {"id":"A","ignore_requester_presence":true}`}},
	{desk.Resume{ChatID: "A"}, since{
		30: `activate_chat {"chat":{"id":"A","is_followed":false}}`, 33: `resume_chat {"chat":{"id":"A","is_followed":false}}`}},
	{desk.Transfer{ChatID: "A", GroupID: 7, Force: true}, since{
		30: `transfer_chat {"chat_id":"A","type":"group","ids":[7],"target":{"type":"group","ids":[7]},"force":true}`,
		31: `transfer_chat {"chat_id":"A","target":{"type":"group","ids":[7]},"force":true}`,
		33: `transfer_chat {"id":"A","target":{"type":"group","ids":[7]},"force":true}`,
		34: `transfer_chat {"id":"A","target":{"type":"group","ids":[7]},"ignore_agents_availability":true,"ignore_requester_presence":true}`}},
	{desk.Take{ChatID: "A"}, since{
		30: `transfer_chat {"chat_id":"A","type":"agent","ids":["anna@example.com"],"target":{"type":"agent","ids":["anna@example.com"]}}`,
		31: `transfer_chat {"chat_id":"A","target":{"type":"agent","ids":["anna@example.com"]}}`,
		33: `transfer_chat {"id":"A","target":{"type":"agent","ids":["anna@example.com"]}}`,
		34: `transfer_chat {"id":"A","target":{"type":"agent","ids":["anna@example.com"]},"ignore_requester_presence":true}`}},
	{desk.AddUser{ChatID: "A", UserID: "ben@example.com"}, since{
		30: `add_user_to_chat {"chat_id":"A","user_id":"ben@example.com","user_type":"agent"}`,
		32: `add_user_to_chat {"chat_id":"A","user_id":"ben@example.com","user_type":"agent","require_active_thread":true}`,
		34: `add_user_to_chat {"chat_id":"A","user_id":"ben@example.com","user_type":"agent","visibility":"all","ignore_requester_presence":true}`}},
	{desk.AddUser{ChatID: "A", UserID: "ben@example.com", AgentsOnly: true}, since{
		30: "", 34: `add_user_to_chat {"chat_id":"A","user_id":"ben@example.com","user_type":"agent","visibility":"agents","ignore_requester_presence":true}`}},
	{desk.RemoveUser{ChatID: "A", UserID: "ben@example.com"}, since{
		30: `remove_user_from_chat {"chat_id":"A","user_id":"ben@example.com","user_type":"agent"}`,
		34: `remove_user_from_chat {"chat_id":"A","user_id":"ben@example.com","user_type":"agent","ignore_requester_presence":true}`}},
	{desk.Follow{ChatID: "A"}, since{30: `follow_chat {"chat_id":"A"}`, 33: `follow_chat {"id":"A"}`}},
	{desk.Unfollow{ChatID: "A"}, since{30: `unfollow_chat {"chat_id":"A"}`, 33: `unfollow_chat {"id":"A"}`}},
	{desk.Tag{ChatID: "A", Tag: "vip"}, since{
		30: `tag_chat_thread {"chat_id":"A","thread_id":"A-1","tag":"vip"}`, 32: `tag_thread {"chat_id":"A","thread_id":"A-1","tag":"vip"}`}},
	{desk.Untag{ChatID: "A", Tag: "vip"}, since{
		30: `untag_chat_thread {"chat_id":"A","thread_id":"A-1","tag":"vip"}`, 32: `untag_thread {"chat_id":"A","thread_id":"A-1","tag":"vip"}`}},
	{desk.Postback{ChatID: "A", ThreadID: "A-1", EventID: "e", PostbackID: "p", Toggled: true}, since{
		30: `send_rich_message_postback {"chat_id":"A","thread_id":"A-1","event_id":"e","postback":{"id":"p","toggled":true}}`}},
	{desk.SetProperties{ChatID: "A", Properties: desk.Properties{"ns": {"n": "x"}}}, since{
		30: `update_chat_properties {"chat_id":"A","properties":{"ns":{"n":"x"}}}`, 33: `update_chat_properties {"id":"A","properties":{"ns":{"n":"x"}}}`}},
	{desk.SetProperties{ChatID: "A", ThreadID: "T", Properties: desk.Properties{"ns": {"n": "x"}}}, since{
		30: `update_chat_thread_properties {"chat_id":"A","thread_id":"T","properties":{"ns":{"n":"x"}}}`,
		32: `update_thread_properties {"chat_id":"A","thread_id":"T","properties":{"ns":{"n":"x"}}}`}},
	{desk.SetProperties{ChatID: "A", ThreadID: "T", EventID: "e", Properties: desk.Properties{"ns": {"n": "x"}}}, since{
		30: `update_event_properties {"chat_id":"A","thread_id":"T","event_id":"e","properties":{"ns":{"n":"x"}}}`}},
	{desk.DeleteProperty{ChatID: "A", ThreadID: "T", EventID: "e", Namespace: "ns", Name: "n"}, since{
		30: `delete_event_properties {"chat_id":"A","thread_id":"T","event_id":"e","properties":{"ns":["n"]}}`}},
	{desk.ShowPreview{ChatID: "A", Text: "hi"}, since{30: ""}}, // nobody has chosen it
	{desk.SetStatus{Status: desk.NotAccepting}, since{
		30: `update_agent {"routing_status":"not_accepting_chats"}`, 32: `set_routing_status {"status":"not_accepting_chats"}`}},
	{desk.SetAway{Away: true}, since{30: `set_away_status {"away":true}`}},
	{desk.UpdateCustomer{CustomerID: "c1", Email: "e@x", Fields: []desk.Field{{Name: "size", Value: "M"}}}, since{
		30: `update_customer {"customer_id":"c1","email":"e@x","fields":{"size":"M"}}`,
		32: `update_customer {"customer_id":"c1","email":"e@x","session_fields":[{"size":"M"}]}`,
		33: `update_customer {"id":"c1","email":"e@x","session_fields":[{"size":"M"}]}`}},
	{desk.BanCustomer{CustomerID: "c1", Days: 3}, since{
		30: `ban_customer {"customer_id":"c1","ban":{"days":3}}`, 33: `ban_customer {"id":"c1","ban":{"days":3}}`}},
	{desk.FollowCustomer{CustomerID: "c1"}, since{30: "", 33: `follow_customer {"id":"c1"}`}},
	{desk.UnfollowCustomer{CustomerID: "c1"}, since{30: "", 33: `unfollow_customer {"id":"c1"}`}},
	{desk.RequestSummary{ChatID: "A"}, since{30: "", 36: `request_thread_summary {"chat_id":"A","thread_id":"A-1"}`}},
	{desk.ShowThinking{ChatID: "A", Title: "T", Text: "x", AgentsOnly: true}, since{
		30: "", 36: `send_thinking_indicator {"chat_id":"A","title":"T","description":"x","visibility":"agents"}`}},
	{desk.NotifyPhone{Token: "8da", Platform: "ios", On: true}, since{
		30: `change_push_notifications {"firebase_token":"8da","platform":"ios","enabled":true}`, 35: ""}},
	{desk.Multicast{Agents: []string{"b"}, Groups: []int{1}, Content: []byte(`{"a":1}`), Type: "t"}, since{
		30: `multicast {"scopes":{"agents":{"ids":["b"],"groups":[1]}},"content":{"a":1},"type":"t"}`,
		32: `multicast {"recipients":{"agents":{"ids":["b"],"groups":[1]}},"content":{"a":1},"type":"t"}`}},
	{desk.Send{ChatID: "A", CustomID: "f1", Text: "hi", AgentsOnly: true}, since{
		30: `send_event {"chat_id":"A","event":{"type":"message","custom_id":"f1","recipients":"agents","text":"hi"},"require_active_thread":true}`,
		31: `send_event {"chat_id":"A","event":{"type":"message","custom_id":"f1","recipients":"agents","text":"hi"}}`,
		34: `send_event {"chat_id":"A","event":{"type":"message","custom_id":"f1","visibility":"agents","text":"hi"}}`}},
	{desk.Send{ChatID: "A", CustomID: "f2", FileURL: "https://cdn/x.png", FileName: "x.png"}, since{
		30: `send_event {"chat_id":"A","event":{"type":"file","custom_id":"f2","recipients":"all","url":"https://cdn/x.png"},"require_active_thread":true}`,
		31: `send_event {"chat_id":"A","event":{"type":"file","custom_id":"f2","recipients":"all","url":"https://cdn/x.png"}}`,
		34: `send_event {"chat_id":"A","event":{"type":"file","custom_id":"f2","visibility":"all","url":"https://cdn/x.png"}}`}},
}

func TestCommandsAtEachVersion(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		s := withA(t, g)
		for _, c := range requestCases {
			action, payload, _ := strings.Cut(c.want.at(v), " ")
			before := g.count(action)
			_, err := s.Do(context.Background(), c.command)
			if action == "" {
				if codeOf(err) != desk.Conflict {
					t.Errorf("%T gives %v", c.command, err)
				}
				continue
			}
			if err != nil {
				t.Errorf("%T: %v", c.command, err)
				continue
			}
			g.sink.until(t, action, func() bool { return g.count(action) == before+1 })
			if got := g.lastOf(action); !sameJSON(got, payload) {
				t.Errorf("%T sent\n%s, want\n%s", c.command, got, payload)
			}
		}
		if s.Me().Status != desk.NotAccepting {
			t.Errorf("my status is %q", s.Me().Status)
		}
	})
}

// TestOpeningAtEachVersion: until 3.1 the answer to start_chat and activate_chat
// has the chat.
func TestOpeningAtEachVersion(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		s := withA(t, g)
		answer := func(id, thread string) string {
			if v == 30 {
				return `{"chat":{"id":"` + id + `","users":[],"thread":{"id":"` + thread + `","order":1,"timestamp":1795248000,"active":true,"user_ids":[],"events":[]}}}`
			}
			return `{"chat_id":"` + id + `","thread_id":"` + thread + `"}`
		}
		g.hook("start_chat", func(c *conn, r request0) { c.reply(r, answer("N", "N-1")) })
		g.hook(v.method("resume_chat"), func(c *conn, r request0) { c.reply(r, answer("A", "A-2")) })
		if res, err := s.Do(context.Background(), desk.StartChat{CustomerID: "c1"}); err != nil || res.ChatID != "N" || res.ThreadID != "N-1" {
			t.Errorf("start: %+v, %v", res, err)
		}
		if res, err := s.Do(context.Background(), desk.Resume{ChatID: "A"}); err != nil || res.ChatID != "A" || res.ThreadID != "A-2" {
			t.Errorf("resume: %+v, %v", res, err)
		}
	})
}

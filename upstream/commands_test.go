package upstream

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// TestCommandsOnTheWire says what each command is on the wire.
func TestCommandsOnTheWire(t *testing.T) {
	at := time.Date(2026, 11, 21, 8, 0, 0, 123456000, time.UTC)
	g, s := chatA(t)
	g.hook("start_chat", func(c *conn, r request0) { c.reply(r, `{"chat_id":"N","thread_id":"N-1"}`) })
	g.hook("resume_chat", func(c *conn, r request0) { c.reply(r, `{"thread_id":"A-2"}`) })
	for _, c := range []struct {
		command desk.Command
		action  string
		payload string
		result  desk.Result
	}{
		{desk.ShowTyping{ChatID: "A", On: true, AgentsOnly: true}, "send_typing_indicator", `{"chat_id":"A","is_typing":true,"visibility":"agents"}`, desk.Result{ChatID: "A"}},
		{desk.MarkSeen{ChatID: "A", UpTo: at}, "mark_events_as_seen", `{"chat_id":"A","seen_up_to":"2026-11-21T08:00:00.123456Z"}`, desk.Result{ChatID: "A"}},
		{desk.Deactivate{ChatID: "A", IgnorePresence: true}, "deactivate_chat", `{"id":"A","ignore_requester_presence":true}`, desk.Result{ChatID: "A"}},
		{desk.Resume{ChatID: "A"}, "resume_chat", `{"chat":{"id":"A","is_followed":false}}`, desk.Result{ChatID: "A", ThreadID: "A-2"}},
		{desk.StartChat{CustomerID: "c1"}, "start_chat", `{"chat":{"users":[{"id":"c1","type":"customer","present":false}],"is_followed":false}}`, desk.Result{ChatID: "N", ThreadID: "N-1"}},
		{desk.Take{ChatID: "A"}, "transfer_chat", `{"id":"A","target":{"type":"agent","ids":["anna@example.com"]},"ignore_requester_presence":true}`, desk.Result{ChatID: "A"}},
		{desk.Transfer{ChatID: "A", AgentID: "ben@example.com"}, "transfer_chat", `{"id":"A","target":{"type":"agent","ids":["ben@example.com"]},"ignore_requester_presence":true}`, desk.Result{ChatID: "A"}},
		{desk.Transfer{ChatID: "A", GroupID: 7, Force: true}, "transfer_chat", `{"id":"A","target":{"type":"group","ids":[7]},"ignore_agents_availability":true,"ignore_requester_presence":true}`, desk.Result{ChatID: "A"}},
		{desk.AddUser{ChatID: "A", UserID: "ben@example.com", AgentsOnly: true}, "add_user_to_chat", `{"chat_id":"A","user_id":"ben@example.com","user_type":"agent","visibility":"agents","ignore_requester_presence":true}`, desk.Result{ChatID: "A"}},
		{desk.RemoveUser{ChatID: "A", UserID: "ben@example.com"}, "remove_user_from_chat", `{"chat_id":"A","user_id":"ben@example.com","user_type":"agent","ignore_requester_presence":true}`, desk.Result{ChatID: "A"}},
		{desk.Follow{ChatID: "A"}, "follow_chat", `{"id":"A"}`, desk.Result{ChatID: "A"}},
		{desk.Unfollow{ChatID: "A"}, "unfollow_chat", `{"id":"A"}`, desk.Result{ChatID: "A"}},
		{desk.Tag{ChatID: "A", Tag: " vip "}, "tag_thread", `{"chat_id":"A","thread_id":"A-1","tag":"vip"}`, desk.Result{ChatID: "A"}},
		{desk.Untag{ChatID: "A", ThreadID: "T", Tag: "vip"}, "untag_thread", `{"chat_id":"A","thread_id":"T","tag":"vip"}`, desk.Result{ChatID: "A"}},
		{desk.Postback{ChatID: "A", ThreadID: "A-1", EventID: "A-1_1", PostbackID: "p", Toggled: true}, "send_rich_message_postback", `{"chat_id":"A","thread_id":"A-1","event_id":"A-1_1","postback":{"id":"p","toggled":true}}`, desk.Result{ChatID: "A"}},
		{desk.Postback{ChatID: "A", ThreadID: "A-1", EventID: "A-1_1", PostbackID: "p"}, "send_rich_message_postback", `{"chat_id":"A","thread_id":"A-1","event_id":"A-1_1","postback":{"id":"p","toggled":false}}`, desk.Result{ChatID: "A"}},
		{desk.SetProperties{ChatID: "A", Properties: desk.Properties{"ns": {"n": "17"}}}, "update_chat_properties", `{"id":"A","properties":{"ns":{"n":"17"}}}`, desk.Result{ChatID: "A"}},
		{desk.SetProperties{ChatID: "A", ThreadID: "T", Properties: desk.Properties{"ns": {"n": "x"}}}, "update_thread_properties", `{"chat_id":"A","thread_id":"T","properties":{"ns":{"n":"x"}}}`, desk.Result{ChatID: "A"}},
		{desk.DeleteProperty{ChatID: "A", Namespace: "ns", Name: "n"}, "delete_chat_properties", `{"id":"A","properties":{"ns":["n"]}}`, desk.Result{ChatID: "A"}},
		{desk.DeleteProperty{ChatID: "A", ThreadID: "T", Namespace: "ns", Name: "n"}, "delete_thread_properties", `{"chat_id":"A","thread_id":"T","properties":{"ns":["n"]}}`, desk.Result{ChatID: "A"}},
		{desk.SetStatus{Status: desk.NotAccepting}, "set_routing_status", `{"status":"not_accepting_chats"}`, desk.Result{}},
		{desk.SetStatus{AgentID: "ben@example.com", Status: desk.Accepting}, "set_routing_status", `{"agent_id":"ben@example.com","status":"accepting_chats"}`, desk.Result{}},
		{desk.Tell{Text: "Hello <b>"}, "multicast", `{"recipients":{"agents":{"all":true}},"content":{"text":"Hello <b>"},"type":"agentdesk.notice"}`, desk.Result{}},
		{desk.Tell{Text: "Hi", Group: 3}, "multicast", `{"recipients":{"agents":{"groups":[3]}},"content":{"text":"Hi"},"type":"agentdesk.notice"}`, desk.Result{}},
		{desk.SetAway{Away: true}, "set_away_status", `{"away":true}`, desk.Result{}},
		{desk.UpdateCustomer{CustomerID: "c1", Email: "e@x"}, "update_customer", `{"id":"c1","email":"e@x"}`, desk.Result{}},
		{desk.UpdateCustomer{CustomerID: "c1", Phone: "+4912345", Fields: []desk.Field{{Name: "size", Value: "M"}, {Name: "plan"}}}, "update_customer", `{"id":"c1","phone_number":"+4912345","session_fields":[{"size":"M"},{"plan":""}]}`, desk.Result{}},
		{desk.BanCustomer{CustomerID: "c1", Days: 3}, "ban_customer", `{"id":"c1","ban":{"days":3}}`, desk.Result{}},
		{desk.Send{ChatID: "A", CustomID: "f1", FileURL: "https://cdn/x.png", FileName: "x.png", AgentsOnly: true}, "send_event", `{"chat_id":"A","event":{"type":"file","custom_id":"f1","visibility":"agents","url":"https://cdn/x.png"}}`, desk.Result{ChatID: "A"}},
		{desk.Send{ChatID: "A", CustomID: "f2", Text: "hi \u2028<b>"}, "send_event", `{"chat_id":"A","event":{"type":"message","custom_id":"f2","visibility":"all","text":"hi \u2028<b>"}}`, desk.Result{ChatID: "A"}},
	} {
		before := g.count(c.action)
		res, err := s.Do(context.Background(), c.command)
		if err != nil || res != c.result {
			t.Errorf("%T: %+v, %v", c.command, res, err)
		}
		g.sink.until(t, c.action, func() bool { return g.count(c.action) == before+1 })
		if got := g.lastOf(c.action); !sameJSON(got, c.payload) {
			t.Errorf("%T sent\n%s, want\n%s", c.command, got, c.payload)
		}
	}
	if s.Me().Status != desk.NotAccepting {
		t.Errorf("my status is %q", s.Me().Status)
	}
}

func (s *server) lastOf(action string) (payload string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.requests {
		if r.Action == action {
			payload = string(r.Payload)
		}
	}
	return payload
}

func sameJSON(a, b string) bool {
	var x, y any
	return json.Unmarshal([]byte(a), &x) == nil && json.Unmarshal([]byte(b), &y) == nil && reflect.DeepEqual(x, y)
}

func TestCommandsThatMakeNoSense(t *testing.T) {
	_, s := chatA(t)
	for _, c := range []desk.Command{desk.BanCustomer{CustomerID: "c"}, desk.UpdateCustomer{CustomerID: "c"}, desk.Tag{ChatID: "A"}, nil} {
		if _, err := s.Do(context.Background(), c); codeOf(err) != desk.Invalid {
			t.Errorf("%T gives %v", c, err)
		}
	}
	if _, err := s.Do(context.Background(), desk.Tag{ChatID: "unknown", Tag: "x"}); codeOf(err) != desk.NotFound {
		t.Errorf("got %v", err)
	}
}

func TestEveryWireErrorReachesTheAgentInWords(t *testing.T) {
	g, s := chatA(t)
	for typ, m := range meanings {
		g.hook("follow_chat", func(c *conn, r request0) { c.fail(r, typ) })
		_, err := s.Do(context.Background(), desk.Follow{ChatID: "A"})
		if codeOf(err) != m.code || desk.TextOf(err) != m.text {
			t.Errorf("%s gives %v", typ, err)
		}
	}
}

func TestTakeFallsBackToJoining(t *testing.T) {
	g, s := chatA(t)
	g.hook("transfer_chat", func(c *conn, r request0) { c.fail(r, "validation") })
	if _, err := s.Do(context.Background(), desk.Take{ChatID: "A"}); err != nil {
		t.Fatal(err)
	}
	if got := g.lastOf("add_user_to_chat"); !sameJSON(got, `{"chat_id":"A","user_id":"anna@example.com","user_type":"agent","visibility":"all","ignore_requester_presence":true}`) {
		t.Errorf("sent %s", got)
	}
	g.hook("add_user_to_chat", func(c *conn, r request0) { c.fail(r, "internal") })
	g.hook("transfer_chat", func(c *conn, r request0) { c.fail(r, "missing_access") })
	if _, err := s.Do(context.Background(), desk.Take{ChatID: "A"}); codeOf(err) != desk.NotFound {
		t.Errorf("got %v", err)
	}
}

func TestPropertiesOfAnotherType(t *testing.T) {
	g, s := chatA(t)
	g.hook("update_chat_properties", func(c *conn, r request0) {
		if bytes.Contains(r.Payload, []byte(`"17"`)) {
			c.fail(r, "validation")
			return
		}
		c.reply(r, `{}`)
	})
	_, err := s.Do(context.Background(), desk.SetProperties{ChatID: "A", Properties: desk.Properties{"ns": {"n": "17", "b": "true", "s": "x"}}})
	if got := g.lastOf("update_chat_properties"); err != nil || !sameJSON(got, `{"id":"A","properties":{"ns":{"n":17,"b":true,"s":"x"}}}`) {
		t.Errorf("sent %s, %v", got, err)
	}
}

func TestArchives(t *testing.T) {
	g, s := chatA(t)
	g.hook("list_archives", func(c *conn, r request0) {
		c.reply(r, `{"chats":[
			{"id":"X","users":[{"id":"c","type":"customer","name":"Zoe"}],"thread":{"id":"X-1","active":false,"events":[{"id":"e","type":"message","text":"a `+desk.MarkStart+`refund`+desk.MarkEnd+`"}],"previous_thread_id":"X-0"}},
			{"id":"Y","users":[],"thread":{"id":"Y-1","active":true}},{"id":"Z","users":[]}],
			"found_chats":12,"next_page_id":"n","previous_page_id":"p"}`)
	})
	from := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	page, err := s.Archives(context.Background(), desk.ArchiveQuery{
		Text: "refund", From: from, To: from.Add(time.Hour), Agents: []string{"a"}, Groups: []int{0, 1}, Tags: []string{"vip"}, Limit: 50,
	})
	if err != nil || page.Found != 12 || page.Next != "n" || page.Previous != "p" || len(page.Threads) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	th := page.Threads[0]
	if c := th.Customer(); th.ChatID != "X" || c.Name != "Zoe" || th.Thread.Previous != "X-0" || !strings.Contains(th.Thread.Events[0].Text, desk.MarkStart) {
		t.Errorf("%+v", th)
	}
	want := fmt.Sprintf(`{"filters":{"query":"refund","from":"2026-01-02T03:04:05.000000Z","to":"2026-01-02T04:04:05.000000Z","agents":{"values":["a"]},
		"group_ids":[0,1],"tags":{"values":["vip"]}},"limit":50,"highlights":{"pre_tag":%q,"post_tag":%q}}`, "\uE000", "\uE001")
	if got := g.lastOf("list_archives"); !sameJSON(got, strings.ReplaceAll(strings.ReplaceAll(want, `\ue000`, "\uE000"), `\ue001`, "\uE001")) {
		t.Errorf("sent %s", got)
	}
	_, _ = s.Archives(context.Background(), desk.ArchiveQuery{Page: "n", Agents: []string{"a"}, Limit: 50})
	if got := g.lastOf("list_archives"); !sameJSON(got, `{"page_id":"n"}`) {
		t.Errorf("a page was asked for with %s", got)
	}
}

func TestThreadAndTransferTargets(t *testing.T) {
	g, s := chatA(t)
	g.hook("get_chat", func(c *conn, r request0) {
		if r.get("thread_id") == "A-0" {
			c.reply(r, `{"id":"A","users":[],"thread":{"id":"A-0","active":false,"events":[{"id":"e2","type":"message","created_at":"2026-01-01T00:00:02Z"},{"id":"e1","type":"message","created_at":"2026-01-01T01:00:01+01:00"}]}}`)
			return
		}
		c.reply(r, `{"id":"A","users":[]}`)
	})
	th, err := s.Thread(context.Background(), "A", "A-0")
	if err != nil || len(th.Thread.Events) != 2 || th.Thread.Events[0].ID != "e1" {
		t.Errorf("%+v, %v", th, err)
	}
	if _, err := s.Thread(context.Background(), "A", "none"); codeOf(err) != desk.NotFound {
		t.Errorf("got %v", err)
	}
	g.hook("list_agents_for_transfer", func(c *conn, r request0) {
		c.reply(r, `[{"agent_id":"ben@example.com","total_active_chats":3},{"agent_id":"new@example.com","active_chats":1}]`)
	})
	list, err := s.TransferTargets(context.Background(), "A")
	if err != nil || len(list) != 2 || list[0].Active != 1 || list[0].Agent.Name != "new@example.com" || list[1].Agent.Name != "Ben" {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestUpload(t *testing.T) {
	g, s := chatA(t)
	var name, auth string
	var size int64
	g.web["upload_file"] = func(w http.ResponseWriter, r *http.Request) {
		auth = r.Header.Get("Authorization")
		part, err := r.MultipartReader()
		if err != nil {
			t.Error(err)
			return
		}
		p, err := part.NextPart()
		if err != nil {
			return
		}
		name = p.FileName()
		if size, err = io.Copy(io.Discard, p); err != nil {
			return
		}
		_, _ = io.WriteString(w, `{"url":"https://cdn/x"}`)
	}
	url, err := s.Upload(context.Background(), `C:\pics\x y.png`, bytes.NewReader(make([]byte, protocol.MaxFile)))
	if err != nil || url != "https://cdn/x" || name != "x y.png" || size != protocol.MaxFile || auth != "Bearer "+token0 {
		t.Errorf("%q, %v: %q of %d bytes", url, err, name, size)
	}
	if _, err := s.Upload(context.Background(), "big", bytes.NewReader(make([]byte, protocol.MaxFile+1))); codeOf(err) != desk.Invalid {
		t.Errorf("10 MB and a byte give %v", err)
	}
	g.web["upload_file"] = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		_, _ = io.WriteString(w, `{"error":{"type":"validation","message":"executables are refused"}}`)
	}
	if _, err := s.Upload(context.Background(), "x.exe", strings.NewReader("MZ")); codeOf(err) != desk.Invalid {
		t.Errorf("got %v", err)
	}
}

// A customer has one chat: where it is on the board no other is started.
func TestStartChatOpensTheOneThatIs(t *testing.T) {
	g, s := chatA(t)
	res, err := s.Do(context.Background(), desk.StartChat{CustomerID: "cust-A"})
	if err != nil || res.ChatID != "A" {
		t.Errorf("%+v, %v", res, err)
	}
	if n := g.count("start_chat") + g.count("resume_chat"); n != 0 {
		t.Errorf("%d requests for a chat that is active", n)
	}
}

package upstream

import (
	"context"
	"strings"
	"testing"

	"agentdesk/desk"
)

// TestSharingAtEachVersion: until 3.3 a chat is given to further groups and taken
// from them, until 3.1 also to one group alone; afterwards it is transferred.
func TestSharingAtEachVersion(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		s := withA(t, g)
		for _, c := range []struct {
			command desk.Command
			sent    since
		}{
			{desk.GiveAccess{ChatID: "A", GroupID: 2}, since{30: `grant_access {"resource":"chat","id":"A","access":{"type":"group","id":2}}`, 32: `grant_chat_access {"id":"A","access":{"type":"group","id":2}}`}},
			{desk.SetAccess{ChatID: "A", GroupID: 2}, since{30: `set_access {"resource":"chat","id":"A","access":{"type":"group","id":2}}`, 32: "set_access"}},
			{desk.TakeAccess{ChatID: "A", GroupID: 2}, since{30: `revoke_access {"resource":"chat","id":"A","access":{"type":"group","id":2}}`, 32: `revoke_chat_access {"id":"A","access":{"type":"group","id":2}}`}},
		} {
			action, payload, _ := strings.Cut(c.sent.at(v), " ")
			g.hook(action, func(c *conn, r request0) { c.reply(r, `{}`) })
			_, err := s.Do(context.Background(), c.command)
			if payload == "" || v >= 34 {
				if codeOf(err) != desk.Conflict || g.count(action) != 0 {
					t.Errorf("%T gives %v", c.command, err)
				}
				continue
			}
			if got := g.lastOf(action); err != nil || !sameJSON(got, payload) {
				t.Errorf("%T sent %s, want %s (%v)", c.command, got, payload, err)
			}
		}
		if s.Me().Can.ShareChats != (v < 34) || s.Me().Can.SetAccess != (v < 32) {
			t.Errorf("it can %+v", s.Me().Can)
		}
	})
}

// TestPropertiesAtEachVersion: setting and deleting properties of a thread have
// other names before 3.2.
func TestPropertiesAtEachVersion(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		s := withA(t, g)
		for _, c := range []struct {
			command       desk.Command
			old, now      string // action
			before, after string // properties: up to 3.2, from 3.3 on
		}{
			{desk.DeleteProperty{ChatID: "A", Namespace: "ns", Name: "n"}, "delete_chat_properties", "delete_chat_properties", `{"chat_id":"A","properties":{"ns":["n"]}}`, `{"id":"A","properties":{"ns":["n"]}}`},
			{desk.DeleteProperty{ChatID: "A", ThreadID: "T", Namespace: "ns", Name: "n"}, "delete_chat_thread_properties", "delete_thread_properties", `{"chat_id":"A","thread_id":"T","properties":{"ns":["n"]}}`, `{"chat_id":"A","thread_id":"T","properties":{"ns":["n"]}}`},
		} {
			action, payload := v.old(32, c.old, c.now), v.old(33, c.before, c.after)
			g.hook(action, func(c *conn, r request0) { c.reply(r, `{}`) })
			_, err := s.Do(context.Background(), c.command)
			if got := g.lastOf(action); err != nil || !sameJSON(got, payload) {
				t.Errorf("%T sent %s, want %s (%v)", c.command, got, payload, err)
			}
		}
		_, err := s.Do(context.Background(), desk.UpdateCustomer{CustomerID: "cust-A", Phone: "+4912345"})
		if v < 36 && codeOf(err) != desk.Conflict || v >= 36 && err != nil {
			t.Errorf("a telephone number gives %v", err)
		}
		// No push tells of it; the desk knows what it has said.
		if _, err := s.Do(context.Background(), desk.UpdateCustomer{CustomerID: "cust-A", Name: "Zoe"}); err != nil {
			t.Fatal(err)
		}
		if c, err := s.Chat(context.Background(), "A", "", 0); err != nil || c.Row.Customer.Name != "Zoe" {
			t.Errorf("the customer is %+v, %v", c.Row.Customer, err)
		}
	})
}

// TestRefusedTransfers: a group is not spoken of as if it were an agent, nor the
// other's access as one's own.
func TestRefusedTransfers(t *testing.T) {
	g, s := chatA(t)
	group, agent := desk.Transfer{ChatID: "A", GroupID: 7}, desk.Transfer{ChatID: "A", AgentID: "ben@example.com"}
	for _, c := range []struct {
		to         desk.Transfer
		with, want string
	}{
		{group, "agent_offline", "Nobody in this group can take the chat now."},
		{agent, "agent_offline", "This agent is offline and cannot take the chat."},
		{agent, "missing_access", "This agent may not see the chat."},
		{group, "missing_access", "This chat does not exist, or you may not see it."},
	} {
		g.hook("transfer_chat", func(conn *conn, r request0) { conn.fail(r, c.with) })
		if _, err := s.Do(context.Background(), c.to); desk.TextOf(err) != c.want {
			t.Errorf("%+v with %s gives %v", c.to, c.with, err)
		}
	}
}

package engine

import (
	"fmt"
	"slices"
	"testing"

	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

func TestChatAccess(t *testing.T) {
	e := newEngine(t, Settings{})
	anna, cleo := online(t, e, "anna"), online(t, e, "cleo")
	ears := map[version.Version]*ear{}
	for _, v := range version.All() {
		r := &ear{}
		if _, err := e.LoginAgentAt(t.Context(), v, Credential{Kind: protocol.UserAgent, UserID: "sam", Scopes: agentActor(e, "sam").Scopes}, protocol.LoginRequest{}, r, func(protocol.LoginResponse) {}); err != nil {
			t.Fatal(err)
		}
		ears[v] = r
	}
	g := arrive(t, e, "V").start(t, e, 1)
	for _, step := range []struct {
		do     func() error
		groups []int
		told   [3]string // up to 3.1, up to 3.3, from 3.4
	}{
		{func() error { return e.GrantAccess(t.Context(), anna.by, g.chat, 2) }, []int{1, 2}, [3]string{"access_granted", "chat_access_granted", "chat_access_updated"}},
		{func() error { return e.RevokeAccess(t.Context(), anna.by, g.chat, 1) }, []int{2}, [3]string{"access_revoked", "chat_access_revoked", "chat_access_updated"}},
		{func() error { return e.SetAccess(t.Context(), cleo.by, g.chat, 1) }, []int{1}, [3]string{"access_set", "chat_access_granted", "chat_access_updated"}},
	} {
		for _, r := range ears {
			r.forget()
		}
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		c, _ := e.chatNow(t.Context(), g.chat)
		if !slices.Equal(c.Access, step.groups) {
			t.Errorf("the chat belongs to %v, want %v", c.Access, step.groups)
		}
		for v, r := range ears {
			want := step.told[0]
			if v >= version.V34 {
				want = step.told[2]
			} else if v >= version.V32 {
				want = step.told[1]
			}
			var got []string
			for _, p := range r.pushes {
				if slices.Contains([]string{"access_granted", "access_revoked", "access_set", "chat_access_granted", "chat_access_revoked", "chat_access_updated"}, p.Action) {
					got = append(got, p.Action)
				}
			}
			if fmt.Sprint(got) != fmt.Sprint([]string{want}) {
				t.Errorf("at %s came %v, want %s", v, got, want)
			}
		}
	}
	if n := len(take[protocol.IncomingChat](t, cleo.ear, protocol.PushIncomingChat)); n != 1 {
		t.Errorf("cleo got the chat %d times, want once when her group got it", n)
	}
	wantType(t, e.RevokeAccess(t.Context(), anna.by, g.chat, 1), protocol.ErrValidation)
	wantType(t, e.GrantAccess(t.Context(), anna.by, g.chat, 9), protocol.ErrValidation)
	wantType(t, e.GrantAccess(t.Context(), cleo.by, g.chat, 2), protocol.ErrMissingAccess)
	if err := e.GrantAccess(t.Context(), anna.by, g.chat, 1); err != nil {
		t.Error("granting what is granted:", err)
	}
}

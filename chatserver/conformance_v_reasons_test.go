package chatserver_test

import (
	"fmt"
	"testing"
	"time"

	"agentdesk/chatserver/transport"
)

// TestConformanceReasonsByVersion ends connections of every version and wants the
// reason in its words.
func TestConformanceReasonsByVersion(t *testing.T) {
	s := start(t, timing(transport.Timing{LoginWithin: 2 * time.Second}))
	var strangers, in []*wire
	for v := range 8 {
		in = append(in, s.dial(fmt.Sprintf("/v3.%d/agent/rtm/ws", v)))
		in[v].ok("login", `{"token":"dal:demo-ben"}`)
		strangers = append(strangers, s.dial(fmt.Sprintf("/v3.%d/agent/rtm/ws", v)))
	}
	for v, w := range strangers {
		want := "connection_timeout"
		if v == 0 {
			want = "ping_timeout"
		}
		if r := w.closed(patience); r != want {
			t.Errorf("without a login 3.%d ended with %q, want %q", v, r, want)
		}
	}
	if err := s.srv.LogoutRemotely(t.Context(), "ben@example.com"); err != nil {
		t.Fatal(err)
	}
	for v, w := range in {
		want := "agent_logged_out_remotely"
		switch v {
		case 0:
			want = "logged_out_remotely"
		case 1:
			want = "agent_disconnected_by_server"
		}
		if r := w.closed(patience); r != want {
			t.Errorf("signed out elsewhere 3.%d ended with %q, want %q", v, r, want)
		}
	}
}

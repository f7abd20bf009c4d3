package engine

import (
	"testing"

	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

func TestSubscriptions(t *testing.T) {
	e := newEngine(t, Settings{})
	login := func(v version.Version, pushes map[string][]string) (*ear, error) {
		r := &ear{}
		cred := Credential{Kind: protocol.UserAgent, UserID: "anna", Scopes: agentActor(e, "anna").Scopes}
		_, err := e.LoginAgentAt(t.Context(), v, cred, protocol.LoginRequest{Pushes: pushes}, r, func(protocol.LoginResponse) {})
		return r, err
	}
	for _, bad := range []map[string][]string{{"3.2": {"all"}}, {"4.0": {"all"}}, {"": {"all"}}} {
		_, err := login(version.V33, bad)
		wantType(t, err, protocol.ErrValidation)
	}
	own, _ := login(version.V36, nil)
	none, _ := login(version.V36, map[string][]string{})
	part, _ := login(version.V36, map[string][]string{"3.6": {"incoming_event"}, "3.7": {"incoming_chat"}})
	twice, _ := login(version.V33, map[string][]string{"3.6": {"all"}, "3.7": {"incoming_event"}})
	g := arrive(t, e, "V").start(t, e, 1)
	say(t, e, g.by, g.chat, "hello")

	count := func(r *ear, action string, v version.Version) (n int) {
		for _, p := range r.pushes {
			if p.Action == action && p.Version == v {
				n++
			}
		}
		return n
	}
	for _, tt := range []struct {
		name   string
		ear    *ear
		action string
		v      version.Version
		want   int
	}{
		{"own", own, "incoming_chat", version.V36, 1},
		{"own", own, "incoming_event", version.V36, 1},
		{"own", own, "incoming_chat", version.V37, 0},
		{"none", none, "incoming_event", version.V36, 0},
		{"part", part, "incoming_event", version.V36, 1},
		{"part", part, "incoming_chat", version.V36, 0},
		{"part", part, "incoming_chat", version.V37, 1},
		{"part", part, "incoming_event", version.V37, 0},
		{"twice", twice, "incoming_event", version.V36, 1},
		{"twice", twice, "incoming_event", version.V37, 1},
		{"twice", twice, "incoming_event", version.V33, 0},
	} {
		if n := count(tt.ear, tt.action, tt.v); n != tt.want {
			t.Errorf("%s got %s of %s %d times, want %d", tt.name, tt.action, tt.v, n, tt.want)
		}
	}
	if len(none.pushes) != 0 {
		t.Errorf("without subscriptions %d pushes came", len(none.pushes))
	}
}

func TestPushIsConvertedOncePerVersion(t *testing.T) {
	p := &Push{Action: protocol.PushIncomingEvent, Payload: []byte(`{"chat_id":"c","thread_id":"t","event":{"type":"message","text":"x","visibility":"all"}}`), Version: version.V36}
	for _, v := range version.All() {
		one, two := p.In(v), p.In(v)
		if len(one) != 1 || len(two) != 1 || one[0] != two[0] {
			t.Fatalf("%s: %d and %d pushes, want one and the same", v, len(one), len(two))
		}
		if first, again := one[0].Frame(), one[0].Frame(); &first[0] != &again[0] {
			t.Errorf("%s: the frame was written twice", v)
		}
	}
	if p.In(version.V36)[0] != p {
		t.Error("at its own version a push was copied")
	}
}

func TestPushesOfOneVersion(t *testing.T) {
	canned := &Push{Action: "canned_response_created", Payload: []byte(`{"id":1}`), Version: home("canned_response_created")}
	granted := &Push{Action: "chat_access_granted", Payload: []byte(`{"id":"c","access":{"group_ids":[1]}}`), Version: home("chat_access_granted")}
	if canned.Version != version.V37 || granted.Version != version.V33 || home("incoming_event") != version.V36 || home("queue_position_updated") != version.V36 {
		t.Fatalf("homes are %v and %v", canned.Version, granted.Version)
	}
	for _, v := range version.All() {
		if n := len(canned.In(v)); n != map[bool]int{true: 1}[v == version.V37] {
			t.Errorf("canned_response_created at %s: %d pushes", v, n)
		}
		if n := len(granted.In(v)); n != map[bool]int{true: 1}[v <= version.V33] {
			t.Errorf("chat_access_granted at %s: %d pushes", v, n)
		}
	}
}

func TestMonitoringLevelByVersion(t *testing.T) {
	for _, tt := range []struct {
		v    version.Version
		ask  string
		want string // "": refused
	}{
		{version.V32, "", "online"}, {version.V33, "", "my"}, {version.V36, "", "my"},
		{version.V33, "online", "online"}, {version.V33, "highest_available", ""}, {version.V34, "highest_available", "highest_available"}, {version.V36, "nosy", ""},
	} {
		e := newEngine(t, Settings{})
		s, err := e.LoginAgentAt(t.Context(), tt.v, Credential{Kind: protocol.UserAgent, UserID: "anna"}, protocol.LoginRequest{MonitoringLevel: tt.ask}, &ear{}, func(protocol.LoginResponse) {})
		switch {
		case tt.want == "":
			wantType(t, err, protocol.ErrValidation)
		case err != nil:
			t.Error(err)
		case s.level != tt.want:
			t.Errorf("%s asking for %q gets %q, want %q", tt.v, tt.ask, s.level, tt.want)
		}
	}
}

// TestCanonicalPushesCostNothing holds that a session of the canonical version
// pays nothing for the others.
func TestCanonicalPushesCostNothing(t *testing.T) {
	p := &Push{Action: protocol.PushIncomingEvent, Payload: []byte(`{}`), Version: version.V36}
	s := &Session{pushes: []dialect{{version: version.V36}}, sink: mute{}}
	if n := testing.AllocsPerRun(100, func() { s.deliver(p, "") }); n != 0 || p.said != nil {
		t.Errorf("a delivery at 3.6 allocates %v times", n)
	}
}

// BenchmarkPushAt is one push to 1,000 sessions of a version: converted and
// written once, delivered to all.
func BenchmarkPushAt(b *testing.B) {
	payload := []byte(`{"chat_id":"C","thread_id":"T","event":{"id":"T_1","type":"message","text":"hello there, how are you","author_id":"a@b","created_at":"2026-01-02T03:04:05.678901Z","visibility":"all","properties":{"a":{"b":1}}}}`)
	for _, v := range []version.Version{version.V36, version.V33, version.V30} {
		b.Run(v.String(), func(b *testing.B) {
			sessions := make([]*Session, 1000)
			for i := range sessions {
				sessions[i] = &Session{pushes: []dialect{{version: v}}, sink: framed{}}
			}
			for b.Loop() {
				p := &Push{Action: protocol.PushIncomingEvent, Payload: payload, Version: version.V36}
				for _, s := range sessions {
					s.deliver(p, "")
				}
			}
		})
	}
}

// framed is a sink that writes the frame.
type framed struct{}

func (framed) Deliver(p *Push, _ string) { _ = p.Frame() }
func (framed) Close(string)              {}

package engine

import (
	"testing"
	"testing/synctest"
	"time"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// signIn logs an agent in with a token of his own at a version.
func signIn(t *testing.T, e *Engine, id string, v version.Version) (desk, store.Token, error) {
	t.Helper()
	token, k, err := e.CreateToken(t.Context(), TokenSpec{OwnerID: id})
	if err != nil {
		t.Fatal(err)
	}
	cred, err := e.Authenticate(t.Context(), "Bearer "+token)
	if err != nil {
		t.Fatal(err)
	}
	d := desk{ear: &ear{}, by: cred.Actor()}
	d.s, err = e.LoginAgentAt(t.Context(), v, cred, protocol.LoginRequest{}, d.ear, func(protocol.LoginResponse) {})
	d.by.Session = d.s
	return d, k, err
}

func mustSignIn(t *testing.T, e *Engine, id string) (desk, store.Token) {
	t.Helper()
	d, k, err := signIn(t, e, id, version.Canonical)
	if err != nil {
		t.Fatal(err)
	}
	return d, k
}

func TestEviction(t *testing.T) {
	e := newEngine(t, Settings{MaxConnections: 2})
	first, _ := mustSignIn(t, e, "anna")
	second, _ := mustSignIn(t, e, "anna")
	other, _ := mustSignIn(t, e, "ben")
	for v := version.V30; v < version.V34; v++ {
		_, _, err := signIn(t, e, "anna", v)
		if r, ok := err.(*Refusal); !ok || r.Reason != protocol.ReasonTooManyConnections {
			t.Errorf("%s: %v, want too_many_connections", v, err)
		}
	}
	if first.closed != "" {
		t.Errorf("a refused login ended another connection: %q", first.closed)
	}
	third, _ := mustSignIn(t, e, "anna")
	if first.closed != protocol.ReasonConnectionEvicted || second.closed != "" || third.closed != "" || other.closed != "" {
		t.Errorf("closed: %q %q %q %q", first.closed, second.closed, third.closed, other.closed)
	}
	e.End(first.s, EndLost) // as its connection does when it has ended
	if n := e.AgentSessions("anna"); n != 2 {
		t.Errorf("anna has %d connections", n)
	}
	if s := e.RoutingStatuses(nil)[0].Status; s != protocol.StatusAccepting {
		t.Errorf("anna is %s", s)
	}
}

func TestTokensEndTheirSessions(t *testing.T) {
	e := newEngine(t, Settings{})
	one, k := mustSignIn(t, e, "anna")
	two, _ := mustSignIn(t, e, "anna")
	if err := e.RevokeToken(t.Context(), k.Hash); err != nil {
		t.Fatal(err)
	}
	if one.closed != protocol.ReasonTokenRevoked || two.closed != "" {
		t.Errorf("revoking closed %q and %q", one.closed, two.closed)
	}
	for range tokensPerClient { // the oldest of too many is revoked
		if _, _, err := e.CreateToken(t.Context(), TokenSpec{OwnerID: "anna"}); err != nil {
			t.Fatal(err)
		}
	}
	if two.closed != protocol.ReasonTokenRevoked {
		t.Errorf("a token that made room closed its session with %q", two.closed)
	}
}

func TestLogoutRemotely(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := online(t, e, "anna")
	g := arrive(t, e, "Mia").start(t, e, 1)
	ben := online(t, e, "ben")
	if err := e.LogoutRemotely(t.Context(), "anna"); err != nil {
		t.Fatal(err)
	}
	if anna.closed != protocol.ReasonLoggedOutRemotely || ben.closed != "" {
		t.Errorf("closed %q and %q", anna.closed, ben.closed)
	}
	held(t, e, g.chat, "ben") // at once, without the grace of a lost connection
	e.End(anna.s, EndLost)
	wantType(t, e.LogoutRemotely(t.Context(), "nobody"), protocol.ErrNotFound)
	if err := e.LogoutRemotely(t.Context(), "anna"); err != nil {
		t.Errorf("an agent who is not here: %v", err)
	}
}

func TestLicenseExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEngine(t, Settings{})
		end := protocol.At(time.Now().Add(time.Hour))
		if err := e.SetLicense(t.Context(), store.License{ID: 1, OrganizationID: "org", ExpiresAt: end}); err != nil {
			t.Fatal(err)
		}
		if l := e.License(); l.ExpiresAt != end || l.Expires() != end {
			t.Errorf("license = %+v", l)
		}
		token, _, err := e.CreateToken(t.Context(), TokenSpec{OwnerID: "anna"})
		if err != nil {
			t.Fatal(err)
		}
		anna, _ := mustSignIn(t, e, "anna")
		g := arrive(t, e, "Mia")
		e.Tick(t.Context())
		if anna.closed != "" || g.closed != "" {
			t.Errorf("closed too early: %q %q", anna.closed, g.closed)
		}
		time.Sleep(time.Hour) // virtual
		e.Tick(t.Context())
		if anna.closed != protocol.ReasonLicenseExpired || g.closed != protocol.ReasonLicenseExpired {
			t.Errorf("closed with %q and %q", anna.closed, g.closed)
		}
		_, err = e.Authenticate(t.Context(), token)
		wantType(t, err, protocol.ErrLicenseExpired)
	})
}

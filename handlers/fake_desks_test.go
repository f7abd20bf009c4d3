package handlers

import (
	"context"
	"errors"
	"strings"
	"sync"

	"agentdesk/auth"
	"agentdesk/desk"
)

// fakeDesks is a chat server with one agent.
type fakeDesks struct {
	mu       sync.Mutex
	anna     *fakeDesk
	down     bool
	signOuts int
}

func (d *fakeDesks) PasswordToken(_ context.Context, email, password string) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.down:
		return "", desk.Wrap(desk.Unavailable, "The chat server cannot be reached right now. Try again in a moment.", errors.New("dial"))
	case !strings.EqualFold(email, agentAnna) || password != "demo":
		return "", desk.Fail(desk.Unauthorized, "The e-mail address or the password is wrong.")
	}
	return tokenAnna, nil
}

func (d *fakeDesks) SignIn(_ context.Context, token auth.Secret) (Desk, error) {
	if token.Reveal() != tokenAnna {
		return nil, desk.Fail(desk.Unauthorized, "The chat server does not accept this access token. It may have expired.")
	}
	return d.anna, nil
}

func (d *fakeDesks) Open(context.Context, string, auth.Secret) (Desk, error) { return d.anna, nil }

func (d *fakeDesks) SignOut(context.Context, string) { d.mu.Lock(); d.signOuts++; d.mu.Unlock() }

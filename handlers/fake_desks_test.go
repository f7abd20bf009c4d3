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

// Frames are one request and its answer.
func (d *fakeDesk) Frames(after int64) ([]desk.Frame, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fail != nil {
		return nil, d.fail
	}
	all := []desk.Frame{
		{Seq: 1, At: moment, Kind: desk.FrameRequest, Action: "send_event", RequestID: "r1", Size: 70, Body: []byte(`{"request_id":"r1","action":"send_event","payload":{"chat_id":"C"}}`)},
		{Seq: 2, At: moment, Kind: desk.FrameResponse, Action: "send_event", RequestID: "r1", Size: 60, Body: []byte(`{"request_id":"r1","action":"send_event","type":"response","payload":{}}`)},
	}
	return all[min(max(after, 0), 2):], nil
}

func (d *fakeDesk) Resend(_ context.Context, action string, payload []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.down:
		return errDown
	case string(payload) == "" || payload[0] != '{':
		return &desk.Error{Code: desk.Invalid, Text: "The payload has to be one JSON object.", Field: "payload"}
	}
	d.resent = append(d.resent, action+" "+string(payload))
	return nil
}

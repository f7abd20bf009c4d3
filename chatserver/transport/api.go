package transport

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
	"agentdesk/protocol/version"

	"github.com/go-json-experiment/json/jsontext"
)

// Request is one call of an action.
type Request struct {
	Actor   engine.Actor
	Cred    engine.Credential // web: the token the request came with
	Action  string            // as it is called in the action's version
	Payload jsontext.Value    // never empty; "{}" where the client sent none
	Remote  string            // the client's address
	Version version.Version   // of the client's request
	Asked   jsontext.Value    // the payload of a login as the client sent it
	Upload  string            // web: the address of the file that came along

	UserAgent string // what the client calls itself
}

// Decode reads the payload into v. A wrong type is a validation error that names
// the field.
func (r *Request) Decode(v any) error {
	err := protocol.Decode(r.Payload, v)
	var field *protocol.FieldError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &field):
		name := field.Pointer
		if len(name) > 1 {
			name = name[1:]
		}
		return protocol.Fail(protocol.ErrValidation, "`"+name+"` has the wrong type.")
	}
	return protocol.Fail(protocol.ErrValidation, "Wrong format of request: "+err.Error())
}

// Handler performs an action. A nil result is answered as an empty object.
type Handler func(ctx context.Context, r *Request) (any, error)

// Action is one entry of an API's table. Where the API has Dialects, the ladder
// tells which versions have the action, on which transports, for which scopes.
type Action struct {
	Do     Handler
	Home   version.Version // whose words Do reads and answers in; zero: canonical
	Scopes []string        // any of them is needed; none: every signed-in user may
	RTM    bool
	Web    bool
	Open   bool   // Web: needs no token
	Reads  bool   // changes nothing: RTM requests of this action may overtake others
	File   string // Web: the request is a form, with a file in the part of this name
}

// Login opens the session of a websocket. It calls greet with the response
// before any push can reach the sink.
type Login func(ctx context.Context, r *Request, sink engine.Sink, greet func(response any)) (*engine.Session, error)

// Timing are the limits of connections; zero fields mean the documented
// figures.
type Timing struct {
	LoginWithin    time.Duration // from opening to login
	Silence        time.Duration // without any frame from the client, then the connection ends
	ControlPing    time.Duration // between the server's own pings
	RequestTimeout time.Duration
	WriteTimeout   time.Duration // for one frame
	Pending        int           // requests in flight per connection
	Queue          int           // frames waiting to be written, per connection
}

// defaultTiming holds the figures of the documents (api guide, section 1). A
// client that sends no pings is kept alive by the pongs to ours.
var defaultTiming = Timing{
	LoginWithin: 30 * time.Second, Silence: 30 * time.Second, ControlPing: 15 * time.Second,
	RequestTimeout: 15 * time.Second, WriteTimeout: 10 * time.Second, Pending: 10, Queue: 1024,
}

func (t Timing) withDefaults() Timing {
	d := defaultTiming
	for _, f := range [][2]*time.Duration{
		{&t.LoginWithin, &d.LoginWithin}, {&t.Silence, &d.Silence}, {&t.ControlPing, &d.ControlPing},
		{&t.RequestTimeout, &d.RequestTimeout}, {&t.WriteTimeout, &d.WriteTimeout},
	} {
		if *f[0] <= 0 {
			*f[0] = *f[1]
		}
	}
	if t.Pending <= 0 {
		t.Pending = d.Pending
	}
	if t.Queue <= 0 {
		t.Queue = d.Queue
	}
	return t
}

// API is one of the two APIs: its table, its kind of user, and its limits.
type API struct {
	Kind         string // protocol.UserAgent or protocol.UserCustomer
	Engine       *engine.Engine
	Actions      map[string]Action
	Login        Login
	Disconnected string // the push that ends a connection
	Timing       Timing
	Logger       *slog.Logger
	CORS         bool // browsers of other origins may call

	Versions version.Range // that may be asked for; zero: the canonical one
	Dialects *Dialects     // how they differ; nil: not at all

	// Admit is asked before each action but login: an error refuses it. nil
	// admits all.
	Admit func(ctx context.Context, r *Request) error
}

// New completes an API with its defaults.
func New(a API) *API {
	a.Timing = a.Timing.withDefaults()
	if a.Logger == nil {
		a.Logger = slog.New(slog.DiscardHandler)
	}
	if a.Versions == (version.Range{}) {
		a.Versions = version.Range{Since: version.Canonical, Until: version.Canonical}
	}
	return &a
}

// admit asks Admit, where there is one.
func (a *API) admit(ctx context.Context, r *Request) error {
	if a.Admit == nil || r.Actor.ID == "" {
		return nil
	}
	return a.Admit(ctx, r)
}

// perform opens an action to the requester and runs it. The error may be any.
func (a *API) perform(ctx context.Context, c call, r *Request) (any, error) {
	if err := a.open(ctx, c, r); err != nil {
		return nil, err
	}
	return a.run(ctx, c, r)
}

// open decides whether the requester may call an action now, and as whom.
func (a *API) open(ctx context.Context, c call, r *Request) error {
	if c.err != nil {
		return c.err
	}
	if !a.allowed(r.Actor.Scopes, c) {
		return protocol.Fail(protocol.ErrAuthorization, "The access token lacks a scope this action needs.")
	}
	ctx, cancel := context.WithTimeout(ctx, a.Timing.RequestTimeout)
	defer cancel()
	if err := a.admit(ctx, r); err != nil {
		return err
	}
	var err error
	r.Actor, err = a.behalf(ctx, r.Actor, c)
	return err
}

// run performs an action under the request timeout and answers in the words of
// the request's version.
func (a *API) run(ctx context.Context, c call, r *Request) (any, error) {
	ctx, cancel := context.WithTimeout(ctx, a.Timing.RequestTimeout)
	defer cancel()
	if a.Dialects != nil {
		r.Actor.Rules = a.Dialects.Rules(c.version)
	}
	r.Action, r.Payload, r.Version = c.msg.Action, c.msg.Payload, c.version
	out, err := c.act.Do(ctx, r)
	if err != nil {
		return nil, err
	}
	return a.say(c, out)
}

// explain makes any error one that may be sent. The server's own failures are
// logged and told without detail.
func (a *API) explain(err error, action string) *protocol.Error {
	var pe *protocol.Error
	switch {
	case errors.As(err, &pe):
		return pe
	case errors.Is(err, context.DeadlineExceeded):
		return protocol.Fail(protocol.ErrRequestTimeout, "Request timed out")
	case errors.Is(err, context.Canceled):
		return protocol.Fail(protocol.ErrServiceUnavailable, "The connection is closing.")
	}
	a.Logger.Error("a request failed", "action", action, "err", err)
	return protocol.Fail(protocol.ErrInternal, "Internal server error")
}

package transport

import (
	"context"
	"errors"
	"log/slog"
	"regexp"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// Request is one call of an action.
type Request struct {
	Actor   engine.Actor
	Cred    engine.Credential // web: the token the request came with
	Action  string
	Payload jsontext.Value // never empty; "{}" where the client sent none
	Remote  string         // the client's address

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

// Action is one entry of an API's table.
type Action struct {
	Do     Handler
	Scopes []string // any of them is needed; none: every signed-in user may
	RTM    bool
	Web    bool
	Open   bool // Web: needs no token
	Reads  bool // changes nothing: RTM requests of this action may overtake others
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
	return &a
}

var known = regexp.MustCompile(`^v?3\.[0-7]$`)

// version checks the version a client asks for, "v3.6" or "3.6".
func (a *API) version(v string) error {
	if v == protocol.Canonical || v == "v"+protocol.Canonical {
		return nil
	}
	if known.MatchString(v) {
		return protocol.Fail(protocol.ErrUnsupportedVersion, "This server speaks version "+protocol.Canonical+".")
	}
	return protocol.Fail(protocol.ErrUnsupportedVersion, "Cannot call unsupported API versions.")
}

// admit asks Admit, where there is one.
func (a *API) admit(ctx context.Context, r *Request) error {
	if a.Admit == nil || r.Actor.ID == "" {
		return nil
	}
	return a.Admit(ctx, r)
}

// call runs an action under the request timeout.
func (a *API) call(ctx context.Context, act Action, r *Request) (any, error) {
	if !r.Actor.Scopes.Any(act.Scopes...) {
		return nil, protocol.Fail(protocol.ErrAuthorization, "The access token lacks a scope this action needs.")
	}
	ctx, cancel := context.WithTimeout(ctx, a.Timing.RequestTimeout)
	defer cancel()
	if err := a.admit(ctx, r); err != nil {
		return nil, a.explain(err, r.Action)
	}
	out, err := act.Do(ctx, r)
	if err != nil {
		return nil, a.explain(err, r.Action)
	}
	return out, nil
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

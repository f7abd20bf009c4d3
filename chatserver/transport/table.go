package transport

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// Answer makes a handler of a function that answers and that needs the whole
// request beside its input: its version, or the token it came with.
func Answer[In, Out any](fn func(context.Context, *Request, In) (Out, error)) Handler {
	return func(ctx context.Context, r *Request) (any, error) {
		var in In
		if err := r.Decode(&in); err != nil {
			return nil, err
		}
		out, err := fn(ctx, r, in)
		if err != nil {
			return nil, err
		}
		return out, nil
	}
}

// Perform is Answer for functions without an answer.
func Perform[In any](fn func(context.Context, *Request, In) error) Handler {
	return Answer(func(ctx context.Context, r *Request, in In) (any, error) { return nil, fn(ctx, r, in) })
}

// With is Answer for functions that need of the request only who asks, as most
// methods of the engine do.
func With[In, Out any](fn func(context.Context, engine.Actor, In) (Out, error)) Handler {
	return Answer(func(ctx context.Context, r *Request, in In) (Out, error) { return fn(ctx, r.Actor, in) })
}

// Does is With for functions without an answer.
func Does[In any](fn func(context.Context, engine.Actor, In) error) Handler {
	return Perform(func(ctx context.Context, r *Request, in In) error { return fn(ctx, r.Actor, in) })
}

// Call is an action on both transports, with an answer.
func Call[In, Out any](fn func(context.Context, engine.Actor, In) (Out, error)) Action {
	return Action{Do: With(fn), RTM: true, Web: true}
}

// Tell is an action on both transports, without an answer.
func Tell[In any](fn func(context.Context, engine.Actor, In) error) Action {
	return Action{Do: Does(fn), RTM: true, Web: true}
}

// Read is Call for what changes nothing.
func Read[In, Out any](fn func(context.Context, engine.Actor, In) (Out, error)) Action {
	return Action{Do: With(fn), RTM: true, Web: true, Reads: true}
}

// Properties makes sure that a request for properties names what its action is
// about, by the fields given, and drops the other addresses: no method reaches the
// objects of another.
func Properties(fn func(context.Context, engine.Actor, protocol.PropertiesRequest) error, fields ...string) Action {
	return Tell(func(ctx context.Context, by engine.Actor, r protocol.PropertiesRequest) error {
		given := map[string]string{"id": r.ID, "chat_id": r.ChatID, "thread_id": r.ThreadID, "event_id": r.EventID}
		r.ID, r.ChatID, r.ThreadID, r.EventID = "", "", "", ""
		into := map[string]*string{"id": &r.ID, "chat_id": &r.ChatID, "thread_id": &r.ThreadID, "event_id": &r.EventID}
		for _, f := range fields {
			if given[f] == "" {
				return Missing(f)
			}
			*into[f] = given[f]
		}
		return fn(ctx, by, r)
	})
}

// Missing is the error of a field that is required.
func Missing(field string) error {
	return protocol.Fail(protocol.ErrValidation, "`"+field+"` is required")
}

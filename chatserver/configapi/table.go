package configapi

import (
	"context"
	"errors"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
	"agentdesk/protocol/version"

	"github.com/go-json-experiment/json/jsontext"
)

// api holds what the actions need.
type api struct{ e *engine.Engine }

// read and write are actions that need any of some scopes.
func read(do transport.Handler, scopes ...string) transport.Action {
	return transport.Action{Do: do, Scopes: scopes, Web: true, Reads: true}
}

func write(do transport.Handler, scopes ...string) transport.Action {
	return transport.Action{Do: do, Scopes: scopes, Web: true}
}

// since hides an action from versions that do not have it.
func since(v version.Version, a transport.Action) transport.Action {
	do := a.Do
	a.Do = func(ctx context.Context, r *transport.Request) (any, error) {
		if r.Version < v {
			return nil, protocol.Fail(protocol.ErrNotFound, "There is no such action before version "+v.String()+".")
		}
		return do(ctx, r)
	}
	return a
}

// maxBatch bounds the requests of one batch.
const maxBatch = 100

// batch performs an action several times; the answers are in the order of the
// requests, each the action's own or an error.
func batch(a transport.Action) transport.Action {
	one := a.Do
	a.Do = transport.Answer(func(ctx context.Context, r *transport.Request, in struct {
		Requests []jsontext.Value `json:"requests"`
	}) (map[string][]any, error) {
		if in.Requests == nil || len(in.Requests) > maxBatch {
			return nil, protocol.Fail(protocol.ErrValidation, "`requests` must be a list of up to 100 requests")
		}
		out := make([]any, 0, len(in.Requests))
		for _, payload := range in.Requests {
			single := *r
			single.Payload = payload
			answer, err := one(ctx, &single)
			var pe *protocol.Error
			switch {
			case errors.As(err, &pe):
				answer = protocol.ErrorPayload{Error: *pe}
			case err != nil:
				return nil, err
			case answer == nil:
				answer = struct{}{}
			}
			out = append(out, answer)
		}
		return map[string][]any{"responses": out}, nil
	})
	return a
}

// Actions is the table of the Configuration API.
func Actions(e *engine.Engine) map[string]transport.Action {
	a, out := api{e}, map[string]transport.Action{}
	for _, table := range []map[string]transport.Action{
		a.agents(), a.groups(), a.tags(), a.autoAccess(), a.bans(), a.canned(), a.properties(), a.bots(),
	} {
		for name, action := range table {
			out[name] = action
		}
	}
	return out
}

// byID is a request about one thing.
type byID[T any] struct {
	ID *T `json:"id"`
}

// need is the id, which must be given.
func (r byID[T]) need() (id T, err error) {
	if r.ID == nil {
		return id, transport.Missing("id")
	}
	return *r.ID, nil
}

func noSuch(what string) error {
	return protocol.Fail(protocol.ErrNotFound, "There is no such "+what+".")
}

func notYours() error {
	return protocol.Fail(protocol.ErrAuthorization, "The access token lacks a scope this needs.")
}

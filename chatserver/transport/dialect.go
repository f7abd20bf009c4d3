package transport

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
	"agentdesk/protocol/version"

	"github.com/go-json-experiment/json/jsontext"
)

// Dialects let an API be spoken in every version of the Agent Chat API. Requests
// are said in the version their action is written for, responses and errors in
// that of the client.
type Dialects struct {
	// Older are the actions that an older version does differently than any
	// conversion could: by name, oldest Home first. They serve requests of their
	// Home and of the versions before.
	Older map[string][]Action

	// Rules are what a version allows or does.
	Rules func(version.Version) engine.Rules

	// Behalf lets a requester act for a bot, named by author_id or X-Author-Id
	// (3.0 to 3.5).
	Behalf func(ctx context.Context, by engine.Actor, author string) (engine.Actor, error)

	// Fields are the names of a request's fields in the client's version, for
	// errors that name one.
	Fields func(action string, v version.Version, message string) string
}

// call is a request that has found its action.
type call struct {
	act     Action
	version version.Version // of the request
	name    string          // the action in that version
	msg     version.Message // as the action reads it
	web     bool
	author  string // for whom the requester acts
	err     error  // why it cannot be performed
}

// parse reads a version a client asks for, "v3.6" or "3.6".
func (a *API) parse(s string) (version.Version, error) {
	v, err := version.Parse(s)
	switch {
	case err != nil:
		return 0, protocol.Fail(protocol.ErrUnsupportedVersion, "Cannot call unsupported API versions.")
	case !a.Versions.Has(v):
		return 0, protocol.Fail(protocol.ErrUnsupportedVersion, "This server speaks version "+protocol.Canonical+" here.")
	}
	return v, nil
}

// has reports whether a version has an action on a transport. At the canonical
// version the table tells, at others the ladder.
func (a *API) has(v version.Version, name string, web bool) bool {
	if a.Dialects == nil || v == version.Canonical {
		act, ok := a.Actions[name]
		return ok && (web && act.Web || !web && act.RTM)
	}
	m, ok := v.Method(name)
	return ok && (web && m.Web.Has(v) || !web && m.RTM.Has(v))
}

// older finds the action of older versions that serves a request of version v.
func (a *API) older(v version.Version, name string) (Action, bool) {
	if a.Dialects == nil || v >= version.Canonical {
		return Action{}, false
	}
	for _, act := range a.Dialects.Older[name] {
		if v <= act.Home {
			return act, true
		}
	}
	return Action{}, false
}

// resolve finds the action of a request and says the request in its version.
func (a *API) resolve(v version.Version, m version.Message, web bool) call {
	c := call{version: v, name: m.Action, msg: m, web: web}
	if m.Action == protocol.ActLogin || m.Action == protocol.ActLogout {
		c.act.Home = version.Canonical
		if a.Dialects != nil && v != version.Canonical {
			c.msg, c.err = version.Request(m, v, version.Canonical)
		}
		return c
	}
	if !a.has(v, m.Action, web) {
		c.err = protocol.Fail(protocol.ErrValidation, "`action` is not known here.")
		return c
	}
	if a.Dialects == nil {
		c.act = a.Actions[m.Action]
		return c
	}
	for at := v; c.err == nil; {
		if act, ok := a.older(at, c.msg.Action); ok {
			c.act = act
			if at != act.Home {
				c.msg, c.err = version.Request(c.msg, at, act.Home)
			}
			return c
		}
		if at == version.Canonical {
			break
		}
		next := at + 1
		if at > version.Canonical {
			next = at - 1
		}
		c.msg, c.err = version.Request(c.msg, at, next)
		at = next
	}
	act, ok := a.Actions[c.msg.Action]
	if c.act = act; !ok && c.err == nil {
		c.err = protocol.Fail(protocol.ErrValidation, "`action` is not known here.")
	}
	c.act.Home = version.Canonical
	return c
}

// say turns what an action answers into the words of the request's version.
func (a *API) say(c call, out any) (any, error) {
	if a.Dialects == nil || c.version == c.act.Home {
		return out, nil
	}
	if out == nil {
		out = struct{}{}
	}
	payload, ok := out.(jsontext.Value)
	if !ok {
		var err error
		if payload, err = protocol.Encode(out); err != nil {
			return nil, err
		}
	}
	return version.Response(c.msg, payload, c.act.Home, c.version)
}

// fault is explain in the words of a version.
func (a *API) fault(err error, c call) *protocol.Error {
	e := a.explain(err, c.name)
	if a.Dialects == nil || c.version == version.Canonical || c.version == 0 {
		return e
	}
	if a.Dialects.Fields != nil && e.Type == protocol.ErrValidation {
		copied := *e
		copied.Message = a.Dialects.Fields(c.name, c.version, e.Message)
		e = &copied
	}
	return version.Error(e, c.version)
}

// allowed checks the scopes of an action: those of the ladder for the version
// and transport, where it knows the action, else the table's.
func (a *API) allowed(s engine.Scopes, c call) bool {
	if a.Dialects != nil {
		if m, ok := c.version.Method(c.name); ok {
			names, all := m.ScopesAt(c.version, c.web)
			if all {
				return s.All(names...)
			}
			return s.Any(names...)
		}
	}
	return s.Any(c.act.Scopes...)
}

// behalf lets the requester act for the author named.
func (a *API) behalf(ctx context.Context, by engine.Actor, c call) (engine.Actor, error) {
	if c.author == "" || c.author == by.ID || a.Dialects == nil || c.version >= version.V36 {
		return by, nil
	}
	if a.Dialects.Behalf == nil {
		return by, protocol.Fail(protocol.ErrValidation, "`author_id` names no bot.")
	}
	return a.Dialects.Behalf(ctx, by, c.author)
}

package engine

import (
	"context"
	"math"
	"slices"
	"strconv"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

var (
	propertyTypes     = []string{"int", "bool", "string", "tokenized_string"}
	propertyLocations = []string{"chat", "thread", "event", "license", "group"}
	propertyUsers     = []string{"agent", "customer"}
	propertyAccess    = []string{"read", "write"}
)

// maxDefinitions bounds the properties of one owner.
const maxDefinitions = 500

// RegisterProperty makes a private property of an owner, a client id
// (Configuration API v3.6 "Register Property"). Properties of the license and of
// groups that are registered take only what their definition allows.
func (e *Engine) RegisterProperty(ctx context.Context, by Actor, owner, name string, d store.PropertyDefinition) error {
	if err := checkOwner(owner, name); err != nil {
		return err
	}
	if err := checkDefinition(&d); err != nil {
		return err
	}
	return e.reconfigure(ctx, by, func(w *work) error {
		have := e.dir.Load().defined[owner]
		if _, twice := have[name]; twice {
			return invalid("name", "names a property that is registered already")
		}
		if len(have) >= maxDefinitions {
			return protocol.Fail(protocol.ErrLimitReached, "This owner has 500 properties already.")
		}
		d.PublicAccess = nil
		return w.PutDefinition(owner, name, d)
	})
}

// UnregisterProperty takes a registration back, unless it was published.
func (e *Engine) UnregisterProperty(ctx context.Context, by Actor, owner, name string) error {
	return e.editDefinition(ctx, by, owner, name, func(w *work, d store.PropertyDefinition) error {
		if len(d.PublicAccess) > 0 {
			return invalid("name", "names a property that was published")
		}
		return w.DeleteDefinition(owner, name)
	})
}

// PublishProperty opens a property to other client ids than its owner's, for
// reading, writing, or both. There is no way back.
func (e *Engine) PublishProperty(ctx context.Context, by Actor, owner, name string, access []string) error {
	if len(access) == 0 || slices.ContainsFunc(access, func(a string) bool { return !slices.Contains(propertyAccess, a) }) {
		return invalid("access_type", "must list read, write or both")
	}
	return e.editDefinition(ctx, by, owner, name, func(w *work, d store.PropertyDefinition) error {
		d.PublicAccess = access
		return w.PutDefinition(owner, name, d)
	})
}

func (e *Engine) editDefinition(ctx context.Context, by Actor, owner, name string, edit func(*work, store.PropertyDefinition) error) error {
	if err := checkOwner(owner, name); err != nil {
		return err
	}
	return e.reconfigure(ctx, by, func(w *work) error {
		d, ok := e.dir.Load().defined[owner][name]
		if !ok {
			return notFound("property")
		}
		return edit(w, d)
	})
}

func checkOwner(owner, name string) error {
	if err := required("name", name); err != nil {
		return err
	}
	return required("owner_client_id", owner)
}

func checkDefinition(d *store.PropertyDefinition) error {
	if !slices.Contains(propertyTypes, d.Type) {
		return invalid("type", "must be int, bool, string or tokenized_string")
	}
	if len(d.Access) == 0 {
		return invalid("access", "is required")
	}
	for location, users := range d.Access {
		if !slices.Contains(propertyLocations, location) || len(users) == 0 {
			return invalid("access."+location, "must be chat, thread, event, license or group, with at least one user")
		}
		for user, verbs := range users {
			if !slices.Contains(propertyUsers, user) || slices.ContainsFunc(verbs, func(v string) bool { return !slices.Contains(propertyAccess, v) }) {
				return invalid("access."+location+"."+user, "must be agent or customer, with read and write")
			}
		}
	}
	if d.Range != nil && d.Type != "int" {
		return invalid("range", "is for properties of type int")
	}
	for i, v := range d.Domain {
		if !hasType(v, d.Type) {
			return invalid("domain."+strconv.Itoa(i), "is not of the property's type")
		}
	}
	if d.Default == nil {
		return nil
	}
	if d.Access["license"] == nil && d.Access["group"] == nil {
		return invalid("default_value", "is for properties of the license and of groups")
	}
	return allows(*d, "default_value", d.Default)
}

// checkDefined refuses a value that a registered property may not have, or that
// the requester may not give it. Others may have any.
func (w *work) checkDefined(at place, ns, name, clientID string, v jsontext.Value) error {
	d, ok := w.e.dir.Load().defined[ns][name]
	if !ok {
		return nil
	}
	here := "properties." + ns + "." + name
	if !slices.Contains(d.Access[at.location]["agent"], "write") || ns != clientID && !slices.Contains(d.PublicAccess, "write") {
		return protocol.Fail(protocol.ErrAuthorization, "`"+here+"` may not be written here.")
	}
	return allows(d, here, v)
}

// allows refuses a value of the wrong type, or outside domain or range.
func allows(d store.PropertyDefinition, field string, v jsontext.Value) error {
	if !hasType(v, d.Type) {
		return invalid(field, "must be of type "+d.Type)
	}
	if len(d.Domain) > 0 && !slices.ContainsFunc(d.Domain, func(x jsontext.Value) bool { return string(x) == string(v) }) {
		return invalid(field, "is none of the values allowed")
	}
	if r := d.Range; r != nil {
		n, _ := strconv.ParseInt(string(v), 10, 64)
		if r.From != nil && n < *r.From || r.To != nil && n > *r.To {
			return invalid(field, "is out of the range allowed")
		}
	}
	return nil
}

// hasType reports whether a value is of a property type; an int has 32 bits.
func hasType(v jsontext.Value, typ string) bool {
	switch typ {
	case "bool":
		return v.Kind() == 't' || v.Kind() == 'f'
	case "int":
		n, err := strconv.ParseInt(string(v), 10, 64)
		return err == nil && n >= math.MinInt32 && n <= math.MaxInt32
	}
	return v.Kind() == '"'
}

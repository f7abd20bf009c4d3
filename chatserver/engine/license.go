package engine

import (
	"context"
	"strconv"
	"strings"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

const licensePlace = "license"

func groupPlace(id int) string { return "group/" + strconv.Itoa(id) }

// place is the license or a group as a holder of properties.
type place struct {
	key      string // in the store
	location string // in definitions
	scope    string // of its values, without the verb
	push     string
	group    *int // in the push
}

func licenseProperties() place {
	return place{key: licensePlace, location: "license", scope: "properties.license.value--", push: protocol.PushLicensePropsUpdated}
}

func (e *Engine) groupProperties(id int) (place, error) {
	if !e.groupExists(id) {
		return place{}, notFound("group")
	}
	return place{key: groupPlace(id), location: "group", scope: "properties.group.value--", push: protocol.PushGroupPropertiesUpdated, group: &id}, nil
}

// UpdateLicenseProperties sets properties of the license and leaves the others as
// they are (Configuration API v3.6 "Update License Properties"). clientID is the
// namespace that the requester's token owns.
func (e *Engine) UpdateLicenseProperties(ctx context.Context, by Actor, clientID string, p protocol.Properties) error {
	return e.setProperties(ctx, by, clientID, licenseProperties(), p)
}

// UpdateGroupProperties is UpdateLicenseProperties for a group.
func (e *Engine) UpdateGroupProperties(ctx context.Context, by Actor, clientID string, group int, p protocol.Properties) error {
	at, err := e.groupProperties(group)
	if err != nil {
		return err
	}
	return e.setProperties(ctx, by, clientID, at, p)
}

// DeleteLicenseProperties deletes properties of the license, given by name in
// their namespaces. The push has null for each, or its default.
func (e *Engine) DeleteLicenseProperties(ctx context.Context, by Actor, clientID string, names map[string][]string) error {
	return e.dropProperties(ctx, by, clientID, licenseProperties(), names)
}

// DeleteGroupProperties is DeleteLicenseProperties for a group.
func (e *Engine) DeleteGroupProperties(ctx context.Context, by Actor, clientID string, group int, names map[string][]string) error {
	at, err := e.groupProperties(group)
	if err != nil {
		return err
	}
	return e.dropProperties(ctx, by, clientID, at, names)
}

func (e *Engine) setProperties(ctx context.Context, by Actor, clientID string, at place, p protocol.Properties) error {
	if len(p) == 0 {
		return invalid("properties", "must be an object of namespaces with names and values")
	}
	if err := checkProperties("properties", p); err != nil {
		return err
	}
	return e.reconfigure(ctx, by, func(w *work) error {
		for ns, names := range p {
			if err := w.mayUse(at, ns, clientID); err != nil {
				return err
			}
			for name, v := range names {
				if err := w.checkDefined(at, ns, name, clientID, v); err != nil {
					return err
				}
			}
		}
		next := mergeProperties(e.dir.Load().properties[at.key], p)
		if err := checkSize(next); err != nil {
			return err
		}
		w.tellProperties(at, p)
		return w.SetProperties(at.key, next)
	})
}

func (e *Engine) dropProperties(ctx context.Context, by Actor, clientID string, at place, names map[string][]string) error {
	if len(names) == 0 {
		return invalid("properties", "must be an object of namespaces with lists of names")
	}
	return e.reconfigure(ctx, by, func(w *work) error {
		d := e.dir.Load()
		next, gone := cloneProperties(d.properties[at.key]), protocol.Properties{}
		for ns, list := range names {
			if err := w.mayUse(at, ns, clientID); err != nil {
				return err
			}
			for _, name := range list {
				if _, have := next[ns][name]; !have {
					continue
				}
				delete(next[ns], name)
				v := jsontext.Value("null")
				if def := d.defined[ns][name].Default; def != nil {
					v = def
				}
				gone = mergeProperties(gone, protocol.Properties{ns: {name: v}})
			}
			if len(next[ns]) == 0 {
				delete(next, ns)
			}
		}
		if len(gone) == 0 {
			return errUnchanged
		}
		w.tellProperties(at, gone)
		return w.SetProperties(at.key, next)
	})
}

// mayUse refuses another's namespace to who may use only his own.
func (w *work) mayUse(at place, ns, clientID string) error {
	if w.by.Kind == "" || w.by.Scopes.Any(at.scope+"all:rw") || ns == clientID && w.by.Scopes.Any(at.scope+"my:rw") {
		return nil
	}
	return protocol.Fail(protocol.ErrAuthorization, "The access token may change only properties of its own namespace.")
}

func (w *work) tellProperties(at place, changed protocol.Properties) {
	told := map[string]any{"properties": changed}
	if at.group != nil {
		told["group_id"] = *at.group
	}
	w.push(at.push, told, w.e.everyAgent(at.scope+"all:ro"))
}

// PropertyQuery selects properties of a place; empty fields select all.
type PropertyQuery struct {
	Namespace  string `json:"namespace"`
	NamePrefix string `json:"name_prefix"`
}

// LicenseProperties returns the properties of the license, with the defaults of
// those not set.
func (e *Engine) LicenseProperties(q PropertyQuery) protocol.Properties {
	return e.propertiesAt(licenseProperties(), q)
}

// GroupProperties returns the properties of a group, which need not exist.
func (e *Engine) GroupProperties(group int, q PropertyQuery) protocol.Properties {
	return e.propertiesAt(place{key: groupPlace(group), location: "group"}, q)
}

func (e *Engine) propertiesAt(at place, q PropertyQuery) protocol.Properties {
	d, all := e.dir.Load(), protocol.Properties{}
	for ns, names := range d.defined {
		for name, def := range names {
			if _, here := def.Access[at.location]; here && def.Default != nil {
				all = mergeProperties(all, protocol.Properties{ns: {name: def.Default}})
			}
		}
	}
	all = mergeProperties(all, d.properties[at.key])
	for ns, names := range all {
		for name := range names {
			if q.Namespace != "" && ns != q.Namespace || !strings.HasPrefix(name, q.NamePrefix) {
				delete(names, name)
			}
		}
		if len(names) == 0 {
			delete(all, ns)
		}
	}
	return all
}

// Definitions returns the properties registered for an owner, by name.
func (e *Engine) Definitions(owner string) map[string]store.PropertyDefinition {
	out := map[string]store.PropertyDefinition{}
	for name, d := range e.dir.Load().defined[owner] {
		out[name] = d
	}
	return out
}

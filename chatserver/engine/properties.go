package engine

import (
	"context"
	"errors"
	"maps"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// maxProperties bounds the encoded properties of one object, in bytes.
const maxProperties = 64 << 10

// UpdateProperties merges properties into a chat (r.ID), a thread (r.ChatID and
// r.ThreadID) or an event (also r.EventID): v3.6 "Update Chat/Thread/Event
// Properties". The push carries what was given.
func (e *Engine) UpdateProperties(ctx context.Context, by Actor, r protocol.PropertiesRequest) error {
	var given protocol.Properties
	if err := json.Unmarshal(r.Properties, &given); err != nil || len(given) == 0 {
		return invalid("properties", "must be an object of namespaces with names and values")
	}
	if err := checkProperties("properties", given); err != nil {
		return err
	}
	return e.editProperties(ctx, by, r, func(have protocol.Properties) (protocol.Properties, error) {
		return mergeProperties(have, given), nil
	}, [3]string{protocol.PushChatPropertiesUpdated, protocol.PushThreadPropsUpdated, protocol.PushEventPropsUpdated}, given)
}

// DeleteProperties removes properties: r.Properties is {"namespace":["name"]}.
func (e *Engine) DeleteProperties(ctx context.Context, by Actor, r protocol.PropertiesRequest) error {
	var given map[string][]string
	if err := json.Unmarshal(r.Properties, &given); err != nil || len(given) == 0 {
		return invalid("properties", "must be an object of namespaces with lists of names")
	}
	return e.editProperties(ctx, by, r, func(have protocol.Properties) (protocol.Properties, error) {
		out := cloneProperties(have)
		for ns, names := range given {
			for _, n := range names {
				delete(out[ns], n)
			}
			if len(out[ns]) == 0 {
				delete(out, ns)
			}
		}
		return out, nil
	}, [3]string{protocol.PushChatPropertiesDeleted, protocol.PushThreadPropsDeleted, protocol.PushEventPropsDeleted}, nil)
}

func (e *Engine) editProperties(ctx context.Context, by Actor, r protocol.PropertiesRequest,
	edit func(protocol.Properties) (protocol.Properties, error), push [3]string, updated protocol.Properties) error {
	chatID := r.ChatID
	if r.ID != "" {
		chatID = r.ID
	}
	if err := required("chat_id", chatID); err != nil {
		return err
	}
	told := protocol.PropertiesChanged{ChatID: chatID, ThreadID: r.ThreadID, EventID: r.EventID, Properties: r.Properties}
	tell := func(w *work, d *draft, action string) {
		w.push(action, told, e.watchers(d.Chat), e.guests(d.Chat))
	}
	if r.ThreadID == "" {
		return e.change(ctx, by, func(w *work) error {
			d, err := w.chat(chatID)
			if err != nil {
				return err
			}
			if err := e.mayWrite(by, d.Chat); err != nil {
				return err
			}
			if d.Properties, err = edit(d.Properties); err != nil {
				return err
			}
			d.archive = d.Thread != nil && !d.Active
			tell(w, d, push[0])
			return checkSize(d.Properties)
		})
	}
	return e.editThread(ctx, by, chatID, r.ThreadID, func(w *work, d *draft, t *store.Thread) error {
		if r.EventID != "" {
			ev, err := w.editEvent(d, t, r.EventID, edit)
			if err != nil {
				return err
			}
			w.push(push[2], told, w.whoMaySee(d, ev)...)
			return nil
		}
		before := t.Properties
		props, err := edit(t.Properties)
		if err != nil {
			return err
		}
		t.Properties = props
		tell(w, d, push[1])
		if err := checkSize(props); err != nil {
			return err
		}
		return w.rated(d, t, before)
	})
}

// rated writes the system message of a rating that was given, explained or taken
// back, into the chat's newest thread.
func (w *work) rated(d *draft, t *store.Thread, before protocol.Properties) error {
	if t != d.Thread {
		return nil
	}
	vars := map[string]string{"customer": w.name(d.CustomerID)}
	was, is := before["rating"], t.Properties["rating"]
	if string(was["score"]) != string(is["score"]) {
		switch string(is["score"]) {
		case "":
			return w.system(d, sysRatingCanceled, "%customer% took the rating back", vars)
		case "0":
			vars["score"] = "bad"
		default:
			vars["score"] = "good"
		}
		if err := w.system(d, sysRated, "%customer% rated the chat as %score%", vars); err != nil {
			return err
		}
	}
	if string(was["comment"]) != string(is["comment"]) && len(is["comment"]) > 2 {
		var text string
		json.Unmarshal(is["comment"], &text)
		return w.system(d, sysRatingComment, "%customer% left a comment: %comment%", map[string]string{"customer": vars["customer"], "comment": text})
	}
	return nil
}

func (w *work) editEvent(d *draft, t *store.Thread, id string, edit func(protocol.Properties) (protocol.Properties, error)) (*protocol.Event, error) {
	thread, n, ok := splitEventID(id)
	if !ok || thread != t.ID {
		return nil, notFound("event")
	}
	ev, err := w.Event(t.ID, n)
	if errors.Is(err, store.ErrNotFound) || err == nil && w.by.IsCustomer() && ev.Visibility == protocol.VisibilityAgents {
		return nil, notFound("event")
	}
	if err != nil {
		return nil, err
	}
	if ev.Properties, err = edit(ev.Properties); err != nil {
		return nil, err
	}
	if err := checkSize(ev.Properties); err != nil {
		return nil, err
	}
	if last, ok := d.LastEvents[ev.Type]; ok && last.Event != nil && last.Event.ID == id {
		last.Event = &ev
		d.LastEvents[ev.Type] = last
	}
	return &ev, w.SetEvent(store.EventRef{ChatID: d.ID, ThreadID: t.ID, N: n}, &ev)
}

// whoMaySee are the sessions that may know of an event: the customer's only
// where it is not for agents only.
func (w *work) whoMaySee(d *draft, ev *protocol.Event) [][]*Session {
	to := [][]*Session{w.e.watchers(d.Chat)}
	if ev.Visibility != protocol.VisibilityAgents {
		to = append(to, w.e.guests(d.Chat))
	}
	return to
}

func sameProperties(a, b protocol.Properties) bool {
	return maps.EqualFunc(a, b, func(x, y map[string]jsontext.Value) bool {
		return maps.EqualFunc(x, y, func(v, w jsontext.Value) bool { return string(v) == string(w) })
	})
}

func mergeProperties(have, more protocol.Properties) protocol.Properties {
	out := cloneProperties(have)
	if out == nil {
		out = protocol.Properties{}
	}
	for ns, names := range more {
		if out[ns] == nil {
			out[ns] = map[string]jsontext.Value{}
		}
		maps.Copy(out[ns], names)
	}
	return out
}

// checkProperties takes strings, numbers and booleans as values.
func checkProperties(field string, p protocol.Properties) error {
	for ns, names := range p {
		if ns == "" || len(ns) > protocol.MaxID {
			return invalid(field, "has a namespace without a proper name")
		}
		for n, v := range names {
			at := field + "." + ns + "." + n
			if n == "" || len(n) > protocol.MaxID {
				return invalid(at, "has no proper name")
			}
			if k := v.Kind(); k != '"' && k != '0' && k != 't' && k != 'f' {
				return invalid(at, "must be a string, a number or a boolean")
			}
		}
	}
	return checkSize(p)
}

func checkSize(p protocol.Properties) error {
	n := 0
	for ns, names := range p {
		for name, v := range names {
			n += len(ns) + len(name) + len(v)
		}
	}
	if n > maxProperties {
		return invalid("properties", "would take more than 64 KB")
	}
	return nil
}

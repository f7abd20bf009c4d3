package store

import (
	"slices"
	"strconv"
	"strings"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Searchable is a closed thread with all it is found by: its events, its chat's
// properties, and words beside the messages, such as the customer's name.
type Searchable struct {
	Thread     *Thread
	Events     []protocol.Event
	Properties protocol.Properties
	Words      string
}

// traits collects terms, each once.
type traits struct {
	seen map[Term]bool
	list []Term
}

func (t *traits) add(terms ...Term) {
	for _, term := range terms {
		if !t.seen[term] {
			t.seen[term] = true
			t.list = append(t.list, term)
		}
	}
}

// values adds the values of a kind, or that there are none.
func (t *traits) values(k Kind, values ...string) {
	t.add(Mark(k, len(values) > 0))
	for _, v := range values {
		t.add(TermOf(k, v))
	}
}

func (t *traits) properties(p protocol.Properties) {
	for ns, names := range p {
		for name, v := range names {
			t.add(TermOf(KindProperty, ns, name), TermOf(KindProperty, ns, name, PropertyValue(v)))
		}
	}
}

// terms are the traits of a thread.
func (s Searchable) terms() []Term {
	h, t := s.Thread, &traits{seen: map[Term]bool{}}
	t.add(Mark(KindAny, true), TermOf(KindChat, h.ChatID), TermOf(KindCustomer, h.CustomerID))
	for _, g := range h.Access {
		t.add(TermOf(KindGroup, strconv.Itoa(g)))
	}
	t.values(KindAgent, h.AgentIDs...)
	for _, id := range h.AgentIDs {
		t.add(TermOf(KindAgentType, agentType(id)))
	}
	t.values(KindTag, h.Tags...)
	t.values(KindSale, h.Sales...)
	t.values(KindGoal, h.Goals...)
	t.values(KindCountry, country(h.Visit)...)
	t.properties(h.Properties)
	t.properties(s.Properties)
	s.eventTerms(t)
	return t.list
}

// eventTerms are the traits that the events tell.
func (s Searchable) eventTerms(t *traits) {
	greetings := greeting(nil, s.Thread.Properties)
	var responders []string
	for i := range s.Events {
		ev := &s.Events[i]
		t.add(TermOf(KindEventType, ev.Type))
		greetings = greeting(greetings, ev.Properties)
		if ev.Type == protocol.EventFilledForm {
			form := formType(ev, len(responders) > 0)
			t.add(TermOf(KindForm, form))
			answers(t, form, ev.Fields)
		}
		if Responds(ev) && slices.Contains(s.Thread.AgentIDs, ev.AuthorID) {
			responders = append(responders, ev.AuthorID)
		}
	}
	t.values(KindGreeting, greetings...)
	t.values(KindResponse, responders...)
	if len(responders) > 0 {
		t.add(TermOf(KindFirstResponse, responders[0]))
	}
}

// Responds reports whether an event says something that the customer sees, rather
// than a form, a note or a message of the system.
func Responds(ev *protocol.Event) bool {
	switch ev.Type {
	case protocol.EventMessage, protocol.EventFile, protocol.EventRichMessage:
		return ev.Visibility != protocol.VisibilityAgents
	}
	return false
}

// agentType tells what an agent is: agents' ids are e-mail addresses, bots' are
// 32 hexadecimal digits (api guide, section 16). AI agents do not work on this
// server.
func agentType(id string) string {
	if len(id) == 32 && strings.Trim(id, "0123456789abcdef") == "" {
		return "chatbot"
	}
	return "human"
}

func country(v *protocol.Visit) []string {
	if v == nil || v.Geolocation == nil || v.Geolocation.CountryCode == "" {
		return nil
	}
	return []string{strings.ToUpper(v.Geolocation.CountryCode)}
}

// greeting adds the greeting that properties name (lc2.greeting_id).
func greeting(list []string, p protocol.Properties) []string {
	if id := strings.Trim(string(p["lc2"]["greeting_id"]), `"`); id != "" {
		return append(list, id)
	}
	return list
}

// formType is prechat or postchat, or whatever the event says. Where it says
// nothing, a form that came before an agent's first answer opened the chat.
func formType(ev *protocol.Event, answered bool) string {
	typ := ev.FormType
	if typ == "" {
		typ = strings.Trim(string(ev.Properties["lc2"]["form_type"]), `"`)
	}
	switch {
	case typ != "":
		return strings.ReplaceAll(typ, "_", "")
	case answered:
		return "postchat"
	}
	return "prechat"
}

// answers adds what was chosen in a form: options by id, and a group.
func answers(t *traits, form string, fields []protocol.FormField) {
	for _, f := range fields {
		list := []jsontext.Value{f.Answer}
		if len(f.Answers) > 0 {
			list = nil
			_ = json.Unmarshal(f.Answers, &list) // a list of another shape has no ids
		}
		for _, raw := range list {
			var a struct {
				ID    jsontext.Value `json:"id"`
				Group *int           `json:"group_id"`
			}
			if raw.Kind() != '{' || json.Unmarshal(raw, &a) != nil {
				continue
			}
			if id := strings.Trim(string(a.ID), `"`); id != "" {
				t.add(TermOf(KindAnswer, form, id))
			}
			if a.Group != nil {
				t.add(TermOf(KindFormGroup, form, strconv.Itoa(*a.Group)))
			}
		}
	}
}

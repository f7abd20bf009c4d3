package views

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"agentdesk/desk"
)

// eventView is one event as it is drawn.
type eventView struct {
	Env
	ID     string // of the element
	ChatID string
	Ev     desk.Event
	Name   string // author
	Me     bool
	Agent  bool
	Cont   bool // goes on from the event before: no name, no picture
}

func eventOf(e Env, chatID string, ev desk.Event, by desk.Person) eventView {
	v := eventView{Env: e, ChatID: chatID, Ev: ev, Agent: by.Agent}
	v.Me = ev.AuthorID != "" && ev.AuthorID == e.MeID
	if v.Me && ev.CustomID != "" {
		v.ID = "e-c-" + DOMID(ev.CustomID)
	} else {
		v.ID = "e-" + DOMID(ev.ID)
	}
	if by.ID == "" {
		by.ID = ev.AuthorID
	}
	v.Name = nameOf(by)
	return v
}

// class of a message's element.
func (v *eventView) class() string {
	switch {
	case v.Ev.AgentsOnly && v.Me:
		return "msg note own"
	case v.Ev.AgentsOnly:
		return "msg note"
	case v.Me:
		return "msg own"
	case v.Agent:
		return "msg mate"
	}
	return "msg"
}

func (v *eventView) who() string {
	switch {
	case v.Me:
		return "You"
	case v.Agent:
		return v.Name
	}
	return firstName(v.Name)
}

// bubble reports whether the event is drawn as something a person said.
func (v *eventView) bubble() bool {
	return v.Ev.Spoken() || v.Ev.Kind == desk.KindForm && v.Ev.AuthorID != ""
}

// grouped is how near in time messages of one author share a head.
const grouped = 3 * time.Minute

// continues reports whether b is drawn as going on from a.
func continues(a, b *eventView) bool {
	return a.bubble() && b.bubble() && a.Ev.AuthorID == b.Ev.AuthorID && a.Ev.AgentsOnly == b.Ev.AgentsOnly &&
		b.Ev.At.Sub(a.Ev.At) < grouped && a.sameDay(a.Ev.At, b.Ev.At)
}

// entry of a log: an event, or a divider before it.
type entry struct {
	Day  time.Time // set: a day begins
	New  bool      // what follows is unread
	View eventView
}

// entries lays out a log. people finds an author.
func entries(e Env, chatID string, events []desk.Event, people func(id string) desk.Person, newFrom time.Time) []entry {
	out := make([]entry, 0, len(events)+4)
	var last eventView
	for i := range events {
		v := eventOf(e, chatID, events[i], people(events[i].AuthorID))
		if i == 0 || !e.sameDay(last.Ev.At, v.Ev.At) {
			out = append(out, entry{Day: v.Ev.At})
		}
		if !newFrom.IsZero() && !v.Me && v.bubble() && v.Ev.At.After(newFrom) {
			out = append(out, entry{New: true})
			newFrom = time.Time{}
		} else if i > 0 {
			v.Cont = continues(&last, &v)
		}
		out = append(out, entry{View: v})
		last = v
	}
	return out
}

// people finds authors among a chat's members and the colleagues.
func people(users []desk.Person, agents []desk.Agent, me desk.Me) func(string) desk.Person {
	return func(id string) desk.Person {
		for i := range users {
			if users[i].ID == id {
				return users[i]
			}
		}
		for i := range agents {
			if agents[i].ID == id {
				return desk.Person{ID: id, Agent: true, Name: agents[i].Name}
			}
		}
		if id != "" && id == me.ID {
			return desk.Person{ID: id, Agent: true, Name: me.Name}
		}
		return desk.Person{ID: id}
	}
}

// rawMax is how many bytes of an unknown event's data are shown.
const rawMax = 4 << 10

// pretty lays out JSON for reading; what is not JSON is shown as it is.
func pretty(raw []byte) string {
	if len(raw) > rawMax {
		return clean(string(raw[:rawMax])) + " …"
	}
	var b bytes.Buffer
	if json.Indent(&b, raw, "", "  ") != nil {
		return clean(string(raw))
	}
	return clean(b.String())
}

// kindName names a kind of event for the fold that shows its data.
func kindName(ev desk.Event) string {
	switch {
	case ev.Kind == desk.KindCustom:
		return "Custom event"
	case label(ev.Kind) == "":
		return "Unknown event"
	}
	return "Event “" + label(ev.Kind) + "”"
}

// preview is an event on one line of a list.
func preview(ev desk.Event) string {
	switch {
	case ev.ID == "" && ev.Kind == "":
		return ""
	case ev.Deleted:
		return "Message deleted"
	case ev.Kind == desk.KindFile && ev.File != nil:
		return "File: " + fileName(*ev.File)
	case ev.Kind == desk.KindFilledForm:
		return formName(ev.Form) + " filled in"
	case ev.Kind == desk.KindRich:
		if t := richTitle(ev.Rich); t != "" {
			return t
		}
		return "Card"
	}
	return oneliner(ev.Text)
}

func richTitle(r *desk.Rich) string {
	if r != nil {
		for _, c := range r.Cards {
			if t := oneliner(c.Title); t != "" {
				return t
			}
		}
	}
	return ""
}

func fileName(f desk.File) string {
	if n := label(f.Name); n != "" {
		return n
	}
	return "unnamed file"
}

// picture reports whether a file is shown as a picture, and from where.
func picture(f desk.File) string {
	switch strings.ToLower(f.ContentType) {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
	default:
		return ""
	}
	if src := SafeImage(f.Thumbnail); src != "" {
		return src
	}
	return SafeImage(f.URL)
}

// fileKind is the short word on a file's card.
func fileKind(f desk.File) string {
	name := fileName(f)
	if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= 6 {
		return strings.ToUpper(name[i+1:])
	}
	if _, sub, ok := strings.Cut(f.ContentType, "/"); ok && len(sub) <= 12 {
		return strings.ToUpper(label(sub))
	}
	return "File"
}

func formName(f *desk.Form) string {
	if f == nil {
		return "Form"
	}
	switch f.Type {
	case "prechat":
		return "Before the chat"
	case "postchat":
		return "After the chat"
	case "ask_for_email":
		return "Asked for e-mail"
	case "ticket", "offline":
		return "Left a message"
	}
	if t := label(strings.ReplaceAll(f.Type, "_", " ")); t != "" {
		return t
	}
	return "Form"
}

// answer joins a field's answers on one line, safe to show.
func answer(f desk.FormField) string {
	out := make([]string, 0, len(f.Answers))
	for _, a := range f.Answers {
		if a = oneliner(a); a != "" {
			out = append(out, a)
		}
	}
	return strings.Join(out, ", ")
}

package views

import (
	"bytes"
	"encoding/json"
	"time"

	"agentdesk/desk"
)

// eventView is one event as it is drawn.
type eventView struct {
	Env
	ID       string // of the element
	ChatID   string
	ThreadID string // of an open conversation, where buttons can be pressed; else ""
	Ev       desk.Event
	Name     string // author
	Picture  string // address of the author's
	Me       bool
	Agent    bool
	Cont     bool // goes on from the event before: no name, no picture
	Found    bool // the page was asked for it
}

func eventOf(e Env, chatID, threadID string, ev desk.Event, by desk.Person) eventView {
	v := eventView{Env: e, ChatID: chatID, ThreadID: threadID, Ev: ev, Agent: by.Agent}
	v.Me = ev.AuthorID != "" && ev.AuthorID == e.MeID
	if v.Me && ev.CustomID != "" {
		v.ID = "e-c-" + DOMID(ev.CustomID)
	} else {
		v.ID = "e-" + DOMID(ev.ID)
	}
	if by.ID == "" {
		by.ID = ev.AuthorID
	}
	v.Name, v.Picture = e.nameOf(by), by.Avatar
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

// empty reports whether nothing of what was said is left.
func (v *eventView) empty() bool {
	return v.Ev.Text == "" && v.Ev.File == nil && v.Ev.Rich == nil && v.Ev.Form == nil
}

func (v *eventView) who() string {
	switch {
	case v.Me:
		return v.T("You")
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
	Lot  []eventView // lines that are folded
}

// fewest is how many lines in a row are folded.
const fewest = 3

// folds reports whether the event is a line that says little by itself.
func (v *eventView) folds() bool {
	switch {
	case v.bubble() || v.Ev.Deleted:
		return false
	case v.Ev.Kind == desk.KindAnnotation || v.Ev.Kind == desk.KindForm:
		return false
	}
	return v.Ev.Kind != desk.KindSystem || v.systemEventOf(v.Ev).summary == ""
}

// fold puts lines in a row together, except those that are the newest.
func fold(list []entry) []entry {
	out, from := list[:0], 0
	for i := range list {
		if list[i].Day.IsZero() && !list[i].New && list[i].View.folds() {
			continue
		}
		out = append(append(out, lotOf(list[from:i])...), list[i])
		from = i + 1
	}
	return append(out, list[from:]...)
}

func lotOf(run []entry) []entry {
	if len(run) < fewest {
		return run
	}
	all := make([]eventView, len(run))
	for i := range run {
		all[i] = run[i].View
	}
	return []entry{{Lot: all}}
}

// sort is the event's place among the others, ascending.
func (v *eventView) sort() string { return micros(v.Ev.At) + "-" + v.Ev.ID }

// entries lays out a log. people finds an author; threadID is set where the
// conversation is open; at is the event that was asked for.
func entries(e Env, chatID, threadID, at string, events []desk.Event, people func(id string) desk.Person, newFrom time.Time) []entry {
	out := make([]entry, 0, len(events)+4)
	var last eventView
	for i := range events {
		v := eventOf(e, chatID, threadID, events[i], people(events[i].AuthorID))
		v.Found = at != "" && events[i].ID == at
		if i == 0 || !e.sameDay(last.Ev.At, v.Ev.At) {
			out = append(out, entry{Day: v.Ev.At, View: eventView{Env: e}})
		}
		if !newFrom.IsZero() && !v.Me && v.bubble() && v.Ev.At.After(newFrom) {
			out = append(out, entry{New: true, View: eventView{Env: e}})
			newFrom = time.Time{}
		} else if i > 0 {
			v.Cont = continues(&last, &v)
		}
		out = append(out, entry{View: v})
		last = v
	}
	return fold(out)
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
				return desk.Person{ID: id, Agent: true, Name: agents[i].Name, Avatar: agents[i].Avatar}
			}
		}
		if id != "" && id == me.ID {
			return desk.Person{ID: id, Agent: true, Name: me.Name, Avatar: me.Avatar}
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
func (e Env) kindName(ev desk.Event) string {
	switch {
	case ev.Kind == desk.KindCustom:
		return e.T("Custom event")
	case label(ev.Kind) == "":
		return e.T("Unknown event")
	}
	return e.T("Event “%s”", label(ev.Kind))
}

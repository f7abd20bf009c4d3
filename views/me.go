package views

import (
	"strings"
	"time"

	"github.com/a-h/templ"

	"agentdesk/desk"
	"agentdesk/words"
)

// MePage is what an agent sets for himself. Part, Error, Field and Sent give a
// refused form back as it was sent.
type MePage struct {
	Page
	Groups   []desk.Group // all there are
	Member   []int        // those that the agent is in
	Sessions []SignedIn   // oldest first
	Part     desk.Part
	Error    string // a sentence about Field
	Field    string
	Sent     map[string]string
}

// SignedIn is one of the agent's sessions.
type SignedIn struct {
	Key     string
	Device  string // as the browser named itself
	Created time.Time
	Seen    time.Time // last use
	Here    bool      // the one that looks
}

// value is what a field of a part's form holds: what was sent, or what is kept.
// A box that is ticked holds "1".
func (p MePage) value(part desk.Part, field string) string {
	if p.Part == part {
		return p.Sent[field]
	}
	pr := p.Me.Preferences
	switch part {
	case desk.PartLook:
		return map[string]string{"language": pr.Language, "clock": pr.Clock, "theme": pr.Theme, "density": pr.Density}[field]
	case desk.PartWork:
		return map[string]string{"send": pr.Send, "focus": pr.Focus, "typing": tick(!pr.SilentTyping), "away_after": itoa(pr.AwayAfter)}[field]
	case desk.PartPanes:
		return map[string]string{"list": width(pr.Panes.List), "details": width(pr.Panes.Details)}[field]
	case desk.PartKeys:
		if action, ok := strings.CutPrefix(field, "key-"); ok {
			return pr.Keys.Key(action)
		}
		return tick(!pr.Keys.Off)
	}
	return alertValue(pr.Alerts, field)
}

func alertValue(a desk.Alerts, field string) string {
	if n, ok := tones(a)[field]; ok {
		if n == 0 {
			return "off"
		}
		return itoa(n)
	}
	return map[string]string{
		"volume": itoa(100 - a.Quieter), "repeat": tick(!a.Once), "focused": tick(!a.FocusSilent), "desktop": tick(!a.NoDesktop),
		"quiet_from": a.QuietFrom, "quiet_to": a.QuietTo,
	}[field]
}

func tick(on bool) string {
	if on {
		return "1"
	}
	return ""
}

func width(pixels int) string {
	if pixels == 0 {
		return ""
	}
	return itoa(pixels)
}

// wrong reports whether a field of a part was refused.
func (p MePage) wrong(part desk.Part, field string) bool {
	return p.Part == part && p.Field == field
}

// option is one of a list.
type option struct{ value, text string }

func (p MePage) languages() (list []option) {
	for _, l := range words.Languages() {
		list = append(list, option{l.Tag, l.Name})
	}
	return list
}

func (p MePage) toneNames() []option {
	return []option{{"1", p.T("Tone %d", 1)}, {"2", p.T("Tone %d", 2)}, {"3", p.T("Tone %d", 3)}, {"4", p.T("Tone %d", 4)}, {"off", p.T("No tone")}}
}

func (p MePage) widths(most int) []option {
	list := []option{{"", p.T("As usual #width")}}
	for w := desk.MinPane; w <= most; w += desk.PaneStep {
		list = append(list, option{itoa(w), p.T("%d pixels", w)})
	}
	return list
}

// member names the groups that the agent is in.
func (p MePage) member() (names []string) {
	for _, id := range p.Member {
		names = append(names, p.groupName(p.Groups, id))
	}
	return names
}

// deviceName is what a session's browser is called.
func (p MePage) deviceName(s SignedIn) string {
	if name := device(s.Device); name != "" {
		return name
	}
	return p.T("Unknown browser")
}

// keyName says what an action of the keys does.
func (p MePage) keyName(action string) string {
	switch action {
	case "next":
		return p.T("Next chat")
	case "previous":
		return p.T("Previous chat")
	case "unread":
		return p.T("Next unread chat")
	case "waiting":
		return p.T("Take the next waiting chat")
	case "open":
		return p.T("Open the chat")
	case "choose":
		return p.T("Choose the chat, to do something with several")
	case "reply":
		return p.T("Reply")
	case "note":
		return p.T("Note to agents")
	case "transfer":
		return p.T("Transfer")
	case "take":
		return p.T("Take this chat")
	case "tags":
		return p.T("Tags")
	case "close":
		return p.T("Close the chat")
	case "close-next":
		return p.T("Close the chat and open the next")
	case "undo":
		return p.T("Undo closing")
	case "mark-unread":
		return p.T("Mark as unread")
	case "details":
		return p.T("Details")
	case "search":
		return p.T("Find")
	case "accept":
		return p.T("Accept chats or pause")
	case "more":
		return p.T("More actions")
	case "go":
		return p.T("Go to a page")
	}
	return p.T("List of keys")
}

// blame marks a field that was refused.
func (p MePage) blame(part desk.Part, field string) templ.Attributes {
	if !p.wrong(part, field) {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": "wrong-" + field, "autofocus": true}
}

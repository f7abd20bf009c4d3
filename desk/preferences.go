package desk

// Preferences are what an agent has set for himself. They are kept by the
// dashboard, not by the chat server, and are the same on every device. Zero
// values are the defaults. See Normal for what each may be.
type Preferences struct {
	Language string `json:"language,omitempty"` // BCP 47; "" until the first sign-in: then the browser's
	Clock    string `json:"clock,omitempty"`    // 12 or 24 hours; "" is what the language does
	Theme    string `json:"theme,omitempty"`    // light, dark; "" is what the system does
	Density  string `json:"density,omitempty"`  // compact; "" is comfortable

	Send         string `json:"send,omitempty"`          // ctrl: Ctrl+Enter sends; "": Enter does
	Focus        string `json:"focus,omitempty"`         // heading: opening a chat goes to its name; "": to the composer
	SilentTyping bool   `json:"silent_typing,omitempty"` // who types is not told to screen readers
	AwayAfter    int    `json:"away_after,omitempty"`    // minutes without use until the agent is set away; 0 never

	Keys   Keys   `json:"keys,omitzero"`
	Alerts Alerts `json:"alerts,omitzero"`
	Panes  Panes  `json:"panes,omitzero"`
}

// Alerts are how an agent hears of what happens.
type Alerts struct {
	Queue    string `json:"queue,omitempty"`    // tone for a customer new in the queue; see Tone
	Mine     string `json:"mine,omitempty"`     // for a new chat of the agent's own
	Message  string `json:"message,omitempty"`  // for a customer's message
	Transfer string `json:"transfer,omitempty"` // for a chat that a colleague passed on

	Quieter     int    `json:"quieter,omitempty"`      // percent below full volume, up to 100
	Once        bool   `json:"once,omitempty"`         // the tone of the queue does not repeat until somebody takes the chat
	FocusSilent bool   `json:"focus_silent,omitempty"` // no tone for other chats while the desk is being used
	NoDesktop   bool   `json:"no_desktop,omitempty"`   // no notifications of the desktop, also where the browser allows them
	QuietFrom   string `json:"quiet_from,omitempty"`   // HH:MM in the browser's zone: no tones and notifications from here
	QuietTo     string `json:"quiet_to,omitempty"`     // HH:MM, may be on the next day; both are "" where no hours are quiet
}

// Panes are the widths of panes in pixels, in steps of PaneStep; 0 is the usual
// one.
type Panes struct {
	List    int `json:"list,omitempty"`
	Details int `json:"details,omitempty"`
}

// Part is a part of the preferences that is set at once.
type Part string

// The parts.
const (
	PartLook   Part = "look"   // language, clock, theme, density
	PartWork   Part = "work"   // send, focus, typing, away
	PartKeys   Part = "keys"   // Keys
	PartAlerts Part = "alerts" // Alerts
	PartPanes  Part = "panes"  // Panes
)

// With takes one part from other preferences, "" all of them.
func (p Preferences) With(part Part, from Preferences) Preferences {
	switch part {
	case "":
		return from
	case PartLook:
		p.Language, p.Clock, p.Theme, p.Density = from.Language, from.Clock, from.Theme, from.Density
	case PartWork:
		p.Send, p.Focus, p.SilentTyping, p.AwayAfter = from.Send, from.Focus, from.SilentTyping, from.AwayAfter
	case PartKeys:
		p.Keys = from.Keys
	case PartAlerts:
		p.Alerts = from.Alerts
	case PartPanes:
		p.Panes = from.Panes
	}
	return p
}

// TwelveHours reports whether times of day are told with twelve hours in a
// language: as the agent chose, else as the language does.
func (p Preferences) TwelveHours(language string) bool {
	return p.Clock == "12" || p.Clock == "" && language == "ar"
}

// Tone is the number of a tone, 1 to 4, and 0 for none. Each occasion has one of
// its own where nothing was chosen.
func Tone(chosen string, own int) int {
	switch chosen {
	case "1", "2", "3", "4":
		return int(chosen[0] - '0')
	case "off":
		return 0
	}
	return own
}

// SetPreferences replaces a part of an agent's preferences, or all of them where
// Part is "". What Normal does not let pass is refused. All pages are
// drawn anew.
type SetPreferences struct {
	Part        Part
	Preferences Preferences
}

func (SetPreferences) command() {}

// SetPreferences puts new preferences on the board.
func (b *Board) SetPreferences(p Preferences) []Change {
	b.me.Preferences = p
	return append(b.changes[:0], Change{What: RegionAll})
}

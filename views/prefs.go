package views

import (
	"encoding/json"
	"strings"

	"github.com/a-h/templ"

	"agentdesk/desk"
)

// scriptPrefs are the preferences that scripts need, as static/js/prefs.js reads
// them, with the defaults filled in.
type scriptPrefs struct {
	Hour12  bool              `json:"hour12"`
	Ctrl    bool              `json:"ctrl"`    // Ctrl+Enter sends
	Heading bool              `json:"heading"` // opening a chat goes to its name
	Typing  bool              `json:"typing"`  // tell who types
	Away    int               `json:"away"`    // minutes, 0 never
	List    int               `json:"list"`    // widths in pixels, 0 the usual
	Details int               `json:"details"`
	Keys    bool              `json:"keys"`  // single keys are on
	Remap   map[string]string `json:"remap"` // action → key, of those that were changed
	Tones   map[string]int    `json:"tones"` // occasion → tone 1 to 4, 0 none
	Volume  int               `json:"volume"`
	Repeat  bool              `json:"repeat"`  // the tone of the queue repeats until somebody takes the chat
	Focused bool              `json:"focused"` // tones for other chats while the desk is being used
	Desktop bool              `json:"desktop"` // notifications of the desktop
	Quiet   []string          `json:"quiet"`   // from, to as HH:MM; null none
}

// tones are the occasions of the four tones, each with the one it has where
// nothing was chosen.
func tones(a desk.Alerts) map[string]int {
	return map[string]int{
		"queue": desk.Tone(a.Queue, 1), "mine": desk.Tone(a.Mine, 2), "message": desk.Tone(a.Message, 3), "transfer": desk.Tone(a.Transfer, 4),
	}
}

// look is what the root element tells the style sheet.
func (p Page) look() templ.Attributes {
	a, pr := templ.Attributes{}, p.Me.Preferences
	for name, v := range map[string]string{"data-theme": pr.Theme, "data-density": pr.Density, "data-list": width(pr.Panes.List), "data-details": width(pr.Panes.Details)} {
		if v != "" {
			a[name] = v
		}
	}
	return a
}

// prefsJSON is the attribute data-prefs of a page's body.
func (p Page) prefsJSON() (string, error) {
	pr := p.Me.Preferences
	s := scriptPrefs{
		Hour12: p.Hour12, Ctrl: pr.Send == "ctrl", Heading: pr.Focus == "heading", Typing: !pr.SilentTyping, Away: pr.AwayAfter,
		List: pr.Panes.List, Details: pr.Panes.Details, Keys: !pr.Keys.Off, Remap: map[string]string{}, Tones: tones(pr.Alerts),
		Volume: 100 - pr.Alerts.Quieter, Repeat: !pr.Alerts.Once, Focused: !pr.Alerts.FocusSilent, Desktop: !pr.Alerts.NoDesktop,
	}
	for pair := range strings.FieldsSeq(pr.Keys.Map) {
		action, key, _ := strings.Cut(pair, "=")
		s.Remap[action] = key
	}
	if pr.Alerts.QuietFrom != "" {
		s.Quiet = []string{pr.Alerts.QuietFrom, pr.Alerts.QuietTo}
	}
	b, err := json.Marshal(s)
	return string(b), err
}

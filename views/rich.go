package views

import (
	"regexp"
	"slices"
	"strings"

	"agentdesk/desk"
)

func richClass(template string) string {
	switch template {
	case "cards", "quick_replies", "sticker":
		return template
	}
	return "cards"
}

func (e Env) buttonText(b desk.Button) string {
	if t := label(b.Text); t != "" {
		return t
	}
	if t := label(b.Value); t != "" {
		return t
	}
	return e.T("Button")
}

// buttonLink is where a button leads, where it leads anywhere.
func buttonLink(b desk.Button) (Link, bool) {
	switch b.Type {
	case "url", "webview":
		return SafeLink(b.Value)
	}
	return Link{}, false
}

var phoneNumbers = regexp.MustCompile(`^\+?[0-9][0-9 ()./-]{1,30}$`)

// phoneNumber is the number that a button dials, "" where it dials none.
func phoneNumber(b desk.Button) string {
	if b.Type != "phone" || !phoneNumbers.MatchString(b.Value) {
		return ""
	}
	return strings.NewReplacer(" ", "", "(", "", ")", "", ".", "", "/", "").Replace(b.Value)
}

// leads reports whether a button is drawn as a link.
func leads(b desk.Button) bool {
	_, ok := buttonLink(b)
	return ok || phoneNumber(b) != ""
}

// pressable reports whether a button can be pressed here: it answers something,
// and the conversation is open.
func (v *eventView) pressable(b desk.Button) bool { return b.PostbackID != "" && v.ThreadID != "" }

func (v *eventView) mine(b desk.Button) bool { return slices.Contains(b.UserIDs, v.MeID) }

func (v *eventView) pressTitle(b desk.Button) string {
	if v.mine(b) {
		return v.T("Let go of “%s”", v.buttonText(b))
	}
	return v.T("Press “%s” in your name", v.buttonText(b))
}

// pressed says who pressed a button.
func (v *eventView) pressed(b desk.Button) string {
	n := len(b.UserIDs)
	switch {
	case n == 0:
		return ""
	case n == 1 && v.mine(b):
		return v.T("pressed by you")
	case n == 1:
		return v.T("chosen")
	case v.mine(b):
		return v.N(n, "chosen %d time, also by you", "chosen %d times, also by you")
	}
	return v.N(n, "chosen %d time", "chosen %d times")
}

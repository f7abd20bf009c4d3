package views

import (
	"strings"

	"agentdesk/desk"
)

func noteFrom(v *eventView) string {
	if v.Me {
		return "you"
	}
	return firstName(v.Name)
}

func lineClass(ev desk.Event) string {
	switch ev.Kind {
	case desk.KindSystemText:
		if ev.AgentsOnly {
			return "sys agents"
		}
		return "sys"
	case desk.KindAnnotation:
		return "sys rated"
	case desk.KindForm:
		return "sys form"
	}
	return "sys raw"
}

func altText(f desk.File) string {
	if a := label(f.Alt); a != "" {
		return a
	}
	return fileName(f)
}

func dotted(s string) string {
	if s == "" {
		return ""
	}
	return " · " + s
}

func because(reason string) string {
	if r := label(reason); r != "" {
		return ": " + strings.TrimSuffix(r, ".")
	}
	return ""
}

func formTitle(f desk.Form, asked bool) string {
	if asked && f.Type != "ask_for_email" {
		return formName(&f) + ", asked"
	}
	return formName(&f)
}

func fieldLabel(f desk.FormField) string {
	if l := strings.TrimSuffix(label(f.Label), ":"); l != "" {
		return l
	}
	if t := label(f.Type); t != "" {
		return t
	}
	return "Field"
}

func richClass(template string) string {
	switch template {
	case "cards", "quick_replies", "sticker":
		return template
	}
	return "cards"
}

func buttonText(b desk.Button) string {
	if t := label(b.Text); t != "" {
		return t
	}
	if t := label(b.Value); t != "" {
		return t
	}
	return "Button"
}

// buttonLink is where a button leads, where it leads anywhere.
func buttonLink(b desk.Button) (Link, bool) {
	switch b.Type {
	case "url", "webview":
		return SafeLink(b.Value)
	}
	return Link{}, false
}

func pressed(n int) string {
	if n == 1 {
		return "chosen"
	}
	return "chosen " + itoa(n) + " times"
}

func pendingClass(o desk.Outgoing) string {
	if o.AgentsOnly {
		return "msg note own"
	}
	return "msg own"
}

func pendingKind(o desk.Outgoing) string {
	if o.FileURL != "" || o.FileName != "" {
		return desk.KindFile
	}
	return desk.KindMessage
}

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

// formTitle names a form's card. A form need not have a type.
func formTitle(f desk.Form, asked bool) string {
	switch {
	case f.Type == "" && asked:
		return "Questions to the customer"
	case f.Type == "":
		return "The customer’s answers"
	case asked && f.Type != "ask_for_email":
		return formName(&f) + ", asked"
	}
	return formName(&f)
}

// asksFor stands where a question has no answer yet.
func asksFor(f desk.FormField) string {
	options := make([]string, 0, len(f.Options))
	for _, o := range f.Options {
		if o = oneliner(o); o != "" {
			options = append(options, o)
		}
	}
	if len(options) == 0 {
		return "asked"
	}
	return "asked: " + strings.Join(options, ", ")
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

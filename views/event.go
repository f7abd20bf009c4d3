package views

import (
	"strings"

	"agentdesk/desk"
)

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

func (e Env) altText(f desk.File) string {
	if a := label(f.Alt); a != "" {
		return a
	}
	return e.fileName(f)
}

func dotted(s string) string {
	if s == "" {
		return ""
	}
	return " · " + s
}

// notSent says that a message was not sent, and why.
func (e Env) notSent(reason string) string {
	if r := label(e.T(reason)); r != "" {
		return e.T("Not sent: %s", strings.TrimSuffix(r, "."))
	}
	return e.T("Not sent")
}

// formTitle names a form's card. A form need not have a type.
func (e Env) formTitle(f desk.Form, asked bool) string {
	switch {
	case f.Type == "" && asked:
		return e.T("Questions to the customer")
	case f.Type == "":
		return e.T("The customer’s answers")
	case asked && f.Type != "ask_for_email":
		return e.T("%s, asked", e.formName(&f))
	}
	return e.formName(&f)
}

// asksFor stands where a question has no answer yet.
func (e Env) asksFor(f desk.FormField) string {
	options := make([]string, 0, len(f.Options))
	for _, o := range f.Options {
		if o = oneliner(o); o != "" {
			options = append(options, o)
		}
	}
	if len(options) == 0 {
		return e.T("asked")
	}
	return e.T("asked: %s", e.listed(options))
}

func (e Env) fieldLabel(f desk.FormField) string {
	if l := strings.TrimSuffix(label(f.Label), ":"); l != "" {
		return l
	}
	if t := label(f.Type); t != "" {
		return t
	}
	return e.T("Field")
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

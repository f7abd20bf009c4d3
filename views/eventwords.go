package views

import (
	"strings"

	"agentdesk/desk"
)

// preview is an event on one line of a list.
func (e Env) preview(ev desk.Event) string {
	switch {
	case ev.ID == "" && ev.Kind == "":
		return ""
	case ev.Deleted:
		return e.T("Message deleted")
	case ev.Kind == desk.KindForm:
		return e.formTitle(formOf(ev), true)
	case ev.Kind == desk.KindFile && ev.File != nil:
		return e.T("File: %s", e.fileName(*ev.File))
	case ev.Kind == desk.KindFilledForm:
		return e.formTitle(formOf(ev), false)
	case ev.Kind == desk.KindRich:
		if t := richTitle(ev.Rich); t != "" {
			return t
		}
		return e.T("Card")
	}
	return oneliner(answerOf(ev.Text))
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

func (e Env) fileName(f desk.File) string {
	if n := label(f.Name); n != "" {
		return n
	}
	return e.T("unnamed file")
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

// The largest size of a picture in a conversation, in CSS pixels.
const (
	shotWidth  = 340
	shotHeight = 260
)

// fitted is the size at which a picture is shown, so that its place is kept until
// it has come; zero where its own size is not known.
func fitted(f desk.File) (w, h int) {
	if f.Width <= 0 || f.Height <= 0 {
		return 0, 0
	}
	scale := min(1, shotWidth/float64(f.Width), shotHeight/float64(f.Height))
	return max(1, int(scale*float64(f.Width))), max(1, int(scale*float64(f.Height)))
}

// fileKind is the short word on a file's card.
func (e Env) fileKind(f desk.File) string {
	name := e.fileName(f)
	if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= 6 {
		return strings.ToUpper(name[i+1:])
	}
	if _, sub, ok := strings.Cut(f.ContentType, "/"); ok && len(sub) <= 12 {
		return strings.ToUpper(label(sub))
	}
	return e.T("File")
}

func formOf(ev desk.Event) desk.Form {
	if ev.Form == nil {
		return desk.Form{}
	}
	return *ev.Form
}

func (e Env) formName(f *desk.Form) string {
	switch f.Type {
	case "prechat":
		return e.T("Before the chat")
	case "postchat":
		return e.T("After the chat")
	case "ask_for_email":
		return e.T("Asked for e-mail")
	case "ticket", "offline":
		return e.T("Left a message")
	}
	if t := label(strings.ReplaceAll(f.Type, "_", " ")); t != "" {
		return t
	}
	return e.T("Form")
}

// answer joins a field's answers on one line, safe to show.
func (e Env) answer(f desk.FormField) string {
	out := make([]string, 0, len(f.Answers))
	for _, a := range f.Answers {
		if a = oneliner(a); a != "" {
			out = append(out, a)
		}
	}
	return e.listed(out)
}

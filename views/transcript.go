package views

import (
	"bufio"
	"io"
	"strings"
	"unicode"

	"agentdesk/desk"
)

// WriteTranscript writes a thread as plain text, UTF-8, one entry per line;
// further lines of a message are indented, so that nobody can forge an entry
// within a message. Control and direction characters are left out.
func WriteTranscript(w io.Writer, e Env, t desk.ArchivedThread, agents []desk.Agent, me desk.Me) error {
	b := bufio.NewWriter(w)
	put := func(parts ...string) {
		for _, p := range parts {
			_, _ = b.WriteString(p) // a bufio.Writer keeps its first error for Flush
		}
	}
	put(e.T("Conversation with %s", e.nameOf(t.Customer())), "\n", e.full(t.Thread.CreatedAt), "\n")
	if s := e.served(t); s != "" {
		put(e.T("With %s", s), "\n")
	}
	if len(t.Thread.Tags) > 0 {
		tags := make([]string, len(t.Thread.Tags))
		for i, tag := range t.Thread.Tags {
			tags[i] = label(tag)
		}
		put(e.T("Tags: %s", strings.Join(tags, ", ")), "\n")
	}
	put("\n")
	if t.Thread.Restricted != "" {
		put(e.restricted(t.Thread.Restricted), "\n")
	}
	who := people(t.Users, agents, me)
	for i := range t.Thread.Events {
		v := eventOf(e, t.ChatID, "", t.Thread.Events[i], who(t.Thread.Events[i].AuthorID))
		put(e.in(v.Ev.At).Format("2006-01-02 15:04:05"), "  ", e.textLine(v), "\n")
	}
	return b.Flush()
}

// textLine is an event in plain text.
func (e Env) textLine(v eventView) string {
	ev := v.Ev
	name := v.Name
	if ev.AgentsOnly {
		name = e.T("%s (note, agents only)", name)
	}
	switch {
	case ev.Kind == desk.KindSystemText:
		return "* " + e.systemText(ev)
	case ev.Kind == desk.KindAnnotation:
		return "* " + e.annotationText(ev)
	case ev.Deleted:
		return name + ": " + e.T("(deleted)")
	case ev.Kind == desk.KindMessage:
		return name + ": " + indent(ev.Text)
	case ev.Kind == desk.KindFile && ev.File != nil:
		line := name + ": [" + e.T("file") + "] " + e.fileName(*ev.File)
		if l, ok := SafeLink(ev.File.URL); ok {
			line += " " + l.URL
		}
		return line
	case (ev.Kind == desk.KindFilledForm || ev.Kind == desk.KindForm) && ev.Form != nil:
		return name + ": [" + e.T("form") + "] " + e.formLine(*ev.Form)
	case ev.Kind == desk.KindRich && ev.Rich != nil:
		return name + ": [" + e.T("card") + "] " + orDash(e.richLine(*ev.Rich))
	case ev.Kind == desk.KindSystem:
		s := e.systemEventOf(ev)
		if s.summary != "" {
			return "* " + s.made + ": " + indent(s.summary)
		}
		return "* " + s.name
	}
	return "* " + e.kindName(ev)
}

func (e Env) formLine(f desk.Form) string {
	parts := make([]string, 0, len(f.Fields))
	for _, field := range f.Fields {
		parts = append(parts, e.fieldLabel(field)+": "+orDash(answer(field)))
	}
	return strings.Join(parts, "; ")
}

func (e Env) richLine(r desk.Rich) string {
	var parts []string
	for _, c := range r.Cards {
		parts = append(parts, filled(oneliner(c.Title), oneliner(c.Subtitle), oneliner(c.ImageAlt))...)
		for _, b := range c.Buttons {
			parts = append(parts, "["+e.buttonText(b)+"]")
		}
	}
	return strings.Join(parts, " ")
}

// indent keeps a text's lines under its first and takes out what could steer a
// terminal or turn text around.
func indent(s string) string {
	s = strings.Map(func(r rune) rune {
		if direction(r) || unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, unmark(clean(s)))
	return strings.ReplaceAll(s, "\n", "\n                     | ")
}

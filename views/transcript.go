package views

import (
	"bufio"
	"strings"
	"unicode"

	"agentdesk/desk"
)

// textExport is plain text, UTF-8, one entry per line; further lines of a
// message are indented, so that nobody can forge an entry within a message.
// Control and direction characters are left out.
type textExport struct {
	*bufio.Writer
	o     ExportOptions
	count int
}

// textRule stands between the conversations of a text.
const textRule = "\n----------------------------------------\n\n"

func newTextExport(b *bufio.Writer, o ExportOptions) Exporter { return &textExport{Writer: b, o: o} }

// put writes; a bufio.Writer keeps its first error for Flush.
func (x *textExport) put(parts ...string) {
	for _, p := range parts {
		_, _ = x.WriteString(p)
	}
}

// Thread implements Exporter.
func (x *textExport) Thread(t desk.ArchivedThread) error {
	if x.count > 0 {
		x.put(textRule)
	}
	x.count++
	e := x.o.Env
	x.put(e.T("Conversation with %s", e.nameOf(t.Customer())), "\n", e.full(t.Thread.CreatedAt), "\n")
	if s := e.served(t); s != "" {
		x.put(e.T("With %s", s), "\n")
	}
	if len(t.Thread.Tags) > 0 {
		x.put(e.T("Tags: %s", e.listed(labels(t.Thread.Tags))), "\n")
	}
	x.put("\n")
	if t.Thread.Restricted != "" {
		x.put(e.restricted(t.Thread.Restricted), "\n")
	}
	return x.o.lines(t, func(ev desk.Event, l line) error {
		x.put(e.in(ev.At).Format("2006-01-02 15:04:05"), "  ", l.text(), "\n")
		return nil
	})
}

// End implements Exporter.
func (x *textExport) End(note string) error {
	switch {
	case note != "":
		x.put(textRule, note, "\n")
	case x.count == 0:
		x.put(x.o.T("No conversation was found."), "\n")
	}
	return nil
}

// labels makes foreign words fit for one line each.
func labels(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = label(w)
	}
	return out
}

// text is a line of a text file.
func (l line) text() string {
	if l.who == "" {
		return "* " + indent(l.what)
	}
	return l.who + ": " + indent(l.what)
}

// inWords is an event in plain text.
func (e Env) inWords(v eventView) line {
	ev := v.Ev
	name := v.Name
	if ev.AgentsOnly {
		name = e.T("%s (note, agents only)", name)
	}
	switch {
	case ev.Kind == desk.KindSystemText:
		return line{what: e.systemText(ev)}
	case ev.Kind == desk.KindAnnotation:
		return line{what: e.annotationText(ev)}
	case ev.Deleted:
		return line{name, e.T("(deleted)")}
	case ev.Kind == desk.KindMessage:
		return line{name, ev.Text}
	case ev.Kind == desk.KindFile && ev.File != nil:
		what := "[" + e.T("file") + "] " + e.fileName(*ev.File)
		if l, ok := SafeLink(ev.File.URL); ok {
			what += " " + l.URL
		}
		return line{name, what}
	case (ev.Kind == desk.KindFilledForm || ev.Kind == desk.KindForm) && ev.Form != nil:
		return line{name, "[" + e.T("form") + "] " + e.formLine(*ev.Form)}
	case ev.Kind == desk.KindRich && ev.Rich != nil:
		return line{name, "[" + e.T("card") + "] " + orDash(e.richLine(*ev.Rich))}
	case ev.Kind == desk.KindSystem:
		s := e.systemEventOf(ev)
		if s.summary != "" {
			return line{what: s.made + ": " + s.summary}
		}
		return line{what: s.name}
	}
	return line{what: e.kindName(ev)}
}

func (e Env) formLine(f desk.Form) string {
	parts := make([]string, 0, len(f.Fields))
	for _, field := range f.Fields {
		parts = append(parts, e.fieldLabel(field)+": "+orDash(e.answer(field)))
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

// indent keeps a text's lines under its first.
func indent(s string) string {
	return strings.ReplaceAll(harmless(s), "\n", "\n                     | ")
}

// harmless takes out of a text what could steer a terminal or turn text around.
func harmless(s string) string {
	return strings.Map(func(r rune) rune {
		if direction(r) || unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, unmark(clean(s)))
}

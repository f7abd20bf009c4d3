package views

import (
	"regexp"
	"strings"

	"agentdesk/desk"
)

// quoteMark begins a line that repeats what was said before, as in e-mail. On the
// wire it is plain text, so that every client can show it.
const quoteMark = "> "

// quotes reports whether a text has lines that are quoted.
func quotes(text string) bool {
	return strings.HasPrefix(text, quoteMark) || strings.Contains(text, "\n"+quoteMark)
}

// quoted adds a text with its quoted lines set apart.
func (m *markup) quoted(e Env, text string) {
	for text != "" {
		mine, rest := answerIn(text)
		if mine != "" {
			m.prose(e, mine)
		}
		if rest == "" {
			return
		}
		var said string
		said, text = quoteIn(rest)
		m.raw(`<blockquote dir="auto">`)
		m.prose(e, said)
		m.raw(`</blockquote>`)
	}
}

// answerIn cuts a text before its first quoted line.
func answerIn(text string) (mine, rest string) {
	if strings.HasPrefix(text, quoteMark) {
		return "", text
	}
	if i := strings.Index(text, "\n"+quoteMark); i >= 0 {
		return text[:i], text[i+1:]
	}
	return text, ""
}

// quoteIn takes the quoted lines off the beginning of a text.
func quoteIn(text string) (said, rest string) {
	var b strings.Builder
	for strings.HasPrefix(text, quoteMark) {
		line, after, more := strings.Cut(text, "\n")
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line[len(quoteMark):])
		if text = after; !more {
			break
		}
	}
	return b.String(), text
}

// answerOf is a text without what it quotes at its beginning; the whole text
// where nothing else is said.
func answerOf(text string) string {
	if !strings.HasPrefix(text, quoteMark) {
		return text
	}
	if _, rest := quoteIn(text); strings.TrimSpace(rest) != "" {
		return rest
	}
	return text
}

// quoteMax is how many characters of a message are repeated in an answer.
const quoteMax = 600

// Quoted is what somebody said, as an answer to it begins: without what it quotes
// itself. Scripts do the same (static/js/event.js). "" where there are no words.
func (e Env) Quoted(ev desk.Event, by desk.Person) string {
	said := make([]string, 0, 8)
	for line := range strings.Lines(clean(unmark(e.saying(ev)))) {
		if !strings.HasPrefix(line, quoteMark) {
			said = append(said, line)
		}
	}
	text := strings.TrimSpace(strings.Join(said, ""))
	if text == "" {
		return ""
	}
	if r := []rune(text); len(r) > quoteMax {
		text = string(r[:quoteMax]) + " …"
	}
	v := eventOf(e, "", "", ev, by)
	name := v.who()
	if v.Me {
		name = v.Name
	}
	return quoteMark + strings.ReplaceAll(label(name)+": "+text, "\n", "\n"+quoteMark) + "\n"
}

// saying is an event's words, or what stands for them.
func (e Env) saying(ev desk.Event) string {
	switch {
	case ev.Deleted || !ev.Spoken():
		return ""
	case ev.Text == "" && ev.File != nil:
		return e.fileName(*ev.File)
	case ev.Text == "" && ev.Rich != nil && len(ev.Rich.Cards) > 0:
		return ev.Rich.Cards[0].Title
	}
	return ev.Text
}

// tongues are the language tags that are believed (BCP 47).
var tongues = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$`)

// language is what an event is written in, where a property says so; "" where
// it is not known.
func language(ev *desk.Event) (tag string) {
	for _, values := range ev.Properties {
		for _, name := range [...]string{"language", "lang", "language_code"} {
			if v := values[name]; tongues.MatchString(v) && (tag == "" || v < tag) {
				tag = v
			}
		}
	}
	return tag
}

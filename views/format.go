package views

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/a-h/templ"

	"agentdesk/desk"
)

func itoa(n int) string { return strconv.Itoa(n) }

func (e Env) sameDay(a, b time.Time) bool { return sameDay(e.in(a), e.in(b)) }

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// iso is the machine's form of a time.
func iso(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// unix is a time for scripts, in seconds.
func unix(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }

// micros is a time for sorting: microseconds, of fixed width.
func micros(t time.Time) string {
	var m markup
	m.micros(t)
	return string(m.b)
}

// waited is how long somebody waits: 0:52, 12:03, 1:02:10.
func (e Env) waited(since time.Time) string {
	d := max(0, e.now().Sub(since))
	s := int(d / time.Second)
	two := func(n int) string {
		if n < 10 {
			return "0" + itoa(n)
		}
		return itoa(n)
	}
	if s >= 3600 {
		return itoa(s/3600) + ":" + two(s/60%60) + ":" + two(s%60)
	}
	return itoa(s/60) + ":" + two(s%60)
}

// urgency is the class of a waiting time in a chat of a group. static/js/time.js
// goes on with it.
func (e Env) urgency(since time.Time, group int) string {
	l := e.Limits.Of(group)
	switch d := e.now().Sub(since); {
	case d >= l.Late:
		return "wait late"
	case d >= l.Warn:
		return "wait warn"
	}
	return "wait"
}

// waitLimits are the limits of a group as attributes, none for the common ones.
func (e Env) waitLimits(group int) templ.Attributes {
	l := e.Limits.Of(group)
	if l.Common() {
		return nil
	}
	return templ.Attributes{"data-warn": wholeSeconds(l.Warn), "data-late": wholeSeconds(l.Late)}
}

func wholeSeconds(d time.Duration) string { return itoa(int(d / time.Second)) }

// size is a file's size for people.
func (e Env) size(n int64) string {
	switch {
	case n <= 0:
		return ""
	case n < 1000:
		return e.T("%d B", int(n))
	case n < 1_000_000:
		return e.T("%d kB", int((n+500)/1000))
	case n < 1_000_000_000:
		return e.T("%s MB", e.Words.Decimal(float64(n)/1e6))
	}
	return e.T("%s GB", e.Words.Decimal(float64(n)/1e9))
}

// nameOf is what a person is called on a page.
func (e Env) nameOf(p desk.Person) string {
	if n := label(p.Name); n != "" {
		return n
	}
	if p.Agent {
		if n := label(p.ID); n != "" {
			return n
		}
		return e.T("Agent")
	}
	if n := label(p.Email); n != "" {
		return n
	}
	return e.T("Visitor")
}

// dots puts parts on one line, each with a direction of its own.
func (e Env) dots(parts []string) string {
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteString(" · ")
		}
		b.WriteString(e.Words.Isolate(p))
	}
	return b.String()
}

// listed puts names in a row, with the commas of the language.
func (e Env) listed(names []string) string { return strings.Join(names, e.T(", ")) }

// firstName is the word before the first space, where it says enough.
func firstName(name string) string {
	if first, _, ok := strings.Cut(name, " "); ok && utf8.RuneCountInString(first) > 1 {
		return first
	}
	return name
}

// hues is the number of avatar colours in the style sheet, from 0.
const hues = 12

// hue picks a person's avatar colour.
func hue(id string) int {
	var h uint32 = 2166136261
	for i := 0; i < len(id); i++ {
		h = (h ^ uint32(id[i])) * 16777619
	}
	return int((h ^ h>>15) % hues)
}

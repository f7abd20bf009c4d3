package views

import (
	"net/url"
	"strconv"
	"time"
	"unicode"

	"github.com/a-h/templ"

	"agentdesk/desk"
)

// query writes the search as a query string without "?", at the page given.
func (p ArchivesPage) query(page string) string {
	q := url.Values{}
	for k, v := range map[string]string{"query": p.Query.Text, "from": p.From, "to": p.To, "page": page} {
		if v != "" {
			q.Set(k, v)
		}
	}
	for _, a := range p.Query.Agents {
		q.Add("agent", a)
	}
	for _, g := range p.Query.Groups {
		q.Add("group", strconv.Itoa(g))
	}
	for _, t := range p.Query.Tags {
		q.Add("tag", t)
	}
	return q.Encode()
}

// narrowed reports whether anything is searched for.
func (p ArchivesPage) narrowed() bool { return p.query("") != "" }

// hit is the event of a found thread that shows best why it was found: one with
// marks, else the last thing said.
func hit(t desk.Thread) (ev desk.Event, ok bool) {
	for i := range t.Events {
		e := t.Events[i]
		if found(e) {
			return e, true
		}
		if e.Spoken() && !e.Deleted && e.Kind != desk.KindFilledForm {
			ev, ok = e, true
		}
	}
	return ev, ok
}

// found reports whether an event carries marks.
func found(e desk.Event) bool {
	for _, r := range e.Text {
		if string(r) == desk.MarkStart {
			return true
		}
	}
	return false
}

// snippetBefore and snippetMax bound what is shown around found words, in
// characters.
const (
	snippetBefore = 40
	snippetMax    = 180
)

// snippet cuts a text around its first found words.
func snippet(s string) string {
	runes := []rune(clean(s))
	at := -1
	for i, r := range runes {
		if string(r) == desk.MarkStart {
			at = i
			break
		}
	}
	head := ""
	if at > snippetBefore {
		from := at - snippetBefore
		for i := from; i < at; i++ { // begin with a whole word
			if unicode.IsSpace(runes[i]) {
				from = i + 1
				break
			}
		}
		runes, head = runes[from:], "… "
	}
	tail := ""
	if len(runes) > snippetMax {
		runes, tail = runes[:snippetMax], "…"
	}
	return head + string(runes) + tail
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// count says how much was found.
func (p ArchivesPage) count() string {
	switch {
	case p.Error != "" || p.Result.Found == 0:
		return ""
	case p.narrowed():
		return p.N(p.Result.Found, "%d conversation found", "%d conversations found")
	}
	return p.N(p.Result.Found, "%d closed conversation", "%d closed conversations")
}

func (p ArchivesPage) transcript(t desk.ArchivedThread) string {
	return withQuery(p.Path("archives", t.ChatID, t.Thread.ID), p.query(p.Query.Page))
}

func (p ArchivesPage) pageURL(page string) string {
	return withQuery(p.Path("archives"), p.query(page))
}

func (p ArchivesPage) groupOf(t desk.ArchivedThread) string {
	if len(p.Groups) < 2 || len(t.Thread.Groups) == 0 || t.Thread.Groups[0] == 0 { // group 0 is everybody
		return ""
	}
	return p.groupName(p.Groups, t.Thread.Groups[0])
}

func withQuery(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}

// served names the agents of a thread.
func (e Env) served(t desk.ArchivedThread) string {
	names := make([]string, 0, 2)
	for _, u := range t.Users {
		if !u.Agent || u.AgentsOnly {
			continue
		}
		if len(names) == 3 {
			names = append(names, e.T("others"))
			break
		}
		names = append(names, firstName(e.nameOf(u)))
	}
	return e.listed(names)
}

// rated is the customer's verdict, in a word.
func (e Env) rated(t desk.Thread) string {
	switch t.Rating() {
	case desk.Good:
		return e.T("good")
	case desk.Bad:
		return e.T("bad")
	}
	return ""
}

// said counts what people said.
func (e Env) said(t desk.Thread) string {
	n := 0
	for i := range t.Events {
		if t.Events[i].Spoken() {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return e.N(n, "%d message", "%d messages")
}

func (p TranscriptPage) back() string { return withQuery(p.Path("archives"), p.Back) }

func (p TranscriptPage) other(threadID string) string {
	return withQuery(p.Path("archives", p.Thread.ChatID, threadID), p.Back)
}

// part is the address of what is before the first or after the last event shown.
func (p TranscriptPage) part(query string, i int) string {
	events := p.Thread.Thread.Events
	if i < 0 {
		i += len(events)
	}
	path := withQuery(p.Path("archives", p.Thread.ChatID, p.Thread.Thread.ID), p.Back)
	sep := "?"
	if p.Back != "" {
		sep = "&"
	}
	return path + sep + query + "=" + queryEscape(events[i].ID)
}

func (p TranscriptPage) entries() []entry {
	return entries(p.Env, p.Thread.ChatID, "", p.At, p.Thread.Thread.Events, people(p.Thread.Users, p.Agents, p.Me), time.Time{})
}

// blame marks a field that was refused. It has the focus when its page comes up.
func (p ArchivesPage) blame(field string) templ.Attributes {
	if p.Field != field {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": "compose-error", "autofocus": true}
}

package views

import (
	"strconv"
	"strings"
	"time"

	"agentdesk/desk/report"
)

// took is how long something took, for people, on one line; a dash where nothing
// did. Who waited for ten minutes does not ask for seconds.
func (e Env) took(s report.Spread, d time.Duration) string {
	seconds := int(d.Round(time.Second) / time.Second)
	minutes := (seconds + 30) / 60
	text := "–"
	switch {
	case s.Count == 0:
	case seconds < 60:
		text = e.T("%d s", seconds)
	case seconds < 600 && seconds%60 != 0:
		text = e.T("%d min %d s", seconds/60, seconds%60)
	case minutes < 60:
		text = e.T("%d min", minutes)
	default:
		text = e.T("%d h %d min", minutes/60, minutes%60)
	}
	return strings.ReplaceAll(text, " ", "\u00a0")
}

// figure is one number that stands for all chats: what it is, and in a smaller
// type what belongs to it.
type figure struct{ name, value, more string }

func (p ReportPage) figures() []figure {
	a, number := p.Report.All, p.Words.Number
	first, length, rated := p.T("nobody was answered"), p.T("nothing was said"), p.T("nobody rated")
	if a.First.Count > 0 {
		first = p.T("nine of ten within %s", p.took(a.First, a.First.P90))
	}
	if a.Length.Count > 0 {
		length = p.T("nine of ten within %s", p.took(a.Length, a.Length.P90))
	}
	good := "–"
	if a.Rated() > 0 {
		good = p.percent(report.Percent(a.Good, a.Rated()))
		rated = p.N(a.Rated(), "%[2]d good of %[1]d rating", "%[2]d good of %[1]d ratings", a.Good)
	}
	return []figure{
		{p.T("Chats"), number(a.Chats), ""},
		{p.T("First reply, median"), p.took(a.First, a.First.Median), first},
		{p.T("Length, median"), p.took(a.Length, a.Length.Median), length},
		{p.T("Unanswered"), number(a.Unanswered), p.T("%s of all chats", p.percent(report.Percent(a.Unanswered, a.Chats)))},
		{p.T("Messages by customers"), number(a.Customers), ""},
		{p.T("Messages by agents"), number(a.Agents), ""},
		{p.T("Messages by bots"), number(a.Bots), ""},
		{p.T("Good ratings"), good, rated},
	}
}

func (e Env) percent(n int) string { return e.T("%d%%", n) }

// reportTable is one table as it is drawn: the head of its first column, then of
// the figures.
type reportTable struct {
	id, caption, first string
	head               []string
	rows               []reportRow
	export             string // where it can be had as a file; "" nowhere
	note               string // a sentence below
}

// reportRow is a row. share is how long its bar is, in percent; less than 0 has
// none.
type reportRow struct {
	name, link string
	share      int
	cells      []string
}

// maxTags is how many tags a report shows.
const maxTags = 20

// tables are the breakdowns that stand as tables.
func (p ReportPage) tables() []reportTable {
	r := p.Report
	agents := p.table("agents", p.T("By agent"), p.T("Agent"), r.Agents, func(key string) (string, string) {
		link := ""
		if p.knows(key) {
			link = p.archives("agent", key)
		}
		return agentName(p.Agents, key), link
	})
	agents.export = p.export("agents")
	bots := p.table("bots", p.T("By bot"), p.T("Bot"), r.Bots, func(key string) (string, string) { return p.botLine(key), "" })
	groups := p.table("groups", p.T("By group"), p.T("Group"), r.Groups, func(key string) (string, string) {
		return p.groupLine(key), p.archives("group", key)
	})
	tags := p.table("tags", p.T("By tag"), p.T("Tag"), r.Tags[:min(len(r.Tags), maxTags)], func(key string) (string, string) {
		link := ""
		if p.Me.Can.SearchTags {
			link = p.archives("tag", key)
		}
		return label(key), link
	})
	if n := len(r.Tags) - maxTags; n > 0 {
		tags.note = p.N(n, "%d more tag is on fewer chats.", "%d more tags are on fewer chats.")
	}
	var out []reportTable
	for _, t := range []reportTable{agents, bots, groups, tags} {
		if len(t.rows) > 0 {
			out = append(out, t)
		}
	}
	return out
}

func (p ReportPage) table(id, caption, first string, lines []report.Line, name func(key string) (name, link string)) reportTable {
	t := reportTable{id: id, caption: caption, first: first, head: []string{
		p.T("Chats"), p.T("Messages"), p.T("Unanswered"), p.T("First reply"), p.T("Good"), p.T("Bad"),
	}}
	most := 0
	for _, l := range lines {
		most = max(most, l.Chats)
	}
	for _, l := range lines {
		row := reportRow{share: report.Percent(l.Chats, most)}
		if row.name, row.link = name(l.Key); l.Chats == 0 {
			row.link = "" // it would lead to nothing
		}
		for _, n := range []int{l.Chats, l.Messages, l.Unanswered, l.Good, l.Bad} {
			row.cells = append(row.cells, p.Words.Number(n))
		}
		row.cells = append(row.cells[:3], append([]string{p.took(l.First, l.First.Median)}, row.cells[3:]...)...)
		t.rows = append(t.rows, row)
	}
	return t
}

// hourWord is an hour of the day as the agent writes it.
func (p ReportPage) hourWord(key string) string {
	n, _ := strconv.Atoi(key)
	e := p.Env
	e.Zone = time.UTC
	return e.clock(time.Date(2026, 1, 1, n, 0, 0, 0, time.UTC))
}

package views

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"agentdesk/desk"
	"agentdesk/desk/report"
)

// ReportPage shows figures of closed chats. Counted says that there are any: the
// form alone is drawn where it was refused, or the chat server said no.
type ReportPage struct {
	Page
	Choice  ReportChoice
	Agents  []desk.Agent
	Groups  []desk.Group
	Counted bool
	Report  report.Report
	Read    int    // threads that were read
	Found   int    // threads that there are, as the chat server tells
	More    bool   // there are more than were read
	Latest  bool   // see desk.ArchivePage
	Error   string // a sentence about Field, or about the archives
	Field   string
}

// ReportChoice is the form of a report. From and To are days as given in the form
// where Period is PeriodDays, and otherwise the days that Period stands for.
type ReportChoice struct {
	Period string // one of ReportPeriods
	From   string // YYYY-MM-DD, inclusive
	To     string // YYYY-MM-DD, inclusive
	Group  string // a number, "" for all
	Agent  string // an id, "" for all
}

// The times that a report can be about.
const (
	PeriodToday     = "today"
	PeriodYesterday = "yesterday"
	PeriodWeek      = "week"  // the last 7 days, today among them
	PeriodMonth     = "month" // the last 30 days, today among them
	PeriodDays      = "days"  // from a day to a day
)

// ReportPeriods are all of them, in the order of the form.
var ReportPeriods = [...]string{PeriodToday, PeriodYesterday, PeriodWeek, PeriodMonth, PeriodDays}

func (e Env) periodWord(period string) string {
	switch period {
	case PeriodToday:
		return e.T("Today")
	case PeriodYesterday:
		return e.T("Yesterday")
	case PeriodWeek:
		return e.T("Last 7 days")
	case PeriodMonth:
		return e.T("Last 30 days")
	}
	return e.T("From day to day")
}

// blame marks a field that was refused.
func (p ReportPage) blame(field string) templ.Attributes {
	if p.Field != field {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": "compose-error"}
}

// days says what time the report is about.
func (p ReportPage) days() string {
	if p.Choice.From == p.Choice.To {
		return p.dayWord(p.Choice.From, shortDate)
	}
	return p.T("%s to %s", p.dayWord(p.Choice.From, shortDate), p.dayWord(p.Choice.To, shortDate))
}

// dayWord writes a day that is given as YYYY-MM-DD; what is none stays as it is.
func (e Env) dayWord(day, pattern string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return label(day)
	}
	return e.date(pattern, t, true)
}

// query is the report's form, and further pairs of names and values.
func (p ReportPage) query(more ...string) string {
	q := url.Values{}
	for i, pairs := 0, append([]string{"period", p.Choice.Period, "from", p.Choice.From, "to", p.Choice.To, "group", p.Choice.Group, "agent", p.Choice.Agent}, more...); i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	return q.Encode()
}

// archives is the search that finds the chats of a row: those of the report with
// one more filter. A row that a filter of the form stands against has none, since
// a search for either finds more.
func (p ReportPage) archives(name, value string) string {
	c := p.Choice
	at := map[string]*string{"agent": &c.Agent, "group": &c.Group}
	q := url.Values{}
	if name == "day" {
		c.From, c.To = value, value
	} else if was := at[name]; was == nil {
		q.Set(name, value)
	} else if *was != "" && *was != value {
		return ""
	} else {
		*was = value
	}
	for k, v := range map[string]string{"from": c.From, "to": c.To, "agent": c.Agent, "group": c.Group} {
		if v != "" {
			q.Set(k, v)
		}
	}
	return withQuery(p.Path("archives"), q.Encode())
}

// export is where a table is taken out as a file.
func (p ReportPage) export(table string) string {
	return withQuery(p.Path("reports", "export"), p.query("table", table))
}

func (p ReportPage) knows(agentID string) bool {
	return slices.ContainsFunc(p.Agents, func(a desk.Agent) bool { return a.ID == agentID })
}

// groupLine names the group of a line.
func (p ReportPage) groupLine(key string) string {
	n, err := strconv.Atoi(key)
	if err != nil {
		return label(key)
	}
	return p.groupName(p.Groups, n)
}

// botLine names a bot: the chat server tells its name to nobody but chats, so its
// id has to do where the directory has none.
func (p ReportPage) botLine(id string) string { return agentName(p.Agents, id) }

// limits are what a reader has to know before he believes the figures.
func (p ReportPage) limits() (out []string) {
	switch {
	case p.Latest:
		out = append(out, p.T("You may not search all archives at this chat server, so this is the newest conversation of each closed chat that you may see."))
	case !p.Me.Administrator():
		out = append(out, p.T("These are the chats that you may see: your own, and those of your groups."))
	}
	switch {
	case p.More && p.Found > p.Read:
		out = append(out, p.N(p.Found, "These are the newest %[2]d of %[1]d chat. Choose fewer days to count them all.", "These are the newest %[2]d of %[1]d chats. Choose fewer days to count them all.", p.Read))
	case p.More:
		out = append(out, p.N(p.Read, "This is the newest %d chat, and there are more. Choose fewer days to count them all.", "These are the newest %d chats, and there are more. Choose fewer days to count them all."))
	}
	if n := p.Report.Withheld; n > 0 {
		out = append(out, p.N(n, "You may not see what was said in %d chat. It counts as a chat alone.", "You may not see what was said in %d chats. They count as chats alone."))
	}
	return out
}

package handlers

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/desk/report"
	"agentdesk/views"
)

// Bounds of a report: how many threads it counts, and how many where each has to
// be read by itself; how long reading them may take, so that a slow chat server
// does not keep a browser waiting; how many days it is about.
const (
	maxReport       = 1000
	maxReportSingly = 200
	reportTime      = 30 * time.Second
	maxReportDays   = 366 // a year
)

func (s *Server) showReports(c echo.Context) error {
	p, err := s.countedPage(c)
	status := http.StatusOK
	switch {
	case err == nil:
	case p.Me.ID == "" || desk.CodeOf(err) == desk.Unauthorized:
		return err
	default: // the form stays, with what went wrong
		what := problemOf(err)
		p.Error, p.Field, status = s.told(c, what), what.field, what.status
	}
	return s.render(c, status, views.Reports(p))
}

// exportReport answers with one table of a report as a file.
func (s *Server) exportReport(c echo.Context) error {
	table := c.QueryParam("table")
	if table != views.ReportDays && table != views.ReportAgents {
		return badRequest("The tables of a report are days and agents.")
	}
	p, err := s.countedPage(c)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := views.ReportCSV(&b, p, table); err != nil {
		return err
	}
	attach(c, "report-"+table+"-"+p.Choice.From+"-"+p.Choice.To+".csv")
	return c.Blob(http.StatusOK, "text/csv; charset=utf-8", b.Bytes())
}

// countedPage is a report as it was asked for. With an error the page has its form
// alone, and nothing at all where not even the frame could be read.
func (s *Server) countedPage(c echo.Context) (views.ReportPage, error) {
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return views.ReportPage{}, err
	}
	p := views.ReportPage{Page: in.Page, Agents: in.Inbox.Agents, Groups: in.Inbox.Groups}
	p.Active, p.Title = views.NavReports, p.T("Reports")
	var query desk.ArchiveQuery
	var mistake *desk.Error
	if p.Choice, query, mistake = s.reportQuery(c.QueryParams()); mistake != nil {
		return p, mistake
	}
	tally := report.New(report.Options{Zone: s.Zone, From: query.From, To: query.To, Agents: p.Agents})
	if err := readReport(c.Request().Context(), visitIn(c).desk, query, tally, &p); err != nil {
		return p, err
	}
	p.Report, p.Counted = tally.Report(), true
	return p, nil
}

// reportQuery reads the form of a report: what was chosen, with the days it stands
// for, and the search of the archives that finds the chats.
func (s *Server) reportQuery(q url.Values) (views.ReportChoice, desk.ArchiveQuery, *desk.Error) {
	trimmed := func(name string) string { return strings.TrimSpace(q.Get(name)) }
	c := views.ReportChoice{Period: trimmed("period"), From: trimmed("from"), To: trimmed("to"), Group: trimmed("group"), Agent: trimmed("agent")}
	today := s.Now().In(s.Zone)
	days := func(first, last int) {
		c.From, c.To = today.AddDate(0, 0, -first).Format(time.DateOnly), today.AddDate(0, 0, -last).Format(time.DateOnly)
	}
	wrong := func(field, text string) *desk.Error {
		return &desk.Error{Code: desk.Invalid, Text: text, Field: field}
	}
	var mistake *desk.Error
	switch c.Period {
	case views.PeriodToday:
		days(0, 0)
	case views.PeriodYesterday:
		days(1, 1)
	case views.PeriodMonth:
		days(29, 0)
	case views.PeriodDays:
		if c.From == "" || c.To == "" {
			mistake = wrong("from", "Write the first day and the last.")
		}
	case views.PeriodWeek, "":
		c.Period = views.PeriodWeek
		days(6, 0)
	default:
		mistake = wrong("period", "There is no such time.")
	}
	query, bad := s.archiveQuery(url.Values{"from": {c.From}, "to": {c.To}, "group": {c.Group}, "agent": {c.Agent}})
	switch {
	case mistake != nil:
	case bad != nil:
		mistake = bad
	case c.Agent != "" && len(query.Agents) == 0:
		mistake = wrong("agent", "There is no such agent.")
	case query.From.AddDate(0, 0, maxReportDays).Before(query.To):
		mistake = wrong("to", "A report is about a year at most.")
	}
	return c, query, mistake
}

// readReport hands the newest threads that a search finds to a tally, page after
// page, and notes in p how many there were.
func readReport(ctx context.Context, d Desk, q desk.ArchiveQuery, tally *report.Tally, p *views.ReportPage) error {
	whole := ctx
	ctx, cancel := context.WithTimeout(whole, reportTime)
	defer cancel()
	failed := func(err error) error {
		switch {
		case ctx.Err() != nil && whole.Err() == nil:
			return desk.Wrap(desk.Timeout, "Reading so many chats took too long. Choose fewer days, one group or one agent.", err)
		case desk.CodeOf(err) == desk.Forbidden:
			return desk.Wrap(desk.Forbidden, "You may not search the archives at this chat server, so there is nothing to count.", err)
		}
		return err
	}
	for q.Limit = exportPage; ; {
		found, err := d.Archives(ctx, q)
		if err != nil {
			return failed(err)
		}
		most := maxReport
		if p.Latest = p.Latest || found.Latest; p.Latest {
			most = maxReportSingly
		}
		p.Found = max(p.Found, found.Found)
		for _, t := range found.Threads {
			if p.Read == most {
				p.More = true
				return nil
			}
			if found.Latest { // the list tells only what was said last
				if t, err = d.Thread(ctx, t.ChatID, t.Thread.ID); desk.CodeOf(err) == desk.NotFound {
					continue // it went away meanwhile
				} else if err != nil {
					return failed(err)
				}
			}
			p.Read++
			tally.Add(t)
		}
		if found.Next == "" || found.Next == q.Page {
			return nil
		}
		if p.Read == most {
			p.More = true
			return nil
		}
		q.Page = found.Next
	}
}

package handlers

import (
	"context"
	"encoding/csv"
	"errors"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"agentdesk/desk"
	"agentdesk/desk/report"
	"agentdesk/views"
)

func TestReportQuery(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatalf("time zones come with Go: %v", err)
	}
	// In Berlin it is Monday, the day after the clocks were changed, half past midnight.
	now := time.Date(2026, 10, 25, 23, 30, 0, 0, time.UTC)
	s := &Server{Options: Options{Zone: berlin, Now: func() time.Time { return now }}}
	for query, want := range map[string][2]string{
		"":                 {"2026-10-20", "2026-10-26"},
		"period=week":      {"2026-10-20", "2026-10-26"},
		"period=today":     {"2026-10-26", "2026-10-26"},
		"period=yesterday": {"2026-10-25", "2026-10-25"},
		"period=month":     {"2026-09-27", "2026-10-26"},
		"period=yesterday&from=2020-01-01&to=nonsense":   {"2026-10-25", "2026-10-25"},
		"period=days&from=+2025-10-26&to=2026-10-26+":    {"2025-10-26", "2026-10-26"},
		"period=today&group=7&agent=anna%40example.com ": {"2026-10-26", "2026-10-26"},
	} {
		v, _ := url.ParseQuery(query)
		c, q, mistake := s.reportQuery(v)
		if mistake != nil || c.From != want[0] || c.To != want[1] {
			t.Errorf("%q: %+v, %v", query, c, mistake)
		}
		from, _ := time.ParseInLocation(time.DateOnly, want[0], berlin)
		to, _ := time.ParseInLocation(time.DateOnly, want[1], berlin)
		if !q.From.Equal(from) || !q.To.Equal(to.AddDate(0, 0, 1)) {
			t.Errorf("%q searches from %v to %v", query, q.From, q.To)
		}
		if v.Has("group") && (len(q.Groups) != 1 || q.Groups[0] != 7 || len(q.Agents) != 1 || q.Agents[0] != agentAnna) {
			t.Errorf("%q searches %+v", query, q)
		}
	}
	for query, field := range map[string]string{
		"period=always": "period", "period=days": "from", "period=days&from=2026-10-01": "from", "period=days&from=x&to=2026-10-01": "from",
		"period=days&from=2026-10-02&to=2026-10-01": "to", "period=days&from=2025-10-25&to=2026-10-26": "to", "group=sales": "group", "agent=%00": "agent",
	} {
		v, _ := url.ParseQuery(query)
		if _, _, mistake := s.reportQuery(v); mistake == nil || mistake.Field != field || mistake.Code != desk.Invalid {
			t.Errorf("%q: %v", query, mistake)
		}
	}
}

// talk is a conversation that Anna answered after a minute.
func talk(id string, at time.Time) desk.ArchivedThread {
	return desk.ArchivedThread{
		ChatID: "C" + id, Users: []desk.Person{{ID: customer}, {ID: agentAnna, Agent: true}},
		Thread: desk.Thread{ID: id, CreatedAt: at, UserIDs: []string{customer, agentAnna}, Tags: []string{"=HYPERLINK()"}, Events: []desk.Event{
			{ID: id + "1", Kind: desk.KindMessage, AuthorID: customer, At: at},
			{ID: id + "2", Kind: desk.KindMessage, AuthorID: agentAnna, At: at.Add(time.Minute)},
		}},
	}
}

func TestReports(t *testing.T) {
	h := newHouse(t, "/desk", func(o *Options) { o.Now = func() time.Time { return moment } }).signIn()
	var asked []desk.ArchiveQuery
	h.desk.search = func(_ context.Context, q desk.ArchiveQuery) (desk.ArchivePage, error) {
		asked = append(asked, q)
		if q.Page == "" {
			return desk.ArchivePage{Found: 3, Next: "2", Threads: []desk.ArchivedThread{talk("A", moment), talk("B", moment.AddDate(0, 0, -1))}}, nil
		}
		return desk.ArchivePage{Found: 3, Threads: []desk.ArchivedThread{talk("B", moment.AddDate(0, 0, -1)), talk("C", moment.AddDate(0, 0, -9))}}, nil
	}
	page := h.get("/reports?group=0&agent=" + url.QueryEscape(agentAnna))
	page.want(t, 200, "2 closed chats", "1\u00a0min", `href="/desk/archives?agent=anna%40example.com&amp;from=2026-11-20&amp;group=0&amp;to=2026-11-20"`, `aria-current`)
	if len(asked) != 2 || asked[0].Limit != exportPage || asked[1].Page != "2" || len(asked[1].Groups) != 1 || asked[1].Agents[0] != agentAnna || !asked[1].To.Equal(asked[0].To) {
		t.Errorf("asked %+v", asked)
	}
	file := h.get("/reports/export?table=agents")
	if cd := file.header.Get("Content-Disposition"); cd != `attachment; filename="report-agents-2026-11-15-2026-11-21.csv"` {
		t.Errorf("Content-Disposition is %q", cd)
	}
	if ct := file.header.Get("Content-Type"); ct != "text/csv; charset=utf-8" {
		t.Errorf("Content-Type is %q", ct)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][0] != agentAnna || rows[1][3] != "2" || rows[1][6] != "60" {
		t.Errorf("%v %v", rows, err)
	}
	days := h.get("/reports/export?table=days&period=yesterday")
	days.want(t, 200, "2026-11-20,1,2,0,60,60,60,0,0")
}

// What is left out is said, on the page and in the file.
func TestReportsSayWhatTheyLeaveOut(t *testing.T) {
	h := newHouse(t, "", func(o *Options) { o.Now = func() time.Time { return moment } }).signIn()
	page := func(latest bool, found int) func(context.Context, desk.ArchiveQuery) (desk.ArchivePage, error) {
		return func(_ context.Context, q desk.ArchiveQuery) (desk.ArchivePage, error) {
			p := desk.ArchivePage{Found: found, Latest: latest, Next: q.Page + "x"}
			for range 100 {
				p.Threads = append(p.Threads, oldThread(len(q.Page)))
			}
			return p, nil
		}
	}
	h.desk.search = page(false, 1500)
	h.get("/reports").want(t, 200, "These are the newest 1,000 of 1,500 chats. Choose fewer days")
	h.get("/reports/export?table=days").want(t, 200, "# These are the newest 1,000 of 1,500 chats.")
	h.desk.set(func() { h.desk.search = page(false, 0) })
	h.get("/reports").want(t, 200, "These are the newest 1,000 chats, and there are more.")
	h.desk.set(func() { h.desk.search = page(true, 900) })
	h.get("/reports").want(t, 200, "You may not search all archives", "the newest 200 of 900 chats")
	h.desk.set(func() { h.desk.search = nil })
	h.get("/reports").want(t, 200, "These are the newest 1,000 of 1,500 chats.")
	h.desk.set(func() {
		h.desk.search = func(context.Context, desk.ArchiveQuery) (desk.ArchivePage, error) { return desk.ArchivePage{}, nil }
	})
	h.get("/reports").want(t, 200, "No closed chats in this time", `<select name="period"`)
}

// A refusal leaves the form as it was filled in.
func TestReportsTellWhatWentWrong(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.get("/reports?period=days&from=soon&to=2026-11-21").want(t, 422, "Write a day as year-month-day", `value="soon"`, `aria-invalid="true"`)
	for err, want := range map[error]struct {
		status int
		text   string
	}{
		errDown:                             {503, "Not connected"},
		desk.Fail(desk.Forbidden, "No."):    {403, "You may not search the archives"},
		desk.Fail(desk.TooMany, "Wait."):    {429, "Wait."},
		errors.New("something inside"):      {500, "Something went wrong on our side."},
		desk.Fail(desk.Unauthorized, "Out"): {303, ""}, // to the sign-in page
	} {
		h.desk.set(func() {
			h.desk.search = func(context.Context, desk.ArchiveQuery) (desk.ArchivePage, error) { return desk.ArchivePage{}, err }
		})
		page := h.get("/reports?period=days&from=2026-11-01&to=2026-11-02")
		page.want(t, want.status, want.text)
		if want.status != 303 && (!strings.Contains(page.body, `value="2026-11-01"`) || strings.Contains(page.body, "something inside")) {
			t.Errorf("%v: the form is lost, or what went wrong inside is shown: %.200s", err, page.body)
		}
		h.get("/reports/export?table=days").want(t, want.status, want.text)
	}
}

// slow answers only when it is given up.
type slow struct{ Desk }

func (slow) Archives(ctx context.Context, _ desk.ArchiveQuery) (desk.ArchivePage, error) {
	<-ctx.Done()
	return desk.ArchivePage{}, ctx.Err()
}

// A slow chat server is given up after a while, and at once when the browser left.
func TestReportsHaveADeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		read := func(ctx context.Context) error {
			return readReport(ctx, slow{}, desk.ArchiveQuery{}, report.New(report.Options{}), &views.ReportPage{})
		}
		begun := time.Now()
		if err := read(t.Context()); desk.CodeOf(err) != desk.Timeout || !strings.Contains(desk.TextOf(err), "Choose fewer days") {
			t.Errorf("given up with %v", err)
		}
		if took := time.Since(begun); took != reportTime {
			t.Errorf("given up after %v", took)
		}
		gone, leave := context.WithCancel(t.Context())
		leave()
		if err := read(gone); !errors.Is(err, context.Canceled) || time.Since(begun) != reportTime {
			t.Errorf("the browser left: %v", err)
		}
	})
}

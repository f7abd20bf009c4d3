package views

import (
	"strings"
	"time"

	"agentdesk/desk"
	"agentdesk/desk/report"
)

// reportOf is a page about the seven days before now, with what was counted of
// threads.
func reportOf(threads []desk.ArchivedThread) ReportPage {
	p := ReportPage{Page: page("Reports", NavReports), Agents: sampleAgents, Groups: sampleGroups, Counted: true, Read: len(threads), Found: len(threads)}
	p.Me.Permission = desk.RoleAdministrator
	p.Choice = ReportChoice{Period: PeriodWeek, From: "2026-11-15", To: "2026-11-21"}
	return talliedReport(p, time.Date(2026, 11, 15, 0, 0, 0, 0, time.UTC), threads)
}

func talliedReport(p ReportPage, from time.Time, threads []desk.ArchivedThread) ReportPage {
	t := report.New(report.Options{From: from, To: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), Agents: sampleAgents})
	for _, th := range threads {
		t.Add(th)
	}
	p.Report = t.Report()
	return p
}

// sampleTalks are conversations that began one after the other in so many days.
func sampleTalks(n, days int, tags ...string) []desk.ArchivedThread {
	var out []desk.ArchivedThread
	helper := agentPerson("5c9871d5372c824cbf22d860a707a578", "Returns helper")
	for i := range n {
		chance := int(uint32(i+1) * 2654435761 >> 9) // the same in every run
		back := min(chance%days, chance/days%days+days/3)
		at := time.Date(2026, 11, 21-back, 7+chance%7+chance/7%7, chance%60, 0, 0, time.UTC)
		by := sampleAgents[chance%5%3].ID
		th := desk.Thread{ID: "TH" + itoa(i), CreatedAt: at, Groups: []int{1 + i%2}, UserIDs: []string{"c", by}, Events: []desk.Event{
			message("a", "c", "x", at), message("b", by, "x", at.Add(time.Duration(10+chance%171)*time.Second)), message("c", "c", "x", at.Add(time.Duration(180+chance%1200)*time.Second)),
		}}
		if len(tags) > 0 {
			th.Tags = []string{tags[i%len(tags)], tags[chance%7%len(tags)]}
		}
		switch i % 9 {
		case 1:
			th.Events = th.Events[:1]
		case 3, 5, 6:
			th.Properties = desk.Properties{"rating": {"score": "1"}}
		case 7:
			th.Properties = desk.Properties{"rating": {"score": "0"}}
		case 8:
			th.UserIDs, th.Events = append(th.UserIDs, helper.ID), append(th.Events, message("d", helper.ID, "x", at.Add(time.Second)))
		}
		out = append(out, desk.ArchivedThread{ChatID: "C" + itoa(i), Thread: th, Users: []desk.Person{customer("c", "", "", false), agentPerson(by, ""), helper}})
	}
	return out
}

func sampleReport() ReportPage {
	return reportOf(sampleTalks(60, 7, "refund", "order", "size", "vip"))
}

// manyReport is more than was read, for somebody who does not see everything, and
// long names.
func manyReport() ReportPage {
	var tags []string
	for i := range 26 {
		tags = append(tags, strings.Repeat("refund ", 1+i%5)+itoa(i))
	}
	tags[0] = strings.Repeat("order", 30)
	p := reportOf(nil)
	p.Agents = append([]desk.Agent{{ID: "long@example.com", Name: "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh " + strings.Repeat("of the very long name ", 3)}}, sampleAgents...)
	p.Choice = ReportChoice{Period: PeriodDays, From: "2026-08-20", To: "2026-11-21", Group: "1", Agent: "long@example.com"}
	talks := sampleTalks(700, 90, tags...)
	for i := range talks {
		if i%5 == 0 {
			talks[i].Thread.UserIDs = append(talks[i].Thread.UserIDs, "long@example.com")
		}
		talks[i].Thread.Events[0].At = talks[i].Thread.CreatedAt.Add(-time.Duration(i) * 17 * time.Second)
	}
	talks[3].Thread.Restricted, talks[3].Thread.Events = "not_your_group", nil
	p.Me.Permission, p.Read, p.Found, p.More = desk.RoleNormal, 1000, 12345, true
	return talliedReport(p, time.Date(2026, 8, 20, 0, 0, 0, 0, time.UTC), talks)
}

// oneReport is of one chat of one day, emptyReport of none, failedReport of what the
// chat server did not tell.
func oneReport() ReportPage {
	p := reportOf(nil)
	p.Choice = ReportChoice{Period: PeriodToday, From: "2026-11-21", To: "2026-11-21"}
	return talliedReport(p, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), sampleTalks(1, 1))
}

func emptyReport() ReportPage {
	p := reportOf(nil)
	p.Latest = true
	return p
}

func failedReport() ReportPage {
	p := reportOf(nil)
	p.Counted, p.Error = false, "You may not search the archives at this chat server, so there is nothing to count."
	return p
}

func refusedReport() ReportPage {
	p := reportOf(nil)
	p.Choice = ReportChoice{Period: PeriodDays, From: "2026-11-21", To: "2026-11-01", Agent: "gone@example.com"}
	p.Counted, p.Error, p.Field = false, "The last day lies before the first.", "to"
	return p
}

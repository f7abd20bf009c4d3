package views

import (
	"bufio"
	"encoding/csv"
	"io"
	"strconv"

	"agentdesk/desk/report"
)

// The tables that can be had as files.
const (
	ReportDays   = "days"
	ReportAgents = "agents"
)

// reportHead names the columns behind the first. They are the same in every
// language.
var reportHead = []string{
	"chats", "messages", "unanswered", "first_reply_median_seconds", "first_reply_p90_seconds", "length_median_seconds", "rated_good", "rated_bad",
}

// ReportCSV writes a table of a report for spreadsheets, as conversations are
// exported. Bots are among the agents, and said to be bots. What a reader has to
// know of the figures stands in rows of its own, behind them.
func ReportCSV(w io.Writer, p ReportPage, table string) error {
	b := bufio.NewWriter(w)
	_, _ = b.WriteString("\ufeff") // a bufio.Writer keeps its first error for Flush
	out := csv.NewWriter(b)
	write := func(first []string, rest ...string) {
		row := append(first, rest...)
		for i := range row {
			row[i] = cell(row[i])
		}
		_ = out.Write(row) // the writer keeps its first error
	}
	if table == ReportDays {
		write([]string{"day"}, reportHead...)
		for _, l := range p.Report.Days {
			write([]string{l.Key}, reportCells(l)...)
		}
	} else {
		write([]string{"agent_id", "agent_name", "kind"}, reportHead...)
		for kind, lines := range [][]report.Line{p.Report.Agents, p.Report.Bots} {
			for _, l := range lines {
				write([]string{l.Key, agentName(p.Agents, l.Key), []string{"agent", "bot"}[kind]}, reportCells(l)...)
			}
		}
	}
	for _, text := range p.limits() {
		write([]string{"# " + text})
	}
	out.Flush()
	return b.Flush()
}

func reportCells(l report.Line) []string {
	return []string{
		strconv.Itoa(l.Chats), strconv.Itoa(l.Messages), strconv.Itoa(l.Unanswered),
		secondsCell(l.First.Median, l.First.Count > 0), secondsCell(l.First.P90, l.First.Count > 0), secondsCell(l.Length.Median, l.Length.Count > 0),
		strconv.Itoa(l.Good), strconv.Itoa(l.Bad),
	}
}

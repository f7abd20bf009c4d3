package views

import (
	"bufio"
	"encoding/csv"
	"strconv"
	"strings"
	"time"

	"agentdesk/desk"
)

// csvExport is one row per conversation, for spreadsheets: RFC 4180, UTF-8 with
// a mark at its start, by which spreadsheets know it.
type csvExport struct {
	*csv.Writer
	o ExportOptions
}

// csvHead names the columns. They are for programs as well, so they are the same
// in every language.
var csvHead = []string{
	"chat_id", "thread_id", "started_at", "last_event_at", "customer_id", "customer_name", "customer_email", "agents", "groups", "tags", "rating",
	"customer_messages", "agent_messages", "first_response_seconds", "duration_seconds", "queue_seconds", "summary",
}

func newCSVExport(b *bufio.Writer, o ExportOptions) Exporter {
	_, _ = b.WriteString("\ufeff")
	x := &csvExport{csv.NewWriter(b), o}
	_ = x.Write(csvHead) // a bufio.Writer keeps its first error for Flush
	return x
}

// Thread implements Exporter.
func (x *csvExport) Thread(t desk.ArchivedThread) error {
	c, th := t.Customer(), t.Thread
	var agents, groups []string
	for _, u := range t.Users {
		if u.Agent && !u.AgentsOnly {
			agents = append(agents, x.o.nameOf(u))
		}
	}
	for _, g := range th.Groups {
		groups = append(groups, strconv.Itoa(g))
	}
	f := figuresOf(t)
	row := []string{
		t.ChatID, th.ID, iso(th.CreatedAt), iso(f.last), c.ID, c.Name, c.Email, strings.Join(agents, "; "), strings.Join(groups, "; "),
		strings.Join(th.Tags, "; "), x.o.rated(th), strconv.Itoa(f.customer), strconv.Itoa(f.agent), secondsCell(f.first, f.answered),
		secondsCell(f.last.Sub(th.CreatedAt), true), secondsCell(th.QueuesDuration, true), th.Summary,
	}
	for i := range row {
		row[i] = cell(row[i])
	}
	return x.row(row)
}

// End implements Exporter. A note is a row of its own.
func (x *csvExport) End(note string) error {
	if note == "" {
		return nil
	}
	row := make([]string, len(csvHead))
	row[0] = "# " + note
	return x.row(row)
}

func (x *csvExport) row(row []string) error {
	if err := x.Write(row); err != nil {
		return err
	}
	x.Flush()
	return x.Error()
}

// cell is a text that no spreadsheet takes for a formula.
func cell(s string) string {
	s = harmless(s)
	if s != "" && strings.ContainsRune("=+-@\t", rune(s[0])) {
		return "'" + s
	}
	return s
}

func secondsCell(d time.Duration, known bool) string {
	if !known {
		return ""
	}
	return strconv.FormatInt(max(0, int64(d/time.Second)), 10)
}

// figures are what can be counted of a conversation.
type figures struct {
	customer, agent int
	first           time.Duration // until an agent's first answer to the customer
	answered        bool
	last            time.Time
}

func figuresOf(t desk.ArchivedThread) figures {
	f := figures{last: t.Thread.CreatedAt}
	customer := t.Customer().ID
	var asked time.Time
	for i := range t.Thread.Events {
		ev := &t.Thread.Events[i]
		if ev.At.After(f.last) {
			f.last = ev.At
		}
		switch {
		case !ev.Spoken() || ev.AgentsOnly:
		case ev.AuthorID == customer:
			f.customer++
			if asked.IsZero() {
				asked = ev.At
			}
		default:
			f.agent++
			if !f.answered && !asked.IsZero() {
				f.answered, f.first = true, ev.At.Sub(asked)
			}
		}
	}
	return f
}

package views

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"agentdesk/desk"
	"agentdesk/desk/report"
	"agentdesk/words"
)

// A row leads to the archives with the report's filters and its own, and nowhere
// where a search would find something else.
func TestReportRowsLeadToTheArchives(t *testing.T) {
	p := sampleReport()
	const days = "from=2026-11-15"
	for _, c := range []struct {
		group, agent, name, value, want string
	}{
		{"", "", "agent", "ben@example.com", "agent=ben%40example.com&" + days + "&to=2026-11-21"},
		{"", "", "tag", "a & b", days + "&tag=a+%26+b&to=2026-11-21"},
		{"2", "", "agent", "b", "agent=b&" + days + "&group=2&to=2026-11-21"},
		{"2", "", "group", "2", days + "&group=2&to=2026-11-21"},
		{"2", "", "group", "1", ""},
		{"", "a", "agent", "b", ""},
		{"1", "a", "day", "2026-11-18", "agent=a&from=2026-11-18&group=1&to=2026-11-18"},
	} {
		p.Choice.Group, p.Choice.Agent = c.group, c.agent
		want := c.want
		if want != "" {
			want = "./archives?" + want
		}
		if got := p.archives(c.name, c.value); got != want {
			t.Errorf("%+v leads to %q", c, got)
		}
	}
	p = sampleReport()
	p.Agents, p.Me.Can.SearchTags = p.Agents[:1], false
	for _, table := range p.tables() {
		for _, row := range table.rows {
			if known := table.id == "groups" || row.name == "Anna Kowalska"; (row.link != "") != known {
				t.Errorf("%s, %s leads to %q", table.id, row.name, row.link)
			}
		}
	}
}

// Bars tell what the table tells, and run from where the page is read.
func TestReportBars(t *testing.T) {
	left, right := sampleReport(), sampleReport()
	right.Words = words.Find("ar")
	for i, c := range left.charts() {
		mirrored, lines := right.charts()[i], left.Report.Days
		if c.table.id == "hours" {
			lines = left.Report.Hours[:]
		}
		most := slices.MaxFunc(lines, func(a, b report.Line) int { return a.Chats - b.Chats }).Chats
		if c.most != strconv.Itoa(most) || len(c.bars) != len(lines) || len(c.table.rows) != len(lines) {
			t.Fatalf("%s: %d bars up to %s for %d lines up to %d", c.table.id, len(c.bars), c.most, len(lines), most)
		}
		for j, b := range c.bars {
			other := mirrored.bars[j]
			if got, want := percent(t, b.height), 100*float64(lines[j].Chats)/float64(most); got-want > .01 || want-got > .01 {
				t.Errorf("%s: bar %d has the height %v, want %v", c.table.id, j, got, want)
			}
			if ends := percent(t, b.x) + percent(t, b.width) + percent(t, other.x); ends < 99.97 || ends > 100.03 || percent(t, b.x) < 0 {
				t.Errorf("%s: bar %d is at %s and %s", c.table.id, j, b.x, other.x)
			}
		}
	}
	one := oneReport().charts()
	if len(one) != 1 || one[0].table.id != "hours" {
		t.Error("one day has bars by day")
	}
}

func percent(t *testing.T, s string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestTook(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 s", 1400 * time.Millisecond: "1 s", 59600 * time.Millisecond: "1 min", 62 * time.Second: "1 min 2 s", 5 * time.Minute: "5 min",
		10*time.Minute + 29*time.Second: "10 min", 59*time.Minute + 45*time.Second: "1 h 0 min", 26*time.Hour + 5*time.Minute: "26 h 5 min",
	} {
		if got := strings.ReplaceAll(sampleEnv.took(report.Spread{Count: 1}, d), "\u00a0", " "); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
	if got := sampleEnv.took(report.Spread{}, time.Hour); got != "–" {
		t.Errorf("nothing took %q", got)
	}
}

// No cell of a file is a formula, and what limits the figures stands in it.
func TestReportCSV(t *testing.T) {
	p := manyReport()
	p.Agents = []desk.Agent{{ID: "ben@example.com", Name: "=HYPERLINK(\"https://evil.example\")"}}
	p.Report.Bots[0].Key = "@SUM(1)"
	for table, want := range map[string]int{ReportDays: 1 + 94 + 3, ReportAgents: 1 + 4 + 1 + 3} {
		var b bytes.Buffer
		if err := ReportCSV(&b, p, table); err != nil {
			t.Fatal(err)
		}
		in := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff")))
		in.FieldsPerRecord = -1
		rows, err := in.ReadAll()
		if err != nil || len(rows) != want {
			t.Fatalf("%s: %d rows, want %d, %v", table, len(rows), want, err)
		}
		for _, row := range rows {
			if len(row) != len(rows[0]) && !strings.HasPrefix(row[0], "# ") {
				t.Errorf("%s: %q has %d cells", table, row, len(row))
			}
			for _, c := range row {
				if c != "" && strings.ContainsRune("=+-@\t", rune(c[0])) {
					t.Errorf("%s: %q is a formula", table, c)
				}
			}
		}
		if last := rows[len(rows)-2][0]; last != "# These are the newest 1,000 of 12,345 chats. Choose fewer days to count them all." {
			t.Errorf("%s ends with %q", table, last)
		}
	}
}

package views

import (
	"strconv"

	"agentdesk/desk/report"
)

// chart is bars side by side, and the table that tells the same.
type chart struct {
	table reportTable
	label string // for those who do not see the bars
	most  string // the height of the picture, in chats
	marks []string
	bars  []bar
}

// bar is one bar in percent of the picture's width and height. About is what it
// stands for.
type bar struct{ x, y, width, height, about string }

// maxMarks is how many days stand below a chart.
const maxMarks = 6

// charts are the breakdowns that stand as bars: by day, where there is more than
// one, and by hour.
func (p ReportPage) charts() []chart {
	var out []chart
	if days := p.Report.Days; len(days) > 1 {
		t := p.table("days", p.T("By day"), p.T("Day"), days, func(key string) (string, string) {
			return p.dayWord(key, dayOfWeekOfYear), p.archives("day", key)
		})
		t.export = p.export("days")
		c := p.chart(t, days)
		last := len(days) - 1
		for i, n := 0, min(len(days), maxMarks); i < n; i++ {
			c.marks = append(c.marks, p.dayWord(days[i*last/(n-1)].Key, dayOfYear))
		}
		out = append(out, c)
	}
	hours := p.Report.Hours[:]
	t := p.table("hours", p.T("By hour of the day"), p.T("Hour"), hours, func(key string) (string, string) { return p.hourWord(key), "" })
	c := p.chart(t, hours)
	for _, h := range []int{0, 6, 12, 18, 24} {
		c.marks = append(c.marks, p.hourWord(strconv.Itoa(h%24)))
	}
	return append(out, c)
}

// chart draws the bars of a table, in the direction in which the page is read.
func (p ReportPage) chart(t reportTable, lines []report.Line) chart {
	c, most, at := chart{table: t}, 0, 0
	for i, l := range lines {
		if l.Chats > most {
			most, at = l.Chats, i
		}
	}
	c.most = p.Words.Number(most)
	c.label = p.N(most, "%[2]s: most is %[1]d chat, %[3]s", "%[2]s: most is %[1]d chats, %[3]s", t.caption, t.rows[at].name)
	step := 100 / float64(len(lines))
	gap := step / 5
	for i, l := range lines {
		x := float64(i)*step + gap/2
		if p.Words.Direction() == "rtl" {
			x = 100 - x - (step - gap)
		}
		height := 0.0
		if most > 0 {
			height = 100 * float64(l.Chats) / float64(most)
		}
		c.bars = append(c.bars, bar{cent(x), cent(100 - height), cent(step - gap), cent(height),
			p.N(l.Chats, "%[2]s: %[1]d chat", "%[2]s: %[1]d chats", t.rows[i].name)})
	}
	return c
}

// cent is a length in percent, as pictures have it.
func cent(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) + "%" }

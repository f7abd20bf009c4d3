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
	bars  []bar
	marks []mark
}

// bar is one bar in percent of the picture's width and height. About is what it
// stands for.
type bar struct{ x, y, width, height, about string }

// mark is a text below the bar that it names, held by its anchor.
type mark struct{ x, anchor, text string }

// maxMarks is how many days are named below a chart at most; wideBar is how wide a
// bar has to be, in percent, so that its name can stand below its middle at the
// picture's ends too.
const (
	maxMarks = 7
	wideBar  = 8
)

// charts are the breakdowns that stand as bars: by day, where there is more than
// one, and by hour.
func (p ReportPage) charts() []chart {
	var out []chart
	if days := p.Report.Days; len(days) > 1 {
		t := p.table("days", p.T("By day"), p.T("Day"), days, func(key string) (string, string) {
			return p.dayWord(key, dayOfWeekOfYear), p.archives("day", key)
		})
		t.export = p.export("days")
		every := (len(days) + maxMarks - 1) / maxMarks
		out = append(out, p.chart(t, days, every, func(l report.Line) string { return p.dayWord(l.Key, dayOfYear) }))
	}
	hours := p.Report.Hours[:]
	t := p.table("hours", p.T("By hour of the day"), p.T("Hour"), hours, func(key string) (string, string) { return p.hourWord(key), "" })
	return append(out, p.chart(t, hours, 6, func(l report.Line) string { return p.hourWord(l.Key) }))
}

// chart draws the bars of a table, in the direction in which the page is read, and
// names the first and those that come so many after it.
func (p ReportPage) chart(t reportTable, lines []report.Line, every int, name func(report.Line) string) chart {
	c, most, at := chart{table: t}, 0, 0
	for i, l := range lines {
		if l.Chats > most {
			most, at = l.Chats, i
		}
	}
	c.most = p.Words.Number(most)
	c.label = p.N(most, "%[2]s: most is %[1]d chat, %[3]s", "%[2]s: most is %[1]d chats, %[3]s", t.caption, t.rows[at].name)
	step := 100 / float64(len(lines))
	gap := step / 4
	from := func(x float64) float64 { // where the page begins
		if p.Words.Direction() == "rtl" {
			return 100 - x
		}
		return x
	}
	for i, l := range lines {
		left := float64(i)*step + gap/2
		height := 0.0
		if most > 0 {
			height = 100 * float64(l.Chats) / float64(most)
		}
		c.bars = append(c.bars, bar{cent(min(from(left), from(left+step-gap))), cent(100 - height), cent(step - gap), cent(height),
			p.N(l.Chats, "%[2]s: %[1]d chat", "%[2]s: %[1]d chats", t.rows[i].name)})
		switch {
		case i%every != 0:
		case i == 0 && step < wideBar:
			c.marks = append(c.marks, mark{cent(from(left)), "start", name(l)})
		case i == len(lines)-1 && step < wideBar:
			c.marks = append(c.marks, mark{cent(from(left + step - gap)), "end", name(l)})
		default:
			c.marks = append(c.marks, mark{cent(from(float64(i)*step + step/2)), "middle", name(l)})
		}
	}
	return c
}

// cent is a length in percent, as pictures have it.
func cent(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) + "%" }

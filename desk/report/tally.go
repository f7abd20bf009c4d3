package report

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"

	"agentdesk/desk"
)

// Options say what a report is about.
type Options struct {
	Zone   *time.Location // of days and hours; nil is UTC
	From   time.Time      // the first moment
	To     time.Time      // exclusive
	Agents []desk.Agent   // the agents there are, by which bots are told from them
}

// Tally counts threads. New makes one.
type Tally struct {
	o                          Options
	staff                      map[string]bool
	all                        *count
	agents, bots, groups, tags map[string]*count
	days                       map[string]*count
	hours                      [24]count
	seen                       map[[2]string]bool
	withheld                   int
}

// New begins a report.
func New(o Options) *Tally {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	t := &Tally{o: o, staff: map[string]bool{}, seen: map[[2]string]bool{}, all: &count{}}
	for _, m := range []*map[string]*count{&t.agents, &t.bots, &t.groups, &t.tags, &t.days} {
		*m = map[string]*count{}
	}
	for _, a := range o.Agents {
		if a.Name != "" { // one known by its status alone may be a bot
			t.staff[a.ID] = true
		}
	}
	return t
}

// count is a Line while it is counted.
type count struct {
	Line
	first, length []time.Duration
}

// Add counts one thread, where it began in the time of the report: servers that
// search whole days of their own (before 3.2) give others too. One that comes again,
// since pages of the archives shift while they are read, counts once.
func (t *Tally) Add(thread desk.ArchivedThread) {
	th, at := &thread.Thread, thread.Thread.CreatedAt
	if at.Before(t.o.From) || !at.Before(t.o.To) {
		return
	}
	id := [2]string{thread.ChatID, th.ID}
	if t.seen[id] && th.ID != "" {
		return
	}
	t.seen[id] = true
	if th.Restricted != "" {
		t.withheld++
	}
	f := look(&thread, t.staff)
	local := at.In(t.o.Zone)
	whole := []*count{t.all, line(t.days, local.Format(time.DateOnly)), &t.hours[local.Hour()]}
	for _, g := range distinct(th.Groups) {
		whole = append(whole, line(t.groups, strconv.Itoa(g)))
	}
	for _, tag := range distinct(th.Tags) {
		whole = append(whole, line(t.tags, tag))
	}
	for _, c := range whole {
		c.chat(th, &f)
		c.add(&f)
	}
	for id, n := range f.agents {
		t.own(line(t.agents, id), th, &f, id, n)
	}
	for id, n := range f.bots {
		t.own(line(t.bots, id), th, &f, id, n)
	}
}

// own counts a thread for one who took part in it.
func (t *Tally) own(c *count, th *desk.Thread, f *facts, id string, wrote int) {
	c.chat(th, f)
	c.Messages += wrote
	if f.answered == id {
		c.first = append(c.first, f.first)
	}
}

// chat counts a thread as such.
func (c *count) chat(th *desk.Thread, f *facts) {
	c.Chats++
	switch th.Rating() {
	case desk.Good:
		c.Good++
	case desk.Bad:
		c.Bad++
	}
	if th.Active {
		return
	}
	if f.said {
		c.length = append(c.length, f.length)
	}
	if f.customer > 0 && f.answered == "" {
		c.Unanswered++
	}
}

// add counts all that was said in a thread.
func (c *count) add(f *facts) {
	c.Customers += f.customer
	for _, n := range f.agents {
		c.Agents += n
	}
	for _, n := range f.bots {
		c.Bots += n
	}
	c.Messages = c.Customers + c.Agents + c.Bots
	if f.answered != "" {
		c.first = append(c.first, f.first)
	}
}

// Report is what was counted so far.
func (t *Tally) Report() Report {
	r := Report{All: t.all.line(), Withheld: t.withheld,
		Agents: most(t.agents), Bots: most(t.bots), Groups: most(t.groups), Tags: most(t.tags)}
	for i := range t.hours {
		r.Hours[i] = t.hours[i].line()
		r.Hours[i].Key = strconv.Itoa(i)
	}
	first := t.o.From.In(t.o.Zone)
	day := time.Date(first.Year(), first.Month(), first.Day(), 12, 0, 0, 0, time.UTC) // no clock is changed here
	for last := t.o.To.Add(-1).In(t.o.Zone).Format(time.DateOnly); t.o.From.Before(t.o.To) && day.Format(time.DateOnly) <= last; day = day.AddDate(0, 0, 1) {
		r.Days = append(r.Days, line(t.days, day.Format(time.DateOnly)).line())
	}
	return r
}

func (c *count) line() Line {
	l := c.Line
	l.First, l.Length = spread(c.first), spread(c.length)
	return l
}

// spread sorts its list.
func spread(list []time.Duration) Spread {
	n := len(list)
	if n == 0 {
		return Spread{}
	}
	slices.Sort(list)
	low := list[(n-1)/2]
	rank := int(math.Ceil(0.9 * float64(n)))
	return Spread{Count: n, Median: low + (list[n/2]-low)/2, P90: list[rank-1]}
}

// most are lines by their number of chats, then by their keys.
func most(from map[string]*count) []Line {
	var out []Line
	for _, c := range from {
		out = append(out, c.line())
	}
	slices.SortFunc(out, func(a, b Line) int { return cmp.Or(b.Chats-a.Chats, b.Messages-a.Messages, cmp.Compare(a.Key, b.Key)) })
	return out
}

func line(in map[string]*count, key string) *count {
	c := in[key]
	if c == nil {
		c = &count{Line: Line{Key: key}}
		in[key] = c
	}
	return c
}

// distinct leaves out what is said twice.
func distinct[T cmp.Ordered](list []T) []T {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}

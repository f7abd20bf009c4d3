package report_test

import (
	"strings"
	"testing"
	"time"

	"agentdesk/desk"
	"agentdesk/desk/report"
)

const (
	anna   = "anna@example.com"
	ben    = "ben@example.com"
	carla  = "b7eff798-f8df-4364-8059-649c35c9ed0c"
	helper = "5c9871d5372c824cbf22d860a707a578"
)

var (
	noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	team = []desk.Agent{{ID: anna, Name: "Anna"}, {ID: "7c1f", Name: "An agent without an address"}, {ID: helper}}
)

// at is an event some seconds after the thread's beginning.
func at(author string, seconds int, change ...func(*desk.Event)) desk.Event {
	ev := desk.Event{Kind: desk.KindMessage, AuthorID: author, At: noon.Add(time.Duration(seconds) * time.Second)}
	for _, f := range change {
		f(&ev)
	}
	return ev
}

func note(ev *desk.Event)    { ev.AgentsOnly = true }
func deleted(ev *desk.Event) { ev.Deleted = true }
func system(ev *desk.Event)  { ev.Kind = desk.KindSystemText }

// thread is a conversation of Carla with Anna, at noon.
func thread(events ...desk.Event) desk.ArchivedThread {
	return desk.ArchivedThread{
		Users:  []desk.Person{{ID: carla}, {ID: anna, Agent: true}, {ID: ben, Agent: true}, {ID: helper, Agent: true}},
		Thread: desk.Thread{CreatedAt: noon, UserIDs: []string{carla, anna}, Events: events},
	}
}

func with(t desk.ArchivedThread, change func(*desk.ArchivedThread)) desk.ArchivedThread {
	change(&t)
	return t
}

func of(threads ...desk.ArchivedThread) report.Report {
	t := report.New(report.Options{From: noon.Add(-12 * time.Hour), To: noon.Add(12 * time.Hour), Agents: team})
	for _, th := range threads {
		t.Add(th)
	}
	return t.Report()
}

// one is the figures of a single thread, as customers/agents/bots/unanswered, the
// first reply and the length in seconds, -1 where there is none.
type one struct{ customers, agents, bots, unanswered, first, length int }

func TestOneThread(t *testing.T) {
	for name, c := range map[string]struct {
		thread desk.ArchivedThread
		want   one
	}{
		"nothing said":              {thread(), one{0, 0, 0, 0, -1, -1}},
		"asked and answered":        {thread(at(carla, 5), at(anna, 35), at(carla, 60), at(anna, 90)), one{2, 2, 0, 0, 30, 90}},
		"the agent spoke first":     {thread(at(anna, 1), at(carla, 10), at(anna, 30)), one{1, 2, 0, 0, 20, 30}},
		"the agent alone":           {thread(at(anna, 1)), one{0, 1, 0, 0, -1, 1}},
		"never answered":            {thread(at(carla, 5), at(carla, 50)), one{2, 0, 0, 1, -1, 50}},
		"a note is no answer":       {thread(at(carla, 5), at(anna, 9, note)), one{1, 0, 0, 1, -1, 5}},
		"a bot is no answer":        {thread(at(carla, 5), at(helper, 6), at(anna, 25)), one{1, 1, 1, 0, 20, 25}},
		"a bot alone":               {thread(at(carla, 5), at(helper, 6)), one{1, 0, 1, 1, -1, 6}},
		"taken back":                {thread(at(carla, 5), at(anna, 9, deleted), at(anna, 15)), one{1, 1, 0, 0, 10, 15}},
		"a line of the system":      {thread(at(carla, 5), at("", 6, system), at(anna, 8), at("", 3600, system)), one{1, 1, 0, 0, 3, 8}},
		"an agent without address":  {thread(at(carla, 5), at("7c1f", 8)), one{1, 1, 0, 0, 3, 8}},
		"an agent who is not named": {thread(at(carla, 5), at("gone@example.com", 8)), one{1, 1, 0, 0, 3, 8}},
		"who cannot be told":        {thread(at(carla, 5), at("who", 8)), one{1, 0, 0, 1, -1, 8}},
		"nobody is named": {with(thread(at(carla, 5), at(anna, 8)), func(t *desk.ArchivedThread) { t.Users = nil }),
			one{1, 1, 0, 0, 3, 8}},
		"not ended":    {with(thread(at(carla, 5)), func(t *desk.ArchivedThread) { t.Thread.Active = true }), one{1, 0, 0, 0, -1, -1}},
		"clocks apart": {thread(at(carla, -5)), one{1, 0, 0, 1, -1, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			l := of(c.thread).All
			seconds := func(s report.Spread) int {
				if s.Count == 0 {
					return -1
				}
				if s.Median != s.P90 || s.Count != 1 {
					t.Errorf("one value is %+v", s)
				}
				return int(s.Median / time.Second)
			}
			if got := (one{l.Customers, l.Agents, l.Bots, l.Unanswered, seconds(l.First), seconds(l.Length)}); got != c.want || l.Chats != 1 {
				t.Errorf("%d chats, %+v, want %+v", l.Chats, got, c.want)
			}
			if l.Messages != l.Customers+l.Agents+l.Bots {
				t.Errorf("%d messages", l.Messages)
			}
		})
	}
}

// lines print what tells them apart.
func lines(list []report.Line) string {
	var out []string
	for _, l := range list {
		s := l.Key + ":" + strings.Repeat("c", l.Chats) + strings.Repeat("m", l.Messages) + strings.Repeat("g", l.Good) + strings.Repeat("b", l.Bad)
		if l.First.Count > 0 {
			s += " " + l.First.Median.String()
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestBreakdowns(t *testing.T) {
	rated := func(v string) desk.Properties { return desk.Properties{"rating": {"score": v}} }
	first := with(thread(at(carla, 0), at(helper, 1), at(anna, 10), at(ben, 12)), func(t *desk.ArchivedThread) {
		t.Thread.Groups, t.Thread.Tags, t.Thread.Properties = []int{0, 2}, []string{"refund", "refund", "vip"}, rated("1")
		t.Thread.UserIDs = []string{carla, anna, helper, "watcher@example.com"}
		t.Users = append(t.Users, desk.Person{ID: "watcher@example.com", Agent: true, AgentsOnly: true})
	})
	second := with(thread(at(carla, 0), at(ben, 30)), func(t *desk.ArchivedThread) {
		t.Thread.Groups, t.Thread.Tags, t.Thread.Properties = []int{2}, []string{"vip"}, rated("0")
	})
	r := of(first, second)
	for what, c := range map[string][2]string{
		"agents": {lines(r.Agents), ben + ":ccmmgb 30s, " + anna + ":ccmgb 10s"},
		"bots":   {lines(r.Bots), helper + ":cmg"},
		"groups": {lines(r.Groups), "2:ccmmmmmmgb 20s, 0:cmmmmg 10s"},
		"tags":   {lines(r.Tags), "vip:ccmmmmmmgb 20s, refund:cmmmmg 10s"},
		"days":   {lines(r.Days), "2026-11-20:ccmmmmmmgb 20s"},
		"hours":  {lines(r.Hours[11:14]), "11:, 12:ccmmmmmmgb 20s, 13:"},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: %q, want %q", what, c[0], c[1])
		}
	}
	if r.All.Rated() != 2 || report.Percent(r.All.Good, r.All.Rated()) != 50 {
		t.Errorf("ratings: %+v", r.All)
	}
}

// A chat counts at the day and the hour at which it began where the agent is.
func TestDaysAreThoseOfTheZone(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatalf("time zones come with Go: %v", err)
	}
	day := func(d int) time.Time { return time.Date(2026, 10, d, 0, 0, 0, 0, berlin) }
	tally := report.New(report.Options{Zone: berlin, From: day(24), To: day(27)})
	for _, begun := range []time.Time{
		day(24).Add(-time.Second), day(24), day(25).Add(-time.Second), // until after midnight
		time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC), time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC), // half past two, twice
		day(27).Add(-time.Second), day(27),
	} {
		th := thread(at(carla, 0))
		th.Thread.CreatedAt, th.Thread.Events[0].At = begun, begun.Add(3*time.Minute)
		tally.Add(th)
	}
	r := tally.Report()
	if got, want := lines(r.Days), "2026-10-24:ccmm, 2026-10-25:ccmm, 2026-10-26:cm"; got != want {
		t.Errorf("days %q, want %q", got, want)
	}
	if r.All.Chats != 5 || r.Hours[2].Chats != 2 || r.Hours[23].Chats != 2 || r.Hours[0].Chats != 1 {
		t.Errorf("%d chats, hours %v", r.All.Chats, lines(r.Hours[:]))
	}
}

func TestNothing(t *testing.T) {
	r := of()
	if r.All != (report.Line{}) || len(r.Agents)+len(r.Groups)+len(r.Tags)+len(r.Bots) != 0 || len(r.Days) != 1 || r.Days[0].Key != "2026-11-20" {
		t.Errorf("%+v", r)
	}
	if r := report.New(report.Options{}).Report(); len(r.Days) != 0 {
		t.Errorf("no time at all has the days %v", r.Days)
	}
}

// Pages of the archives shift while they are read: a thread counts once.
func TestThreadsCountOnce(t *testing.T) {
	th := with(thread(at(carla, 0)), func(t *desk.ArchivedThread) { t.ChatID, t.Thread.ID = "C1", "T1" })
	other := with(th, func(t *desk.ArchivedThread) { t.ChatID = "C2" })
	if r := of(th, other, th); r.All.Chats != 2 {
		t.Errorf("%d chats", r.All.Chats)
	}
}

func TestWithheldMessagesAreTold(t *testing.T) {
	r := of(with(thread(), func(t *desk.ArchivedThread) { t.Thread.Restricted = "not_your_group" }))
	if r.Withheld != 1 || r.All.Chats != 1 || r.All.Unanswered != 0 || r.All.Length.Count != 0 {
		t.Errorf("%+v", r)
	}
}

// Median and the ninth of ten, by counting on one's fingers.
func TestSpread(t *testing.T) {
	for _, c := range []struct {
		seconds     []int
		median, p90 time.Duration
	}{
		{[]int{7}, 7 * time.Second, 7 * time.Second},
		{[]int{9, 4}, 6500 * time.Millisecond, 9 * time.Second},
		{[]int{3, 1, 2}, 2 * time.Second, 3 * time.Second},
		{[]int{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 5500 * time.Millisecond, 9 * time.Second},
		{[]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 6 * time.Second, 10 * time.Second},
	} {
		var list []desk.ArchivedThread
		for _, s := range c.seconds {
			list = append(list, thread(at(carla, 0), at(anna, s)))
		}
		if got := of(list...).All.First; got != (report.Spread{Count: len(c.seconds), Median: c.median, P90: c.p90}) {
			t.Errorf("%v: %+v", c.seconds, got)
		}
	}
}

// A time far off, as a server may tell it, does not turn the figures around.
func TestSpreadOfOddTimes(t *testing.T) {
	late := at(anna, 0)
	late.At = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	far := thread(at(carla, 0), late)
	if got := of(far, far).All.First; got.Median != got.P90 || got.Median <= 0 {
		t.Errorf("%+v", got)
	}
}

func TestPercent(t *testing.T) {
	for _, c := range [][3]int{{0, 0, 0}, {0, 5, 0}, {5, 5, 100}, {1, 2, 50}, {2, 3, 67}, {1, 3, 33}, {999, 1000, 99}, {1, 1000, 1}, {3, 0, 0}} {
		if got := report.Percent(c[0], c[1]); got != c[2] {
			t.Errorf("%d of %d are %d %%, want %d", c[0], c[1], got, c[2])
		}
	}
}

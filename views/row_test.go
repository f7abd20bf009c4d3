package views

import (
	"strings"
	"testing"
	"time"

	"agentdesk/desk"
)

// TestLeft: a row tells that its customer has left, and when, where that is known
// and of this visit.
func TestLeft(t *testing.T) {
	gone := func(v desk.Visit) desk.Person {
		return desk.Person{ID: "c", Name: "Eva", Customer: &desk.Customer{Visit: v}}
	}
	for name, c := range map[string]struct {
		list desk.List
		who  desk.Person
		said time.Duration // ago, by the customer
		want string
	}{
		"just now":              {desk.Mine, gone(desk.Visit{EndedAt: ago(5 * time.Second)}), time.Hour, "left 1 min ago"},
		"minutes":               {desk.Idle, gone(desk.Visit{StartedAt: ago(time.Hour), EndedAt: ago(59 * time.Minute)}), time.Hour, "left 59 min ago"},
		"hours":                 {desk.Waiting, gone(desk.Visit{EndedAt: ago(5*time.Hour + 50*time.Minute)}), 6 * time.Hour, "left 5 h ago"},
		"days":                  {desk.Others, gone(desk.Visit{EndedAt: ago(50 * time.Hour)}), 60 * time.Hour, "left 2 d ago"},
		"not known when":        {desk.Mine, gone(desk.Visit{StartedAt: ago(time.Hour)}), time.Hour, "left"},
		"an earlier visit":      {desk.Mine, gone(desk.Visit{StartedAt: ago(time.Hour), EndedAt: ago(2 * time.Hour)}), 3 * time.Hour, "left"},
		"spoke since":           {desk.Mine, gone(desk.Visit{EndedAt: ago(2 * time.Hour)}), time.Hour, "left"},
		"nothing but a name":    {desk.Mine, desk.Person{ID: "c"}, time.Hour, "left"},
		"on the site":           {desk.Mine, customer("c", "Eva", "", true), time.Hour, ""},
		"a closed chat":         {desk.Recent, gone(desk.Visit{EndedAt: ago(time.Minute)}), time.Hour, ""},
		"nobody is in the chat": {desk.Mine, desk.Person{}, time.Hour, ""},
	} {
		doc := parsed(t, render(t, rowItem(sampleEnv, row("R", c.list, c.who, "", "hello", c.said), rowLook{})))
		if on, has := doc.Find(".av").Attr("data-on"); has == (c.list == desk.Recent) || on == "here" && c.want != "" {
			t.Errorf("%s: %q on the picture", name, on)
		}
		if got := doc.Find(".pre > [data-f=left], .pre > .off").Text(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestRowTells: what a row shows by weight, colour or shape it says in words too.
func TestRowTells(t *testing.T) {
	draw := func(change func(*desk.Row)) string {
		r := row("R", desk.Mine, customer("c", "Eva", "", true), "", "hello", time.Minute)
		change(&r)
		doc := parsed(t, render(t, rowItem(sampleEnv, r, rowLook{})))
		return strings.Join(strings.Fields(doc.Text()), " ")
	}
	for want, change := range map[string]func(*desk.Row){
		"needs your reply since 14:30": func(r *desk.Row) { r.WaitFrom = ago(52 * time.Second) },
		"waits since 14:30":            func(r *desk.Row) { r.List, r.WaitFrom = desk.Others, ago(52*time.Second) },
		"3 unread messages":            func(r *desk.Row) { r.Unread = 3 },
		"99+ unread messages":          func(r *desk.Row) { r.Unread = 100 },
		"99 unread messages":           func(r *desk.Row) { r.Unread = 99 },
		"from Ben mine":                func(r *desk.Row) { r.From = "Ben Ortiz" },
		"Ben Ortiz is looking":         func(r *desk.Row) { r.Here = []string{"Ben Ortiz"} },
		"Draft":                        func(r *desk.Row) { r.Draft = true },
		"waiting":                      func(r *desk.Row) { r.List = desk.Waiting },
		"you watch this chat unseen":   func(r *desk.Row) { r.List, r.Watching, r.Here = desk.Watched, true, []string{"Ben"} },
	} {
		if got := draw(change); !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
	// Who goes from link to link hears it too, and nothing of it twice.
	link := func(want string, change func(*desk.Row)) {
		t.Helper()
		r := row("R", desk.Mine, customer("c", "Eva", "", true), "", "hello", time.Minute)
		change(&r)
		doc := parsed(t, render(t, rowItem(sampleEnv, r, rowLook{})))
		if got := strings.Join(strings.Fields(doc.Find("a").Text()), " "); !strings.HasSuffix(got, want) {
			t.Errorf("the link says only %q, not %q", got, want)
		}
		doc.Find("a, [aria-hidden=true], button").Remove()
		if rest := strings.TrimSpace(doc.Find(".side").Text()); rest != "" && rest != "14:30" {
			t.Errorf("beside the link stands %q", rest)
		}
	}
	link("hello 3 unread messages", func(r *desk.Row) { r.Unread = 3 })
	link("hello 3 unread messages needs your reply since 14:30", func(r *desk.Row) { r.Unread, r.WaitFrom = 3, ago(52*time.Second) })
	link("hello waits since 14:30", func(r *desk.Row) { r.List, r.WaitFrom = desk.Waiting, ago(52*time.Second) })
	link("hello Not sent", func(r *desk.Row) { r.Failed = 1 })
	link("hello Not closed", func(r *desk.Row) { r.NotClosed = "refused" })
}

package views

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"

	"agentdesk/desk"
	"agentdesk/words"
)

var update = flag.Bool("update", false, "write the golden files anew; then read the difference")

var assetHash = regexp.MustCompile(`-[0-9a-f]{12}\.(css|js|svg)`)

// TestGolden compares every component in every state with testdata/<name>.html.
func TestGolden(t *testing.T) {
	seen := map[string]bool{}
	for name, c := range goldens() {
		seen[name+".html"] = true
		t.Run(name, func(t *testing.T) {
			got := assetHash.ReplaceAllString(render(t, c), "-HASH.$1")
			got = strings.ReplaceAll(got, "><", ">\n<") + "\n"
			path := filepath.Join("testdata", name+".html")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), got); d != "" {
				t.Errorf("%s differs (-want +got); go test ./views -update accepts it:\n%s", path, d)
			}
		})
	}
	files, _ := os.ReadDir("testdata")
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".html") && !seen[f.Name()] {
			t.Errorf("testdata/%s belongs to no component", f.Name())
		}
	}
}

// all draws components one after the other.
func all(list ...templ.Component) templ.Component { return templ.Join(list...) }

func rowsOf(list desk.List) templ.Component {
	var out []templ.Component
	for _, r := range sampleRows() {
		if r.List == list {
			out = append(out, rowItem(sampleEnv, r, rowLook{open: "JONAS", query: "?unread=1"}))
		}
	}
	return all(out...)
}

func eventsOf(list []desk.Event) templ.Component {
	who := people([]desk.Person{jonas()}, sampleAgents, sampleMe)
	var out []templ.Component
	for _, ev := range list {
		out = append(out, event(eventOf(sampleEnv, "JONAS", "TH1", ev, who(ev.AuthorID))))
	}
	return all(out...)
}

func paneWith(change func(*ChatPane)) ChatPane {
	c := samplePane()
	change(c)
	return *c
}

func goldens() map[string]templ.Component {
	g := map[string]templ.Component{
		"page-inbox": galleryPages()["inbox"], "page-inbox-ar": inLanguage(words.Find("ar"), galleryPages)["inbox"], "page-empty": galleryPages()["empty"], "page-flat": galleryPages()["flat"],
		"rows-waiting": rowsOf(desk.Waiting), "rows-mine": rowsOf(desk.Mine), "rows-others": rowsOf(desk.Others), "rows-closed": rowsOf(desk.Recent),
		"row-nothing-said": rowItem(sampleEnv, desk.Row{ChatID: "N", List: desk.Waiting, Position: 4, At: sampleNow}, rowLook{}),
		"row-long":         rowItem(sampleEnv, row("LONG", desk.Mine, customer("x", strings.Repeat("Long name ", 40), "", true), "You", strings.Repeat("long text ", 200), 0), rowLook{}),
		"events":           eventsOf(sampleEvents()), "events-other": eventsOf(otherEvents()), "events-system": eventsOf(systemEvents()), "events-text": eventsOf(textEvents()),
		"pending": all(pending(sampleEnv, desk.Outgoing{CustomID: "p1", ChatID: "JONAS", Text: "on its way\nsecond line", At: sampleNow, State: desk.Sending}),
			pending(sampleEnv, desk.Outgoing{CustomID: "p2", ChatID: "JONAS", Text: "a note", AgentsOnly: true, At: sampleNow, State: desk.Failed, Reason: "The chat is closed."}),
			pending(sampleEnv, desk.Outgoing{CustomID: "p3", ChatID: "JONAS", FileName: "a.pdf", FileURL: "https://files.example/a.pdf", At: sampleNow, State: desk.Sending})),
		"head-mine":    chatHead(sampleEnv, *samplePane()),
		"head-waiting": chatHead(sampleEnv, paneWith(func(c *ChatPane) { c.View.Row, c.View.Member = sampleRows()[0], false })),
		"head-closed": chatHead(sampleEnv, paneWith(func(c *ChatPane) {
			c.View.Chat.Thread.Active, c.View.Chat.Followed = false, true
			c.View.Row.WaitFrom = time.Time{}
		})),
		"foot-composer": chatFoot(sampleEnv, *samplePane()),
		"foot-refused":  chatFoot(sampleEnv, paneWith(func(c *ChatPane) { c.Text, c.Error, c.Note = "kept\ntext", "Too long.", true })),
		"foot-watching": chatFoot(sampleEnv, paneWith(func(c *ChatPane) { c.View.Member, c.View.Row.Watching = false, true })),
		"foot-others":   chatFoot(sampleEnv, paneWith(func(c *ChatPane) { c.View.Member, c.View.Row.List = false, desk.Others })),
		"foot-waiting":  chatFoot(sampleEnv, paneWith(func(c *ChatPane) { c.View.Member, c.View.Row.List = false, desk.Waiting })),
		"foot-closed":   chatFoot(sampleEnv, paneWith(func(c *ChatPane) { c.View.Chat.Thread.Active = false })),
		"peek":          all(peek(sampleEnv, samplePane().View), peek(sampleEnv, desk.ChatView{Typing: []string{"Sam Berg"}}), peek(sampleEnv, desk.ChatView{Typing: []string{"A", "B"}}), peek(sampleEnv, desk.ChatView{Typing: []string{"A", "B", "C"}}), peek(sampleEnv, desk.ChatView{Thoughts: []desk.Thought{{By: "Helper Bot", Title: "Reading", Text: "the returns policy"}}}), peek(sampleEnv, desk.ChatView{Thoughts: []desk.Thought{{By: "A"}, {By: "B"}}}), peek(sampleEnv, desk.ChatView{})),
		"details":       details(sampleEnv, *samplePane()), "details-nothing": details(sampleEnv, paneWith(func(c *ChatPane) {
			c.View.Chat.Users, c.View.Chat.Thread.Events, c.View.Earlier = nil, nil, ""
			c.View.Row.Customer = desk.Person{ID: "c"}
		})),
		"details-summary": details(sampleEnv, paneWith(func(c *ChatPane) {
			c.View.Chat.Thread.Summary, c.View.Chat.Thread.SummaryAt = "Jonas returned a jacket.\nHe waits for the refund.", ago(time.Minute)
			c.View.Chat.Users[0].Customer.Followed = true
		})),
		"details-refused": editCustomer(sampleEnv, paneWith(func(c *ChatPane) {
			c.Edit = &CustomerForm{Name: "Jonas", Email: "jonas", Field: "email", Error: "This is not an e-mail address."}
		})),
		"menu-sharing": sharing(sampleEnv, paneWith(func(c *ChatPane) { c.View.Me.Can.ShareChats = true })),
		"menu-access":  sharing(sampleEnv, paneWith(func(c *ChatPane) { c.View.Me.Can.ShareChats, c.View.Me.Can.SetAccess = true, true })),
		"event-form":   galleryPages()["event"],
		"me-away":      meMenu(sampleEnv, desk.Me{ID: "x", Status: desk.Accepting, Can: sampleCan, Choices: desk.Choices{Away: true, Preview: true}}),
		"details-old":  details(sampleEnv, paneWith(func(c *ChatPane) { c.View.Me.Can = desk.Can{}; c.View.Chat.Thread.SummaryFailed = true })),
		"thread":       chatPane(page("x", NavChats), *threadPane(), "?unread=1"),
		"login":        Login(sampleLogin()), "login-token": galleryPages()["login-token"], "transfer": TransferForm(sampleTransfer()),
		"archives": Archives(sampleArchives()), "archives-empty": galleryPages()["archives-empty"], "archives-latest": galleryPages()["archives-latest"], "transcript": Transcript(sampleTranscript()),
		"customer": galleryPages()["customer"], "history": galleryPages()["history"],
		"notes-refused": notes(sampleEnv, paneWith(func(c *ChatPane) { c.Notes.Edit, c.Notes.Text, c.Notes.Error = "n2", "kept\ntext", "Too long." })),
		"session-refused": sessionEdit(sampleEnv, paneWith(func(c *ChatPane) {
			c.Session = &SessionForm{Fields: []desk.Field{{Name: "Plan", Value: "x"}, {Name: "", Value: "<b>"}}, Field: "field:1", Error: "Write the name of the new field."}
		})),
		"details-push": details(sampleEnv, paneWith(func(c *ChatPane) { c.Files, c.Notes, c.View.Chat.Thread.Events = nil, nil, nil })),
		"customers":    galleryPages()["customers"], "customers-none": Customers(CustomersPage{Page: page("Customers", NavCustomers), Query: desk.CustomerQuery{Name: "Zoe"}}),
		"customers-add": customerAdd(CustomersPage{Page: page("Customers", NavCustomers), New: NewCustomer{Name: "<b>Zoe</b>", Email: "zoe", Error: "This is not an e-mail address.", Fields: []desk.Field{{Name: "order", Value: "88213"}}}}),
		"team":          galleryPages()["team"], "settings": galleryPages()["settings"], "canned": galleryPages()["canned"], "canned-edit": galleryPages()["canned-edit"], "choice": galleryPages()["choice"], "my-settings": galleryPages()["my-settings"], "my-settings-refused": galleryPages()["my-settings-refused"],
		"reports": galleryPages()["reports"], "reports-one": galleryPages()["reports-one"], "reports-empty": galleryPages()["reports-empty"], "reports-refused": galleryPages()["reports-refused"], "reports-limits": reportLimits(),
		"error": galleryPages()["error"], "error-out": galleryPages()["error-out"],
		"me": all(meMenu(sampleEnv, sampleMe), meMenu(sampleEnv, desk.Me{ID: "x", Status: desk.Offline}), meMenu(sampleEnv, desk.Me{})),
	}
	for _, c := range []desk.Connection{
		{State: desk.Online}, {State: desk.Connecting}, {State: desk.Reconnecting, RetryAt: sampleNow.Add(7 * time.Second)},
		{State: desk.Refused, Action: desk.ActSignIn, Text: "The token is no longer good."}, {State: desk.Refused, Action: desk.ActTakeOver, Reason: "connection_evicted"}, {State: desk.Closed, Action: desk.ActRetry},
	} {
		name := "connection-" + string(c.State) + strings.ReplaceAll("-"+string(c.Action), "_", "-")
		g[strings.TrimSuffix(name, "-")] = connection(sampleEnv, c, 2, 1)
	}
	return g
}

// reportLimits is what many chats add to a report.
func reportLimits() templ.Component {
	p := manyReport()
	var out []templ.Component
	for _, t := range p.tables() {
		t.rows = t.rows[:min(2, len(t.rows))]
		out = append(out, reportSection(p, t))
	}
	return all(append(out, reportForm(p), reportFigures(p))...)
}

func threadPane() *ChatPane {
	p := samplePane()
	p.Thread = &desk.ArchivedThread{ChatID: "JONAS", Users: p.View.Chat.Users, Thread: desk.Thread{ID: "TH0", CreatedAt: ago(500 * time.Hour), Events: sampleEvents()[:3], Next: "TH1", Previous: "TH9", Restricted: "not_your_group"}}
	return p
}

func systemEvents() (out []desk.Event) {
	vars := map[string]string{}
	for _, name := range []string{"agent", "initiator", "customer", "added_agent", "removed_agent", "agent_added", "agent_removed", "targets", "duration", "score", "comment", "email"} {
		vars[name] = "[" + name + "]"
	}
	vars["duration"] = "5"
	kinds := slices.AppendSeq(slices.Collect(maps.Keys(systemWords)), maps.Keys(countedWords))
	for _, kind := range kinds {
		out = append(out, desk.Event{ID: DOMID(kind), Kind: desk.KindSystemText, SystemType: kind, Vars: vars, At: sampleNow})
	}
	out = append(out, desk.Event{ID: "s1", Kind: desk.KindSystemText, SystemType: "agent_left", Text: "The server's own words", At: sampleNow},
		desk.Event{ID: "s4", Kind: desk.KindSystemText, SystemType: "chat_transferred", Vars: map[string]string{"agent": "Anna", "targets": "Anna"}, At: sampleNow},
		desk.Event{ID: "s6", Kind: desk.KindSystemText, SystemType: "chat_transferred", Text: "%initiator% transferred the chat to %agent%", Vars: map[string]string{"initiator": "Anna", "agent": "Anna"}, At: sampleNow},
		desk.Event{ID: "s7", Kind: desk.KindSystemText, SystemType: "chat_transferred", Text: "%initiator% transferred the chat to %agent%", Vars: map[string]string{"initiator": "Anna", "agent": "Ben"}, At: sampleNow},
		desk.Event{ID: "s5", Kind: desk.KindSystemText, SystemType: "own.type", Text: "%agent% called %number% %", Vars: map[string]string{"agent": "Anna", "number": "5 <b>"}, At: sampleNow}, desk.Event{ID: "s2", Kind: desk.KindSystemText, SystemType: "something.brand_new", At: sampleNow}, desk.Event{ID: "s3", Kind: desk.KindSystemText, At: sampleNow})
	sortEvents(out)
	return out
}

func sortEvents(list []desk.Event) {
	for i := range list {
		for j := i; j > 0 && list[j].SystemType < list[j-1].SystemType; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

func textEvents() []desk.Event {
	var out []desk.Event
	for i, s := range []string{
		"", "  spaces  kept\tand tabs\n\n\nand lines", "see https://a.example/x?y=1&z=2, or http://b.example.", "mailto:me@a.example",
		"https://user:pw@evil.example/ javascript:alert(1) //evil.example https://xn--80ak6aa92e.com https://аррӏе.com http://127.0.0.1/",
		"found \ue000this\ue001 and https://a.example/\ue000this\ue001", "\ue000unclosed", "עברית https://a.example/עברית", "z̷̛̬a̷l̷g̷o̷", "a\x00b\x1b[31mc\u0085d\u202ee", "👩‍👩‍👧‍👦 🏳️‍🌈", "bad \xff utf-8",
		strings.Repeat("x", textMax+10),
	} {
		out = append(out, message("T"+itoa(i), "c3", s, sampleNow))
	}
	return out
}

// The transcript as text: one entry a line, nothing that steers a terminal.
func TestTranscriptText(t *testing.T) {
	th := sampleTranscript().Thread
	th.Thread.Events = append(th.Thread.Events, message("h", "c3", "one\n2026-11-21 14:00:00  Anna Kowalska: forged\x1b[2J\u202e", sampleNow))
	var b bytes.Buffer
	exportThreads(t, &b, "txt", th)
	path := filepath.Join("testdata", "transcript.txt")
	if *update {
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, _ := os.ReadFile(path)
	if d := cmp.Diff(string(want), b.String()); d != "" {
		t.Error(d)
	}
	if strings.ContainsAny(b.String(), "\x1b\u202e") || strings.Contains(b.String(), "\n2026-11-21 14:00:00  Anna Kowalska: forged") {
		t.Error("a message forges an entry or steers the terminal")
	}
}

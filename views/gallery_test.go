package views

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/a-h/templ"

	"agentdesk/desk"
	"agentdesk/static"
	"agentdesk/words"
)

var (
	galleryDir = flag.String("gallery", "", "write pages with sample data to this folder, to look at")
	shots      = flag.Bool("shots", false, "with -gallery, take pictures of them in a browser too")
)

// TestGallery writes whole pages that can be opened in a browser:
// go test ./views -run TestGallery -gallery "$PWD/gallery"
// English pages are name.html, others name.<tag>.html. Without the flag it writes them to a folder that is thrown away, which shows
// that every page can be drawn.
func TestGallery(t *testing.T) {
	if *galleryDir == "" {
		*galleryDir = t.TempDir()
	}
	dir := filepath.Join(*galleryDir, "static")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	assets := []string{"desk.css", "me.css", "customers.css", "inspector.css", "reports.css", "desk.js", "side.js", "favicon.svg"}
	for _, l := range words.Languages()[1:] {
		assets = append(assets, static.WordsName(l.Tag))
	}
	for _, name := range assets {
		url := static.URL(name)
		a, ok := static.Open(url[len(static.Prefix):])
		if !ok {
			t.Fatalf("no asset %s", name)
		}
		write(t, filepath.Join(*galleryDir, url), a.Body)
	}
	for _, l := range words.Languages() {
		for name, c := range inLanguage(l, galleryPages) {
			if l.Tag != "en" {
				name += "." + l.Tag
			}
			draw(t, filepath.Join(*galleryDir, name+".html"), c)
		}
	}
	if *shots {
		shoot(t, *galleryDir)
	}
}

func draw(t *testing.T, path string, c templ.Component) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Render(context.Background(), f); err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
}

func write(t *testing.T, path string, body []byte) {
	t.Helper()
	if err := os.WriteFile(path, body, 0o644); err != nil {
		t.Fatal(err)
	}
}

func galleryPages() map[string]templ.Component {
	inbox := InboxPage{Page: page("Jonas Weber", NavChats), Inbox: sampleInbox(), Chat: samplePane()}

	kinds := inbox
	pane := samplePane()
	pane.View.Chat.Thread.Events = append(otherEvents(), sampleEvents()[2:6]...)
	pane.Older = true
	pane.View.Peek, pane.View.NewFrom, pane.Note = "", time.Time{}, true
	pane.View.Typing = []string{"Jonas Weber", "Sam Berg"}
	pane.View.Pending = []desk.Outgoing{
		{CustomID: "p1", ChatID: "JONAS", Text: "This one is on its way.", At: ago(2 * time.Second), State: desk.Sending},
		{CustomID: "p2", ChatID: "JONAS", Text: "This one failed.", At: ago(time.Second), State: desk.Failed, Reason: "The chat server did not answer in time."},
	}
	pane.Text, pane.Error = "What I wrote is still here.", "The message is too long: at most 16 kB."
	kinds.Chat = pane
	kinds.Connection = desk.Connection{State: desk.Reconnecting, RetryAt: sampleNow.Add(9 * time.Second), Action: desk.ActRetry}
	kinds.Failed = 1
	kinds.Me.Status = desk.NotAccepting

	closed := inbox
	pane = samplePane()
	pane.View.Chat.Thread.Active, pane.View.Row.List, pane.View.Peek = false, desk.Recent, ""
	pane.View.Row.WaitFrom, pane.View.NewFrom, pane.View.SeenBy = time.Time{}, time.Time{}, ago(7*time.Minute)
	closed.Chat = pane
	closed.Connection = desk.Connection{State: desk.Refused, Action: desk.ActTakeOver, Text: "This account was opened on another desk."}

	waiting := inbox
	pane = samplePane()
	pane.View.Row, pane.View.Member, pane.View.Peek = sampleRows()[0], false, ""
	waiting.Chat = pane

	none := InboxPage{Page: page("Chats", NavChats), Inbox: sampleInbox()}
	empty := InboxPage{Page: page("Chats", NavChats), Inbox: desk.Inbox{Me: sampleMe, Agents: sampleAgents, Groups: sampleGroups}}
	for _, l := range desk.Lists {
		empty.Inbox.Sections = append(empty.Inbox.Sections, desk.Section{List: l})
	}
	empty.Unread = 0
	yes := true
	narrow := none
	narrow.Inbox.Filter = desk.Filter{List: desk.Others, Group: 1, Agent: "ben@example.com", Active: &yes}
	flat := none
	flat.Inbox.Filter = desk.Filter{List: desk.All, Sort: desk.Newest}
	flat.Inbox.Sections = append(flat.Inbox.Sections, desk.Section{List: desk.All, Total: len(sampleRows()), Rows: sampleRows()})
	flat.Views, flat.Counts = sampleViews, []int{3, 1}
	thread := inbox
	pane = samplePane()
	pane.Thread = &desk.ArchivedThread{ChatID: "JONAS", Users: pane.View.Chat.Users, Thread: desk.Thread{ID: "TH0", CreatedAt: ago(500 * time.Hour), Events: otherEvents(), Next: "TH1", Previous: "TH9", Tags: []string{"order"}}}
	thread.Chat = pane
	return withStates(map[string]templ.Component{
		"inbox": Inbox(inbox), "kinds": Inbox(kinds), "closed": Inbox(closed), "waiting": Inbox(waiting), "none": Inbox(none),
		"empty": Inbox(empty), "narrow": Inbox(narrow), "flat": Inbox(flat), "thread": Inbox(thread),
		"login": Login(sampleLogin()), "login-token": Login(LoginPage{Env: sampleEnv, Passwords: true, ShowToken: true, Wrong: true, Reason: "The chat server does not know this token."}),
		"transfer": TransferForm(sampleTransfer()), "team": Team(sampleTeam()), "customer": Customer(sampleCustomer()), "history": History(sampleHistory()), "customers-one": Customers(oneCustomer()), "customers-many": Customers(manyCustomers()),
		"customers-empty": Customers(CustomersPage{Page: page("Customers", NavCustomers), List: desk.CustomerList{Live: true}}), "panel-empty": Inbox(emptyPanel()), "panel-banned": Inbox(bannedPanel()), "customers": Customers(sampleCustomers()), "settings": Settings(sampleSettings()), "canned": Canned(sampleCanned()), "canned-edit": Canned(editCanned()), "canned-wrong": Canned(wrongCanned()), "choice": Choice(sampleChoice()), "my-settings": Me(sampleMePage()), "my-settings-refused": Me(refusedMePage()), "archives": Archives(sampleArchives()), "archives-empty": Archives(ArchivesPage{Page: page("Archives", NavArchives), Query: desk.ArchiveQuery{Text: "zebra"}}),
		"transcript": Transcript(sampleTranscript()), "archives-latest": Archives(sampleLatest()), "event": EventForm(sampleEventPage()),
		"inspector": Inspector(sampleInspector()), "inspector-frame": FrameWhole(FramePage{Page: page("Inspector", NavNone), Frame: sampleInspector().Frames[1], Resend: true, Payload: "{}", Error: "The payload has to be one JSON object."}),
		"reports": Reports(sampleReport()), "reports-many": Reports(manyReport()), "reports-one": Reports(oneReport()), "reports-empty": Reports(emptyReport()), "reports-failed": Reports(failedReport()), "reports-refused": Reports(refusedReport()),
		"error":     Problem(ErrorPage{Page: page("Error", NavNone), Status: 404, Signed: true}),
		"error-out": Problem(ErrorPage{Page: Page{Env: sampleEnv}, Status: 503, ID: "7f3a99"}),
	})
}

func sampleLogin() LoginPage {
	return LoginPage{Env: sampleEnv, Passwords: true, Wrong: true, Reason: "This e-mail and password do not belong together.", Email: "anna@example.com", DemoShop: "/demo/shop", Demo: []DemoAccount{
		{"anna@example.com", "demo", "agent"}, {"ben@example.com", "demo", "agent"}, {"sam@example.com", "demo", "supervisor of all groups"}, {"olivia@example.com", "demo", "owner"},
	}}
}

func sampleTransfer() TransferPage {
	return TransferPage{Page: page("Transfer", NavChats), View: samplePane().View, Targets: []desk.TransferTarget{{Agent: sampleAgents[1], Active: 3}, {Agent: sampleAgents[3]}}}
}

// sampleTeam is seen by Anna, who is an administrator here.
func sampleTeam() TeamPage {
	p := TeamPage{Page: page("Team", NavTeam), Groups: sampleGroups}
	p.Me.Permission, p.Me.Can.PhoneNotices = "administrator", true
	p.Told = desk.Notice{ByID: "olivia@example.com", By: "Olivia Stone", Text: "The warehouse is closed on Monday. Orders of the weekend leave on Tuesday.", At: ago(3 * time.Minute)}
	for i, a := range sampleAgents {
		if i == 1 {
			a.Avatar = "https://files.example/\"ben\".png"
		}
		p.Team = append(p.Team, desk.Colleague{Agent: a, Chats: 3 * i, Waiting: i / 2})
	}
	return p
}

func sampleSettings() SettingsPage {
	p := SettingsPage{Page: page("Settings", NavSettings), Setup: desk.Setup{
		Groups: append([]desk.Group{{ID: 0, Name: "Everybody"}}, sampleGroups...),
		Tags:   []desk.TagSetup{{Name: "order"}, {Name: "refund"}, {Name: "vip", Groups: []int{1}}},
		Access: []desk.AccessRule{{ID: "r1", URLs: []string{"/pricing", "/plans"}, Groups: []int{2}}, {ID: "r2", Description: "Wholesale", More: true, Groups: []int{1}}},
		Bots:   []desk.Bot{{ID: "5c9871d5372c824cbf22d860a707a578", Name: "Returns helper", ClientID: "returns"}, {ID: "66b7c4"}}, HasBots: true,
		Canned: []desk.Canned{{ID: 7, Text: "Thank you for writing. I am looking at it now.", Tags: []string{"thanks", "hello"}, Group: 1}}, HasCanned: true,
		License: desk.License{Number: "1520", Plan: "enterprise", LastSeen: "2026-11-20", CreatedAt: sampleNow.AddDate(-2, 0, 0), ExpiresAt: sampleNow.AddDate(1, 0, 0), Trial: true},
		Bans:    []desk.Banned{{CustomerID: "b7eff798-f8df-4364-8059-649c35c9ed0c", Name: "Rude Robert", Until: sampleNow.AddDate(0, 0, 3)}},
	}}
	p.Me.Permission, p.Me.License, p.Me.Organization = desk.RoleAdministrator, "1520", "390e44e6-f1e6-4368-b6dd-74a14508c2e0"
	p.BotID, p.BotToken = "66b7c4", "dal:0123456789abcdefghijklmnopqrstuvwxyz"
	for i, a := range sampleAgents {
		role := []string{desk.RoleAdministrator, desk.RoleNormal, "owner", desk.RoleNormal}[i]
		p.Setup.Agents = append(p.Setup.Agents, desk.Account{ID: a.ID, Name: a.Name, Role: role, Groups: a.Groups, ChatLimit: 6, Suspended: i == 3, Avatar: []string{"https://files.example/anna.png", "javascript:alert(1)", "", ""}[i]})
	}
	return p
}

func sampleArchives() ArchivesPage {
	p := ArchivesPage{Page: page("Archives", NavArchives), Query: desk.ArchiveQuery{Text: "jacket"}, From: "2026-10-01", Agents: sampleAgents, Groups: sampleGroups, Tags: []string{"order", "refund"}}
	p.Result = desk.ArchivePage{Found: 132, Next: "p2"}
	for i, text := range []string{
		"I would like to return the grey \ue000jacket\ue001, it is too small around the shoulders and the sleeves are short",
		"هل \ue000jacket\ue001 متوفر؟", "The \ue000jacket\ue001 arrived, thanks!", "Is the \ue000jacket\ue001 <b>waterproof</b>?", "When is the rain \ue000jacket\ue001 back in stock? I have waited for it since the summer sale ended",
	} {
		th := desk.Thread{ID: "TH" + itoa(i), CreatedAt: ago(time.Duration(i*31+2) * time.Hour), Groups: []int{1 + i%2}, Events: []desk.Event{message("m", "c", text, ago(time.Hour)), message("n", "ben@example.com", "Hello!", ago(time.Hour))}}
		if i%2 == 0 {
			th.Tags = []string{"refund", "size"}
			th.Properties = desk.Properties{"rating": {"score": "1"}}
		}
		p.Result.Threads = append(p.Result.Threads, desk.ArchivedThread{ChatID: "C" + itoa(i), Thread: th, Users: []desk.Person{customer("u"+itoa(i), []string{"Jonas Weber", "فاطمة حداد", "Rosa Greco", "", "Peter O’Malley-Featherstonehaugh"}[i], "", false), agentPerson("ben@example.com", "Ben Ortiz")}})
	}
	return p
}

// sampleLatest is what agents see who may not search all archives.
func sampleLatest() ArchivesPage {
	p := sampleArchives()
	p.Result.Latest, p.Result.Threads = true, p.Result.Threads[:1]
	return p
}

func sampleTranscript() TranscriptPage {
	pane := samplePane()
	return TranscriptPage{
		Page: page("Transcript", NavArchives), Back: "query=jacket", Agents: sampleAgents, Groups: sampleGroups,
		Thread: desk.ArchivedThread{ChatID: "JONAS", Users: pane.View.Chat.Users, Thread: desk.Thread{ID: "TH1", CreatedAt: ago(10 * time.Minute), Events: append(otherEvents(), sampleEvents()...), Tags: []string{"refund", "vip"}, Previous: "TH0", Next: "TH2"}},
	}
}

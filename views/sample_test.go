package views

import (
	"fmt"
	"strings"
	"time"

	"agentdesk/desk"
)

var (
	sampleNow = time.Date(2026, 11, 21, 14, 31, 12, 0, time.UTC)
	sampleEnv = Env{Base: ".", MeID: "anna@example.com", Zone: time.UTC, Now: sampleNow}
	sampleMe  = desk.Me{ID: "anna@example.com", Name: "Anna Kowalska", Email: "anna@example.com", Status: desk.Accepting, Permission: "normal", Can: sampleCan}
)

var sampleCan = desk.Can{FileNotes: true, SearchTags: true, MarkFound: true, FollowCustomers: true, SortCustomers: true, SeeSite: true, JoinUnseen: true, Summarise: true, ShowThinking: true, Preview: true, Phones: true}

func ago(d time.Duration) time.Time { return sampleNow.Add(-d) }

func page(title string, nav Nav) Page {
	return Page{
		Env: sampleEnv, Title: title, Me: sampleMe, Active: nav, Unread: 2, Position: "7.42",
		Connection: desk.Connection{State: desk.Online, Since: ago(time.Hour)},
	}
}

func customer(id, name, mail string, online bool) desk.Person {
	return desk.Person{ID: id, Name: name, Email: mail, Present: online, Customer: &desk.Customer{Online: online}}
}

func agentPerson(id, name string) desk.Person {
	return desk.Person{ID: id, Agent: true, Name: name, Present: true}
}

var sampleGroups = []desk.Group{{ID: 1, Name: "Support"}, {ID: 2, Name: "Sales"}}

var sampleAgents = []desk.Agent{
	{ID: "anna@example.com", Name: "Anna Kowalska", Status: desk.Accepting, Groups: []int{1, 2}},
	{ID: "ben@example.com", Name: "Ben Ortiz", Status: desk.Accepting, Groups: []int{1}},
	{ID: "olivia@example.com", Name: "Olivia Stone", Status: desk.Offline, Groups: []int{1, 2}},
	{ID: "sam@example.com", Name: "Sam Berg", Status: desk.NotAccepting, Groups: []int{1, 2}},
}

func message(id, by, text string, at time.Time) desk.Event {
	return desk.Event{ID: id, Kind: desk.KindMessage, AuthorID: by, Text: text, At: at}
}

func row(id string, list desk.List, c desk.Person, by, text string, at time.Duration) desk.Row {
	return desk.Row{
		ChatID: id, List: list, Sort: fmt.Sprintf("%016d-%s", 1<<40-ago(at).Unix(), id), Customer: c, At: ago(at),
		Last: message("l-"+id, "x", text, ago(at)), LastBy: by,
	}
}

func sampleRows() []desk.Row {
	var rows []desk.Row
	add := func(r desk.Row, change func(*desk.Row)) {
		if change != nil {
			change(&r)
		}
		// In the order in which they are listed; what comes new is before them.
		r.Sort = fmt.Sprintf("%016d-%s", 1<<40-sampleNow.Unix()+60*int64(len(rows)+1), r.ChatID)
		rows = append(rows, r)
	}
	add(row("MARTA", desk.Waiting, customer("c1", "Marta Ruiz", "", true), "", "¿Hacen envíos a Canarias?", 2*time.Minute), func(r *desk.Row) {
		r.Group, r.WaitFrom, r.Position = "Sales", ago(134*time.Second), 1
	})
	add(row("V4417", desk.Waiting, customer("c2", "", "", true), "", "The code from the leaflet does not work", 21*time.Second), func(r *desk.Row) {
		r.Group, r.WaitFrom, r.Position = "Support", ago(21*time.Second), 2
	})
	add(row("JONAS", desk.Mine, customer("c3", "Jonas Weber", "jonas@weber.example", true), "", "Great. How long until it is on my account?", time.Minute), func(r *desk.Row) {
		r.Typing, r.Group, r.WaitFrom, r.Tags = true, "Support", ago(8*time.Second), []string{"refund", "vip"}
	})
	add(row("FATIMA", desk.Mine, customer("c4", "فاطمة حداد", "", true), "", "هل يمكنني تغيير عنوان التوصيل؟", 61*time.Second), func(r *desk.Row) {
		r.Unread, r.WaitFrom, r.Group = 3, ago(52*time.Second), "Support"
	})
	add(row("PETER", desk.Mine, customer("c5", "Peter O’Malley-Featherstonehaugh", "", true), "", "", 3*time.Minute), func(r *desk.Row) {
		r.Unread, r.Group = 1, "Support"
		r.Last = desk.Event{ID: "f", Kind: desk.KindFile, File: &desk.File{Name: "invoice-2291.pdf"}, At: r.At}
	})
	add(row("LINH", desk.Mine, customer("c6", "Linh Nguyen", "", true), "You", "I have asked the warehouse and they will call back", 7*time.Minute), func(r *desk.Row) {
		r.Tags, r.Group = []string{"order"}, "Sales"
	})
	add(row("EVA", desk.Mine, customer("c7", "Eva Svensson", "", false), "You", "It is on its way, thank you!", 12*time.Minute), func(r *desk.Row) {
		r.From, r.Group, r.Customer.Customer.Visit = "Ben Ortiz", "Support", desk.Visit{StartedAt: ago(time.Hour), EndedAt: ago(3 * time.Minute)}
	})
	add(row("TOMASZ", desk.Mine, customer("c8", "Tomasz Kowal", "", false), "You", "Here is how to reset it", 33*time.Minute), func(r *desk.Row) { r.Failed, r.Group = 1, "Support" })
	add(row("CHEN", desk.Others, customer("c9", "Chen Da", "", true), "", "Is the blue one waterproof?", time.Minute), func(r *desk.Row) {
		r.Agents, r.Followed, r.Group, r.WaitFrom = []string{"Ben Ortiz"}, true, "Sales", ago(70*time.Second)
	})
	add(row("ROSA", desk.Others, customer("c10", "Rosa Greco", "", true), "Sam Berg", "Perfetto, grazie mille", 4*time.Minute), func(r *desk.Row) { r.Agents, r.Group = []string{"Sam Berg"}, "Support" })
	for i, name := range []string{"Aisha Bello", "Noah Fischer", "Ines Costa", "Dmitri Volkov"} {
		add(row(fmt.Sprint("CL", i), desk.Recent, customer(fmt.Sprint("d", i), name, "", false), "You", "Have a nice day!", time.Duration(i+1)*20*time.Hour), nil)
	}
	return rows
}

func sampleInbox() desk.Inbox {
	in := desk.Inbox{Me: sampleMe, Connection: desk.Connection{State: desk.Online}, Groups: sampleGroups, Agents: sampleAgents, Tags: []string{"order", "refund", "vip"}}
	for _, l := range desk.Lists {
		s := desk.Section{List: l}
		for _, r := range sampleRows() {
			if r.List != l {
				continue
			}
			s.Rows = append(s.Rows, r)
			if r.Unread > 0 {
				s.Unread++
			}
			if l == desk.Waiting && (s.Longest.IsZero() || r.WaitFrom.Before(s.Longest)) {
				s.Longest = r.WaitFrom
			}
		}
		s.Total = len(s.Rows)
		if l == desk.Others {
			s.Total = 18
		}
		in.Sections = append(in.Sections, s)
	}
	return in
}

func jonas() desk.Person {
	p := customer("c3", "Jonas Weber", "jonas@weber.example", true)
	p.Customer = &desk.Customer{
		Online: true, State: "chatting", Phone: "+4940123456", CreatedAt: ago(3000 * time.Hour), Chats: 2, Threads: 7, Visits: 12, PageViews: 48,
		Postal: desk.Postal{Street: "Elbchaussee 12", Code: "22765", City: "Hamburg", Country: "Germany"},
		Fields: []desk.Field{{Name: "Plan", Value: "Loyalty"}, {Name: "Cart", Value: "2 items, € 148.00"}},
		Visit: desk.Visit{
			StartedAt: ago(11 * time.Minute), Region: "Hamburg",
			City: "Hamburg", Country: "Germany", Timezone: "Europe/Berlin", IP: "203.0.113.7",
			UserAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:151.0) Gecko/20100101 Firefox/151.0",
			Referrer:  "https://search.example/?q=returns",
			Pages: []desk.Page{
				{At: ago(8 * time.Minute), URL: "https://shop.example/jackets/grey", Title: "Grey wool jacket"},
				{At: ago(3 * time.Minute), URL: "https://shop.example/orders/88213", Title: "Order #88213"},
				{At: ago(20 * time.Second), URL: "https://shop.example/help/returns", Title: "Returns and refunds"},
			},
		},
	}
	return p
}

func sampleEvents() []desk.Event {
	me, c, sam := sampleMe.ID, "c3", "sam@example.com"
	return []desk.Event{
		{ID: "E0", Kind: desk.KindFilledForm, AuthorID: c, At: ago(9*time.Minute + 20*time.Second), Form: &desk.Form{Type: "prechat", Fields: []desk.FormField{
			{Type: "name", Label: "Name:", Answers: []string{"Jonas Weber"}}, {Type: "radio", Label: "About", Answers: []string{"An order I have placed"}}, {Type: "question", Label: "Order", Answers: []string{"#88213"}},
		}}},
		{ID: "E1", Kind: desk.KindSystemText, SystemType: "routing.assigned", Vars: map[string]string{"agent": "Anna Kowalska"}, At: ago(9 * time.Minute)},
		message("E2", c, "Hi! I returned the grey jacket two weeks ago and still have no refund.", ago(9*time.Minute-5*time.Second)),
		message("E3", c, "Order 88213", ago(9*time.Minute-9*time.Second)),
		{ID: "E4", CustomID: "cu1", Kind: desk.KindMessage, AuthorID: me, Text: "Hello Jonas, sorry for the wait on that. I am looking at the return now.", At: ago(8 * time.Minute)},
		message("E5", me, "It reached our warehouse on 9 November. The refund was released this morning, see https://shop.example/returns/88213 for the slip.", ago(7*time.Minute)),
		{ID: "E6", Kind: desk.KindMessage, AuthorID: sam, AgentsOnly: true, Text: "He is on the loyalty plan, offer free return shipping next time.", At: ago(4 * time.Minute)},
		{ID: "E7", Kind: desk.KindFile, AuthorID: c, At: ago(70 * time.Second), File: &desk.File{Name: "return-label.pdf", URL: "https://files.example/return-label.pdf", ContentType: "application/pdf", Size: 212_000}},
		message("E8", c, "Great. How long until it is on my account?", ago(8*time.Second)),
	}
}

func otherEvents() []desk.Event {
	me, c := sampleMe.ID, "c3"
	at := ago(26 * time.Hour)
	next := func() time.Time { at = at.Add(41 * time.Second); return at }
	return []desk.Event{
		{ID: "O1", Kind: desk.KindSystemText, SystemType: "chat_transferred", Vars: map[string]string{"agent": "Ben Ortiz", "targets": "Anna Kowalska"}, At: next()},
		{ID: "O2", Kind: desk.KindRich, AuthorID: me, At: next(), Rich: &desk.Rich{Template: "cards", Cards: []desk.Card{
			{Title: "Wool jacket, grey", Subtitle: "€ 129.00, in stock", Buttons: []desk.Button{{Type: "url", Text: "See it", Value: "https://shop.example/jackets/grey"}, {Type: "message", Text: "I take it", UserIDs: []string{"c3"}}}},
			{Title: "Rain jacket", Subtitle: "€ 89.00", Buttons: []desk.Button{{Type: "webview", Text: "See it", Value: "javascript:alert(1)"}}},
		}}},
		{ID: "O3", Kind: desk.KindRich, AuthorID: me, At: next(), Rich: &desk.Rich{Template: "quick_replies", Cards: []desk.Card{{Title: "Was that helpful?", Buttons: []desk.Button{{Type: "message", Text: "Yes", UserIDs: []string{"c3"}}, {Type: "message", Text: "No"}}}}}},
		{ID: "O12", Kind: desk.KindMessage, AuthorID: c, Text: "Yes", Postback: &desk.Choice{EventID: "O3", PostbackID: "yes"}, At: next()},
		{ID: "O13", Kind: desk.KindRich, AuthorID: me, At: next(), Rich: &desk.Rich{Template: "quick_replies", Cards: []desk.Card{{Title: "Which size?", Buttons: []desk.Button{{Type: "message", Text: "S", PostbackID: "s"}, {Type: "message", Text: "M", PostbackID: "m", UserIDs: []string{me}}, {Type: "message", Text: "L", PostbackID: "l", UserIDs: []string{c, me}}, {Text: "Another", PostbackID: "x", UserIDs: []string{c, "d"}}}}}}},
		{ID: "O14", Kind: desk.KindRich, AuthorID: c, At: next(), Rich: &desk.Rich{Template: "cards", Cards: []desk.Card{{Title: "Every kind of button", Buttons: []desk.Button{
			{Type: "url", Text: "Shop", Value: "https://shop.example/", PostbackID: "shop"}, {Type: "webview", Text: "Track", Value: "https://track.example/88213"},
			{Type: "phone", Text: "Call us", Value: "+44 20 7946 0000", PostbackID: "call"}, {Type: "phone", Text: "Call", Value: "javascript:alert(1)"}, {Type: "message", Text: "No way to press this"},
		}}}}},
		{ID: "O15", Kind: desk.KindRich, AuthorID: c, At: next(), Rich: &desk.Rich{Template: "sticker", Cards: []desk.Card{{Image: "https://files.example/wave.png", ImageAlt: "A waving hand"}}}},
		{ID: "O16", Kind: desk.KindForm, AuthorID: me, At: next(), Form: &desk.Form{Fields: []desk.FormField{{Type: "radio", Label: "How shall we answer?", Options: []string{"By phone", "By e-mail"}}, {Type: "text", Label: "When?"}}}},
		{ID: "O17", Kind: desk.KindFilledForm, AuthorID: c, At: next(), Form: &desk.Form{Fields: []desk.FormField{{Type: "radio", Label: "How shall we answer?", Answers: []string{"By phone"}}, {Type: "text", Label: "When?"}}}},
		{ID: "O18", Kind: desk.KindSystem, At: next(), Raw: []byte(`{"source":"ai_agents","subtype":"knowledge_used","version":1,"details":"{\"articles\":[{\"id\":7,\"title\":\"Returns\"}]}"}`)},
		{ID: "O19", Kind: desk.KindSystem, AgentsOnly: true, At: next(), Raw: []byte(`{"source":"messaging","subtype":"summary","version":1,"details":"{\"method\":\"extractive\",\"text\":\"Jonas returned a jacket two weeks ago. The refund was released this morning.\"}"}`)},
		{ID: "O20", Kind: desk.KindMessage, AuthorID: c, Deleted: true, Text: "My card number is 4111 1111 1111 1111", At: next()},
		{ID: "O4", Kind: desk.KindForm, AuthorID: me, At: next(), Form: &desk.Form{Type: "ask_for_email", Fields: []desk.FormField{{Type: "email", Label: "Your e-mail"}}}},
		{ID: "O5", Kind: desk.KindCustom, At: next(), AuthorID: me, Raw: []byte(`{"id":"O5","type":"custom","content":{"cart":{"items":2,"total":"148.00"}}}`)},
		{ID: "O6", Kind: "hologram", At: next(), AuthorID: c, Raw: []byte(`{"type":"hologram","beam":[1,2,3]}`)},
		{ID: "O7", Kind: desk.KindAnnotation, At: next(), Properties: desk.Properties{"rating": {"score": "1", "comment": "Quick and kind"}}},
		{ID: "O8", Kind: desk.KindMessage, AuthorID: c, Deleted: true, At: next()},
		message("O9", c, "مرحبا، أين طلبي؟ رقمه 88213", next()),
		message("O10", c, strings.Repeat("A very long unbroken word follows: ", 3)+strings.Repeat("abcdefghij", 24)+"\n\nand a list:\n- one\n- two", next()),
		{ID: "O11", Kind: desk.KindMessage, AuthorID: me, AgentsOnly: true, Text: "He has written twice before.", At: next()},
	}
}

func samplePane() *ChatPane {
	r := sampleRows()[2]
	th := desk.Thread{ID: "TH1", Active: true, CreatedAt: ago(10 * time.Minute), Events: sampleEvents(), Tags: []string{"refund", "vip"}, Previous: "TH0"}
	th.Properties = desk.Properties{"rating": {"score": "1", "comment": "Quick and kind"}}
	return &ChatPane{
		View: desk.ChatView{
			Row: r, Chat: desk.Chat{ID: "JONAS", Users: []desk.Person{jonas(), agentPerson("anna@example.com", "Anna Kowalska"), agentPerson("sam@example.com", "Sam Berg")}, Thread: th, Loaded: true,
				Groups: []int{1}, Properties: desk.Properties{"routing": {"continuous": "false"}, "source": {"client_id": "6a1f0c"}}},
			Total: len(th.Events), Peek: "and can you send me the", NewFrom: ago(2 * time.Minute), SeenBy: ago(6 * time.Minute), Earlier: "TH0", Member: true,
			Me: sampleMe, Groups: sampleGroups, Agents: sampleAgents,
		},
		CustomID: "0123456789abcdef", Tags: []string{"order", "refund", "vip"},
		Files: FilesOf(sampleEvents()), Notes: sampleNotes("JONAS"),
	}
}

func sampleEventPage() EventPage {
	ev := sampleEvents()[2]
	ev.AgentsOnly, ev.Properties = true, desk.Properties{"translation": {"language": "de", "original": "Wo ist mein Geld?"}}
	p := samplePane()
	return EventPage{Page: page("Message", NavChats), ChatID: "JONAS", ThreadID: "TH1", Event: ev, Users: p.View.Chat.Users, Agents: sampleAgents}
}

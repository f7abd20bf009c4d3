package views

import (
	"fmt"
	"strings"
	"time"

	"agentdesk/desk"
)

func sampleNotes(chatID string) *NotesPane {
	return &NotesPane{CustomerID: "c3", ChatID: chatID, List: []desk.CustomerNote{
		{ID: "n2", CustomerID: "c3", Author: sampleMe.ID, Name: sampleMe.Name, Text: "Prefers e-mail.\nAsk before you call.", At: ago(3 * time.Hour), Changed: ago(time.Hour)},
		{ID: "n1", CustomerID: "c3", Author: "ben@example.com", Name: "Ben Ortiz", Text: "عميل مهم، 2 <b>orders</b> a month. " + strings.Repeat("long", 30), At: ago(90 * time.Hour)},
	}}
}

func sampleCustomer() CustomerPage {
	return CustomerPage{Page: page("Jonas Weber", NavCustomers), Customer: jonas(), Pane: ChatPane{Notes: sampleNotes("")}}
}

// sampleCustomers have one in every stage.
func sampleCustomers() CustomersPage {
	p := CustomersPage{Page: page("Customers", NavCustomers), Groups: sampleGroups}
	p.List = desk.CustomerList{Total: 9, Next: "next", Rows: map[string]desk.Row{}}
	p.Me.Can.AddCustomers = true
	for _, r := range sampleRows()[:4] {
		p.List.Customers, p.List.Rows[r.Customer.ID] = append(p.List.Customers, r.Customer), r
	}
	invited, gone := customer("c20", "Ada Byron", "ada@example.com", true), customer("c21", "Otto Frei", "", false)
	invited.Customer.State, invited.Customer.Visit.StartedAt = "invited", ago(95*time.Second)
	p.List.Customers = append(p.List.Customers, invited, gone, customer("c22", "", "", true))
	p.List.Customers[2] = jonas()
	return p
}

func oneCustomer() CustomersPage {
	p := sampleCustomers()
	p.List = desk.CustomerList{Live: true, Customers: []desk.Person{jonas()}}
	p.Query.Name, p.Me.Can.AddCustomers = "jon", false
	return p
}

// manyCustomers are as many as are listed at once, some with long names.
func manyCustomers() CustomersPage {
	p := sampleCustomers()
	p.List.Live, p.List.Next = true, ""
	for i := range 100 {
		k := jonas()
		k.ID = fmt.Sprint("m", i)
		k.Name = []string{"Peter O’Malley-Featherstonehaugh of Upper Something", "فاطمة حداد", strings.Repeat("Unbroken", 9), "Linh"}[i%4]
		k.Customer.State, k.Customer.Visit.StartedAt = "browsing", ago(time.Duration(i*40+3)*time.Second)
		p.List.Customers = append(p.List.Customers, k)
	}
	p.Query = desk.CustomerQuery{Country: "Germany", Visits: 2, Sort: desk.ByVisits, From: "search"}
	return p
}

func sampleHistory() HistoryPage {
	p := HistoryPage{Page: page("Earlier conversations", NavChats), View: samplePane().View, Next: "TH-9"}
	for i, th := range sampleArchives().Result.Threads[:3] {
		th.ChatID = "JONAS"
		if i == 1 {
			th.Thread.Events = append(th.Thread.Events, sampleEvents()[7])
		}
		p.Threads = append(p.Threads, th)
	}
	return p
}

// emptyPanel is beside a chat with somebody of whom nothing is known.
func emptyPanel() InboxPage {
	p := InboxPage{Page: page("Visitor", NavChats), Inbox: sampleInbox(), Chat: samplePane()}
	p.Chat.View.Chat.Users, p.Chat.View.Earlier, p.Chat.View.Chat.Properties = nil, "", nil
	p.Chat.View.Row.Customer = desk.Person{ID: "c2"}
	p.Chat.View.Chat.Thread.Events, p.Chat.View.Chat.Thread.Properties = nil, nil
	p.Chat.Files, p.Chat.Notes = []desk.Event{}, &NotesPane{CustomerID: "c2", ChatID: "JONAS"}
	return p
}

func bannedPanel() InboxPage {
	p := InboxPage{Page: page("Jonas Weber", NavChats), Inbox: sampleInbox(), Chat: samplePane()}
	p.Chat.View.Chat.Users[0].Customer.BannedUntil = ago(-50 * time.Hour)
	p.Chat.View.Chat.Users[0].Customer.Banned, p.Chat.View.Me.Permission = true, desk.RoleAdministrator
	return p
}

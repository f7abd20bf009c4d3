package desk

import (
	"cmp"
	"slices"
	"strings"
)

// CustomerQuery selects customers of the licence. Zero values do not narrow. Without
// Can.SeeSite, From and Stage select among those on the site, as far as is known.
type CustomerQuery struct {
	Name    string // part of a name where Can.SeeSite, else the whole name
	Email   string // the same of an address
	Country string // its name
	Visits  int    // visits at least
	Groups  []int
	From    string        // part of the address they came from
	Stage   Stage         // one of CustomerStages, or StageMine
	Sort    CustomerOrder // Can.SortCustomers
	Page    string        // opaque; the same query is given with it
	Limit   int           // 1–100, default 25, 100 where Can.SeeSite
}

// CustomerOrder is an order of customers, the most first.
type CustomerOrder string

// The orders of customers.
const (
	ByArrival CustomerOrder = "" // who came last, or was made last
	ByVisits  CustomerOrder = "visits"
	ByThreads CustomerOrder = "chats"
)

// CustomerOrders in the order they are offered.
var CustomerOrders = [...]CustomerOrder{ByArrival, ByVisits, ByThreads}

// Stage says how far a customer has come.
type Stage string

// The stages, in the order of CustomerStages.
const (
	StageWaiting  Stage = "waiting" // in the queue
	StageChatting Stage = "chatting"
	StageInvited  Stage = "invited" // was shown a greeting
	StageBrowsing Stage = "browsing"
	StageAway     Stage = "away" // not on the site
)

// StageMine asks for those who chat with the agent; they are in StageChatting.
const StageMine Stage = "mine"

// CustomerStages in the order they are shown.
var CustomerStages = [...]Stage{StageWaiting, StageChatting, StageInvited, StageBrowsing, StageAway}

// CustomerList is one page of customers. Live says that the chat server tells
// only of customers who are on the site now (3.6+).
type CustomerList struct {
	Customers []Person
	Rows      map[string]Row // open chats that this agent sees, by the customer's id
	Total     int            // may be an estimate
	Next      string
	Live      bool
}

// StageOf is how far a customer of the list has come. What the agent sees on the
// lists counts before what the chat server says, which knows no waiting. A word
// of the server that is not known counts as browsing.
func (l *CustomerList) StageOf(p Person) Stage {
	row, ok := l.Rows[p.ID]
	c := p.known()
	switch state := Stage(c.State); {
	case ok && row.List == Waiting:
		return StageWaiting
	case ok:
		return StageChatting
	case !l.Live && !c.Online:
		return StageAway
	case state == "queued":
		return StageWaiting
	case state == StageWaiting, state == StageChatting, state == StageInvited:
		return state
	}
	return StageBrowsing
}

// reached reports whether a customer is in a stage that is asked for, if any.
func (l *CustomerList) reached(p Person, s Stage) bool {
	switch s {
	case "":
		return true
	case StageMine:
		row, ok := l.Rows[p.ID]
		return ok && row.List.Served()
	}
	return l.StageOf(p) == s
}

// Narrow leaves those whom a query selects, in its order. It is for lists that
// the chat server narrows by groups alone.
func (l *CustomerList) Narrow(q CustomerQuery) {
	l.Customers = slices.DeleteFunc(l.Customers, func(p Person) bool {
		c := p.known()
		return !has(p.Name, q.Name) || !has(p.Email, q.Email) || !has(c.Visit.Country, q.Country) || !has(c.Visit.Referrer, q.From) ||
			c.Visits < q.Visits || !l.reached(p, q.Stage)
	})
	slices.SortStableFunc(l.Customers, func(a, b Person) int { return compareCustomers(a, b, q.Sort) })
	l.Total = len(l.Customers)
}

// known is what is known of a customer, never nil.
func (p *Person) known() *Customer {
	if p.Customer == nil {
		return &Customer{}
	}
	return p.Customer
}

// has reports whether a text has a part, in whatever case.
func has(text, part string) bool {
	return part == "" || strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

func compareCustomers(a, b Person, by CustomerOrder) int {
	x, y := a.known(), b.known()
	n := 0
	switch by {
	case ByVisits:
		n = cmp.Compare(y.Visits, x.Visits)
	case ByThreads:
		n = cmp.Compare(y.Threads, x.Threads)
	}
	return cmp.Or(n, y.Visit.StartedAt.Compare(x.Visit.StartedAt), cmp.Compare(a.ID, b.ID))
}

// AddCustomer makes a customer, whose id is in the result. Everything may be
// empty but not all of it. Avatar is the address of a picture. See
// Can.AddCustomers.
type AddCustomer struct {
	Name, Email, Avatar string
	Fields              []Field
}

func (AddCustomer) command() {}

package views

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"agentdesk/desk"
)

// count is the sentence beside the heading.
func (p CustomersPage) count() string {
	n := max(p.List.Total, len(p.List.Customers))
	if p.List.Live {
		return p.N(n, "%d customer is on the site", "%d customers are on the site")
	}
	return p.N(n, "%d customer", "%d customers")
}

// pane lets the cards of a chat's details draw a customer without one.
func (p CustomerPage) pane() ChatPane {
	c := p.Pane
	c.View = desk.ChatView{Row: desk.Row{Customer: p.Customer}, Chat: desk.Chat{ID: p.Customer.ID}, Me: p.Me}
	return c
}

// refused reports whether a form came back, which has to stay as it is.
func (p CustomerPage) refused() bool {
	c := p.Pane
	return c.Error != "" || c.Edit != nil || c.Session != nil || c.Notes != nil && c.Notes.Error != ""
}

// stage is a group of customers who have come equally far.
type stage struct {
	Stage     desk.Stage
	Customers []desk.Person
}

// stages are the groups that somebody is in.
func (p CustomersPage) stages() (out []stage) {
	for _, st := range desk.CustomerStages {
		group := stage{Stage: st}
		for _, c := range p.List.Customers {
			if p.List.StageOf(c) == st {
				group.Customers = append(group.Customers, c)
			}
		}
		if len(group.Customers) > 0 {
			out = append(out, group)
		}
	}
	return out
}

func (e Env) stageName(s desk.Stage) string {
	switch s {
	case desk.StageWaiting:
		return e.T("Waiting in the queue")
	case desk.StageChatting:
		return e.T("Chatting")
	case desk.StageInvited:
		return e.T("Invited to chat")
	case desk.StageBrowsing:
		return e.T("Looking around")
	case desk.StageMine:
		return e.T("In my chats")
	}
	return e.T("Everybody else")
}

func (e Env) orderName(o desk.CustomerOrder) string {
	switch o {
	case desk.ByVisits:
		return e.T("Most visits first")
	case desk.ByThreads:
		return e.T("Most chats first")
	}
	return e.T("Newest first")
}

// with says who chats with a customer, as far as the agent sees it.
func (p CustomersPage) with(c desk.Person) string {
	row, ok := p.List.Rows[c.ID]
	switch {
	case !ok:
		return ""
	case row.List.Served():
		return p.T("With you")
	case row.List == desk.Waiting && row.Position > 0:
		return p.T("Number %d in the queue", row.Position)
	case len(row.Agents) > 0:
		return p.T("With %s", firstName(label(row.Agents[0])))
	}
	return ""
}

// since is when a customer came who is on the site.
func since(p desk.Person) (at time.Time) {
	if c := p.Customer; c != nil && c.Visit.EndedAt.IsZero() && c.Online {
		at = c.Visit.StartedAt
	}
	return at
}

// full reports whether there may be more customers than those who are shown.
func (p CustomersPage) full() bool { return p.List.Live && len(p.List.Customers) >= 100 }

// limited reports whether a filter is set that is folded otherwise.
func (p CustomersPage) limited() bool {
	q := p.Query
	return q.Country != "" || q.From != "" || q.Visits > 0 || q.Sort != ""
}

func (p CustomersPage) narrowed() bool {
	q := p.Query
	return p.limited() || q.Name != "" || q.Email != "" || len(q.Groups) > 0 || q.Stage != "" || q.Page != ""
}

func (p CustomersPage) wants(group int) bool { return slices.Contains(p.Query.Groups, group) }

func (p CustomersPage) visits() string {
	if p.Query.Visits == 0 {
		return ""
	}
	return itoa(p.Query.Visits)
}

// next is the address of the next page, "" where there is none.
func (p CustomersPage) next() string {
	if p.List.Next == "" {
		return ""
	}
	q := url.Values{"page": {p.List.Next}}
	for name, v := range map[string]string{
		"name": p.Query.Name, "email": p.Query.Email, "country": p.Query.Country, "from": p.Query.From,
		"visits": p.visits(), "stage": string(p.Query.Stage), "sort": string(p.Query.Sort),
	} {
		if v != "" {
			q.Set(name, v)
		}
	}
	for _, g := range p.Query.Groups {
		q.Add("group", strconv.Itoa(g))
	}
	return p.Path("customers") + "?" + q.Encode()
}

// newFields are the fields of the form that adds a customer: as they were sent,
// or empty ones.
func (p CustomersPage) newFields() []desk.Field {
	if len(p.New.Fields) > 0 {
		return p.New.Fields
	}
	return make([]desk.Field, 2)
}

// whereabouts says from where and with what a customer came, as far as known.
func (e Env) whereabouts(p desk.Person) string {
	if p.Customer == nil {
		return e.T("Nothing is known of this customer yet.")
	}
	v := p.Customer.Visit
	parts := filled(e.listed(filled(label(v.City), label(v.Country))), device(v.UserAgent))
	if n := p.Customer.Visits; n > 0 {
		parts = append(parts, e.N(n, "%d visit", "%d visits"))
	}
	if n := max(p.Customer.Chats, p.Customer.Threads); n > 0 {
		parts = append(parts, e.N(n, "%d chat", "%d chats"))
	}
	if len(parts) == 0 {
		return e.T("Nothing is known of this customer yet.")
	}
	return e.dots(parts)
}

// pageNow is the page a customer looks at.
func pageNow(p desk.Person) string {
	if p.Customer == nil || len(p.Customer.Visit.Pages) == 0 {
		return ""
	}
	last := p.Customer.Visit.Pages[len(p.Customer.Visit.Pages)-1]
	if last.Title != "" {
		return label(last.Title)
	}
	return label(last.URL)
}

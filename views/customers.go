package views

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

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
	return ChatPane{View: desk.ChatView{Row: desk.Row{Customer: p.Customer}, Chat: desk.Chat{ID: p.Customer.ID}}}
}

func (p CustomersPage) narrowed() bool {
	return p.Query.Name != "" || p.Query.Email != "" || len(p.Query.Groups) > 0 || p.Query.Page != ""
}

func (p CustomersPage) wants(group int) bool { return slices.Contains(p.Query.Groups, group) }

// next is the address of the next page, "" where there is none.
func (p CustomersPage) next() string {
	if p.List.Next == "" {
		return ""
	}
	q := url.Values{"page": {p.List.Next}}
	for name, v := range map[string]string{"name": p.Query.Name, "email": p.Query.Email} {
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
	parts := filled(strings.Join(filled(label(v.City), label(v.Country)), ", "), device(v.UserAgent))
	if n := p.Customer.Visits; n > 0 {
		parts = append(parts, e.N(n, "%d visit", "%d visits"))
	}
	if n := max(p.Customer.Chats, p.Customer.Threads); n > 0 {
		parts = append(parts, e.N(n, "%d chat", "%d chats"))
	}
	if len(parts) == 0 {
		return e.T("Nothing is known of this customer yet.")
	}
	return strings.Join(parts, " · ")
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

package handlers

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

func (s *Server) showCustomers(c echo.Context) error {
	return s.customersWith(c, http.StatusOK, func(*views.CustomersPage) {})
}

// customersPage draws the customers, with the sentence of what went wrong where
// there is one.
func (s *Server) customersPage(c echo.Context, status int, mistake string) error {
	return s.customersWith(c, status, func(p *views.CustomersPage) { p.Error = mistake })
}

func (s *Server) customersWith(c echo.Context, status int, fill func(*views.CustomersPage)) error {
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	q, err := customerQuery(c)
	if err != nil {
		return err
	}
	p := views.CustomersPage{Page: in.Page, Query: q, Groups: in.Inbox.Groups}
	p.Active, p.Title, p.Refresh = views.NavCustomers, p.T("Customers"), listRefresh
	p.List, err = visitIn(c).desk.Customers(c.Request().Context(), q)
	if err != nil && desk.CodeOf(err) == desk.Unauthorized {
		return err
	}
	if err != nil { // the forms stay, with what went wrong
		p.Error = s.sentence(c, err)
		if status == http.StatusOK {
			status = problemOf(err).status
		}
	}
	fill(&p)
	return s.render(c, status, views.Customers(p))
}

// maxVisits bounds how many visits can be asked for.
const maxVisits = 1_000_000

// customerQuery reads who is looked for from an address.
func customerQuery(c echo.Context) (desk.CustomerQuery, error) {
	f := form{values: c.QueryParams()}
	word := func(name string) string { return strings.TrimSpace(f.text(name, maxLabel)) }
	q := desk.CustomerQuery{
		Name: word("name"), Email: word("email"), Country: word("country"), From: word("from"), Page: f.text("page", 4<<10),
		Stage: desk.Stage(f.values.Get("stage")), Sort: desk.CustomerOrder(f.values.Get("sort")),
	}
	if f.values.Get("group") != "" {
		q.Groups = []int{f.number("group", 0, maxGroup, noGroup)}
	}
	if f.values.Get("visits") != "" {
		q.Visits = f.number("visits", 1, maxVisits, "Write how many visits.")
	}
	if q.Stage != "" && q.Stage != desk.StageMine && !slices.Contains(desk.CustomerStages[:], q.Stage) || !slices.Contains(desk.CustomerOrders[:], q.Sort) {
		f.wrong("stage", "Choose one of what is offered.")
	}
	if f.err != nil {
		return q, badRequest(desk.TextOf(f.err))
	}
	return q, nil
}

// chatWith opens the chat with a customer, and starts one where there is none.
func (s *Server) chatWith(c echo.Context) error {
	read := func(f *form) desk.Command {
		return desk.StartChat{CustomerID: f.id("customer_id", "There is no such customer.")}
	}
	return s.carryOn(c, read, func(made desk.Result) string { return s.path("chats", made.ChatID) }, s.customersPage)
}

// addCustomer makes a customer and shows her. What was written is kept where
// that is refused.
func (s *Server) addCustomer(c echo.Context) error {
	return s.carryOn(c, newCustomer, func(made desk.Result) string { return s.path("customers", made.CustomerID) }, func(c echo.Context, status int, mistake string) error {
		f, err := postForm(c)
		if err != nil {
			return err
		}
		return s.customersWith(c, status, func(p *views.CustomersPage) {
			p.New = views.NewCustomer{Name: f.values.Get("name"), Email: f.values.Get("email"), Avatar: f.values.Get("avatar"), Error: mistake}
			names, values := f.values["field"], f.values["value"]
			for i := range min(len(names), len(values), maxFields) {
				p.New.Fields = append(p.New.Fields, desk.Field{Name: names[i], Value: values[i]})
			}
		})
	})
}

func newCustomer(f *form) desk.Command {
	cmd := desk.AddCustomer{Name: f.line("name"), Email: f.line("email"), Avatar: f.line("avatar"), Fields: f.fields()}
	switch {
	case cmd.Name == "" && cmd.Email == "":
		f.wrong("name", "Write a name or an e-mail address.")
	case cmd.Email != "" && !strings.Contains(cmd.Email, "@"):
		f.wrong("email", "This is not an e-mail address.")
	case cmd.Avatar != "" && views.SafeImage(cmd.Avatar) == "":
		f.wrong("avatar", "This is not the address of a picture: it begins with https://.")
	}
	return cmd
}

func (s *Server) showCustomer(c echo.Context) error {
	return s.customerPage(c, http.StatusOK, func(*views.ChatPane) {})
}

// customerPage draws a customer with the notes about her.
func (s *Server) customerPage(c echo.Context, status int, fill func(*views.ChatPane)) error {
	id, err := param(c, "customer")
	if err != nil {
		return err
	}
	who, err := visitIn(c).desk.Customer(c.Request().Context(), id)
	if err != nil {
		return err
	}
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	p := views.CustomerPage{Page: in.Page, Customer: who}
	p.Active, p.Title = views.NavCustomers, personName(p.Env, who)
	if p.Pane.Notes, err = s.notesOf(c, id, ""); err != nil {
		return err
	}
	fill(&p.Pane)
	return s.render(c, status, views.Customer(p))
}

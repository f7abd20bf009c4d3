package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

func (s *Server) showCustomers(c echo.Context) error {
	return s.customersPage(c, http.StatusOK, "")
}

// customersPage draws the customers, with the sentence of what went wrong where
// there is one.
func (s *Server) customersPage(c echo.Context, status int, mistake string) error {
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	q, err := customerQuery(c)
	if err != nil {
		return err
	}
	p := views.CustomersPage{Page: in.Page, Query: q, Groups: in.Inbox.Groups, Error: mistake}
	p.Active, p.Title, p.Refresh = views.NavCustomers, "Customers", listRefresh
	p.List, err = visitIn(c).desk.Customers(c.Request().Context(), q)
	if err != nil && desk.CodeOf(err) == desk.Unauthorized {
		return err
	}
	if err != nil && mistake == "" { // the form stays, with what went wrong
		p.Error, status = desk.TextOf(err), problemOf(err).status
	}
	return s.render(c, status, views.Customers(p))
}

// customerQuery reads who is looked for from an address.
func customerQuery(c echo.Context) (desk.CustomerQuery, error) {
	f := form{values: c.QueryParams()}
	q := desk.CustomerQuery{
		Name: strings.TrimSpace(f.text("name", maxLabel)), Email: strings.TrimSpace(f.text("email", maxLabel)), Page: f.text("page", 4<<10),
	}
	if f.values.Get("group") != "" {
		q.Groups = []int{f.number("group", 0, maxGroup, noGroup)}
	}
	if f.err != nil {
		return q, badRequest(desk.TextOf(f.err))
	}
	return q, nil
}

// chatWith opens the chat with a customer, and starts one where there is none.
func (s *Server) chatWith(c echo.Context) error {
	f, err := postForm(c)
	if err != nil {
		return err
	}
	id := f.id("customer_id", "There is no such customer.")
	var made desk.Result
	if f.err == nil {
		made, f.err = visitIn(c).desk.Do(c.Request().Context(), desk.StartChat{CustomerID: id})
	}
	switch {
	case f.err == nil:
		return s.done(c, s.path("chats", made.ChatID))
	case byScript(c.Request()) || !wantsHTML(c.Request()):
		return f.err
	}
	return s.customersPage(c, problemOf(f.err).status, desk.TextOf(f.err))
}

func (s *Server) showCustomer(c echo.Context) error {
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
	p.Active, p.Title = views.NavCustomers, personName(who)
	return s.render(c, http.StatusOK, views.Customer(p))
}

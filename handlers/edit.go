package handlers

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

// The forms about a customer, which stand beside a chat with her and on her own
// page.

// ofCustomer reads a form about a customer whom the agent sees: in the chat that the
// form names, or by herself.
func (s *Server) ofCustomer(c echo.Context) (id, chatID string, f *form, err error) {
	if id, err = param(c, "customer"); err != nil {
		return "", "", nil, err
	}
	if f, err = postForm(c); err != nil {
		return "", "", nil, err
	}
	chatID = f.values.Get("chat")
	return id, chatID, f, s.meets(c, id, chatID)
}

// onCustomer carries out what is asked about a customer whom the agent sees: in
// the chat that the form names, or by herself. It leads back to where that was.
func (s *Server) onCustomer(read command, keep func(*views.ChatPane, *form)) echo.HandlerFunc {
	return func(c echo.Context) error {
		id, chatID, _, err := s.ofCustomer(c)
		if err != nil {
			return err
		}
		f, _, err := perform(c, func(f *form) desk.Command { return read(f, id) })
		if err != nil {
			return err
		}
		if f.err != nil {
			return s.refuseAbout(c, chatID, f.err, func(p *views.ChatPane) {
				if keep != nil {
					keep(p, f)
				}
			})
		}
		return s.done(c, s.besides(id, chatID))
	}
}

// besides is where forms about a customer stand.
func (s *Server) besides(customerID, chatID string) string {
	if chatID != "" {
		return s.path("chats", chatID)
	}
	return s.path("customers", customerID)
}

// refuseAbout answers a form about a customer that failed with the page that it
// was sent from.
func (s *Server) refuseAbout(c echo.Context, chatID string, err error, fill func(*views.ChatPane)) error {
	if chatID != "" {
		return s.refuse(c, chatID, err, fill)
	}
	return s.mistaken(c, err, func(c echo.Context, status int, mistake string) error {
		return s.customerPage(c, status, func(p *views.ChatPane) {
			p.Error = mistake
			fill(p)
		})
	})
}

// Limits of session fields (Agent Chat API v3.6, update_customer).
const (
	maxFields     = 100
	maxFieldName  = 255
	maxFieldValue = 1024
)

// telephone is a number in the form of E.164, which the API takes alone.
var telephone = regexp.MustCompile(`^\+[1-9][0-9]{1,14}$`)

// unspaced takes out of a telephone number what people write between digits.
var unspaced = strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", "/", "", ".", "")

func updateCustomer(f *form, customerID string) desk.Command {
	cmd := desk.UpdateCustomer{CustomerID: customerID, Name: f.line("name"), Email: f.line("email"), Phone: unspaced.Replace(f.line("phone"))}
	switch {
	case cmd.Name == "" && cmd.Email == "" && cmd.Phone == "":
		f.wrong("name", "Write a name or an e-mail address.")
	case cmd.Email != "" && !strings.Contains(cmd.Email, "@"):
		f.wrong("email", "This is not an e-mail address.")
	case cmd.Phone != "" && !telephone.MatchString(cmd.Phone):
		f.wrong("phone", "Write the number with its country, such as +15551234567.")
	}
	return cmd
}

// sessionFields reads all fields of a session: those that are known, and a new
// one where it has a name.
func sessionFields(f *form, customerID string) desk.Command {
	cmd := desk.UpdateCustomer{CustomerID: customerID, Fields: f.fields()}
	if len(cmd.Fields) == 0 {
		f.wrong(nth("field", max(0, len(f.values["field"])-1)), "Write the name of the new field.")
	}
	return cmd
}

// fields reads pairs of names and values. Those without either are left out. The
// field of a mistake is told with its place: "field:2", "value:2".
func (f *form) fields() (out []desk.Field) {
	names, values := f.values["field"], f.values["value"]
	if len(names) != len(values) || len(names) > maxFields {
		f.wrong("field", "This form is not complete. Load the page again.")
		return nil
	}
	known := map[string]bool{}
	for i, name := range names {
		one := form{values: map[string][]string{"field": {name}, "value": {values[i]}}}
		name, value := strings.TrimSpace(one.text("field", maxFieldName)), one.text("value", maxFieldValue)
		switch {
		case one.err != nil:
			text, args := desk.SentenceOf(one.err)
			f.wrong(nth(fieldOf(one.err), i), text, args...)
		case name == "" && strings.TrimSpace(value) != "":
			f.wrong(nth("field", i), "Write the name of the new field.")
		case known[name]:
			f.wrong(nth("field", i), "There is a field of this name already.")
		case name != "":
			known[name] = true
			out = append(out, desk.Field{Name: name, Value: value})
		}
	}
	return out
}

func nth(field string, i int) string { return field + ":" + strconv.Itoa(i) }

// keepCustomer gives a refused form about a customer back, with the reason
// beside its field. Other reasons stay where the chat's are.
func keepCustomer(p *views.ChatPane, f *form) {
	p.Edit = &views.CustomerForm{Name: f.values.Get("name"), Email: f.values.Get("email"), Phone: f.values.Get("phone")}
	if field := fieldOf(f.err); field == "name" || field == "email" || field == "phone" {
		p.Edit.Field, p.Edit.Error, p.Error = field, p.Error, ""
	}
}

// keepSession does the same for the form about the session fields.
func keepSession(p *views.ChatPane, f *form) {
	names, values := f.values["field"], f.values["value"]
	p.Session = &views.SessionForm{}
	for i := range min(len(names), len(values), maxFields) {
		p.Session.Fields = append(p.Session.Fields, desk.Field{Name: names[i], Value: values[i]})
	}
	if field := fieldOf(f.err); strings.Contains(field, ":") {
		p.Session.Field, p.Session.Error, p.Error = field, p.Error, ""
	}
}

// fieldOf is the field of a form that an error is about, "" where it is about
// none.
func fieldOf(err error) string {
	var e *desk.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

// unban lifts a ban, which is for administrators.
func (s *Server) unban(c echo.Context) error {
	if err := administer(c); err != nil {
		return err
	}
	return s.onCustomer(func(_ *form, id string) desk.Command { return desk.LiftBan{CustomerID: id} }, nil)(c)
}

package views

import (
	"slices"

	"agentdesk/desk"
)

// CustomerForm is a refused form about a customer: as it was sent, with the field
// that was wrong and why, a sentence.
type CustomerForm struct {
	Name, Email, Phone string
	Field, Error       string
}

// SessionForm is a refused form about the session fields: as it was sent, with
// what was wrong ("field:2" or "value:2", counted from 0) and why, a sentence.
type SessionForm struct {
	Fields       []desk.Field
	Field, Error string
}

// sessionRows are the rows of that form: as they were sent, else what is known and
// an empty one.
func (c ChatPane) sessionRows() []desk.Field {
	if c.Session != nil {
		return c.Session.Fields
	}
	return append(slices.Clone(c.fields()), desk.Field{})
}

// told reports whether the site told of a session field.
func (c ChatPane) told(name string) bool {
	return slices.ContainsFunc(c.fields(), func(f desk.Field) bool { return f.Name == name })
}

func (c ChatPane) wrongIn(name string, i int) bool {
	return c.Session != nil && c.Session.Field == name+":"+itoa(i)
}

// edit is what the form about the customer begins with.
func (c ChatPane) edit() CustomerForm {
	if c.Edit != nil {
		return *c.Edit
	}
	p := c.customer()
	f := CustomerForm{Name: clean(p.Name), Email: clean(p.Email)}
	if p.Customer != nil {
		f.Phone = clean(p.Customer.Phone)
	}
	return f
}

func (c ChatPane) editTitle(e Env) string {
	if c.View.Me.Can.Phones {
		return e.T("Edit name, e-mail and telephone")
	}
	return e.T("Edit name and e-mail")
}

func (c ChatPane) wrongField(name string) bool { return c.Edit != nil && c.Edit.Field == name }

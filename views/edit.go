package views

// CustomerForm is a refused form about a customer: as it was sent, with the field
// that was wrong and why, a sentence.
type CustomerForm struct {
	Name, Email, Phone string
	Field, Error       string
}

// edit is what the form about the customer begins with.
func (c ChatPane) edit() CustomerForm {
	if c.Edit != nil {
		return *c.Edit
	}
	p := c.customer()
	f := CustomerForm{Name: label(p.Name), Email: label(p.Email)}
	if p.Customer != nil {
		f.Phone = label(p.Customer.Phone)
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

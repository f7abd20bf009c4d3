package desk

// CustomerQuery selects customers of the licence. Zero values do not narrow.
type CustomerQuery struct {
	Name   string // the whole name
	Email  string // the whole address
	Groups []int
	Page   string // opaque; the same query is given with it
	Limit  int    // 1–100, default 25
}

// CustomerList is one page of customers, newest first. Live says that the chat
// server tells only of customers who are on the site now (3.6+).
type CustomerList struct {
	Customers []Person
	Total     int // may be an estimate
	Next      string
	Live      bool
}

// AddCustomer makes a customer, whose id is in the result. Everything may be
// empty but not all of it. Avatar is the address of a picture. See
// Can.AddCustomers.
type AddCustomer struct {
	Name, Email, Avatar string
	Fields              []Field
}

func (AddCustomer) command() {}

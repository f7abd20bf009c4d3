package upstream

import (
	"context"

	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// newCustomer is create_customer in the words of its versions: session fields
// are a map until 3.1 and a list from 3.2 on.
type newCustomer struct {
	Name   string              `json:"name,omitzero"`
	Email  string              `json:"email,omitzero"`
	Avatar string              `json:"avatar,omitzero"`
	Fields map[string]string   `json:"fields,omitempty"`
	List   []map[string]string `json:"session_fields,omitempty"`
}

// addCustomer makes a customer (v3.5 "Create Customer"). 3.6 ended that.
func (s *Session) addCustomer(ctx context.Context, c desk.AddCustomer) (desk.Result, error) {
	switch {
	case !s.reg.dialect.can().AddCustomers:
		return desk.Result{}, errTooNew
	case c.Name == "" && c.Email == "" && c.Avatar == "" && len(c.Fields) == 0:
		return desk.Result{}, &desk.Error{Code: desk.Invalid, Text: "Enter a name or an e-mail address.", Field: "name"}
	}
	q := newCustomer{Name: c.Name, Email: c.Email, Avatar: c.Avatar}
	for _, f := range c.Fields {
		if s.reg.dialect.Version < version.V32 {
			if q.Fields == nil {
				q.Fields = map[string]string{}
			}
			q.Fields[f.Name] = f.Value
		} else {
			q.List = append(q.List, map[string]string{f.Name: f.Value})
		}
	}
	var made protocol.CreateCustomerResponse
	err := s.command(ctx, protocol.ActCreateCustomer, native{q}, &made)
	if err == nil && made.CustomerID == "" {
		err = errUnreadable
	}
	return desk.Result{CustomerID: made.CustomerID}, err
}

package agentapi

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// createCustomer is create_customer from 3.1 to 3.5.
func (a api) createCustomer(ctx context.Context, by engine.Actor, r protocol.CustomerRequest) (protocol.CreateCustomerResponse, error) {
	return a.e.AddCustomer(ctx, by, change(r))
}

// createCustomer30 answers the whole customer (v3.0 "Create customer").
func (a api) createCustomer30(ctx context.Context, r *transport.Request) (any, error) {
	m, err := version.Request(version.Message{Action: r.Action, Payload: r.Payload}, version.V30, version.V35)
	if err != nil {
		return nil, err
	}
	up := *r
	up.Payload = m.Payload
	var in protocol.CustomerRequest
	if err := up.Decode(&in); err != nil {
		return nil, err
	}
	made, err := a.createCustomer(ctx, r.Actor, in)
	if err != nil {
		return nil, err
	}
	return a.customer(ctx, r.Actor, made.CustomerID, version.V30)
}

// listCustomers is list_customers, and get_customers before 3.2.
func (a api) listCustomers(ctx context.Context, r *transport.Request) (any, error) {
	var in protocol.ListCustomersRequest
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	out, err := a.e.ListCustomers(ctx, r.Actor, in)
	if err != nil {
		return nil, err
	}
	return told("", out, version.V35)
}

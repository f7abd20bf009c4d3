package agentapi

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// change is what a request says about a customer.
func change(r protocol.CustomerRequest) engine.CustomerChange {
	return engine.CustomerChange{
		Name: r.Name, Email: r.Email, Avatar: r.Avatar, Phone: r.PhoneNumber, Address: r.Address,
		Omnichannel: r.Omnichannel, SessionFields: r.SessionFields,
	}
}

func (a api) updateCustomer(ctx context.Context, by engine.Actor, r protocol.CustomerRequest) error {
	return a.e.UpdateCustomer(ctx, by, r.ID, change(r))
}

func (a api) followCustomer(ctx context.Context, by engine.Actor, r protocol.CustomerRequest) error {
	return a.e.FollowCustomer(ctx, by, r.ID)
}

func (a api) unfollowCustomer(ctx context.Context, by engine.Actor, r protocol.CustomerRequest) error {
	return a.e.UnfollowCustomer(ctx, by, r.ID)
}

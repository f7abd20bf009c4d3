package agentapi

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
)

// api holds the actions that need more than one call of the engine.
type api struct{ e *engine.Engine }

func (a api) getCustomer(ctx context.Context, by engine.Actor, r protocol.CustomerRequest) (protocol.User, error) {
	return a.e.GetCustomer(ctx, by, r.ID)
}

func (a api) listRoutingStatuses(_ context.Context, _ engine.Actor, r protocol.ListRoutingStatusesRequest) ([]protocol.RoutingStatus, error) {
	var groups []int
	if r.Filters != nil {
		groups = r.Filters.GroupIDs
	}
	return a.e.RoutingStatuses(groups), nil
}

type chatIDRequest struct {
	ChatID string `json:"chat_id"`
}

func (a api) listAgentsForTransfer(ctx context.Context, by engine.Actor, r chatIDRequest) ([]protocol.TransferAgent, error) {
	return a.e.AgentsForTransfer(ctx, by, r.ChatID)
}

// addUser is add_user_to_chat. Up to 3.3 a request says itself whether it needs
// an active thread.
func (a api) addUser(ctx context.Context, by engine.Actor, r protocol.ChatUserRequest) error {
	var old struct {
		Active bool `json:"require_active_thread"`
	}
	if len(r.Extra) > 0 && by.Rules.DormantUsers {
		if err := json.Unmarshal(r.Extra, &old); err != nil {
			return protocol.Fail(protocol.ErrValidation, "`require_active_thread` has the wrong type.")
		}
	}
	by.Rules.DormantUsers = by.Rules.DormantUsers && !old.Active
	return a.e.AddUser(ctx, by, r)
}

func (a api) followChat(ctx context.Context, by engine.Actor, r protocol.ChatIDRequest) error {
	return a.e.FollowChat(ctx, by, r.ID)
}

func (a api) unfollowChat(ctx context.Context, by engine.Actor, r protocol.ChatIDRequest) error {
	return a.e.UnfollowChat(ctx, by, r.ID)
}

func (a api) sendEvent(ctx context.Context, by engine.Actor, r protocol.SendEventRequest) (protocol.SendEventResponse, error) {
	r.AttachToLastThread = r.AttachToLastThread && by.Rules.Attach // else the customer API's
	return a.e.SendEvent(ctx, by, r)
}

func (a api) banCustomer(ctx context.Context, by engine.Actor, r protocol.CustomerRequest) error {
	if r.Ban == nil {
		return transport.Missing("ban")
	}
	return a.e.BanCustomer(ctx, by, r.ID, *r.Ban)
}

func (a api) setAway(ctx context.Context, by engine.Actor, r struct {
	Away *bool `json:"away"`
}) error {
	if r.Away == nil {
		return transport.Missing("away")
	}
	return a.e.SetAway(ctx, by, *r.Away)
}

func (a api) updateSession(ctx context.Context, by engine.Actor, r struct {
	Token string `json:"token"`
}) error {
	if r.Token == "" {
		return transport.Missing("token")
	}
	cred, err := a.e.Authenticate(ctx, r.Token)
	if err != nil {
		return err
	}
	return a.e.UpdateSession(by, cred)
}

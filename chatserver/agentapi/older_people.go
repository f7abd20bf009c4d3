package agentapi

import (
	"context"
	"strconv"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// customer is a customer in the words of an older version.
func (a api) customer(ctx context.Context, by engine.Actor, id string, home version.Version) (any, error) {
	c, err := a.e.GetCustomer(ctx, by, id)
	if err != nil {
		return nil, err
	}
	return told(protocol.ActGetCustomer, c, home)
}

// updateCustomer31 answers the whole customer (v3.1 "Update Customer").
func (a api) updateCustomer31(ctx context.Context, r *transport.Request) (any, error) {
	in, err := canonical[protocol.CustomerRequest](r, version.V31)
	if err != nil {
		return nil, err
	}
	if err := a.updateCustomer(ctx, r.Actor, in); err != nil {
		return nil, err
	}
	return a.customer(ctx, r.Actor, in.ID, version.V31)
}

// updateLastSeen marks what was there in a second as seen, now where none is
// named, and answers that second (v3.0 "Update last seen timestamp").
func (a api) updateLastSeen(ctx context.Context, r *transport.Request) (any, error) {
	var in struct {
		ChatID string `json:"chat_id"`
		At     int64  `json:"timestamp"`
	}
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if in.At == 0 {
		in.At = a.e.Now().Unix()
	}
	if in.At < 0 || in.At > 1<<33 {
		return nil, protocol.Fail(protocol.ErrValidation, "`timestamp` must be seconds since 1970.")
	}
	end := time.Unix(in.At+1, 0).Add(-time.Microsecond)
	err := a.e.MarkSeen(ctx, r.Actor, protocol.SeenRequest{ChatID: in.ChatID, SeenUpTo: protocol.At(end)})
	return map[string]int64{"timestamp": in.At}, err
}

// changeNotifications is change_push_notifications (v3.4).
func (a api) changeNotifications(_ context.Context, r *transport.Request) (any, error) {
	var in struct {
		engine.Notifications
		Enabled *bool `json:"enabled"`
	}
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if in.Enabled == nil {
		return nil, transport.Missing("enabled")
	}
	return nil, a.e.SetNotifications(r.Actor.Session, in.Notifications, *in.Enabled)
}

// licenseInfo is get_license_info (v3.5).
func (a api) licenseInfo(context.Context, *transport.Request) (any, error) {
	l := a.e.License()
	return map[string]any{
		"license_id": strconv.FormatInt(l.ID, 10), "created_at": l.CreatedAt,
		"expires_at": l.Expires(), "in_trial": false,
	}, nil
}

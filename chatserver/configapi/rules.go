package configapi

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol/version"
)

func (a api) autoAccess() map[string]transport.Action {
	const rw = "access_rules:rw"
	return map[string]transport.Action{
		"add_auto_access":    write(transport.Answer(a.addRule), rw),
		"update_auto_access": write(transport.Perform(a.updateRule), rw),
		"delete_auto_access": write(transport.Perform(a.deleteRule), rw),
		"list_auto_accesses": read(transport.Answer(a.listRules), "access_rules:ro"),
	}
}

func (a api) addRule(ctx context.Context, r *transport.Request, in engine.AutoAccessChange) (agentID, error) {
	id, err := a.e.AddAutoAccess(ctx, r.Actor, in)
	return agentID{id}, err
}

func (a api) updateRule(ctx context.Context, r *transport.Request, in struct {
	ID string `json:"id"`
	engine.AutoAccessChange
}) error {
	return a.e.UpdateAutoAccess(ctx, r.Actor, in.ID, in.AutoAccessChange)
}

func (a api) deleteRule(ctx context.Context, r *transport.Request, in struct {
	ID string `json:"id"`
}) error {
	return a.e.DeleteAutoAccess(ctx, r.Actor, in.ID)
}

func (a api) listRules(context.Context, *transport.Request, struct{}) ([]engine.AutoAccess, error) {
	return a.e.AutoAccesses(), nil
}

func (a api) bans() map[string]transport.Action {
	return map[string]transport.Action{
		"list_customer_bans": read(transport.Answer(a.listBans), "customers.ban:rw", "banlist_read"),
		"unban_customer":     write(transport.Perform(a.unban), "customers.ban:rw", "banlist_write"),
		"ban_customer":       since(version.V37, write(transport.Perform(a.ban), "customers.ban:rw", "banlist_write")),
	}
}

func (a api) listBans(ctx context.Context, _ *transport.Request, _ struct{}) ([]store.Ban, error) {
	list, err := a.e.Bans(ctx)
	return append([]store.Ban{}, list...), err
}

// unban takes exactly one of the customer and the address.
func (a api) unban(ctx context.Context, r *transport.Request, in struct {
	CustomerID string `json:"customer_id"`
	IP         string `json:"ip"`
}) error {
	return a.e.Unban(ctx, r.Actor, in.CustomerID, in.IP)
}

func (a api) ban(ctx context.Context, r *transport.Request, in engine.BanSpec) error {
	return a.e.Ban(ctx, r.Actor, in)
}

func (a api) canned() map[string]transport.Action {
	const all, own = "canned_responses--all:rw", "canned_responses--groups:rw"
	return map[string]transport.Action{
		"create_canned_response": since(version.V37, write(transport.Answer(a.addCanned), all, own)),
		"update_canned_response": since(version.V37, write(transport.Perform(a.updateCanned), all, own)),
		"delete_canned_response": since(version.V37, write(transport.Perform(a.deleteCanned), all, own)),
		"list_canned_responses":  since(version.V37, read(transport.Answer(a.listCanned), "canned_responses--all:ro", "canned_responses--groups:ro")),
	}
}

type cannedID struct {
	ID int64 `json:"id"`
}

func (a api) addCanned(ctx context.Context, r *transport.Request, in engine.CannedChange) (cannedID, error) {
	id, err := a.e.AddCanned(ctx, r.Actor, in)
	return cannedID{id}, err
}

func (a api) updateCanned(ctx context.Context, r *transport.Request, in struct {
	cannedID
	engine.CannedChange
}) error {
	return a.e.UpdateCanned(ctx, r.Actor, in.ID, in.CannedChange)
}

func (a api) deleteCanned(ctx context.Context, r *transport.Request, in cannedID) error {
	return a.e.DeleteCanned(ctx, r.Actor, in.ID)
}

func (a api) listCanned(ctx context.Context, r *transport.Request, in engine.CannedQuery) (engine.CannedPage, error) {
	return a.e.ListCanned(ctx, r.Actor, in)
}

package configapi

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol/version"
)

func (a api) agents() map[string]transport.Action {
	const all, my = "agents--all:rw", "agents--my:rw"
	by := func(do func(context.Context, engine.Actor, string) error) transport.Handler {
		return does(func(ctx context.Context, r *transport.Request, in byID[string]) error {
			id, err := in.need()
			if err != nil {
				return err
			}
			return do(ctx, r.Actor, id)
		})
	}
	out := map[string]transport.Action{
		"create_agent":    write(answers(a.createAgent), all),
		"update_agent":    write(does(a.updateAgent), my, all),
		"delete_agent":    write(by(a.deleteAgent), my, all),
		"suspend_agent":   write(by(a.e.SuspendAgent), all),
		"unsuspend_agent": write(by(a.e.UnsuspendAgent), all),
		"approve_agent":   write(by(a.e.ApproveAgent), all),
	}
	for _, verb := range []string{"create", "update", "delete", "suspend", "unsuspend", "approve"} {
		out["batch_"+verb+"_agents"] = batch(out[verb+"_agent"])
	}
	out["get_agent"] = read(answers(a.getAgent), "agents--my:ro", "agents--all:ro")
	out["list_agents"] = read(answers(a.listAgents), "agents--all:ro")
	return out
}

// agentRequest is create_agent and update_agent.
type agentRequest struct {
	ID       string `json:"id"`
	Awaiting bool   `json:"awaiting_approval"`
	engine.AgentChange
	WorkScheduler *scheduler `json:"work_scheduler"` // instead of the one above
}

func (in agentRequest) change() engine.AgentChange {
	in.AgentChange.WorkScheduler = in.WorkScheduler.canonical()
	return in.AgentChange
}

type agentID struct {
	ID string `json:"id"`
}

func (a api) createAgent(ctx context.Context, r *transport.Request, in agentRequest) (agentID, error) {
	id, err := a.e.AddAgent(ctx, r.Actor, in.ID, in.Awaiting, in.change())
	return agentID{id}, err
}

func (a api) updateAgent(ctx context.Context, r *transport.Request, in agentRequest) error {
	if in.ID != "" && !own(r.Actor, in.ID, "agents--all:rw") {
		return notYours()
	}
	return a.e.UpdateAgent(ctx, r.Actor, in.ID, in.change())
}

func (a api) deleteAgent(ctx context.Context, by engine.Actor, id string) error {
	if !own(by, id, "agents--all:rw") {
		return notYours()
	}
	return a.e.DeleteAgent(ctx, by, id)
}

// agentFields can be asked for beside what is always shown.
var agentFields = []string{
	"groups", "work_scheduler", "email_subscriptions", "notifications", "job_title", "mobile", "max_chats_count", "suspended",
	"awaiting_approval", "last_logout",
}

// agentView is an agent with everything (v3.6 "Get Agent").
func (a api) agentView(g store.Agent, v version.Version) view {
	d := g.Details
	out := view{
		"id": g.ID, "account_id": g.AccountID, "name": g.Name, "role": g.Role, "login_status": d.LoginStatus,
		"groups": engine.GroupPriorities(g.Groups), "work_scheduler": hours(d.WorkScheduler, v), "job_title": g.JobTitle,
		"email_subscriptions": append([]string{}, d.EmailSubscriptions...), "notifications": append([]string{}, d.Notifications...),
		"mobile": d.Mobile, "max_chats_count": g.MaxChats, "suspended": g.Suspended, "awaiting_approval": d.Awaiting,
	}
	if d.LoginStatus == "" {
		out["login_status"] = engine.LoginAccepting
	}
	if g.MaxChats == 0 {
		out["max_chats_count"] = a.e.Settings().ChatLimit
	}
	if g.Avatar != "" {
		out["avatar"] = g.Avatar
	}
	if d.LastLogout != 0 {
		out["last_logout"] = d.LastLogout
	}
	return out
}

func (a api) getAgent(_ context.Context, r *transport.Request, in struct {
	ID     string   `json:"id"`
	Fields []string `json:"fields"`
}) (view, error) {
	if in.ID == "" {
		return nil, missing("id")
	}
	if !own(r.Actor, in.ID, "agents--all:ro") {
		return nil, notYours()
	}
	found, ok := a.e.Agent(in.ID)
	if !ok || found.Details.Bot != nil {
		return nil, noSuch("agent")
	}
	return a.agentView(found, r.Version).only(in.Fields, agentFields)
}

func (a api) listAgents(_ context.Context, r *transport.Request, in struct {
	Filters struct {
		GroupIDs  []int `json:"group_ids"`
		Suspended *bool `json:"suspended"`
	} `json:"filters"`
	Fields []string `json:"fields"`
}) ([]view, error) {
	if err := checkFields(in.Fields, agentFields); err != nil {
		return nil, err
	}
	out := []view{}
	for _, g := range a.e.Agents() {
		if !inAny(g.Groups, in.Filters.GroupIDs) || in.Filters.Suspended != nil && *in.Filters.Suspended != g.Suspended {
			continue
		}
		v, err := a.agentView(g, r.Version).only(in.Fields, agentFields)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

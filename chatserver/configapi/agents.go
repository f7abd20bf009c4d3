package configapi

import (
	"cmp"
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol/version"
)

func (a api) agents() map[string]transport.Action {
	const all, my = "agents--all:rw", "agents--my:rw"
	by := func(do func(context.Context, engine.Actor, string) error) transport.Handler {
		return transport.Perform(func(ctx context.Context, r *transport.Request, in byID[string]) error {
			id, err := in.need()
			if err != nil {
				return err
			}
			return do(ctx, r.Actor, id)
		})
	}
	return batches(map[string]transport.Action{
		"create_agent":    write(transport.Answer(a.createAgent), all),
		"update_agent":    write(transport.Perform(a.updateAgent), my, all),
		"delete_agent":    write(by(a.deleteAgent), my, all),
		"suspend_agent":   write(by(a.e.SuspendAgent), all),
		"unsuspend_agent": write(by(a.e.UnsuspendAgent), all),
		"approve_agent":   write(by(a.e.ApproveAgent), all),
		"get_agent":       read(transport.Answer(a.getAgent), "agents--my:ro", "agents--all:ro"),
		"list_agents":     read(transport.Answer(a.listAgents), "agents--all:ro"),
	}, "agent", "create", "update", "delete", "suspend", "unsuspend", "approve")
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

// agentKind is agents; the fields can be asked for beside what is always shown.
func (a api) agentKind() kind {
	return kind{a.agentView, []string{
		"groups", "work_scheduler", "email_subscriptions", "notifications", "job_title", "mobile", "max_chats_count", "suspended",
		"awaiting_approval", "last_logout",
	}}
}

// agentView is an agent with everything (v3.6 "Get Agent").
func (a api) agentView(g store.Agent, v version.Version) view {
	d := g.Details
	out := a.personView(g, v)
	out["account_id"], out["role"], out["login_status"] = g.AccountID, g.Role, cmp.Or(d.LoginStatus, engine.LoginAccepting)
	out["email_subscriptions"], out["notifications"] = append([]string{}, d.EmailSubscriptions...), append([]string{}, d.Notifications...)
	out["mobile"], out["suspended"], out["awaiting_approval"] = d.Mobile, g.Suspended, d.Awaiting
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
		return nil, transport.Missing("id")
	}
	if !own(r.Actor, in.ID, "agents--all:ro") {
		return nil, notYours()
	}
	found, ok := a.e.Agent(in.ID)
	if !ok || found.Details.Bot != nil {
		return nil, noSuch("agent")
	}
	return a.agentView(found, r.Version).only(in.Fields, a.agentKind().optional)
}

func (a api) listAgents(_ context.Context, r *transport.Request, in struct {
	Filters struct {
		GroupIDs  []int `json:"group_ids"`
		Suspended *bool `json:"suspended"`
	} `json:"filters"`
	Fields []string `json:"fields"`
}) ([]view, error) {
	return a.agentKind().list(a.e.Agents(), in.Fields, r.Version, func(g store.Agent) bool {
		return inAny(g.Groups, in.Filters.GroupIDs) && (in.Filters.Suspended == nil || *in.Filters.Suspended == g.Suspended)
	})
}

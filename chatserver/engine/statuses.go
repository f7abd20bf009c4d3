package engine

import (
	"context"
	"slices"
	"strconv"

	"agentdesk/protocol"
)

func formatInt(n int64) string { return strconv.FormatInt(n, 10) }

// statusOf is an agent's routing status as others see it. mu is held.
func (e *Engine) statusOf(agentID string) string {
	if p := e.agents[agentID]; p != nil && p.status != "" {
		return p.status
	}
	return protocol.StatusOffline
}

// RoutingStatuses lists the statuses of all agents, or of those of some groups
// (v3.6 "List Routing Statuses").
func (e *Engine) RoutingStatuses(groups []int) []protocol.RoutingStatus {
	out := []protocol.RoutingStatus{}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, a := range e.dir.Load().all() {
		if a.Suspended || len(groups) > 0 && !reaches(a.Groups, groups) {
			continue
		}
		out = append(out, protocol.RoutingStatus{AgentID: a.ID, Status: e.statusOf(a.ID)})
	}
	return out
}

// AgentsForTransfer lists the agents who are online and could be given a chat,
// those with fewest active chats first (v3.6 "List Agents for Transfer").
func (e *Engine) AgentsForTransfer(ctx context.Context, by Actor, chatID string) ([]protocol.TransferAgent, error) {
	if err := required("chat_id", chatID); err != nil {
		return nil, err
	}
	c, err := e.chatNow(ctx, chatID)
	if err != nil {
		return nil, err
	}
	if err := e.mayRead(by, c); err != nil {
		return nil, err
	}
	out := []protocol.TransferAgent{}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, a := range e.dir.Load().all() {
		p := e.agents[a.ID]
		if p == nil || !p.online() || present(c, a.ID) || !reaches(a.Groups, c.Access) && !adminRole(a.Role) {
			continue
		}
		n := e.loads[a.ID]
		out = append(out, protocol.TransferAgent{AgentID: a.ID, TotalActive: n, Active: n})
	}
	slices.SortStableFunc(out, func(a, b protocol.TransferAgent) int { return a.TotalActive - b.TotalActive })
	return out, nil
}

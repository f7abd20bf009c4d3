package engine

import (
	"context"
	"fmt"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
)

// Reasons of chat_transferred.
const (
	movedManual     = "manual"
	movedInactive   = "inactive"
	movedAssigned   = "assigned"
	movedUnassigned = "unassigned"
	movedOther      = "other"
)

// move says where a chat goes: to an agent, or into the queue where Agent is
// empty. Groups, if set, become the chat's access.
type move struct {
	agent  string
	groups []int
	leave  []string // agents who leave
	reason string
	typ    string // system message
	text   string
	vars   map[string]string
}

// TransferChat moves an active chat (v3.6 "Transfer Chat"): to an agent, to a
// group, or, without a target, to somebody else of its group.
func (e *Engine) TransferChat(ctx context.Context, by Actor, r protocol.TransferChatRequest) error {
	if err := required("id", r.ID); err != nil {
		return err
	}
	r.IgnoreAgents = r.IgnoreAgents || by.Rules.Queues
	return e.change(ctx, by, func(w *work) error {
		d, err := w.chat(r.ID)
		if err != nil {
			return err
		}
		if err := e.mayWrite(by, d.Chat); err != nil {
			return err
		}
		if !d.Active && !by.Rules.DormantTransfer {
			return inactive()
		}
		if err := mustBePresent(by, d.Chat, r.IgnorePresence); err != nil {
			return err
		}
		if !d.Active {
			return w.transferDormant(d, r)
		}
		m := move{reason: movedManual, leave: w.visibleAgents(d), typ: sysTransferred}
		m.vars = map[string]string{"initiator": w.name(by.ID)}
		if r.Target != nil && r.Target.Type == protocol.UserAgent {
			err = w.toAgent(d, r, &m)
		} else {
			err = w.toGroup(d, r, &m)
		}
		if err != nil {
			return err
		}
		return w.move(d, m)
	})
}

func (w *work) visibleAgents(d *draft) []string {
	var out []string
	for _, m := range d.Users {
		if m.Type == protocol.UserAgent && m.Present && m.Visibility != protocol.VisibilityAgents {
			out = append(out, m.UserID)
		}
	}
	return out
}

func (w *work) toAgent(d *draft, r protocol.TransferChatRequest, m *move) error {
	var ids []string
	if err := json.Unmarshal(r.Target.IDs, &ids); err != nil || len(ids) != 1 {
		return invalid("target.ids", "must be a list with one agent's id")
	}
	a := w.e.dir.Load().agents[ids[0]]
	if a == nil || a.Suspended {
		return notFound("agent")
	}
	if !reaches(a.Groups, d.Access) && !adminRole(a.Role) {
		return protocol.Fail(protocol.ErrMissingAccess, "The agent has no access to this chat.")
	}
	p := w.e.presence(a.ID)
	if !p.online() {
		return protocol.Fail(protocol.ErrAgentOffline, "The agent is offline.")
	}
	if present(d.Chat, a.ID) && member(d.Chat, a.ID).Visibility != protocol.VisibilityAgents && len(m.leave) == 1 {
		return invalid("target.ids", "names the agent who has the chat")
	}
	m.agent = a.ID
	m.leave = slices.DeleteFunc(m.leave, func(id string) bool { return id == a.ID })
	m.text, m.vars["agent"] = "%initiator% transferred the chat to %agent%", a.Name
	return nil
}

func (w *work) toGroup(d *draft, r protocol.TransferChatRequest, m *move) error {
	groups := slices.Clone(d.Access)
	if r.Target != nil {
		if r.Target.Type != "group" {
			return invalid("target.type", "must be agent or group")
		}
		groups = nil
		if err := json.Unmarshal(r.Target.IDs, &groups); err != nil || len(groups) == 0 {
			return invalid("target.ids", "must be a list of group ids")
		}
		for _, g := range groups {
			if !w.e.groupExists(g) {
				return invalid("target.ids", fmt.Sprintf("names group %d, which does not exist", g))
			}
		}
		m.groups = groups
	}
	m.agent = w.e.pick(groups[0], m.leave...)
	if m.agent == "" && !r.IgnoreAgents {
		return protocol.Fail(protocol.ErrAgentOffline, "Nobody of the group can take the chat now.")
	}
	m.text, m.vars["group"] = "%initiator% transferred the chat to %group%", w.e.groupName(groups[0])
	if m.agent != "" {
		m.text, m.vars["agent"] = "%initiator% transferred the chat to %agent%", w.name(m.agent)
	}
	return nil
}

func (e *Engine) groupName(id int) string {
	for _, g := range e.dir.Load().groups {
		if g.ID == id {
			return g.Name
		}
	}
	return "everybody"
}

// move hands a chat over and tells everybody who saw it before or sees it now.
func (w *work) move(d *draft, m move) error {
	before := w.e.watchers(d.Chat)
	from := &protocol.TransferredFrom{AgentIDs: m.leave}
	if m.groups != nil && !slices.Equal(m.groups, d.Access) {
		from.GroupIDs = d.Access
		d.Access, d.Thread.Access, d.Thread.GroupID = m.groups, slices.Clone(m.groups), m.groups[0]
		d.regroup = true
	}
	for _, id := range m.leave {
		member(d.Chat, id).Present = false
	}
	joined := m.agent != "" && !present(d.Chat, m.agent)
	if m.agent != "" {
		w.join(d, store.Member{UserID: m.agent, Type: protocol.UserAgent, Visibility: protocol.VisibilityAll})
		d.Followers = slices.DeleteFunc(d.Followers, func(id string) bool { return id == m.agent })
		w.leaveQueue(d)
		d.Thread.AssignedAt = w.e.tick()
		w.e.presence(m.agent).assigned = d.Thread.AssignedAt
	} else if err := w.joinQueue(d); err != nil {
		return err
	}
	if err := w.tellMove(d, m, before, joined, from); err != nil {
		return err
	}
	return w.system(d, m.typ, m.text, m.vars)
}

func (w *work) tellMove(d *draft, m move, before []*Session, joined bool, from *protocol.TransferredFrom) error {
	events, err := w.newestEvents(d)
	if err != nil {
		return err
	}
	newcomer := ""
	if joined {
		newcomer = m.agent
	}
	gained := w.gained(d, before, newcomer)
	w.incomingChat(d, events, gained, from, false)
	everybody := union(before, w.e.watchers(d.Chat))
	guests := w.e.guests(d.Chat)
	for _, id := range m.leave {
		w.push(protocol.PushUserRemovedFromChat, protocol.UserRemovedFromChat{
			ChatID: d.ID, ThreadID: d.Thread.ID, UserID: id, Reason: m.reason, RequesterID: w.by.ID}, everybody, guests)
	}
	if joined {
		p := protocol.UserAddedToChat{ChatID: d.ID, ThreadID: d.Thread.ID, Reason: m.reason, RequesterID: w.by.ID}
		p.User = w.e.userView(*member(d.Chat, m.agent), w.people)
		w.push(protocol.PushUserAddedToChat, p, everybody)
		p.User = guestUser(p.User)
		w.push(protocol.PushUserAddedToChat, p, guests)
	}
	t := protocol.ChatTransferred{ChatID: d.ID, ThreadID: d.Thread.ID, RequesterID: w.by.ID, Reason: m.reason}
	if m.agent != "" {
		t.TransferredTo.AgentIDs = []string{m.agent}
	}
	if m.groups != nil || m.agent == "" {
		t.TransferredTo.GroupIDs = d.Access
	}
	if d.Thread.QueuedAt != 0 {
		q := w.e.queuePlace(d.Thread)
		t.Queue = &q
	}
	w.push(protocol.PushChatTransferred, t, everybody, guests)
	if from.GroupIDs != nil {
		w.push(protocol.PushChatAccessUpdated, protocol.ChatAccessUpdated{ID: d.ID, Access: protocol.Access{GroupIDs: d.Access}}, everybody)
	}
	return nil
}

func union(a, b []*Session) []*Session {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

package engine

import (
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// eventAnnotation is an event type of 3.0: a remark that never opens a thread.
const eventAnnotation = "annotation"

// annotation keeps what an annotation has beside its text.
func annotation(extra jsontext.Value) jsontext.Value {
	var v struct {
		Type string `json:"annotation_type,omitzero"`
	}
	if len(extra) == 0 || json.Unmarshal(extra, &v) != nil || v.Type == "" {
		return nil
	}
	b, _ := protocol.Encode(v)
	return b
}

// mayAttach reports whether an event may go into a closed thread.
func (a Actor) mayAttach(r protocol.SendEventRequest, ev protocol.Event) bool {
	if a.IsCustomer() {
		return r.AttachToLastThread
	}
	if ev.Type == eventAnnotation {
		return true // only a version that has them lets them through
	}
	return r.AttachToLastThread && a.Rules.Attach && (!a.Rules.AttachSystem || ev.Type == protocol.EventSystemMessage)
}

// opens reports whether an event begins the next thread of its chat (v3.0 "Send
// event").
func (w *work) opens(d *draft, r protocol.SendEventRequest, ev protocol.Event) bool {
	return w.by.IsAgent() && w.by.Rules.Opens && !d.Active && !r.AttachToLastThread && ev.Type != eventAnnotation
}

// admitAuthor adds the author of an event to the chat's users, not present,
// where he may write without being one of them (before 3.4).
func (w *work) admitAuthor(by Actor, d *draft) {
	if !by.IsAgent() || !by.Rules.Outsiders || member(d.Chat, by.ID) != nil {
		return
	}
	w.addDormant(d, store.Member{UserID: by.ID, Type: protocol.UserAgent, Visibility: protocol.VisibilityAll})
}

// addDormant adds a user to a chat without giving him work: no routing, no
// message in the thread.
func (w *work) addDormant(d *draft, m store.Member) {
	before := w.e.watchers(d.Chat)
	if have := member(d.Chat, m.UserID); have != nil {
		m.SeenUpTo = have.SeenUpTo
		*have = m
	} else {
		d.Users = append(d.Users, m)
	}
	if !slices.Contains(d.Thread.AgentIDs, m.UserID) {
		d.Thread.AgentIDs = append(d.Thread.AgentIDs, m.UserID)
	}
	p := protocol.UserAddedToChat{ChatID: d.ID, ThreadID: d.Thread.ID, Reason: movedManual, RequesterID: w.by.ID}
	p.User = w.e.userView(*member(d.Chat, m.UserID), w.people)
	w.push(protocol.PushUserAddedToChat, p, union(before, w.e.watchers(d.Chat)))
	if m.Visibility == protocol.VisibilityAll {
		p.User = guestUser(p.User)
		w.push(protocol.PushUserAddedToChat, p, w.e.guests(d.Chat))
	}
}

// transferDormant gives an inactive chat to other groups or to an agent (v3.2
// and v3.3 "Transfer Chat"). Nobody is assigned and nothing waits: the next
// thread will begin there.
func (w *work) transferDormant(d *draft, r protocol.TransferChatRequest) error {
	if r.Target == nil || d.Thread == nil {
		return invalid("target", "is required for an inactive chat")
	}
	before := w.e.watchers(d.Chat)
	t := protocol.ChatTransferred{ChatID: d.ID, ThreadID: d.Thread.ID, RequesterID: w.by.ID, Reason: movedManual}
	m := move{vars: map[string]string{}}
	if r.Target.Type == protocol.UserAgent {
		if err := w.toAgent(d, r, &m); err != nil {
			return err
		}
		w.addDormant(d, store.Member{UserID: m.agent, Type: protocol.UserAgent, Visibility: protocol.VisibilityAll, Present: true})
		t.TransferredTo.AgentIDs = []string{m.agent}
	} else {
		r.IgnoreAgents = true
		if err := w.toGroup(d, r, &m); err != nil {
			return err
		}
		d.Access, d.regroup = m.groups, true
		t.TransferredTo.GroupIDs = m.groups
	}
	everybody := union(before, w.e.watchers(d.Chat))
	w.push(protocol.PushChatTransferred, t, everybody, w.e.guests(d.Chat))
	if m.groups != nil {
		w.push(protocol.PushChatAccessUpdated, protocol.ChatAccessUpdated{ID: d.ID, Access: protocol.Access{GroupIDs: d.Access}}, everybody)
	}
	return nil
}

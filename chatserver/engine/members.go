package engine

import (
	"context"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// FollowChat subscribes an agent to a chat he is not in (v3.6 "Follow Chat").
func (e *Engine) FollowChat(ctx context.Context, by Actor, chatID string) error {
	if err := required("id", chatID); err != nil {
		return err
	}
	return e.change(ctx, by, func(w *work) error {
		d, err := w.chat(chatID)
		if err != nil {
			return err
		}
		if err := e.mayRead(by, d.Chat); err != nil {
			return err
		}
		if present(d.Chat, by.ID) || slices.Contains(d.Followers, by.ID) {
			return errUnchanged // members see everything as it is
		}
		d.Followers = append(d.Followers, by.ID)
		events, err := w.newestEvents(d)
		if err != nil {
			return err
		}
		w.incomingChat(d, events, e.sessionsOf(by.ID), nil, false)
		return nil
	})
}

// UnfollowChat ends a FollowChat.
func (e *Engine) UnfollowChat(ctx context.Context, by Actor, chatID string) error {
	if err := required("id", chatID); err != nil {
		return err
	}
	return e.change(ctx, by, func(w *work) error {
		d, err := w.chat(chatID)
		if err != nil {
			return err
		}
		if !slices.Contains(d.Followers, by.ID) {
			return errUnchanged
		}
		w.unfollowChat(d, by.ID)
		return nil
	})
}

// unfollowChat ends an agent's following and tells him.
func (w *work) unfollowChat(d *draft, agentID string) {
	d.Followers = slices.DeleteFunc(d.Followers, func(id string) bool { return id == agentID })
	w.push(protocol.PushChatUnfollowed, protocol.ChatRef{ChatID: d.ID}, w.e.sessionsOf(agentID))
}

func (w *work) newestEvents(d *draft) ([]protocol.Event, error) {
	if d.Thread == nil {
		return nil, nil
	}
	return w.Events(d.Thread.ID)
}

// AddUser adds an agent to an active chat (v3.6 "Add User to Chat"). A chat keeps
// its one customer from its start.
func (e *Engine) AddUser(ctx context.Context, by Actor, r protocol.ChatUserRequest) error {
	if err := checkUser(r, true); err != nil {
		return err
	}
	return e.change(ctx, by, func(w *work) error {
		d, err := w.memberChange(by, r)
		if err != nil {
			return err
		}
		if r.UserType == protocol.UserCustomer {
			if r.UserID == d.CustomerID && present(d.Chat, r.UserID) {
				return errUnchanged
			}
			return invalid("user_id", "would be a second customer in the chat")
		}
		a := e.dir.Load().agents[r.UserID]
		if a == nil {
			return notFound("agent")
		}
		if !reaches(a.Groups, d.Access) && !adminRole(a.Role) {
			return protocol.Fail(protocol.ErrMissingAccess, "The agent has no access to this chat.")
		}
		if m := member(d.Chat, r.UserID); m != nil && m.Present && m.Visibility == r.Visibility {
			return errUnchanged
		}
		return w.addAgent(d, r)
	})
}

func (w *work) addAgent(d *draft, r protocol.ChatUserRequest) error {
	if !d.Active {
		w.addDormant(d, store.Member{UserID: r.UserID, Type: protocol.UserAgent, Visibility: r.Visibility, Present: true})
		return nil
	}
	if r.Visibility == protocol.VisibilityAll && d.Thread.QueuedAt != 0 {
		// Taking a waiting chat is a transfer: everybody learns that it waits no more.
		return w.move(d, move{agent: r.UserID, reason: movedManual, typ: sysAgentJoined, text: "%agent% joined the chat",
			vars: map[string]string{"agent": w.name(r.UserID)}})
	}
	before := w.e.watchers(d.Chat)
	w.join(d, store.Member{UserID: r.UserID, Type: protocol.UserAgent, Visibility: r.Visibility})
	d.Followers = slices.DeleteFunc(d.Followers, func(id string) bool { return id == r.UserID })
	visible := r.Visibility == protocol.VisibilityAll
	events, err := w.newestEvents(d)
	if err != nil {
		return err
	}
	w.incomingChat(d, events, w.gained(d, before, r.UserID), nil, false)
	p := protocol.UserAddedToChat{ChatID: d.ID, ThreadID: d.Thread.ID, Reason: "manual", RequesterID: w.by.ID}
	m := member(d.Chat, r.UserID)
	p.User = w.e.userView(*m, w.people)
	w.push(protocol.PushUserAddedToChat, p, w.e.watchers(d.Chat))
	if !visible {
		return nil
	}
	p.User = guestUser(p.User)
	w.push(protocol.PushUserAddedToChat, p, w.e.guests(d.Chat))
	if r.UserID == w.by.ID {
		return w.system(d, sysAgentJoined, "%agent% joined the chat", map[string]string{"agent": w.name(r.UserID)})
	}
	return w.system(d, sysAgentAdded, "%agent% was added to the chat by %initiator%",
		map[string]string{"agent": w.name(r.UserID), "initiator": w.name(w.by.ID)})
}

// gained are the sessions that did not see the chat before, and those of an
// agent who has just become a member.
func (w *work) gained(d *draft, before []*Session, joined ...string) []*Session {
	var out []*Session
	for _, s := range w.e.watchers(d.Chat) {
		if !slices.Contains(before, s) || slices.Contains(joined, s.UserID) {
			out = append(out, s)
		}
	}
	return out
}

// RemoveUser takes an agent out of an active chat (v3.6 "Remove User from
// Chat"). Everybody may remove himself.
func (e *Engine) RemoveUser(ctx context.Context, by Actor, r protocol.ChatUserRequest) error {
	if err := checkUser(r, false); err != nil {
		return err
	}
	return e.change(ctx, by, func(w *work) error {
		d, err := w.memberChange(by, r)
		if err != nil {
			return err
		}
		if r.UserType != protocol.UserAgent {
			return invalid("user_type", "must be agent: a customer cannot be removed")
		}
		m := member(d.Chat, r.UserID)
		if m == nil || !m.Present {
			return notFound("user in the chat")
		}
		visible := m.Visibility != protocol.VisibilityAgents
		w.remove(d, r.UserID, "manual")
		if !d.Active {
			return nil // nothing to say in a closed thread, and nobody waits
		}
		if visible {
			typ, text := sysAgentRemoved, "%agent% was removed from the chat by %initiator%"
			if r.UserID == by.ID {
				typ, text = sysAgentLeft, "%agent% left the chat"
			}
			if err := w.system(d, typ, text, map[string]string{"agent": w.name(r.UserID), "initiator": w.name(by.ID)}); err != nil {
				return err
			}
		}
		if d.CustomerID != "" && !w.hasVisibleAgent(d) {
			return w.enqueue(d)
		}
		return nil
	})
}

// remove makes an agent absent and tells everybody who saw him.
func (w *work) remove(d *draft, agentID, reason string) {
	m := member(d.Chat, agentID)
	to := [][]*Session{w.e.watchers(d.Chat)}
	if m.Visibility != protocol.VisibilityAgents {
		to = append(to, w.e.guests(d.Chat))
	}
	m.Present = false
	w.push(protocol.PushUserRemovedFromChat, protocol.UserRemovedFromChat{
		ChatID: d.ID, ThreadID: d.Thread.ID, UserID: agentID, Reason: reason, RequesterID: w.by.ID,
	}, to...)
}

func (w *work) hasVisibleAgent(d *draft) bool {
	return slices.ContainsFunc(d.Users, func(m store.Member) bool {
		return m.Type == protocol.UserAgent && m.Present && m.Visibility != protocol.VisibilityAgents
	})
}

func (w *work) memberChange(by Actor, r protocol.ChatUserRequest) (*draft, error) {
	d, err := w.chat(r.ChatID)
	if err != nil {
		return nil, err
	}
	if err := w.e.mayWrite(by, d.Chat); err != nil {
		return nil, err
	}
	if !d.Active && (d.Thread == nil || !by.Rules.DormantUsers) {
		return nil, inactive()
	}
	return d, mustBePresent(by, d.Chat, r.IgnorePresence || r.UserID == by.ID && present(d.Chat, by.ID))
}

func checkUser(r protocol.ChatUserRequest, adding bool) error {
	if err := required("chat_id", r.ChatID); err != nil {
		return err
	}
	if err := required("user_id", r.UserID); err != nil {
		return err
	}
	if r.UserType != protocol.UserAgent && r.UserType != protocol.UserCustomer {
		return invalid("user_type", "must be agent or customer")
	}
	if adding && r.Visibility != protocol.VisibilityAll && r.Visibility != protocol.VisibilityAgents {
		return invalid("visibility", "must be all or agents")
	}
	return nil
}

// adminRole reports whether a role oversees every chat.
func adminRole(role string) bool { return role != "normal" && role != "" }

package engine

import (
	"context"
	"fmt"
	"slices"

	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// GrantAccess lets a group see a chat (v3.3 "Grant Chat Access").
func (e *Engine) GrantAccess(ctx context.Context, by Actor, chatID string, group int) error {
	return e.changeAccess(ctx, by, chatID, group, func(w *work, have []int) ([]int, error) {
		if slices.Contains(have, group) {
			return nil, errUnchanged
		}
		return append(slices.Clone(have), group), nil
	})
}

// RevokeAccess takes a chat from a group (v3.3 "Revoke Chat Access"). The last
// group keeps it: a chat always belongs to somebody.
func (e *Engine) RevokeAccess(ctx context.Context, by Actor, chatID string, group int) error {
	return e.changeAccess(ctx, by, chatID, group, func(w *work, have []int) ([]int, error) {
		i := slices.Index(have, group)
		if i < 0 {
			return nil, errUnchanged
		}
		if len(have) == 1 {
			return nil, invalid("access.id", "is the only group that sees the chat")
		}
		return slices.Delete(slices.Clone(have), i, i+1), nil
	}, pushAccessRevoked)
}

// SetAccess gives a chat to one group instead of those it had (v3.1 "Set
// Access").
func (e *Engine) SetAccess(ctx context.Context, by Actor, chatID string, group int) error {
	return e.changeAccess(ctx, by, chatID, group, func(w *work, have []int) ([]int, error) {
		return []int{group}, nil
	}, pushAccessSet, pushAccessGranted)
}

// Pushes that only older versions have, in the shape of the last that has them.
const (
	pushAccessRevoked = "chat_access_revoked" // 3.2, 3.3; access_revoked before
	pushAccessGranted = "chat_access_granted" // 3.2, 3.3
	pushAccessSet     = "access_set"          // until 3.1
)

// changeAccess changes the groups that see a chat. Everybody who saw it or sees
// it now is told: from 3.4 on with chat_access_updated, before that with the
// pushes in older, oldest first, or with what the ladder makes of the former.
func (e *Engine) changeAccess(ctx context.Context, by Actor, chatID string, group int, edit func(*work, []int) ([]int, error), older ...string) error {
	if err := required("id", chatID); err != nil {
		return err
	}
	if !e.groupExists(group) {
		return invalid("access.id", fmt.Sprintf("names group %d, which does not exist", group))
	}
	return e.change(ctx, by, func(w *work) error {
		d, err := w.chat(chatID)
		if err != nil {
			return err
		}
		if err := e.mayWrite(by, d.Chat); err != nil {
			return err
		}
		groups, err := edit(w, d.Access)
		if err != nil {
			return err
		}
		before := e.watchers(d.Chat)
		d.Access, d.regroup = groups, true
		if d.Active {
			d.Thread.Access, d.Thread.GroupID = slices.Clone(groups), groups[0]
		}
		events, err := w.newestEvents(d)
		if err != nil {
			return err
		}
		w.incomingChat(d, events, w.gained(d, before), nil, false)
		w.tellAccess(d, union(before, e.watchers(d.Chat)), older)
		return nil
	})
}

func (w *work) tellAccess(d *draft, to []*Session, older []string) {
	access := protocol.Access{GroupIDs: d.Access}
	since := version.V30
	for _, name := range older {
		var p any = protocol.ChatAccessUpdated{ID: d.ID, Access: access}
		if name == pushAccessSet {
			p = map[string]any{"resource": "chat", "id": d.ID, "access": access}
		}
		w.pushFrom(since, name, p, to)
		since = home(name) + 1
	}
	w.pushFrom(since, protocol.PushChatAccessUpdated, protocol.ChatAccessUpdated{ID: d.ID, Access: access}, to)
}

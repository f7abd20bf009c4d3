package engine

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// maxGroupName bounds a group's name, in characters.
const maxGroupName = 180

var languageCode = regexp.MustCompile(`^[a-z]{2,3}([-_][A-Za-z]{2,4})?$`)

// GroupChange is what creating or changing a group sets (Configuration API v3.6
// "Create Group", "Update Group"); nil leaves a field as it is. Priorities, by
// agent, replace all members.
type GroupChange struct {
	Name       *string           `json:"name"`
	Language   *string           `json:"language_code"`
	Priorities map[string]string `json:"agent_priorities"`
}

// AddGroup creates a group and returns its number.
func (e *Engine) AddGroup(ctx context.Context, by Actor, ch GroupChange) (int, error) {
	if ch.Name == nil {
		return 0, invalid("name", "is required")
	}
	if ch.Priorities == nil {
		return 0, invalid("agent_priorities", "is required")
	}
	g := store.Group{Language: "en"}
	err := e.reconfigure(ctx, by, func(w *work) error {
		if _, err := w.applyGroup(ch, &g); err != nil {
			return err
		}
		var err error
		if g.ID, err = w.NewGroupID(); err != nil {
			return err
		}
		told := map[string]any{"id": g.ID, "name": g.Name, "language_code": g.Language, "agent_priorities": ch.Priorities}
		w.push(protocol.PushGroupCreated, told, e.groupWatchers(g.ID, ch.Priorities))
		return w.putGroup(g, ch.Priorities)
	})
	return g.ID, err
}

// UpdateGroup changes a group. Who holds groups--my:rw alone may change those he
// is in.
func (e *Engine) UpdateGroup(ctx context.Context, by Actor, id int, ch GroupChange) error {
	return e.reconfigure(ctx, by, func(w *work) error {
		g, err := w.ownGroup(id)
		if err != nil {
			return err
		}
		told, err := w.applyGroup(ch, &g)
		if err != nil {
			return err
		}
		if len(told) == 0 {
			return invalid("name", "or another field to change is required")
		}
		told["id"] = id
		w.push(protocol.PushGroupUpdated, told, e.groupWatchers(id, ch.Priorities))
		return w.putGroup(g, ch.Priorities)
	})
}

func (w *work) putGroup(g store.Group, priorities map[string]string) error {
	w.after = append(w.after, func() { w.e.requeue = true })
	if err := w.PutGroup(g); err != nil || priorities == nil {
		return err
	}
	w.regrouped(w.e.membersOr(g.ID, priorities)...)
	return w.SetGroupAgents(g.ID, priorities)
}

// membersOr are the agents of a group and those named beside them.
func (e *Engine) membersOr(id int, priorities map[string]string) []string {
	var out []string
	for _, a := range e.dir.Load().agents {
		_, in := a.Groups[id]
		if _, comes := priorities[a.ID]; in || comes {
			out = append(out, a.ID)
		}
	}
	return out
}

// applyGroup changes a group and returns what a push tells of it.
func (w *work) applyGroup(ch GroupChange, g *store.Group) (map[string]any, error) {
	told := map[string]any{}
	if ch.Name != nil {
		g.Name = strings.TrimSpace(*ch.Name)
		if n := utf8.RuneCountInString(g.Name); n < 1 || n > maxGroupName {
			return nil, invalid("name", "must be 1 to 180 characters long")
		}
		told["name"] = g.Name
	}
	if ch.Language != nil {
		if g.Language = *ch.Language; !languageCode.MatchString(g.Language) {
			return nil, invalid("language_code", "must be the code of a language, like en or pt-br")
		}
		told["language_code"] = g.Language
	}
	if ch.Priorities != nil {
		for id, p := range ch.Priorities {
			if w.e.dir.Load().agents[id] == nil {
				return nil, invalid("agent_priorities."+id, "names an agent who does not exist")
			}
			if !slices.Contains(priorityNames, p) {
				return nil, invalid("agent_priorities."+id, "must be "+strings.Join(priorityNames, ", "))
			}
		}
		told["agent_priorities"] = ch.Priorities
	}
	return told, nil
}

// ownGroup finds a group that the requester may change.
func (w *work) ownGroup(id int) (store.Group, error) {
	d := w.e.dir.Load()
	i := slices.IndexFunc(d.groups, func(g store.Group) bool { return g.ID == id })
	if i < 0 {
		return store.Group{}, notFound("group")
	}
	if !w.covers("groups--all:rw", []int{id}) {
		return store.Group{}, protocol.Fail(protocol.ErrAuthorization, "You may change only groups you are in.")
	}
	return d.groups[i], nil
}

// covers reports whether the requester holds a scope for all groups, or is in
// every one of some groups. The server itself may all.
func (w *work) covers(scope string, groups []int) bool {
	if w.by.Kind == "" || w.by.Scopes.Any(scope) {
		return true
	}
	a := w.e.dir.Load().agents[w.by.ID]
	return a != nil && len(groups) > 0 && !slices.ContainsFunc(groups, func(g int) bool { _, in := a.Groups[g]; return !in })
}

// groupWatchers are the sessions that may know of a group: who may read all
// groups, and its members, also those who are about to become ones.
func (e *Engine) groupWatchers(id int, priorities map[string]string) []*Session {
	d := e.dir.Load()
	return e.sessionsWhere(func(s *Session) bool {
		if s.scopes.Any("groups--all:ro") {
			return true
		}
		_, in := d.agents[s.UserID].Groups[id]
		_, comes := priorities[s.UserID]
		return s.scopes.Any("groups--my:ro") && (in || comes)
	})
}

// sessionsWhere are the agents' sessions that fit. mu is held.
func (e *Engine) sessionsWhere(fits func(*Session) bool) []*Session {
	var out []*Session
	for id, p := range e.agents {
		if e.dir.Load().agents[id] == nil {
			continue
		}
		for _, s := range p.sessions {
			if fits(s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// DeleteGroup deletes a group with its canned responses and properties, and
// takes it out of tags and rules. Active chats that only it could reach become
// everybody's.
func (e *Engine) DeleteGroup(ctx context.Context, by Actor, id int) error {
	return e.reconfigure(ctx, by, func(w *work) error {
		if _, err := w.ownGroup(id); err != nil {
			return err
		}
		w.push(protocol.PushGroupDeleted, groupRef{id}, e.groupWatchers(id, nil))
		for _, clear := range []func(int) error{w.untagGroup, w.unruleGroup, w.uncanGroup, w.regroupChats} {
			if err := clear(id); err != nil {
				return err
			}
		}
		if err := w.Tx.DeleteProperties(groupPlace(id)); err != nil {
			return err
		}
		w.regrouped(e.membersOr(id, nil)...)
		w.after = append(w.after, func() {
			delete(e.statuses, id)
			e.requeue = true
		})
		return w.Tx.DeleteGroup(id, protocol.At(e.now()))
	})
}

type groupRef struct {
	ID int `json:"id"`
}

// maxGroups bounds a list of groups in a request.
const maxGroups = 200

// checkGroups refuses a list that names a group that does not exist.
func (e *Engine) checkGroups(field string, groups []int) error {
	if len(groups) > maxGroups {
		return invalid(field, "has more than 200 elements")
	}
	for i, g := range groups {
		if !e.groupExists(g) || slices.Contains(groups[:i], g) {
			return invalid(fmt.Sprintf("%s.%d", field, i), "must name each time another group that exists")
		}
	}
	return nil
}

package engine

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"maps"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// maxRules bounds the automatic accesses.
const maxRules = 500

// AutoAccessChange is what adding or changing an automatic access sets
// (Configuration API v3.6 "Add Auto Access", "Update Auto Access"); nil leaves a
// field as it is. NextID names the rule that is to follow; empty is the end.
type AutoAccessChange struct {
	Access      *store.AutoAccessGroups `json:"access"`
	Conditions  *store.Conditions       `json:"conditions"`
	Description *string                 `json:"description"`
	NextID      *string                 `json:"next_id"`
}

// AutoAccess is a rule with the id of the one that follows, as the wire has it.
type AutoAccess struct {
	store.AutoAccess
	NextID string `json:"next_id"`
}

// AutoAccesses lists the rules in their order.
func (e *Engine) AutoAccesses() []AutoAccess { return linked(e.dir.Load().rules) }

func linked(rules []store.AutoAccess) []AutoAccess {
	out := make([]AutoAccess, len(rules))
	for i, r := range rules {
		out[i].AutoAccess = r
		if i+1 < len(rules) {
			out[i].NextID = rules[i+1].ID
		}
	}
	return out
}

// hexID is an id of 32 hexadecimal digits, as bots and rules have.
func hexID() string {
	var raw [16]byte
	rand.Read(raw[:]) // never fails
	return hex.EncodeToString(raw[:])
}

// AddAutoAccess adds a rule, at the end unless told otherwise, and returns its
// id.
func (e *Engine) AddAutoAccess(ctx context.Context, by Actor, ch AutoAccessChange) (string, error) {
	switch {
	case ch.Access == nil:
		return "", invalid("access", "is required")
	case ch.Conditions == nil:
		return "", invalid("conditions", "is required")
	}
	r := store.AutoAccess{ID: hexID()}
	err := e.editRules(ctx, by, "added", r.ID, func(rules []store.AutoAccess) ([]store.AutoAccess, error) {
		if len(rules) >= maxRules {
			return nil, protocol.Fail(protocol.ErrLimitReached, "There are 500 automatic accesses already.")
		}
		if err := e.applyRule(ch, &r); err != nil {
			return nil, err
		}
		return placeRule(rules, r, ch.NextID)
	})
	return r.ID, err
}

// UpdateAutoAccess changes a rule. With NextID it moves before that rule, or to
// the end.
func (e *Engine) UpdateAutoAccess(ctx context.Context, by Actor, id string, ch AutoAccessChange) error {
	if err := required("id", id); err != nil {
		return err
	}
	return e.editRules(ctx, by, "updated", id, func(rules []store.AutoAccess) ([]store.AutoAccess, error) {
		i := slices.IndexFunc(rules, func(r store.AutoAccess) bool { return r.ID == id })
		if i < 0 {
			return nil, notFound("auto access")
		}
		r := rules[i]
		if err := e.applyRule(ch, &r); err != nil {
			return nil, err
		}
		if ch.NextID == nil {
			rules[i] = r
			return rules, nil
		}
		if *ch.NextID == id {
			return nil, invalid("next_id", "names the same rule")
		}
		return placeRule(slices.Delete(rules, i, i+1), r, ch.NextID)
	})
}

// DeleteAutoAccess deletes a rule.
func (e *Engine) DeleteAutoAccess(ctx context.Context, by Actor, id string) error {
	if err := required("id", id); err != nil {
		return err
	}
	return e.editRules(ctx, by, "deleted", id, func(rules []store.AutoAccess) ([]store.AutoAccess, error) {
		i := slices.IndexFunc(rules, func(r store.AutoAccess) bool { return r.ID == id })
		if i < 0 {
			return nil, notFound("auto access")
		}
		return slices.Delete(rules, i, i+1), nil
	})
}

// placeRule puts a rule before another, or at the end.
func placeRule(rules []store.AutoAccess, r store.AutoAccess, next *string) ([]store.AutoAccess, error) {
	if next == nil || *next == "" {
		return append(rules, r), nil
	}
	i := slices.IndexFunc(rules, func(r store.AutoAccess) bool { return r.ID == *next })
	if i < 0 {
		return nil, invalid("next_id", "names an auto access that does not exist")
	}
	return slices.Insert(rules, i, r), nil
}

// editRules changes the list and tells every rule that is not as it was: the one
// it is about, and those whose next_id changed with it.
func (e *Engine) editRules(ctx context.Context, by Actor, status, id string, edit func([]store.AutoAccess) ([]store.AutoAccess, error)) error {
	return e.reconfigure(ctx, by, func(w *work) error {
		rules, err := edit(slices.Clone(e.dir.Load().rules))
		if err != nil {
			return err
		}
		return w.setRules(rules, map[string]string{id: status})
	})
}

// ruleChange is one element of auto_accesses_updated; a deleted rule has its id
// alone.
type ruleChange struct {
	ID          string                  `json:"id"`
	Status      string                  `json:"status"`
	NextID      *string                 `json:"next_id,omitzero"`
	Description *string                 `json:"description,omitzero"`
	Access      *store.AutoAccessGroups `json:"access,omitzero"`
	Conditions  *store.Conditions       `json:"conditions,omitzero"`
}

// setRules keeps a new list. about says what happened to which rule; those are
// told first.
func (w *work) setRules(rules []store.AutoAccess, about map[string]string) error {
	was := map[string]string{}
	for _, r := range w.e.AutoAccesses() {
		was[r.ID] = r.NextID
	}
	var told, moved []ruleChange
	for _, r := range linked(rules) {
		status := about[r.ID]
		switch {
		case status != "":
			told = append(told, ruleChange{r.ID, status, &r.NextID, &r.Description, &r.Access, &r.Conditions})
		case was[r.ID] != r.NextID:
			moved = append(moved, ruleChange{ID: r.ID, Status: "updated", NextID: &r.NextID})
		}
		delete(was, r.ID)
	}
	for _, id := range slices.Sorted(maps.Keys(was)) {
		told = append(told, ruleChange{ID: id, Status: "deleted"})
	}
	w.push(protocol.PushAutoAccessesUpdated, append(told, moved...), w.e.everyAgent("access_rules:ro"))
	return w.SetAutoAccesses(rules)
}

// unruleGroup takes a group that is being deleted out of every rule. A rule that
// would give nothing is deleted.
func (w *work) unruleGroup(id int) error {
	rules, about := []store.AutoAccess{}, map[string]string{}
	for _, r := range w.e.dir.Load().rules {
		if slices.Contains(r.Access.Groups, id) {
			about[r.ID] = "updated"
			r.Access.Groups = slices.DeleteFunc(slices.Clone(r.Access.Groups), func(g int) bool { return g == id })
		}
		if len(r.Access.Groups) > 0 {
			rules = append(rules, r)
		}
	}
	if len(about) == 0 {
		return nil
	}
	return w.setRules(rules, about)
}

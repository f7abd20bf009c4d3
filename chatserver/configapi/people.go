package configapi

import (
	"cmp"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol/version"
)

// What agents and bots have in common: both are agents of the engine.

// agentID names an agent or a bot.
type agentID struct {
	ID string `json:"id"`
}

// batches adds the batch of each action on one agent or bot.
func batches(table map[string]transport.Action, what string, verbs ...string) map[string]transport.Action {
	for _, verb := range verbs {
		table["batch_"+verb+"_"+what+"s"] = batch(table[verb+"_"+what])
	}
	return table
}

// personView is what agents and bots both show, with everything.
func (a api) personView(g store.Agent, v version.Version) view {
	out := view{
		"id": g.ID, "name": g.Name, "groups": engine.GroupPriorities(g.Groups), "work_scheduler": hours(g.Details.WorkScheduler, v),
		"job_title": g.JobTitle, "max_chats_count": cmp.Or(g.MaxChats, a.e.Settings().ChatLimit),
	}
	if g.Avatar != "" {
		out["avatar"] = g.Avatar
	}
	return out
}

// kind is how one kind of person is shown: as a whole, and what of it must be
// asked for.
type kind struct {
	view     func(store.Agent, version.Version) view
	optional []string
}

// list shows those that fit, with the fields asked for.
func (k kind) list(all []store.Agent, fields []string, v version.Version, fits func(store.Agent) bool) ([]view, error) {
	out := []view{}
	if err := checkFields(fields, k.optional); err != nil {
		return nil, err
	}
	for _, g := range all {
		if !fits(g) {
			continue
		}
		shown, err := k.view(g, v).only(fields, k.optional)
		if err != nil {
			return nil, err
		}
		out = append(out, shown)
	}
	return out, nil
}

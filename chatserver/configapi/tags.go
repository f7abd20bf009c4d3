package configapi

import (
	"context"
	"slices"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
)

func (a api) tags() map[string]transport.Action {
	const all, own = "tags--all:rw", "tags--groups:rw"
	return map[string]transport.Action{
		"create_tag": write(transport.Perform(a.createTag), all, own),
		"update_tag": write(transport.Perform(a.updateTag), all, own),
		"delete_tag": write(transport.Perform(a.deleteTag), all, own),
		"list_tags":  read(transport.Answer(a.listTags), "tags--all:ro", "tags--groups:ro"),
	}
}

func (a api) createTag(ctx context.Context, r *transport.Request, in engine.TagSpec) error {
	return a.e.AddTag(ctx, r.Actor, in)
}

func (a api) updateTag(ctx context.Context, r *transport.Request, in engine.TagSpec) error {
	return a.e.UpdateTag(ctx, r.Actor, in)
}

func (a api) deleteTag(ctx context.Context, r *transport.Request, in struct {
	Name string `json:"name"`
}) error {
	return a.e.DeleteTag(ctx, r.Actor, in.Name)
}

func (a api) listTags(_ context.Context, r *transport.Request, in struct {
	Filters struct {
		GroupIDs []int `json:"group_ids"`
	} `json:"filters"`
}) ([]store.Tag, error) {
	out := []store.Tag{}
	for _, t := range a.e.TagsFor(r.Actor) {
		asked := in.Filters.GroupIDs
		if len(asked) == 0 || slices.ContainsFunc(t.GroupIDs, func(g int) bool { return slices.Contains(asked, g) }) {
			t.GroupIDs = append([]int{}, t.GroupIDs...)
			out = append(out, t)
		}
	}
	return out, nil
}

package engine

import (
	"context"
	"slices"
	"strings"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// TagSpec is a tag with the groups it is offered to (Configuration API v3.6
// "Create Tag", "Update Tag"); 0 is every group.
type TagSpec struct {
	Name     string `json:"name"`
	GroupIDs []int  `json:"group_ids"`
}

// AddTag creates a tag. Upper and lower case make no difference to whether it
// exists already.
func (e *Engine) AddTag(ctx context.Context, by Actor, r TagSpec) error {
	if r.Name = strings.TrimSpace(r.Name); r.Name == "" || len(r.Name) > maxTag {
		return invalid("name", "must be 1 to 255 bytes long")
	}
	return e.reconfigure(ctx, by, func(w *work) error {
		if slices.ContainsFunc(e.Tags(), func(t store.Tag) bool { return strings.EqualFold(t.Name, r.Name) }) {
			return invalid("name", "names a tag that exists already")
		}
		if err := w.mayTag(r.GroupIDs); err != nil {
			return err
		}
		t := store.Tag{Name: r.Name, GroupIDs: append([]int{}, r.GroupIDs...), CreatedAt: protocol.At(e.now()), AuthorID: by.ID}
		w.push(protocol.PushTagCreated, t, e.tagWatchers(t.GroupIDs))
		return w.PutTag(t)
	})
}

// UpdateTag sets the groups a tag is offered to. Case makes a difference.
func (e *Engine) UpdateTag(ctx context.Context, by Actor, r TagSpec) error {
	return e.editTag(ctx, by, r.Name, func(w *work, t store.Tag) error {
		if err := w.mayTag(r.GroupIDs); err != nil {
			return err
		}
		return w.offer(t, append([]int{}, r.GroupIDs...))
	})
}

// DeleteTag takes a tag off the list; threads keep the word.
func (e *Engine) DeleteTag(ctx context.Context, by Actor, name string) error {
	return e.editTag(ctx, by, name, func(w *work, t store.Tag) error {
		w.push(protocol.PushTagDeleted, map[string]string{"name": name}, e.tagWatchers(t.GroupIDs))
		return w.Tx.DeleteTag(name)
	})
}

func (e *Engine) editTag(ctx context.Context, by Actor, name string, edit func(*work, store.Tag) error) error {
	if name == "" {
		return invalid("name", "is required")
	}
	return e.reconfigure(ctx, by, func(w *work) error {
		i := slices.IndexFunc(e.Tags(), func(t store.Tag) bool { return t.Name == name })
		if i < 0 {
			return notFound("tag")
		}
		t := e.Tags()[i]
		if !w.covers("tags--all:rw", t.GroupIDs) {
			return notYourGroups()
		}
		return edit(w, t)
	})
}

// offer sets a tag's groups. Who lost sight of it learns that it is gone, who
// gained sight that it is there.
func (w *work) offer(t store.Tag, groups []int) error {
	before, after := w.e.tagWatchers(t.GroupIDs), w.e.tagWatchers(groups)
	t.GroupIDs = groups
	w.push(protocol.PushTagDeleted, map[string]string{"name": t.Name}, minus(before, after))
	w.push(protocol.PushTagCreated, t, minus(after, before))
	w.push(protocol.PushTagUpdated, map[string]any{"name": t.Name, "group_ids": groups}, minus(after, minus(after, before)))
	return w.PutTag(t)
}

func minus(a, b []*Session) []*Session {
	return slices.DeleteFunc(slices.Clone(a), func(s *Session) bool { return slices.Contains(b, s) })
}

func (w *work) mayTag(groups []int) error {
	if err := w.e.checkGroups("group_ids", groups); err != nil {
		return err
	}
	if !w.covers("tags--all:rw", groups) {
		return notYourGroups()
	}
	return nil
}

func notYourGroups() error {
	return protocol.Fail(protocol.ErrAuthorization, "You may do this only for groups you are in.")
}

// tagWatchers are the sessions that may know of a tag of some groups.
func (e *Engine) tagWatchers(groups []int) []*Session {
	return e.sessionsWhere(func(s *Session) bool {
		return e.inGroups(s.UserID, s.scopes, "tags--all:ro", "tags--groups:ro", groups)
	})
}

// inGroups reports whether scopes let an agent see what belongs to some groups:
// everything, or what his own groups reach.
func (e *Engine) inGroups(agentID string, have Scopes, all, own string, groups []int) bool {
	a := e.dir.Load().agents[agentID]
	return have.Any(all) || a != nil && have.Any(own) && reaches(a.Groups, groups)
}

// TagsFor lists the tags an agent may know of, by name.
func (e *Engine) TagsFor(by Actor) []store.Tag {
	return slices.DeleteFunc(slices.Clone(e.Tags()), func(t store.Tag) bool {
		return !e.inGroups(by.ID, by.Scopes, "tags--all:ro", "tags--groups:ro", t.GroupIDs)
	})
}

// untagGroup takes a group that is being deleted out of every tag.
func (w *work) untagGroup(id int) error {
	for _, t := range w.e.Tags() {
		if !slices.Contains(t.GroupIDs, id) {
			continue
		}
		if err := w.offer(t, slices.DeleteFunc(slices.Clone(t.GroupIDs), func(g int) bool { return g == id })); err != nil {
			return err
		}
	}
	return nil
}

package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// maxCannedTags bounds the tags of one canned response.
const maxCannedTags = 50

// CannedChange is what creating or changing a canned response sets
// (Configuration API v3.7); nil leaves a field as it is. Group 0 is everybody's.
type CannedChange struct {
	Text    *string  `json:"text"`
	Tags    []string `json:"tags"`
	GroupID *int     `json:"group_id"`
	Private *bool    `json:"is_private"`
}

// AddCanned creates a canned response and returns its number.
func (e *Engine) AddCanned(ctx context.Context, by Actor, ch CannedChange) (int64, error) {
	switch {
	case ch.Text == nil:
		return 0, invalid("text", "is required")
	case ch.Tags == nil:
		return 0, invalid("tags", "is required")
	case ch.GroupID == nil:
		return 0, invalid("group_id", "is required")
	}
	c := store.CannedResponse{CreatedAt: protocol.At(e.now())}
	err := e.change(ctx, by, func(w *work) error {
		var err error
		if c.ID, err = w.NewCannedID(); err != nil {
			return err
		}
		if err := w.applyCanned(ch, &c); err != nil {
			return err
		}
		w.push(protocol.PushCannedResponseCreated, c, e.cannedWatchers(c))
		return w.PutCanned(c)
	})
	return c.ID, err
}

// UpdateCanned changes a canned response. Who gains or loses sight of it by that
// is told that it was created or deleted.
func (e *Engine) UpdateCanned(ctx context.Context, by Actor, id int64, ch CannedChange) error {
	if ch.Text == nil && ch.Tags == nil && ch.GroupID == nil && ch.Private == nil {
		return invalid("text", "or another field to change is required")
	}
	return e.editCanned(ctx, by, id, func(w *work, c store.CannedResponse) error {
		before := e.cannedWatchers(c)
		if err := w.applyCanned(ch, &c); err != nil {
			return err
		}
		after := e.cannedWatchers(c)
		w.push(protocol.PushCannedResponseDeleted, cannedRef{id}, minus(before, after))
		w.push(protocol.PushCannedResponseCreated, c, minus(after, before))
		w.push(protocol.PushCannedResponseUpdated, map[string]any{
			"id": id, "updated_at": c.UpdatedAt, "text": c.Text, "tags": c.Tags, "group_id": c.GroupID,
			"is_private": c.Private, "author_id": c.AuthorID,
		}, minus(after, minus(after, before)))
		return w.PutCanned(c)
	})
}

// DeleteCanned deletes a canned response.
func (e *Engine) DeleteCanned(ctx context.Context, by Actor, id int64) error {
	return e.editCanned(ctx, by, id, func(w *work, c store.CannedResponse) error { return w.dropCanned(c) })
}

type cannedRef struct {
	ID int64 `json:"id"`
}

func (w *work) dropCanned(c store.CannedResponse) error {
	w.push(protocol.PushCannedResponseDeleted, cannedRef{c.ID}, w.e.cannedWatchers(c))
	return w.Tx.DeleteCanned(c.ID)
}

// editCanned changes a canned response that the requester may change: one of his
// groups, and no other's private one, unless he may all.
func (e *Engine) editCanned(ctx context.Context, by Actor, id int64, edit func(*work, store.CannedResponse) error) error {
	if id == 0 {
		return invalid("id", "is required")
	}
	return e.change(ctx, by, func(w *work) error {
		c, err := e.store.Canned(ctx, id)
		switch {
		case errors.Is(err, store.ErrNotFound), err == nil && !e.seesCanned(by, c):
			return notFound("canned response")
		case err != nil:
			return err
		case !w.covers("canned_responses--all:rw", []int{c.GroupID}):
			return notYourGroups()
		}
		return edit(w, c)
	})
}

func (w *work) applyCanned(ch CannedChange, c *store.CannedResponse) error {
	if ch.Text != nil {
		c.Text = cleanText(*ch.Text)
		if c.Text == "" || len(c.Text) > protocol.MaxText {
			return invalid("text", "must be 1 byte to 16 KB long")
		}
	}
	if ch.Tags != nil {
		if len(ch.Tags) > maxCannedTags {
			return invalid("tags", "has more than 50 elements")
		}
		for i, tag := range ch.Tags {
			if strings.TrimSpace(tag) == "" || len(tag) > maxTag {
				return invalid(fmt.Sprintf("tags.%d", i), "must be 1 to 255 bytes long")
			}
		}
		c.Tags = ch.Tags
	}
	if ch.GroupID != nil {
		if !w.e.groupExists(*ch.GroupID) {
			return invalid("group_id", "names a group that does not exist")
		}
		if !w.covers("canned_responses--all:rw", []int{*ch.GroupID}) {
			return notYourGroups()
		}
		c.GroupID = *ch.GroupID
	}
	mine := c.Private
	if ch.Private != nil {
		c.Private = *ch.Private
	}
	if c.UpdatedAt = protocol.At(w.e.now()); !mine || !c.Private {
		c.AuthorID = w.by.ID // what stays private stays its author's
	}
	return nil
}

// cleanText takes out what is no text: control characters but tabs and ends of
// lines, and space around it.
func cleanText(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s))
}

// seesCanned reports whether an agent may know of a canned response: a private
// one is its author's and those's who may read all.
func (e *Engine) seesCanned(by Actor, c store.CannedResponse) bool {
	if by.Kind == "" || by.Scopes.Any("canned_responses--all:ro") {
		return true
	}
	if c.Private && c.AuthorID != by.ID {
		return false
	}
	return e.inGroups(by.ID, by.Scopes, "canned_responses--all:ro", "canned_responses--groups:ro", []int{c.GroupID})
}

func (e *Engine) cannedWatchers(c store.CannedResponse) []*Session {
	return e.sessionsWhere(func(s *Session) bool {
		return e.seesCanned(Actor{Kind: protocol.UserAgent, ID: s.UserID, Scopes: s.scopes}, c)
	})
}

// uncanGroup deletes the canned responses of a group that is being deleted.
func (w *work) uncanGroup(id int) error {
	all, err := w.e.store.AllCanned(w.ctx)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.GroupID != id {
			continue
		}
		if err := w.dropCanned(c); err != nil {
			return err
		}
	}
	return nil
}

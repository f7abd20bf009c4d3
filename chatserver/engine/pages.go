package engine

import (
	"encoding/base64"
	"maps"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
)

const maxPage = 100

// cursor is what a page id remembers: the request, and where the page begins.
// It grants nothing: who may see what is decided anew for each page.
type cursor[T any] struct {
	Kind    string `json:"k"`
	Request T      `json:"r"`
	Bound   int64  `json:"b"`
	Back    bool   `json:"p,omitzero"`
}

func (c cursor[T]) id() string {
	b, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func readCursor[T any](kind, id string) (cursor[T], error) {
	var c cursor[T]
	b, err := base64.RawURLEncoding.DecodeString(id)
	if err != nil || protocol.Decode(b, &c) != nil || c.Kind != kind {
		return c, invalid("page_id", "is not one that this server gave out")
	}
	return c, nil
}

// pages gives the ids of the pages beside one.
func pages[T, R any](kind string, req R, p store.Page[T], key func(T) int64) (next, prev string) {
	if len(p.Rows) == 0 {
		return "", ""
	}
	if p.HasNext {
		next = cursor[R]{Kind: kind, Request: req, Bound: key(p.Rows[len(p.Rows)-1])}.id()
	}
	if p.HasPrev {
		prev = cursor[R]{Kind: kind, Request: req, Bound: key(p.Rows[0]), Back: true}.id()
	}
	return next, prev
}

// window checks paging fields; def is the method's default limit.
func window(sort string, limit, def int) (store.Window, error) {
	w := store.Window{Limit: limit}
	switch sort {
	case "", "desc":
	case "asc":
		w.Asc = true
	default:
		return w, invalid("sort_order", "must be asc or desc")
	}
	if limit == 0 {
		w.Limit = def
	}
	if w.Limit < 1 || w.Limit > maxPage {
		return w, invalid("limit", "must be from 1 to 100")
	}
	return w, nil
}

// reach are the groups an agent's access covers; nil means every chat.
func (e *Engine) reach(by Actor) []int {
	if by.Scopes.Any("chats--all:ro") {
		return nil
	}
	groups := []int{0}
	if a := e.dir.Load().agents[by.ID]; a != nil {
		groups = append(groups, slices.Sorted(maps.Keys(a.Groups))...)
	}
	return slices.Compact(groups)
}

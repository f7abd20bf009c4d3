package engine

import (
	"encoding/base64"
	"maps"
	"slices"
	"time"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
)

const maxPage = 100

// pageLife is how long a page id is good for (api guide, section 7: a month).
const pageLife = 31 * 24 * time.Hour

// cursor is what a page id remembers: the request, where the page begins, and
// how many rows there were. It grants nothing: who may see what is decided anew
// for each page, and the request is checked anew too.
type cursor[T any] struct {
	Kind    string `json:"k"`
	Request T      `json:"r"`
	Bound   int64  `json:"b"`
	Back    bool   `json:"p,omitzero"`
	Found   int    `json:"n,omitzero"`
	Made    int64  `json:"t"` // seconds since 1970
}

func (c cursor[T]) id() string {
	b, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// read takes over what a page id of the same kind remembers.
func (c *cursor[T]) read(id string, now time.Time) error {
	var have cursor[T]
	b, err := base64.RawURLEncoding.DecodeString(id)
	if err != nil || protocol.Decode(b, &have) != nil || have.Kind != c.Kind || have.Bound == 0 {
		return invalid("page_id", "is not one that this server gave out")
	}
	if now.Sub(time.Unix(have.Made, 0)) > pageLife {
		return invalid("page_id", "is older than a month")
	}
	*c = have
	return nil
}

// MaxNumbered is the last row that pages with a number reach: the documents of
// 3.0 and 3.1 have pages 1 to 1000 of up to 100 rows.
const MaxNumbered = 1000 * maxPage

// begin says where the page of a request begins; alone is whether the request
// has nothing beside a page id, which would contradict it.
func begin[R any](e *Engine, kind string, r R, pageID string, alone bool, others string) (cursor[R], error) {
	at := cursor[R]{Kind: kind, Request: r}
	switch {
	case pageID == "":
		return at, nil
	case !alone:
		return at, invalid("page_id", "cannot be combined with "+others)
	}
	return at, at.read(pageID, e.now())
}

// in puts the page into a window.
func (c cursor[R]) in(w *store.Window, by Actor, skip int) {
	w.Bound, w.Back, w.Skip = c.Bound, c.Back, skip
	if by.Rules.Numbered {
		w.Count = MaxNumbered
	}
}

// pages gives the ids of the pages beside the one that was read with at.
func pages[T, R any](at cursor[R], now time.Time, p store.Page[T], key func(T) int64) (next, prev string) {
	if len(p.Rows) == 0 {
		return "", ""
	}
	at.Made, at.Back = now.Unix(), false
	if p.HasNext {
		at.Bound = key(p.Rows[len(p.Rows)-1])
		next = at.id()
	}
	if p.HasPrev {
		at.Bound, at.Back = key(p.Rows[0]), true
		prev = at.id()
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

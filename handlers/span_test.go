package handlers

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"agentdesk/desk"
)

func TestSpan(t *testing.T) {
	var all []desk.Event
	for i := range 1000 {
		all = append(all, desk.Event{ID: fmt.Sprint(i)})
	}
	for name, c := range map[string]struct {
		q            span
		n            int
		first, last  string
		older, newer bool
	}{
		"the newest":             {span{}, 10, "990", "999", true, false},
		"everything":             {span{}, 2000, "0", "999", false, false},
		"before":                 {span{before: "500"}, 10, "490", "499", true, true},
		"before, at the start":   {span{before: "4"}, 10, "0", "3", false, true},
		"since":                  {span{since: "500"}, 10, "501", "510", true, true},
		"since, at the end":      {span{since: "995"}, 10, "996", "999", true, false},
		"from the beginning":     {span{start: true}, 10, "0", "9", false, true},
		"around":                 {span{at: "500"}, 10, "495", "504", true, true},
		"around the first":       {span{at: "0"}, 10, "0", "9", false, true},
		"around the last":        {span{at: "999"}, 10, "990", "999", true, false},
		"all that was shown":     {span{from: "800"}, 10, "800", "999", true, false},
		"more than a page holds": {span{from: "1"}, 10, "600", "999", true, false},
		"less than a page holds": {span{from: "998"}, 10, "990", "999", true, false},
		"of what is gone":        {span{before: "x", since: "y", at: "z", from: "w"}, 10, "990", "999", true, false},
	} {
		page, older, newer := c.q.cut(all, c.n)
		if page[0].ID != c.first || page[len(page)-1].ID != c.last || older != c.older || newer != c.newer {
			t.Errorf("%s: %s to %s, older %v, newer %v", name, page[0].ID, page[len(page)-1].ID, older, newer)
		}
	}
	for _, q := range []span{{}, {before: "1"}, {start: true}} {
		if page, older, newer := q.cut(nil, 10); len(page) != 0 || older || newer {
			t.Error("something is found in nothing")
		}
	}
}

// Parts of a conversation are pages without the page, and an event is found where
// it is, also in a conversation that is over.
func TestParts(t *testing.T) {
	h := newHouse(t, "").signIn()
	old := inChat + "/threads/" + threadOld
	h.get(inChat+"?part=log").want(t, http.StatusOK, `id="log-`+chatOpen+`"`, `data-thread="THREADNEW1"`, `data-older`, old)
	h.get(old+"?part=log").want(t, http.StatusOK, `id="thread-`+threadOld+`"`, "Conversation of")
	h.get(inChat+"?at=E1").want(t, http.StatusOK, "data-found", "<!doctype html>")
	h.get(old+"?at=O1").want(t, http.StatusOK, "data-found", "<!doctype html>")
	for path, to := range map[string]string{
		inChat + "/threads/THREADNEW1?at=E1": inChat + "?at=E1",
		inChat + "/threads/THREADNEW1":       inChat,
		inChat + "?at=O1":                    old + "?at=O1",
	} {
		if got := h.get(path).to(); got != to {
			t.Errorf("%s leads to %q, want %q", path, got, to)
		}
	}
	for path, status := range map[string]int{
		inChat + "?at=nowhere": http.StatusNotFound, old + "?at=nowhere": http.StatusNotFound, old + "?part=log&at=nowhere": http.StatusNotFound,
		inChat + "?since=" + strings.Repeat("x", maxID+1): http.StatusBadRequest, old + "?before=" + strings.Repeat("x", maxID+1): http.StatusBadRequest,
	} {
		h.get(path).want(t, status)
	}
	if page := h.get(inChat + "?part=log"); strings.Contains(page.body, "<html") {
		t.Error("a part is a whole page")
	}
}

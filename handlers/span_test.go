package handlers

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"agentdesk/desk"
)

func TestSpan(t *testing.T) {
	var all []desk.Event
	for i := range 1000 {
		all = append(all, desk.Event{ID: fmt.Sprint(i), At: time.UnixMicro(int64(1000 + i/2))})
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
		"between moments":        {span{first: 1100, last: 1110}, 10, "200", "221", true, true},
		"between, to the end":    {span{first: 1490, last: 9999}, 10, "980", "999", true, false},
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
		old + "?part=log&at=nowhere": http.StatusNotFound,
		inChat + "?between=now":      http.StatusBadRequest, inChat + "?between=-1,5": http.StatusBadRequest, inChat + "?part=log&between=1,2": http.StatusOK,
		inChat + "?since=" + strings.Repeat("x", maxID+1): http.StatusBadRequest, old + "?before=" + strings.Repeat("x", maxID+1): http.StatusBadRequest,
	} {
		h.get(path).want(t, status)
	}
	// Where the event is gone its conversation is shown, and that it is gone is said.
	h.get(inChat+"?at=nowhere").want(t, http.StatusNotFound, "This message is not here any more.", `data-event-id="E1"`)
	h.get(old+"?at=nowhere").want(t, http.StatusNotFound, "This message is not here any more.", `data-event-id="O1"`)
	archived := "/archives/" + chatOpen + "/" + threadOld
	h.get(archived+"?at=O1&query=x").want(t, http.StatusOK, "data-found", `href="/archives?query=x"`)
	h.get(archived+"?at=nowhere").want(t, http.StatusNotFound, "This message is not here any more.", `data-event-id="O1"`)
	if page := h.get(inChat + "?part=log"); strings.Contains(page.body, "<html") {
		t.Error("a part is a whole page")
	}
}

// Without scripts a message is quoted by a link on its page: the chat opens with
// it in the composer, behind what was written there.
func TestQuote(t *testing.T) {
	h := newHouse(t, "").signIn()
	link := inChat + "?thread=THREADNEW1&amp;quote=E1"
	h.get(inChat+"?event=E1").want(t, http.StatusOK, `<noscript><a class="btn" href="`+link+`"`)
	h.desk.set(func() {
		h.desk.board.Apply(desk.IncomingEvent{ChatID: chatOpen, ThreadID: "THREADNEW1", Event: desk.Event{ID: "E8", Kind: desk.KindMessage, AuthorID: agentAnna, AgentsOnly: true,
			At: moment.Add(time.Second), Text: "> Old words\n</textarea><script>\nwell " + strings.Repeat("x", 700)}})
		if _, err := h.desk.board.SetDraft(desk.Draft{ChatID: chatOpen, Text: "Hello"}); err != nil {
			t.Fatal(err)
		}
	})
	composer := func(path string) string {
		page := h.get(path)
		page.want(t, http.StatusOK)
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(page.body))
		if err != nil {
			t.Fatal(err)
		}
		return doc.Find("textarea[name=text]").Text() + "|" + doc.Find("input[name=visibility][checked]").AttrOr("value", "")
	}
	for path, want := range map[string]string{
		strings.ReplaceAll(link, "&amp;", "&"):   "Hello\n> Carla: Where is my order?\n|all",
		inChat + "?quote=E8":                     "Hello\n> Anna: </textarea><script>\n> well " + strings.Repeat("x", 600-len("</textarea><script>\nwell ")) + " …\n|agents",
		inChat + "?quote=O1&thread=" + threadOld: "Hello\n> Carla: I forgot my password\n|all",
	} {
		if got := composer(path); got != want {
			t.Errorf("%s: the composer has %q, want %q", path, got, want)
		}
	}
	for path, status := range map[string]int{
		inChat + "?quote=nowhere": http.StatusNotFound, inChat + "?quote=" + strings.Repeat("x", maxID+1): http.StatusBadRequest,
	} {
		h.get(path).want(t, status)
	}
}

// A long transcript comes in parts, from its beginning on, and an event in it is
// found where it is.
func TestTranscriptParts(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.desk.set(func() {
		for i := range 1000 {
			h.desk.past = append(h.desk.past, desk.Event{ID: fmt.Sprint("P", i), Kind: desk.KindMessage, AuthorID: customer, Text: "x", At: moment.Add(time.Duration(i) * time.Second)})
		}
	})
	path := "/archives/" + chatOpen + "/" + threadOld
	for query, want := range map[string][]string{
		"?query=x":            {"P0", "P399", "?query=x&amp;since=P399"},
		"?since=P399&query=x": {"P400", "P799", "?query=x&amp;before=P400", "?query=x&amp;since=P799"},
		"?since=P799":         {"P800", "P999", "?before=P800"},
		"?at=P500":            {"P300", "P699", "data-found"},
	} {
		page := h.get(path + query)
		page.want(t, http.StatusOK, want[2:]...)
		ids := regexp.MustCompile(`data-event-id="(P\d+)"`).FindAllStringSubmatch(page.body, -1)
		if first, last := ids[0][1], ids[len(ids)-1][1]; first != want[0] || last != want[1] || strings.Contains(page.body, "Later conversation") {
			t.Errorf("%s: %s to %s", query, first, last)
		}
	}
}

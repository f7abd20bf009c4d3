package handlers

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"agentdesk/relay"
)

// Lists that a script has on its page are left out of the next one, and nothing
// else is.
func TestKeptLists(t *testing.T) {
	h := newHouse(t, "/desk").signIn()
	h.crowd(100)
	chat := "/chats/CROWD00005"
	for path, c := range map[string]struct {
		status int
		words  []string
	}{
		chat:                  {http.StatusOK, []string{`data-open="CROWD00005"`, `<main id="main" class="chat" data-chat-id="CROWD00005"`, `id="details-CROWD00005"`, `id="foot-CROWD00005"`}},
		chat + "?tag=order":   {http.StatusOK, []string{`data-open="CROWD00005"`, `<aside id="details-CROWD00005"`}},
		"/chats":              {http.StatusOK, []string{"No chat is open", "Customers wait for an answer."}},
		"/chats/" + chatOther: {http.StatusNotFound, []string{"This chat is not here"}},
	} {
		whole, kept := h.get(path), h.get(path, "X-Keep", "lists")
		whole.want(t, c.status, append(c.words, `id="rows"`, `id="row-CROWD00000"`, `<symbol`)...)
		kept.want(t, c.status, append(c.words, `<section id="list-pane" data-absent></section>`, `<svg id="sprite" data-absent></svg>`, "data-position=")...)
		for _, gone := range []string{`class="row`, `id="rows"`, `id="connection"`, `<symbol`} {
			if strings.Contains(kept.body, gone) {
				t.Errorf("%s: %s is drawn all the same", path, gone)
			}
		}
		if rail(whole) != rail(kept) || rail(kept) == "" {
			t.Errorf("%s: the rail is another one without lists:\n%s\n%s", path, rail(whole), rail(kept))
		}
		for _, r := range []reply{whole, kept} {
			if !strings.Contains(strings.Join(r.header.Values("Vary"), ","), "X-Keep") || r.header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: one could be taken for the other: %v", path, r.header)
			}
		}
	}
	h.get(chat, "X-Keep", "something").want(t, http.StatusOK, `id="row-CROWD00000"`)
}

// rail is the part of a page that counts what is unread and what waits.
func rail(r reply) string {
	_, from, _ := strings.Cut(r.body, `<nav class="rail"`)
	rail, _, _ := strings.Cut(from, "</nav>")
	return rail
}

// Opening a chat may tell the stream of it. The page is drawn from behind that.
func TestOpenedBehindStream(t *testing.T) {
	h := newHouse(t, "").signIn()
	times := 0
	h.desk.opening = func() {
		if times++; times == 1 {
			h.hub.Publish(agentAnna, relay.Event{Name: "patch", Data: []byte("<i></i>")})
		}
	}
	position := regexp.MustCompile(`data-position="([^"]*)"`)
	got := position.FindStringSubmatch(h.get(inChat).body)
	if want := h.hub.Position(agentAnna); len(got) != 2 || got[1] != want || times != 2 {
		t.Errorf("drawn at %v, the stream stands at %v; read %d times", got, want, times)
	}
	times = 1
	if h.get(inChat); times != 2 {
		t.Errorf("a chat of which nothing was told is read %d times", times-1)
	}
	// With each reading something happens: it is not waited for.
	n := 0
	h.desk.opening = func() {
		n++
		h.hub.Publish(agentAnna, relay.Event{Name: "patch", Data: fmt.Appendf(nil, "<i>%d</i>", n)})
	}
	if h.get(inChat).want(t, http.StatusOK); n != 2 {
		t.Errorf("read %d times", n)
	}
}

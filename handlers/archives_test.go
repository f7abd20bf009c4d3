package handlers

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"agentdesk/desk"
)

func TestArchiveQuery(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatalf("time zones come with Go: %v", err)
	}
	s := &Server{Options: Options{Zone: berlin}}
	q, mistake := s.archiveQuery(url.Values{
		"query": {"  password "}, "from": {"2026-10-25"}, "to": {"2026-10-25"}, "agent": {"a", "", "b"}, "group": {"0", "7"}, "tag": {"refund"}, "page": {"P"},
	})
	if mistake != nil {
		t.Fatal(mistake)
	}
	if q.Text != "password" || q.Page != "P" || len(q.Agents) != 2 || len(q.Groups) != 2 || len(q.Tags) != 1 {
		t.Errorf("got %+v", q)
	}
	if d := q.To.Sub(q.From); d != 25*time.Hour {
		t.Errorf("the day the clocks change lasts %v", d)
	}
	for field, v := range map[string]string{
		"from": "21.11.2026", "to": "2026-02-30", "group": "sales", "query": strings.Repeat("x", 501), "page": strings.Repeat("x", 5000),
	} {
		if _, mistake := s.archiveQuery(url.Values{field: {v}}); mistake == nil || mistake.Field != field || mistake.Code != desk.Invalid {
			t.Errorf("%s=%.20s: %v", field, v, mistake)
		}
	}
	if _, mistake := s.archiveQuery(url.Values{"from": {"2026-11-02"}, "to": {"2026-11-01"}}); mistake == nil || mistake.Field != "to" {
		t.Errorf("days in the wrong order: %v", mistake)
	}
}

func TestExport(t *testing.T) {
	h := newHouse(t, "").signIn()
	one := h.get("/archives/export?chat=" + chatOpen + "&thread=" + threadOld + "&format=txt")
	one.want(t, 200, "I forgot my password")
	if cd := one.header.Get("Content-Disposition"); cd != `attachment; filename="conversation-`+threadOld+`.txt"` {
		t.Errorf("Content-Disposition is %q", cd)
	}
	if ct := one.header.Get("Content-Type"); !strings.HasPrefix(ct, "text/plain") {
		t.Errorf("Content-Type is %q", ct)
	}
	all := h.get("/archives/export?query=password")
	all.want(t, 200, "This export ends after 1,000 conversations")
	if n := strings.Count(all.body, "Conversation with"); n != maxExport {
		t.Errorf("%d conversations", n)
	}
	h.get("/archives/export?query=nothing").want(t, 200, "No conversation was found.")
	for format, kind := range map[string]string{"html": "text/html", "csv": "text/csv", "json": "application/json"} {
		r := h.get("/archives/export?query=password&leave=notes&leave=system&format=" + format)
		r.want(t, 200, "This export ends after 1,000 conversations")
		if !strings.HasPrefix(r.header.Get("Content-Type"), kind) || !strings.Contains(r.header.Get("Content-Disposition"), "conversations."+format) {
			t.Errorf("%s: %v", format, r.header)
		}
	}
	h.get("/archives/export?query=password&leave=everything").want(t, 400, "left out")
	h.get("/archives/export?chat="+chatOpen).want(t, 400)
	h.get("/archives/export?from=yesterday").want(t, 422)
	if name := fileName("a\"\r\n/../b ü.txt"); strings.ContainsAny(name, "\"\r\n/ ü") {
		t.Errorf("file name is %q", name)
	}
}

func TestArchivesTellWhatWentWrong(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.get("/archives?from=yesterday").want(t, 422, "Write a day as year-month-day", `value="yesterday"`)
	h.desk.set(func() { h.desk.down = true })
	h.get("/archives?query=x").want(t, 503, "Not connected", `value="x"`)
}

func TestMissingChat(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.get("/chats/NOSUCHCHAT").want(t, 404, "This chat is not here", `id="list-mine"`)
	h.get("/chats/NOSUCHCHAT", "X-Desk", "1").want(t, 404)
	h.get("/nowhere").want(t, 404, "nothing at this address", "X-Request-Id"[:0])
	h.ask("DELETE", "/chats", nil, "Origin", h.origin).want(t, 405)
}

func TestTextOfCustomersIsEscaped(t *testing.T) {
	h := newHouse(t, "").signIn()
	for _, path := range []string{"/chats", inChat, inChat + "/transfer"} {
		if body := h.get(path).body; strings.Contains(body, "<b>Customer") {
			t.Errorf("%s carries a customer's markup", path)
		}
	}
}

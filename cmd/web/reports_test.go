package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"agentdesk/chatserver/demo"
)

// TestReportsAtVersions: a chat that was answered, tagged and closed is in the
// report, at servers that count pages and at those that name them; from its rows
// one comes to the archives, which find it. Who may not search all archives at 3.0
// gets a report of what he sees, and is told so.
func TestReportsAtVersions(t *testing.T) {
	server := startProgram(t, "AGENTDESK_DEMO", "true")
	withDemoToken(t, &program{App: server.App, t: t}, "anna")
	v := server.visitor()
	v.start("Is the zebra lamp still available?")
	own := withDemoToken(t, server, "sam")
	page := "/chats/" + v.chat
	until(t, "the chat", func() bool {
		_, body := own.get(page)
		return strings.Contains(body, "zebra")
	})
	if _, body := own.get(page); !strings.Contains(body, `data-action="send"`) {
		if code, body := own.post(page+"/take", nil); code != http.StatusSeeOther {
			t.Fatalf("taking answered %d: %.300s", code, body)
		}
	}
	for path, form := range map[string]url.Values{
		"/events": {"text": {"Two are left"}, "visibility": {"all"}, "custom_id": {"report-1"}},
		"/tags":   {"tag": {"sales"}},
	} {
		if code, body := own.post(page+path, form); code != http.StatusSeeOther {
			t.Fatalf("%s answered %d: %.300s", path, code, body)
		}
	}
	until(t, "the answer to arrive", func() bool { return strings.Contains(v.do("list_threads", `{"chat_id":"`+v.chat+`"}`), "Two are left") })
	if code, body := own.post(page+"/deactivate", nil); code != http.StatusSeeOther {
		t.Fatalf("closing answered %d: %.300s", code, body)
	}
	for _, version := range []string{"3.0", "3.1", "3.6", "3.7"} {
		t.Run(version, func(t *testing.T) {
			desk := startProgram(t, "AGENTDESK_UPSTREAM", server.URL(), "AGENTDESK_UPSTREAM_VERSION", version, "AGENTDESK_ORGANIZATION_ID", demo.OrganizationID)
			b := withDemoToken(t, desk, "sam")
			reported(t, b, version)
			anna := withDemoToken(t, desk, "anna")
			says := "These are the chats that you may see"
			if version == "3.0" {
				says = "You may not search all archives at this chat server"
			}
			until(t, "a report for an agent", func() bool {
				code, body := anna.get("/reports?period=month")
				return code == http.StatusOK && strings.Contains(body, says) && strings.Contains(body, `class="bars"`)
			})
		})
	}
}

// reported looks for Sam's chat in the report of the week, and follows its rows.
func reported(t *testing.T, b *browser, version string) {
	t.Helper()
	var doc *goquery.Document
	until(t, "the report", func() bool {
		code, body := b.get("/reports?period=week&agent=" + url.QueryEscape("sam@example.com"))
		doc, _ = goquery.NewDocumentFromReader(strings.NewReader(body))
		return code == http.StatusOK && doc.Find("#agents").Length() == 1
	})
	row := doc.Find(`section[aria-labelledby=agents] tbody tr`).First()
	if name, wrote := row.Find("th").Text(), row.Find("td").Eq(1).Text(); !strings.Contains(name, "Sam") || wrote == "0" {
		t.Errorf("the first agent is %q, who wrote %s messages", name, wrote)
	}
	if first := row.Find("td").Eq(3).Text(); first == "–" {
		t.Error("no first reply is counted")
	}
	tags := doc.Find(`section[aria-labelledby=tags] tbody th`).FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Text(), "sales") })
	links := row.Find("a").AddSelection(tags.Find("a"))
	if want := map[bool]int{true: 1, false: 2}[version == "3.0"]; links.Length() != want { // at 3.0 nobody can search for tags
		t.Errorf("%d rows lead to the archives, want %d", links.Length(), want)
	}
	links.Each(func(_ int, s *goquery.Selection) {
		if code, body := b.get(s.AttrOr("href", "")); code != http.StatusOK || !strings.Contains(body, "Two are left") && !strings.Contains(body, "zebra") {
			t.Errorf("%s answers %d and finds nothing of it", s.AttrOr("href", ""), code)
		}
	})
	code, file := b.get("/reports/export?table=days&period=week")
	rows := strings.Split(strings.TrimSpace(file), "\n")
	if counted := slices.ContainsFunc(rows[1:], func(r string) bool { return !strings.HasSuffix(r, ",0,0,0,,,,0,0") }); code != http.StatusOK || len(rows) != 8 || !counted {
		t.Errorf("the file of days answers %d: %s", code, file)
	}
}

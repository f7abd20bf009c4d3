package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestBotsAndAnswersAtVersions: an administrator makes a bot, takes its token and
// deletes it, and keeps canned answers where the API has them; the licence stands
// on the page.
func TestBotsAndAnswersAtVersions(t *testing.T) {
	server := startProgram(t, "AGENTDESK_DEMO", "true")
	for _, version := range []string{"3.3", "3.5", "3.6", "3.7"} {
		t.Run(version, func(t *testing.T) {
			desk := startProgram(t, "AGENTDESK_UPSTREAM", server.URL(), "AGENTDESK_UPSTREAM_VERSION", version)
			b := withDemoToken(t, desk, "sam")
			name := "Helper of " + version
			change := func(path string, form url.Values) string {
				t.Helper()
				code, body := b.post("/settings"+path, form)
				if code == http.StatusSeeOther {
					code, body = b.get("/settings")
				}
				if code != http.StatusOK {
					t.Fatalf("%s answered %d: %.300s", path, code, body)
				}
				return body
			}
			page := change("/bots", url.Values{"name": {name}})
			_, rest, found := strings.Cut(page, "<bdi>"+name+"</bdi><small>")
			id, _, _ := strings.Cut(rest, "</small>")
			if !found || id == "" {
				t.Fatal("the new bot is not on the page")
			}
			if _, page := b.get("/settings"); strings.Contains(page, `data-action="bot-token"`) != (version >= "3.4") {
				t.Error("tokens need an organization, which login tells from 3.4 on")
			}
			if version >= "3.4" {
				page = change("/bots/token", url.Values{"id": {id}})
				_, rest, _ = strings.Cut(page, `readonly value="`)
				botToken, _, _ := strings.Cut(rest, `"`)
				if said := server.call("/v3.6/agent/action/list_chats", botToken, `{}`); !strings.Contains(said, "chats_summary") {
					t.Errorf("the bot's token opens nothing: %.300s", said)
				}
				if _, again := b.get("/settings"); strings.Contains(again, botToken) {
					t.Error("the token is shown again")
				}
			}
			if page = change("/bots/remove", url.Values{"id": {id}}); strings.Contains(page, name) {
				t.Error("the deleted bot is on the page")
			}
			if has := strings.Contains(page, `data-action="add-canned"`); has != (version == "3.7") {
				t.Errorf("canned answers are offered: %v", has)
			}
			if version == "3.7" {
				page = change("/canned", url.Values{"text": {"Thank you for writing"}, "tag": {"#thanks"}, "group": {"1"}})
				id := valueOf(page, `name="id" value="`, `"> <button class="btn small danger" aria-label="Delete the answer`)
				if !strings.Contains(page, "Thank you for writing") || id == "" {
					t.Fatal("the new answer is not on the page")
				}
				if page = change("/canned/remove", url.Values{"id": {id}}); strings.Contains(page, "Thank you for writing") {
					t.Error("the deleted answer is on the page")
				}
			}
			for _, name := range []string{"Number", "Plan", "Since", "Until", "Trial"} {
				if !strings.Contains(page, "<dt>"+name+"</dt>") {
					t.Errorf("the licence lacks %s: %.800s", name, page[strings.Index(page, `id="licence"`):])
				}
			}
		})
	}
}

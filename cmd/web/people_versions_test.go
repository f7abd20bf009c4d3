package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestPeopleAtVersions: an agent's picture, telephone and the rules of access are
// set, and a customer is added, as far as a version has words for it.
func TestPeopleAtVersions(t *testing.T) {
	server := startProgram(t, "AGENTDESK_DEMO", "true")
	for _, version := range []string{"3.0", "3.1", "3.4", "3.5", "3.6"} {
		t.Run(version, func(t *testing.T) {
			b := withDemoToken(t, startProgram(t, "AGENTDESK_UPSTREAM", server.URL(), "AGENTDESK_UPSTREAM_VERSION", version), "sam")
			page := func(path, what string, has bool) (body string) {
				t.Helper()
				until(t, what+" on "+path, func() bool {
					_, body = b.get(path)
					return strings.Contains(body, what) == has
				})
				return body
			}
			send := func(path string, form url.Values, want int) {
				t.Helper()
				if code, body := b.post(path, form); code != want {
					t.Fatalf("%s answered %d: %.300s", path, code, body)
				}
			}
			name := "sam" + strings.ReplaceAll(version, ".", "x") + ".gif"
			if code := b.upload("/team/picture", name, "GIF89a"); code != http.StatusSeeOther {
				t.Fatalf("a picture answered %d", code)
			}
			picture := valueOf(page("/team", name, true), `<img src="`, `"`)
			page("/settings", name, true)
			if code, _ := newBrowser(t, "").get(picture); code != http.StatusOK {
				t.Errorf("the picture at %q answers %d", picture, code)
			}
			send("/team/picture", url.Values{"do": {"remove"}}, http.StatusSeeOther)
			page("/team", name, false)

			phone := url.Values{"firebase_token": {"8da"}, "platform": {"ios"}, "do": {"on"}}
			if page("/team", `data-action="phone"`, version < "3.5"); version < "3.5" {
				send("/team/phone", phone, http.StatusSeeOther)
			} else {
				send("/team/phone", phone, http.StatusConflict)
			}

			rule := "/from-" + version
			send("/settings/access", url.Values{"url": {rule}, "group": {"1"}}, http.StatusSeeOther)
			_, after, _ := strings.Cut(page("/settings", rule, true), `<p class="rule">Chats from addresses with `+rule)
			send("/settings/access/remove", url.Values{"id": {valueOf(after, `name="id" value="`, `"`)}}, http.StatusSeeOther)
			page("/settings", rule, false)

			who := url.Values{"name": {"Zoe Quill"}, "email": {"zoe" + version + "@x.example"}, "field": {"shoe"}, "value": {"size43"}}
			if page("/customers", `data-action="add-customer"`, version < "3.6"); version >= "3.6" {
				send("/customers/add", who, http.StatusConflict)
				return
			}
			send("/customers/add", who, http.StatusSeeOther)
			list := page("/customers?email="+url.QueryEscape(who.Get("email")), ">Zoe Quill<", true)
			body := page("/customers/"+valueOf(list, `class="name" href="/customers/`, `"`), who.Get("email"), true)
			if !strings.Contains(body, "size43") {
				t.Errorf("the fields are not on the page: %.1800s", body[strings.Index(body, "<main"):])
			}
		})
	}
}

// TestArchivesOfAnAgentAt30: 3.0 lets only those who may see all chats search the
// archives. Others find the newest conversation of each chat they may see.
func TestArchivesOfAnAgentAt30(t *testing.T) {
	server := startProgram(t, "AGENTDESK_DEMO", "true")
	b := withDemoToken(t, startProgram(t, "AGENTDESK_UPSTREAM", server.URL(), "AGENTDESK_UPSTREAM_VERSION", "3.0"), "anna")
	v := server.visitor()
	v.start("Is the zebrawood lamp still there?")
	until(t, "the chat", func() bool {
		_, body := b.get("/chats/" + v.chat)
		return strings.Contains(body, `data-action="send"`)
	})
	if code, body := b.post("/chats/"+v.chat+"/deactivate", nil); code != http.StatusSeeOther {
		t.Fatalf("closing answered %d: %.300s", code, body)
	}
	until(t, "the chat in the archives", func() bool {
		code, body := b.get("/archives?query=zebrawood")
		return code == http.StatusOK && strings.Contains(body, v.chat) && strings.Contains(body, "newest conversation of each closed chat")
	})
	if _, body := b.get("/archives?query=ebony"); strings.Contains(body, v.chat) {
		t.Error("other words find it too")
	}
	if code, body := b.get("/archives/export?query=zebrawood"); code != http.StatusOK || !strings.Contains(body, "Is the zebrawood lamp still there?") {
		t.Errorf("the export answered %d: %.500s", code, body)
	}
}

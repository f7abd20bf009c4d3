package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestChatMenusAtVersions: properties, the customer's data and who sees a chat
// are changed from the chat's page, at versions that say it in different words.
func TestChatMenusAtVersions(t *testing.T) {
	server := startProgram(t, "AGENTDESK_DEMO", "true")
	for _, version := range []string{"3.0", "3.2", "3.3", "3.6"} {
		t.Run(version, func(t *testing.T) {
			desk := startProgram(t, "AGENTDESK_UPSTREAM", server.URL(), "AGENTDESK_UPSTREAM_VERSION", version)
			withDemoToken(t, desk, "anna") // who takes new chats
			b := withDemoToken(t, desk, "sam")
			v := server.visitor()
			v.start("May I ask something?")
			chat := "/chats/" + v.chat
			// change posts a form and waits until the page has a text, or has it no more.
			change := func(path string, form url.Values, want string, has bool) {
				t.Helper()
				if code, body := b.post(chat+path, form); code != http.StatusSeeOther {
					t.Fatalf("%s answered %d: %.300s", path, code, body)
				}
				until(t, path+" on the page", func() bool {
					_, body := b.get(chat)
					return strings.Contains(body, want) == has && strings.Contains(body, `data-action="set-property"`)
				})
			}
			page := ""
			until(t, "the chat", func() bool {
				_, page = b.get(chat)
				return strings.Contains(page, `data-action="customer"`)
			})
			thread := valueOf(page, `<option value="`, `">this conversation`)
			customer := "/customers/" + valueOf(page, `action="/customers/`, `/ban"`)
			if thread == "" || customer == "/customers/" {
				t.Fatalf("the page names neither conversation nor customer: %.300s", page)
			}
			for _, of := range []string{"", thread} {
				named := url.Values{"thread_id": {of}, "namespace": {"desk"}, "name": {"colour"}, "value": {"aubergine"}}
				change("/properties", named, "aubergine", true)
				change("/properties/remove", named, "aubergine", false)
			}
			event := valueOf(page, `href="?event=`, `"`)
			place := "/threads/" + thread + "?event=" + event
			for _, do := range []string{"", "/remove"} {
				form := url.Values{"namespace": {"desk"}, "name": {"mood"}, "value": {"vermilion"}}
				if code, body := b.post(chat+"/threads/"+thread+"/events/"+event+"/properties"+do, form); code != http.StatusSeeOther {
					t.Fatalf("an event's properties%s answered %d: %.300s", do, code, body)
				}
				if code, body := b.get(chat + place); code != http.StatusOK || strings.Contains(body, "vermilion") != (do == "") {
					t.Errorf("after properties%s the event's page (%d) is wrong", do, code)
				}
			}
			// The customer's own page changes her, and shows what was changed beside the chat.
			ofCustomer := func(path string, form url.Values, want string, has bool) {
				t.Helper()
				if code, body := b.post(customer+path, form); code != http.StatusSeeOther {
					t.Fatalf("%s answered %d: %.300s", path, code, body)
				}
				for _, page := range []string{customer, chat} {
					until(t, path+" on "+page, func() bool {
						_, body := b.get(page)
						return strings.Contains(body, want) == has && strings.Contains(body, `data-action="customer"`)
					})
				}
			}
			who := url.Values{"name": {"Zoe Quill"}, "email": {"zoe@quill.example"}}
			if version == "3.6" {
				who.Set("phone", "+49 40 123456")
				ofCustomer("", who, "<dd dir=\"auto\">+4940123456</dd>", true)
			}
			ofCustomer("", who, "Zoe Quill", true)
			ofCustomer("/fields", url.Values{"chat": {v.chat}, "field": {"shoe"}, "value": {"size 43"}}, "size 43", true)
			if version >= "3.3" {
				ofCustomer("/follow", nil, "Stop following this customer", true)
				ofCustomer("/unfollow", nil, "Stop following this customer", false)
			}
			// A ban ends the chat, so it comes last; sam is an administrator.
			defer func() {
				ofCustomer("/ban", url.Values{"days": {"3"}}, `data-action="lift-ban"`, true)
				ofCustomer("/unban", nil, `data-action="lift-ban"`, false)
			}()
			if version == "3.6" {
				if code, _ := b.post(chat+"/give-access", url.Values{"group": {"2"}}); code != http.StatusConflict || strings.Contains(page, "give-access") {
					t.Errorf("giving access answered %d", code)
				}
				return
			}
			// At 3.0 a chat that everybody sees names no group, so that is ended first.
			if code, body := b.post(chat+"/give-access", url.Values{"group": {"2"}}); code != http.StatusSeeOther {
				t.Fatalf("giving access answered %d: %.300s", code, body)
			}
			change("/take-access", url.Values{"group": {"0"}}, "Take it from Sales", true)
			change("/give-access", url.Values{"group": {"1"}}, "Take it from Support", true)
			change("/take-access", url.Values{"group": {"2"}}, "Take it from Sales", false)
			if version == "3.0" {
				change("/set-access", url.Values{"group": {"2"}}, "Show it only to Sales", false)
			}
		})
	}
}

// valueOf is what stands in a page right before a text, from the last opening on.
func valueOf(page, open, end string) string {
	for part := range strings.SplitSeq(page, open) {
		if v, _, ok := strings.Cut(part, end); ok && v != "" && !strings.ContainsAny(v, `<>" `) {
			return v
		}
	}
	return ""
}

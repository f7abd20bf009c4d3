package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"agentdesk/chatserver/demo"
)

// TestCustomersOnSiteAtEachVersion: who looks around without a chat is on the page of
// customers at every version of the API, with the page they look at, and with the
// next one; who was there before the desk, too, where the version tells of them.
func TestCustomersOnSiteAtEachVersion(t *testing.T) {
	server := startProgram(t, "AGENTDESK_DEMO", "true")
	for _, v := range []string{"3.0", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7"} {
		t.Run(v, func(t *testing.T) {
			browse(t, server, "early-"+v)
			b := withDemoToken(t, startProgram(t, "AGENTDESK_UPSTREAM", server.URL(), "AGENTDESK_UPSTREAM_VERSION", v,
				"AGENTDESK_ORGANIZATION_ID", demo.OrganizationID), "sam")
			shown := func(what string, is bool) {
				t.Helper()
				until(t, what, func() bool {
					code, body := b.get("/customers?stage=browsing")
					return code == http.StatusOK && strings.Contains(body, what) == is
				})
			}
			shown("Page of early-"+v, v >= "3.3") // before, no list of those who are there comes
			a := browse(t, server, "v"+v)
			shown("Page of v"+v, true)
			a.rtm(t, "update_customer_page", fill{"url": "https://shop.example/next", "title": "Next of v" + v})
			shown("Next of v"+v, true)
			shown("Page of v"+v, false)
		})
	}
}

// browse comes to the site and looks at a page, without a chat.
func browse(t *testing.T, p *program, name string) *attacker {
	t.Helper()
	a := &attacker{visitor: p.visitor()}
	ws, _, err := websocket.DefaultDialer.Dial(strings.Replace(p.URL(), "http", "ws", 1)+"/v3.6/customer/rtm/ws?organization_id="+demo.OrganizationID, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.Close() })
	a.ws = ws
	a.rtm(t, "login", fill{"token": "Bearer " + a.token, "customer": fill{"name": "Visitor " + name},
		"customer_page": fill{"url": "https://shop.example/", "title": "Page of " + name}})
	return a
}

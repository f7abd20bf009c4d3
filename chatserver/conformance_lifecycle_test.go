package chatserver_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
)

// TestConformanceLifecycle: old versions say so in a header of each answer,
// refusals too, and of the handshake; the stable one and the preview do not.
func TestConformanceLifecycle(t *testing.T) {
	s := start(t)
	days := [8][2]string{ // Legacy, Deprecation
		{"", "2020-06-18"}, {"", "2021-03-30"}, {"", "2021-12-22"}, {"", "2022-11-23"}, {"", "2025-08-07"}, {"2025-08-07", ""}, {}, {},
	}
	for v, want := range days {
		holds := func(what string, h http.Header) {
			t.Helper()
			if got := [2]string{h.Get("Legacy"), h.Get("Deprecation")}; got != want {
				t.Errorf("%s at 3.%d: Legacy and Deprecation are %q, want %q", what, v, got, want)
			}
		}
		for _, token := range []string{"dal:demo-anna", "nonsense"} {
			for _, api := range []string{"agent", "configuration"} {
				resp, _ := s.send("POST", fmt.Sprintf("/v3.%d/%s/action/list_agents?organization_id=%s", v, api, org), "Bearer "+token, "application/json", []byte(`{}`))
				holds(api+" API as "+token, resp.Header)
			}
		}
		ws, resp, err := websocket.DefaultDialer.Dial(fmt.Sprintf("ws%s/v3.%d/agent/rtm/ws?organization_id=%s", strings.TrimPrefix(s.url, "http"), v, org), nil)
		if err != nil {
			t.Fatal(err)
		}
		ws.Close()
		holds("handshake", resp.Header)
	}
	resp, _ := s.send("POST", "/v3.9/agent/action/list_chats", "Bearer dal:demo-anna", "application/json", []byte(`{}`))
	if resp.Header.Get("Legacy")+resp.Header.Get("Deprecation") != "" {
		t.Error("a version that is not spoken has a lifecycle")
	}
}

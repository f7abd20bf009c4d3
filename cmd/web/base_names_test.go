package main

import (
	"net/http"
	"testing"
)

// TestBasePathOfAPagesName: a base path that one of our own pages is called by
// works behind both kinds of proxy.
func TestBasePathOfAPagesName(t *testing.T) {
	t.Parallel()
	for base, answers := range map[string]map[string]int{
		"/demo":   {"/demo/shop": 200, "/demo/demo/shop": 200, "/demo/chats": 303, "/chats": 303, "/demo/login": 200, "/demo": 303, "/login": 200},
		"/chats":  {"/chats/login": 200, "/chats/chats": 303, "/chats/NOSUCH": 303, "/demo/shop": 200, "/chats/demo/shop": 200},
		"/widget": {"/widget": 200, "/widget/widget": 200, "/widget/login": 200, "/widget.js": 200, "/widget/widget.js": 200},
	} {
		p := startProgram(t, "AGENTDESK_DEMO", "true", "AGENTDESK_PUBLIC_URL", "http://localhost"+base)
		client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		for path, want := range answers {
			res, err := client.Get(p.ownOrigin() + path)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if res.StatusCode != want {
				t.Errorf("below %s, %s answers %d, want %d", base, path, res.StatusCode, want)
			}
		}
	}
}

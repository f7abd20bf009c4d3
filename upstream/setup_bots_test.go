package upstream

import (
	"context"
	"io"
	"net/http"
	"testing"

	"agentdesk/desk"
)

// TestSetupOverTheWeb says what bots and canned responses are at the
// Configuration API.
func TestSetupOverTheWeb(t *testing.T) {
	g := newRig(t, newServerAt(t, 37), func(o *Options) { o.Version = "3.7" })
	asked := map[string]string{}
	answer := func(name, body string) {
		g.server.mu.Lock()
		defer g.server.mu.Unlock()
		g.server.web[name] = func(w http.ResponseWriter, r *http.Request) {
			payload, _ := io.ReadAll(r.Body)
			g.server.mu.Lock()
			asked[name] = string(payload)
			g.server.mu.Unlock()
			_, _ = io.WriteString(w, body)
		}
	}
	answer("list_bots", `[{"id":"b1","name":"Helper","owner_client_id":"app","groups":[{"id":1,"priority":"normal"}]}]`)
	answer("list_canned_responses", `{"canned_responses":[{"id":7,"text":"Thanks","tags":["t"],"group_id":1}],"found_canned_responses":1}`)
	answer("reset_bot_secret", `{"secret":"s3"}`)
	answer("issue_bot_token", `{"token":"dal:bot"}`)
	for _, name := range []string{"create_bot", "delete_bot", "create_canned_response", "delete_canned_response"} {
		answer(name, `{}`)
	}
	s := withA(t, g)
	setup, err := s.Setup(context.Background())
	if err != nil || !setup.HasBots || len(setup.Bots) != 1 || setup.Bots[0].ClientID != "app" || setup.Bots[0].Groups[0] != 1 {
		t.Fatalf("the bots are %+v, %v", setup.Bots, err)
	}
	if !setup.HasCanned || len(setup.Canned) != 1 || setup.Canned[0].ID != 7 || setup.Canned[0].Tags[0] != "t" {
		t.Errorf("the canned responses are %+v", setup.Canned)
	}
	for _, c := range []struct {
		command desk.Command
		action  string
		payload string
		token   string
	}{
		{desk.CreateBot{Name: "Helper"}, "create_bot", `{"name":"Helper"}`, ""},
		{desk.DeleteBot{ID: "b1"}, "delete_bot", `{"id":"b1"}`, ""},
		{desk.IssueBotToken{ID: "b1"}, "issue_bot_token", `{"bot_id":"b1","client_id":"app","bot_secret":"s3","organization_id":"org"}`, "dal:bot"},
		{desk.AddCanned{Text: "Thanks", Group: 1}, "create_canned_response", `{"text":"Thanks","tags":[],"group_id":1}`, ""},
		{desk.DeleteCanned{ID: 7}, "delete_canned_response", `{"id":7}`, ""},
	} {
		res, err := s.Do(context.Background(), c.command)
		g.server.mu.Lock()
		got := asked[c.action]
		g.server.mu.Unlock()
		if err != nil || res.Token != c.token || !sameJSON(got, c.payload) {
			t.Errorf("%T sent %s, want %s (%+v, %v)", c.command, got, c.payload, res, err)
		}
	}
	if _, err := s.Do(context.Background(), desk.IssueBotToken{ID: "gone"}); codeOf(err) != desk.NotFound {
		t.Errorf("a bot that is not there gives %v", err)
	}
}

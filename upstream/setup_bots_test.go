package upstream

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
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

// TestCannedPages: canned responses are read to the end, but no more of them than a
// team can keep, also where the chat server's pages never end.
func TestCannedPages(t *testing.T) {
	for name, c := range map[string]struct {
		pages int // how many there are
		want  int
		asked int
	}{"three": {3, 300, 3}, "without end": {1 << 20, desk.MaxCanned, desk.MaxCanned / 100}} {
		g := newRig(t, newServerAt(t, 37), func(o *Options) { o.Version = "3.7" })
		asked := 0
		g.server.mu.Lock()
		g.server.web["list_canned_responses"] = func(w http.ResponseWriter, r *http.Request) {
			var in struct {
				Limit int    `json:"limit"`
				Page  string `json:"page_id"`
			}
			_ = json.NewDecoder(r.Body).Decode(&in)
			g.server.mu.Lock()
			defer g.server.mu.Unlock()
			if first := asked == 0; first != (in.Page == "") || first != (in.Limit > 0) || !first && in.Page != strconv.Itoa(asked) {
				t.Errorf("%s: request %d is %+v", name, asked, in)
			}
			out := map[string]any{}
			var list []map[string]any
			for i := range 100 {
				list = append(list, map[string]any{"id": asked*100 + i, "text": "x", "tags": []string{"t"}, "group_id": 0})
			}
			if asked++; asked < c.pages {
				out["next_page_id"] = strconv.Itoa(asked)
			}
			out["canned_responses"] = list
			_ = json.NewEncoder(w).Encode(out)
		}
		g.server.mu.Unlock()
		setup, err := withA(t, g).Setup(context.Background())
		if err != nil || len(setup.Canned) != c.want || setup.Canned[c.want-1].ID != int64(c.want-1) || asked != c.asked {
			t.Errorf("%s: %d responses in %d requests, %v", name, len(setup.Canned), asked, err)
		}
	}
}

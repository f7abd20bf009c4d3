package handlers

import (
	"net/http"
	"testing"

	"agentdesk/desk"
)

// An agent who is no administrator neither sees nor changes the settings.
func TestSettingsAreForAdministrators(t *testing.T) {
	h := newHouse(t, "").signIn()
	me := h.desk.board.Me()
	me.Permission = desk.RoleNormal
	h.desk.board.Reset(desk.Snapshot{Me: me})
	h.get("/settings").want(t, http.StatusForbidden, "Only administrators")
	for _, r := range (&Server{}).routes() {
		if s := samples[r.method+" "+r.path]; r.method == post && len(r.path) > 9 && r.path[:10] == "/settings/" {
			h.script(s.path, s.form).want(t, http.StatusForbidden, "Only administrators")
		}
	}
	if n := h.desk.commands(); len(n) > 0 {
		t.Errorf("carried out: %v", n)
	}
}

// A colleague's status is the chat server's to decide; its refusal is shown on
// the page.
func TestTeamStatusRefused(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.desk.fail = desk.Fail(desk.Forbidden, "You may not switch this agent.")
	h.post("/team/status", "agent_id=ben@example.com&status=accepting_chats").want(t, http.StatusForbidden, "You may not switch this agent.", "<h1>Team</h1>")
}

package handlers

import (
	"net/http"
	"testing"

	"agentdesk/desk"
)

// Errors and pages speak the agent's language, and the browser's where nobody is
// signed in.
func TestErrorsAreTranslated(t *testing.T) {
	h := newHouse(t, "")
	h.get("/nowhere", "Accept-Language", "pl").want(t, http.StatusNotFound, `lang="pl"`, "Pod tym adresem niczego nie ma.")
	h.get("/login?why=signed-out", "Accept-Language", "ar").want(t, http.StatusOK, `dir="rtl"`, "سُجّل خروجك.")
	h.signIn()
	h.desks.anna.board.SetPreferences(desk.Preferences{Language: "de"})
	h.get("/nowhere", "Accept-Language", "pl").want(t, http.StatusNotFound, `lang="de"`, "Unter dieser Adresse gibt es nichts.")
	h.post(inChat+"/tags", "tag=", "X-Desk", "1").want(t, http.StatusUnprocessableEntity, "Schreiben Sie ein Schlagwort.")
	h.get("/archives?from=never").want(t, http.StatusUnprocessableEntity, "Schreiben Sie einen Tag als Jahr-Monat-Tag")
}

// A sentence with a number is translated before the number is put in.
func TestErrorsWithNumbersAreTranslated(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.desks.anna.board.SetPreferences(desk.Preferences{Language: "es"})
	long := make([]byte, 20<<10)
	for i := range long {
		long[i] = 'x'
	}
	h.post(inChat+"/events", "custom_id=a1&text="+string(long), "X-Desk", "1").want(t, http.StatusUnprocessableEntity, "este tiene 20 kB")
}

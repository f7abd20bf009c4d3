package handlers

import (
	"net/http"
	"strings"
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

// Whatever refuses a request, before its route or behind it, says so in the
// agent's language, else the browser's, in each of the three shapes.
func TestRefusalsAreTranslated(t *testing.T) {
	const foreign, json = "https://elsewhere.example", "application/json"
	h := newHouse(t, "")
	large := "text=" + strings.Repeat("x", maxSmallForm)
	for _, signed := range []string{"", "de"} {
		polish, german := []string{"Accept-Language", "pl"}, signed != ""
		if german {
			h.signIn()
			h.desks.anna.board.SetPreferences(desk.Preferences{Language: signed})
		}
		for _, shape := range [][]string{{}, {"X-Desk", "1"}, {"Accept", json}} {
			with := append(append([]string{}, polish...), shape...)
			cross := append([]string{"Origin", foreign, "Sec-Fetch-Site", "cross-site"}, with...)
			says := func(pl, de string) string {
				if german {
					return de
				}
				return pl
			}
			h.post("/login", "", cross...).want(t, http.StatusForbidden, says("z innej witryny", "von einer anderen Website"))
			h.get("/nowhere", with...).want(t, http.StatusNotFound, says("Pod tym adresem niczego nie ma.", "Unter dieser Adresse gibt es nichts."))
			h.ask(http.MethodPut, "/login", nil, append([]string{"Sec-Fetch-Site", "same-origin"}, with...)...).
				want(t, http.StatusMethodNotAllowed, says("Ten adres nie przyjmuje", "Diese Adresse nimmt"))
			h.post("/login", large, with...).want(t, http.StatusRequestEntityTooLarge, says("To więcej", "Das ist mehr"))
		}
	}
}

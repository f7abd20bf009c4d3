package handlers

import (
	"net/http"
	"strings"
	"testing"
)

// TestSignInIsOfferedToStrangers: only they are asked to sign in, also at an
// address that leads nowhere.
func TestSignInIsOfferedToStrangers(t *testing.T) {
	h := newHouse(t, "")
	const offer = `href="/login"`
	stranger := h.get("/nowhere")
	stranger.want(t, http.StatusNotFound, offer)
	h.signIn()
	known := h.get("/nowhere")
	known.want(t, http.StatusNotFound, `class="rail"`, `href="/chats"`)
	if strings.Contains(known.body, offer) {
		t.Error("somebody who is signed in is asked to sign in")
	}
	if r := h.ask(http.MethodPut, "/chats", nil); strings.Contains(r.body, offer) {
		t.Errorf("%d asks somebody who is signed in to sign in", r.status)
	}
}

// TestCutForms: nothing of a form that did not come whole is done.
func TestCutForms(t *testing.T) {
	const kind, head = "multipart/form-data; boundary=XX", "--XX\r\nContent-Disposition: form-data; name=\"tag\"\r\n\r\nrefund\r\n--XX"
	for name, body := range map[string]string{"after a border": head + "\r\n", "in the border": head + "-", "in a part": head[:len(head)-8]} {
		h := newHouse(t, "").signIn()
		h.post(inChat+"/tags", body, "Content-Type", kind).want(t, http.StatusBadRequest)
		if done := h.desks.anna.commands(); len(done) > 0 {
			t.Errorf("cut %s: %v was done", name, done)
		}
		h.post(inChat+"/tags", head+"--\r\n", "Content-Type", kind).want(t, http.StatusSeeOther)
		whole := strings.ReplaceAll(head, `"tag"`, `"chat"`)
		whole = strings.Replace(whole, "refund", chatOpen, 1) + "\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nCarla\r\n--XX--"
		h.post(ofCustomer, whole, "Content-Type", kind).want(t, http.StatusSeeOther)
	}
}

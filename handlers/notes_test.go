package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"agentdesk/desk"
)

const notesPath = "/customers/" + customer + "/notes"

// TestNotes goes through what becomes of a note: it is written beside a chat,
// stands on the customer's page too, is changed by its author and deleted by
// administrators.
func TestNotes(t *testing.T) {
	var db Notes
	h := newHouse(t, "", func(o *Options) { db, o.Now = o.Notes, func() time.Time { return moment } }).signIn()
	list := func() []desk.CustomerNote {
		t.Helper()
		list, err := db.CustomerNotes(t.Context(), "", customer)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	before := h.hub.Position(agentAnna)
	text := url.QueryEscape("  Calls at <b>noon</b>\r\nnever on Mondays ")
	if r := h.post(notesPath, "text="+text+"&chat="+chatOpen); r.status != http.StatusSeeOther || r.header.Get("Location") != inChat {
		t.Fatalf("%d to %s", r.status, r.header.Get("Location"))
	}
	if h.hub.Position(agentAnna) == before {
		t.Error("pages that are open go on without the note")
	}
	for _, page := range []string{inChat, "/customers/" + customer} {
		h.get(page).want(t, http.StatusOK, "Calls at &lt;b&gt;noon&lt;/b&gt;\nnever on Mondays", "Only agents see this", "<bdi>You</bdi>")
	}
	own := list()[0]
	if own.Author != agentAnna || own.Name != "Anna" || !own.At.Equal(moment) || !own.Changed.IsZero() {
		t.Errorf("kept %+v", own)
	}
	if r := h.post(notesPath, "id="+own.ID+"&text=Calls+at+one"); r.status != http.StatusSeeOther || r.header.Get("Location") != "/customers/"+customer {
		t.Errorf("changed: %d to %s", r.status, r.header.Get("Location"))
	}
	if now := list()[0]; now.Text != "Calls at one" || !now.Changed.Equal(moment) {
		t.Errorf("changed to %+v", now)
	}

	foreign := desk.CustomerNote{ID: "ben1", CustomerID: customer, Author: "ben@example.com", Name: "Ben", Text: "Bites", At: moment}
	if err := db.AddCustomerNote(t.Context(), "", foreign); err != nil {
		t.Fatal(err)
	}
	h.script(notesPath, "id=ben1&text=Does+not+bite").want(t, http.StatusForbidden, "Only the one who wrote a note changes it.")
	h.become(desk.RoleNormal)
	h.script(notesPath+"/remove", "id=ben1").want(t, http.StatusForbidden, "Only administrators")
	h.become(desk.RoleAdministrator)
	h.post(notesPath+"/remove", "id=ben1").want(t, http.StatusSeeOther)
	h.post(notesPath+"/remove", "id="+own.ID).want(t, http.StatusSeeOther)
	if n := list(); len(n) > 0 {
		t.Errorf("left are %+v", n)
	}
	h.script(notesPath+"/remove", "id="+own.ID).want(t, http.StatusNotFound, noNote)
}

// A refused note comes back as it was written, with one reason beside it.
func TestRefusedNotes(t *testing.T) {
	h := newHouse(t, "").signIn()
	long := "text=" + strings.Repeat("x", desk.MaxNoteBytes+1)
	for _, where := range []string{"", "&chat=" + chatOpen} {
		r := h.post(notesPath, long+where)
		r.want(t, http.StatusUnprocessableEntity, `id="wrong-note">This is too long`, strings.Repeat("x", desk.MaxNoteBytes+1))
		if n := strings.Count(r.body, "This is too long"); n != 1 {
			t.Errorf("%s: the reason stands %d times", where, n)
		}
		if r := h.script(notesPath, "text=+"+where); r.status != http.StatusUnprocessableEntity || r.header.Get("X-Field") != "text" {
			t.Errorf("our script: %d, field %q", r.status, r.header.Get("X-Field"))
		}
	}
	h.script("/customers/stranger/notes", "text=x").want(t, http.StatusNotFound)
	h.script("/customers/stranger/notes", "text=x&chat="+chatOpen).want(t, http.StatusNotFound, "not part of this chat")
	h.script(notesPath, "text=x&chat="+chatOther).want(t, http.StatusNotFound)
}

// Notes are the dashboard's own: beside a chat they go on while the chat server is
// away.
func TestNotesWithoutChatServer(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.desk.set(func() { h.desk.down = true })
	h.post(notesPath, "text=x&chat="+chatOpen).want(t, http.StatusSeeOther)
}

func TestHistory(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.get(inChat+"/history").want(t, http.StatusOK, `data-part="threads"`, `data-part="files"`, `href="/chats/`+chatOpen+"/threads/"+threadOld+`"`, "I forgot my")
	h.get(inChat+"/history?before="+threadOld).want(t, http.StatusOK, "I forgot my")
	h.get(inChat+"/history?before=NOTHING").want(t, http.StatusNotFound)
	h.get("/chats/"+chatOther+"/history").want(t, http.StatusNotFound)
}

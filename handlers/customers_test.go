package handlers

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"agentdesk/desk"
)

// The address of the customers page has the whole query; what makes no sense is
// refused in one sentence.
func TestCustomerQuery(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.get("/customers?name=+Zoe&email=zoe@&country=Poland&from=search&visits=3&group=2&stage=waiting&sort=visits&page=n").want(t, http.StatusOK)
	want := desk.CustomerQuery{Name: "Zoe", Email: "zoe@", Country: "Poland", From: "search", Visits: 3, Groups: []int{2}, Stage: desk.StageWaiting, Sort: desk.ByVisits, Page: "n"}
	if d := cmp.Diff(want, h.desk.asked); d != "" {
		t.Error(d)
	}
	h.get("/customers?stage=mine").want(t, http.StatusOK, "In my chats")
	for _, bad := range []string{"stage=asleep", "sort=size", "visits=0", "visits=many", "group=-1"} {
		h.get("/customers?"+bad).want(t, http.StatusBadRequest)
	}
}

// A customer whose chat goes on leads to it, everybody else to a new chat.
func TestCustomersLeadToChats(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.get("/customers").want(t, http.StatusOK, "Looking around", `data-action="start-chat"`)
	row, _ := h.desk.board.Row(chatOpen)
	h.desk.set(func() { h.desk.rows = map[string]desk.Row{customer: row} })
	h.get("/customers").want(t, http.StatusOK, "Chatting", `href="`+inChat+`"`)
}

// A page that asks for itself again is not use: a session that nobody uses ends,
// whatever page was left open.
func TestRenewingIsNotUse(t *testing.T) {
	h := newHouse(t, "").signIn()
	seen := func() time.Time {
		t.Helper()
		list, err := h.auth.Sessions(t.Context(), agentAnna)
		if err != nil || len(list) != 1 {
			t.Fatalf("%d sessions, %v", len(list), err)
		}
		return list[0].SeenAt
	}
	h.get(ofCustomer).want(t, http.StatusOK)
	before := seen()
	h.later.Add(int64(time.Hour))
	for _, path := range []string{"/customers", ofCustomer, "/inspector"} {
		h.get(path, "X-Desk", "1").want(t, http.StatusOK)
	}
	if now := seen(); !now.Equal(before) {
		t.Errorf("renewing counts as use %s later", now.Sub(before))
	}
	h.get("/customers").want(t, http.StatusOK)
	if !seen().After(before) {
		t.Error("looking does not count")
	}
}

package handlers

import (
	"net/http"
	"testing"

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

package handlers

import (
	"net/http"
	"reflect"
	"strings"
	"testing"

	"agentdesk/desk"
)

// An event's page hangs on every page that shows it, and its forms are about that
// event.
func TestEvent(t *testing.T) {
	h := newHouse(t, "").signIn()
	for path, action := range map[string]string{
		inChat + "?event=E1":                                     `action="` + inEvent + `/properties"`,
		inChat + "/threads/THREADNEW1?event=E1":                  `action="` + inEvent + `/properties"`,
		inChat + "/threads/" + threadOld + "?event=O1":           `action="` + inChat + "/threads/" + threadOld + `/events/O1/properties"`,
		"/archives/" + chatOpen + "/" + threadOld + "?event=O1":  `action="` + inChat + "/threads/" + threadOld + `/events/O1/properties"`,
		inChat + "/threads/" + threadOld + "?event=O1&list=mine": `href="` + inChat + "/threads/" + threadOld + `"`,
		inChat + "?before=E1&event=E1":                           `href="` + inChat + `"`,
	} {
		h.get(path).want(t, http.StatusOK, action, `name="namespace"`)
	}
	for path, status := range map[string]int{
		inChat + "?event=nowhere":                                http.StatusNotFound,
		inChat + "?event=":                                       http.StatusBadRequest,
		inChat + "?event=" + strings.Repeat("x", maxID+1):        http.StatusBadRequest,
		inChat + "/threads/" + threadOld + "?event=E1":           http.StatusNotFound,
		"/chats/" + chatOther + "?event=E1":                      http.StatusNotFound,
		"/archives/" + chatOther + "/" + threadOld + "?event=O1": http.StatusNotFound,
	} {
		h.get(path).want(t, status)
	}
	before := len(h.desk.commands())
	if to := h.post(inEvent+"/properties", "namespace=ns&name=n&value=v").to(); to != inChat+"/threads/THREADNEW1?event=E1" {
		t.Errorf("it goes on to %q", to)
	}
	h.post(inEvent+"/properties/remove", "namespace=ns&name=n").want(t, http.StatusSeeOther)
	want := []desk.Command{
		desk.SetProperties{ChatID: chatOpen, ThreadID: "THREADNEW1", EventID: "E1", Properties: desk.Properties{"ns": {"n": "v"}}},
		desk.DeleteProperty{ChatID: chatOpen, ThreadID: "THREADNEW1", EventID: "E1", Namespace: "ns", Name: "n"},
	}
	if got := h.desk.commands()[before:]; !reflect.DeepEqual(got, want) {
		t.Errorf("asked for %+v", got)
	}
	h.post(inEvent+"/properties", "namespace=ns").want(t, http.StatusUnprocessableEntity, "Name a property.", `<details class="fold" open>`)
}

// The agent's own menu: two switches that say what they want, so that two tabs do
// not undo each other.
func TestOwnChoices(t *testing.T) {
	h := newHouse(t, "").signIn()
	for _, c := range []struct {
		path, form string
		want       desk.Command
	}{
		{"/away", "on=true", desk.SetAway{Away: true}}, {"/away", "on=false", desk.SetAway{}},
		{"/preview", "on=true", desk.SetPreview{On: true}}, {"/preview", "on=false", desk.SetPreview{}},
		{inChat + "/preview", "text=half+a+wo", desk.ShowPreview{ChatID: chatOpen, Text: "half a wo"}},
		{inChat + "/set-access", "group=2", desk.SetAccess{ChatID: chatOpen, GroupID: 2}},
	} {
		before := len(h.desk.commands())
		h.script(c.path, c.form).want(t, http.StatusNoContent)
		if got := h.desk.commands()[before:]; len(got) != 1 || got[0] != c.want {
			t.Errorf("%s %s asks for %+v", c.path, c.form, got)
		}
	}
}

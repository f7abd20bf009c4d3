package handlers

import (
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"agentdesk/desk"
)

const ofCustomer = "/customers/" + customer

// places are where forms about a customer stand: on her page, and beside a chat.
var places = []string{"", "&chat=" + chatOpen}

// A refused form about a customer comes back as it was sent, with the reason
// beside its field; our script is told which field it is.
func TestRefusedCustomer(t *testing.T) {
	for _, c := range []struct{ form, field, text string }{
		{"name=Carla&email=carla", "email", "This is not an e-mail address."},
		{"name=Carla&phone=12345", "phone", "Write the number with its country"},
		{"name=", "name", "Write a name or an e-mail address."},
		{"name=" + strings.Repeat("x", maxLabel+1), "name", "This is too long"},
	} {
		h := newHouse(t, "").signIn()
		me := h.desk.board.Me()
		me.Can.Phones = true
		h.desk.board.Reset(desk.Snapshot{Me: me, Chats: []desk.Chat{{ID: chatOpen, Loaded: true, Users: []desk.Person{{ID: customer, Name: "Carla"}}, Thread: desk.Thread{ID: "T", Active: true}}}})
		for _, where := range places {
			r := h.post(ofCustomer, c.form+where)
			r.want(t, http.StatusUnprocessableEntity, `aria-describedby="wrong-`+c.field+`"`, `id="wrong-`+c.field+`">`+c.text)
			if n := strings.Count(r.body, c.text); n != 1 {
				t.Errorf("%.40s%s: the reason stands %d times", c.form, where, n)
			}
		}
		reply := h.script(ofCustomer, c.form)
		reply.want(t, http.StatusUnprocessableEntity, c.text)
		if got := reply.header.Get("X-Field"); got != c.field {
			t.Errorf("%s: our script is told of field %q", c.form, got)
		}
		if n := h.desk.commands(); len(n) > 0 {
			t.Errorf("carried out: %v", n)
		}
	}
}

func TestCustomerForms(t *testing.T) {
	h := newHouse(t, "").signIn()
	for _, c := range []struct {
		path string
		form url.Values
		want desk.Command
	}{
		{ofCustomer, url.Values{"phone": {"+49 (40) 123-456"}}, desk.UpdateCustomer{CustomerID: customer, Phone: "+4940123456"}},
		{ofCustomer + "/fields", url.Values{"field": {"Plan", "Cart", ""}, "value": {"Basic", "", ""}},
			desk.UpdateCustomer{CustomerID: customer, Fields: []desk.Field{{Name: "Plan", Value: "Basic"}, {Name: "Cart"}}}},
		{ofCustomer + "/fields", url.Values{"field": {" size "}, "value": {"M"}}, desk.UpdateCustomer{CustomerID: customer, Fields: []desk.Field{{Name: "size", Value: "M"}}}},
		{ofCustomer + "/fields", url.Values{"field": {"a", "a"}, "value": {"1", "2"}}, nil},
		{ofCustomer + "/fields", url.Values{"field": {"a", ""}, "value": {"1", "2"}}, nil},
		{ofCustomer + "/fields", url.Values{"field": {""}, "value": {""}}, nil},
		{inChat + "/properties/remove", url.Values{"namespace": {"ns"}, "name": {"n"}}, desk.DeleteProperty{ChatID: chatOpen, Namespace: "ns", Name: "n"}},
		{inChat + "/properties", url.Values{"thread_id": {"T"}, "namespace": {"ns"}, "name": {"n"}, "value": {"v"}},
			desk.SetProperties{ChatID: chatOpen, ThreadID: "T", Properties: desk.Properties{"ns": {"n": "v"}}}},
		{inChat + "/give-access", url.Values{"group": {"2"}}, desk.GiveAccess{ChatID: chatOpen, GroupID: 2}},
		{inChat + "/take-access", url.Values{"group": {"0"}}, desk.TakeAccess{ChatID: chatOpen}},
	} {
		before := len(h.desk.commands())
		c.form.Set("chat", chatOpen)
		reply := h.script(c.path, c.form.Encode())
		if c.want == nil {
			reply.want(t, http.StatusUnprocessableEntity)
			continue
		}
		reply.want(t, http.StatusNoContent)
		if got := h.desk.commands()[before:]; len(got) != 1 || !reflect.DeepEqual(got[0], c.want) {
			t.Errorf("%s %v asks for %+v", c.path, c.form, got)
		}
	}
}

// A refused form about session fields comes back as it was sent, with the reason
// beside the field; our script is told which one it is.
func TestRefusedSessionFields(t *testing.T) {
	for _, c := range []struct{ form, field, text string }{
		{"field=&value=M", "field:0", "Write the name of the new field."},
		{"field=size&value=M&field=size&value=L", "field:1", "There is a field of this name already."},
		{"field=size&value=M&field=&value=x", "field:1", "Write the name of the new field."},
		{"field=size&value=" + strings.Repeat("x", maxFieldValue+1), "value:0", "This is too long"},
		{"field=&value=", "field:0", "Write the name of the new field."},
	} {
		h := newHouse(t, "").signIn()
		for _, where := range places {
			h.post(ofCustomer+"/fields", c.form+where).want(t, http.StatusUnprocessableEntity, `aria-describedby="wrong-session"`, `id="wrong-session">`+c.text)
		}
		reply := h.script(ofCustomer+"/fields", c.form)
		reply.want(t, http.StatusUnprocessableEntity, c.text)
		if got := reply.header.Get("X-Field"); got != c.field {
			t.Errorf("%.40s: our script is told of field %q, want %q", c.form, got, c.field)
		}
		if n := h.desk.commands(); len(n) > 0 {
			t.Errorf("carried out: %v", n)
		}
	}
}

// Only administrators lift a ban, from the chat and from the customer's page too.
func TestUnban(t *testing.T) {
	h := newHouse(t, "").signIn()
	for _, where := range places {
		h.post(ofCustomer+"/unban", where).want(t, http.StatusSeeOther)
	}
	if got := h.desk.commands(); len(got) != 2 || got[0] != (desk.LiftBan{CustomerID: customer}) || got[1] != got[0] {
		t.Errorf("carried out: %v", got)
	}
	h.become(desk.RoleNormal)
	h.script(ofCustomer+"/unban", "").want(t, http.StatusForbidden, "Only administrators")
}

// What is asked about a customer leads back to where it was asked, and her own
// page offers what the panel beside a chat does.
func TestCustomerFormsLeadBack(t *testing.T) {
	h := newHouse(t, "/desk").signIn()
	me := h.desk.board.Me()
	me.Can.FollowCustomers = true
	h.desk.board.Reset(desk.Snapshot{Me: me, Chats: []desk.Chat{{ID: chatOpen, Loaded: true, Users: []desk.Person{{ID: customer, Name: "Carla"}}, Thread: desk.Thread{ID: "T", Active: true}}}})
	for path, form := range map[string]string{"": "name=Zoe", "/fields": "field=size&value=M", "/ban": "days=3", "/unban": "", "/follow": "", "/unfollow": ""} {
		for where, back := range map[string]string{"": "/desk" + ofCustomer, "&chat=" + chatOpen: "/desk" + inChat} {
			r := h.post(ofCustomer+path, form+where)
			if r.want(t, http.StatusSeeOther); r.to() != back {
				t.Errorf("%s%s leads to %s, want %s", path, where, r.to(), back)
			}
		}
	}
	for page, back := range map[string]string{inChat: `name="chat" value="` + chatOpen + `"`, ofCustomer: `action="/desk` + ofCustomer + `"`} {
		h.get(page).want(t, http.StatusOK, back, `data-action="customer"`, `data-action="fields"`, `data-action="ban"`, `data-action="follow-customer"`)
	}
	if r := h.get(ofCustomer); strings.Contains(r.body, `name="chat"`) {
		t.Error("the customer's own page leads to a chat")
	}
	h.desk.set(func() { h.desk.fail = desk.Fail(desk.Conflict, "This customer is banned.") })
	h.post(ofCustomer, "name=Zoe+Quill").want(t, http.StatusConflict, `class="reason"`, "This customer is banned.", `value="Zoe Quill"`)
}

package engine

import (
	"strings"
	"testing"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
)

// TestOmnichannel follows a customer's accounts through the three spellings of
// the documents.
func TestOmnichannel(t *testing.T) {
	e := newEngine(t, Settings{})
	anna := watching(t, e, "anna", "online")
	g := arrive(t, e, "Mia")
	change := func(text string) error {
		var o protocol.Omnichannel
		if err := json.Unmarshal([]byte(text), &o); err != nil {
			t.Fatal(err)
		}
		return e.UpdateCustomer(t.Context(), anna.by, g.by.ID, CustomerChange{Omnichannel: &o})
	}
	for text, field := range map[string]string{
		`{"fbmessenger":{}}`: "omnichannel.fbmessenger.id",
		`{"fbmessenger":{"id":"1","first_name":"` + strings.Repeat("x", 300) + `"}}`: "omnichannel.fbmessenger.first_name",
		`{"fbmessenger":{"id":"1","profile_pic":"javascript:x"}}`:                    "omnichannel.fbmessenger.profile_pic",
		`{"twilio":{}}`:                      "omnichannel.twilio.phone_number",
		`{"twilio":{"phone_number":"0123"}}`: "omnichannel.twilio.phone_number",
	} {
		wantInvalid(t, change(text), field)
	}
	for _, step := range []struct{ change, push, read string }{
		{
			`{"fbmessenger":{"id":"1","name":"Mia M","first_name":"Mia","profile_pic":"https://x.example/m.png","is_verified_user":true}}`,
			`{"fb_messenger":[{"id":"1","name":"Mia M"}]}`,
			`{"fb_messenger":[{"ID":"1","Name":"Mia M","FirstName":"Mia","ProfilePicURL":"https://x.example/m.png","IsVerifiedUser":true}]}`,
		},
		{
			`{"twilio":{"phone_number":"+48123456789"}}`, `{"twilio":[{"phone_number":"+48123456789"}]}`,
			`{"fb_messenger":[{"ID":"1","Name":"Mia M","FirstName":"Mia","ProfilePicURL":"https://x.example/m.png","IsVerifiedUser":true}],"twilio":[{"phone_number":"+48123456789"}]}`,
		},
	} {
		anna.forget()
		if err := change(step.change); err != nil {
			t.Fatal(err)
		}
		p := take[map[string]any](t, anna.ear, protocol.PushCustomerUpdated)
		if len(p) != 1 || string(protocol.MustEncode(p[0]["omnichannel"])) != step.push {
			t.Errorf("customer_updated = %v, want %s", p, step.push)
		}
		u := must(e.GetCustomer(t.Context(), anna.by, g.by.ID))
		if got := string(u.Omnichannel); got != step.read {
			t.Errorf("get_customer: %s, want %s", got, step.read)
		}
	}
}

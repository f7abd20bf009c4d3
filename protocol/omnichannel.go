package protocol

import "github.com/go-json-experiment/json/jsontext"

// Omnichannel is what update_customer says about a customer's accounts elsewhere
// (3.6). What is given replaces the account of that kind.
//
// Documents spell the same three times. Customers have it as
// {"fb_messenger":[{"ID",…}],"twilio":[…]}, customer_updated as
// {"fb_messenger":[{"id","name"}],"twilio":[…]}: see Accounts and Changed.
type Omnichannel struct {
	Facebook *FacebookUser `json:"fbmessenger,omitzero"`
	Twilio   *TwilioUser   `json:"twilio,omitzero"`
}

// FacebookUser is an account of Facebook Messenger. ID is required.
type FacebookUser struct {
	ID         string `json:"id"`
	Name       string `json:"name,omitzero"`
	FirstName  string `json:"first_name,omitzero"`
	LastName   string `json:"last_name,omitzero"`
	ProfilePic string `json:"profile_pic,omitzero"`
	Gender     string `json:"gender,omitzero"`
	Locale     string `json:"locale,omitzero"`
	IsVerified bool   `json:"is_verified_user,omitzero"`
}

// TwilioUser is a number that messages come from, in the form of E.164.
type TwilioUser struct {
	PhoneNumber string `json:"phone_number"`
}

// Accounts are a customer's accounts as the structure Customer has them.
type Accounts struct {
	Facebook []FacebookAccount `json:"fb_messenger,omitempty"`
	Twilio   []TwilioUser      `json:"twilio,omitempty"`
}

// FacebookAccount is a FacebookUser in the spelling of the structure Customer.
type FacebookAccount struct {
	ID            string `json:"ID"`
	Name          string `json:"Name,omitzero"`
	FirstName     string `json:"FirstName,omitzero"`
	LastName      string `json:"LastName,omitzero"`
	ProfilePicURL string `json:"ProfilePicURL,omitzero"`
	Gender        string `json:"Gender,omitzero"`
	Locale        string `json:"Locale,omitzero"`
	IsVerified    bool   `json:"IsVerifiedUser,omitzero"`
}

// Accounts is how the structure Customer tells it, see Accounts; nil where there
// is nothing.
func (o *Omnichannel) Accounts() jsontext.Value {
	if o == nil {
		return nil
	}
	var out Accounts
	if f := o.Facebook; f != nil {
		out.Facebook = []FacebookAccount{{
			ID: f.ID, Name: f.Name, FirstName: f.FirstName, LastName: f.LastName, ProfilePicURL: f.ProfilePic,
			Gender: f.Gender, Locale: f.Locale, IsVerified: f.IsVerified,
		}}
	}
	if o.Twilio != nil {
		out.Twilio = []TwilioUser{*o.Twilio}
	}
	return MustEncode(out)
}

// Changed is how customer_updated tells it.
func (o *Omnichannel) Changed() map[string]any {
	out := map[string]any{}
	if f := o.Facebook; f != nil {
		out["fb_messenger"] = []map[string]string{{"id": f.ID, "name": f.Name}}
	}
	if o.Twilio != nil {
		out["twilio"] = []TwilioUser{*o.Twilio}
	}
	return out
}

package engine

import (
	"net/url"
	"regexp"
	"strings"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// Limits of what is known of a customer.
const (
	maxFields = 100
	maxName   = 255
)

// phone is a number in the form of E.164.
var phone = regexp.MustCompile(`^\+[1-9][0-9]{1,14}$`)

// CustomerChange is a change of a customer's data; nil leaves a field as it is.
type CustomerChange struct {
	Name          *string
	Email         *string
	Avatar        *string
	Phone         *string           // E.164
	Address       *protocol.Address // whole
	Omnichannel   *protocol.Omnichannel
	SessionFields []map[string]string // nil: as it is
	AddFields     bool                // SessionFields are added instead of replacing all
}

// empty reports whether nothing is to be changed.
func (ch CustomerChange) empty() bool {
	return ch.Name == nil && ch.Email == nil && ch.Avatar == nil && ch.Phone == nil && ch.Address == nil && ch.Omnichannel == nil &&
		ch.SessionFields == nil
}

func (ch CustomerChange) apply(c *store.Customer) error {
	if err := checkAddress(ch.Address); err != nil {
		return err
	}
	if err := checkOmnichannel(ch.Omnichannel); err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		from *string
		to   *string
	}{{"name", ch.Name, &c.Name}, {"email", ch.Email, &c.Email}, {"avatar", ch.Avatar, &c.Details.Avatar}, {"phone_number", ch.Phone, &c.Details.Phone}} {
		if f.from == nil {
			continue
		}
		v := strings.TrimSpace(*f.from)
		if len(v) > maxName*8 || f.name != "avatar" && len(v) > maxName {
			return invalid(f.name, "is too long")
		}
		*f.to = v
	}
	if ch.Avatar != nil && c.Details.Avatar != "" && !webAddress(c.Details.Avatar) {
		return invalid("avatar", "must be an http or https address")
	}
	if ch.Email != nil && c.Email != "" && !strings.Contains(c.Email, "@") {
		return invalid("email", "is not an e-mail address")
	}
	if ch.Phone != nil && c.Details.Phone != "" && !phone.MatchString(c.Details.Phone) {
		return invalid("phone_number", "must be written like +15551234567 (E.164)")
	}
	if ch.Address != nil {
		c.Details.Address = ch.Address
	}
	if ch.Omnichannel != nil {
		c.Details.Omnichannel = mergeChannels(c.Details.Omnichannel, ch.Omnichannel)
	}
	if ch.SessionFields == nil {
		return nil
	}
	fields, err := mergeFields(c.Details.SessionFields, ch)
	c.Details.SessionFields = fields
	return err
}

func mergeFields(have []map[string]string, ch CustomerChange) ([]map[string]string, error) {
	var out []map[string]string
	given := map[string]bool{}
	for _, f := range ch.SessionFields {
		if len(f) != 1 {
			return nil, invalid("session_fields", "must be a list of objects with one key each")
		}
		for k, v := range f {
			if k == "" || len(k) > maxName || len(v) > 1024 {
				return nil, invalid("session_fields", "has a key or value that is too long")
			}
			given[k] = true
		}
	}
	if ch.AddFields {
		for _, f := range have {
			for k := range f {
				if !given[k] {
					out = append(out, f)
				}
			}
		}
	}
	if out = append(out, ch.SessionFields...); len(out) > maxFields {
		return nil, invalid("session_fields", "has more than 100 fields")
	}
	return out, nil
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// view is the push: the id and what changed.
func (ch CustomerChange) view(id string, c *store.Customer) map[string]any {
	v := map[string]any{"id": id, "type": protocol.UserCustomer}
	if ch.Name != nil {
		v["name"] = c.Name
	}
	if ch.Email != nil {
		v["email"] = c.Email
	}
	if ch.Avatar != nil {
		v["avatar"] = c.Details.Avatar
	}
	if ch.Phone != nil {
		v["phone_number"] = c.Details.Phone
	}
	if ch.Address != nil {
		v["address"] = c.Details.Address
	}
	if ch.Omnichannel != nil {
		v["omnichannel"] = ch.Omnichannel.Changed()
	}
	if ch.SessionFields != nil {
		v["session_fields"] = c.Details.SessionFields
	}
	return v
}

func checkAddress(a *protocol.Address) error {
	if a == nil {
		return nil
	}
	for _, f := range [][2]string{{"address", a.Address}, {"city", a.City}, {"country", a.Country}, {"state", a.State}, {"postal_code", a.PostalCode}} {
		if len(f[1]) > maxName {
			return invalid("address."+f[0], "is too long")
		}
	}
	a.Extra = nil
	return nil
}

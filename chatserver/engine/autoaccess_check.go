package engine

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// Limits of one rule.
const (
	maxDescription = 1000 // bytes
	maxMatches     = 200
)

// applyRule changes a rule as far as fields are given.
func (e *Engine) applyRule(ch AutoAccessChange, r *store.AutoAccess) error {
	if ch.Access != nil {
		if len(ch.Access.Groups) == 0 {
			return invalid("access.groups", "is required")
		}
		if err := e.checkGroups("access.groups", ch.Access.Groups); err != nil {
			return err
		}
		r.Access = *ch.Access
	}
	if ch.Description != nil {
		if len(*ch.Description) > maxDescription {
			return invalid("description", "is too long")
		}
		r.Description = *ch.Description
	}
	if ch.Conditions != nil {
		if err := checkConditions("conditions", ch.Conditions); err != nil {
			return err
		}
		r.Conditions = *ch.Conditions
	}
	return nil
}

func checkConditions(at string, c *store.Conditions) error {
	if c.URL == nil && c.Domain == nil && c.Geolocation == nil && len(c.ChatProperties) == 0 {
		return invalid(at, "must have at least one of url, domain and geolocation")
	}
	for name, m := range map[string]*store.TextMatch{"url": c.URL, "domain": c.Domain} {
		if m != nil {
			if err := checkTexts(at+"."+name, m); err != nil {
				return err
			}
		}
	}
	if c.Geolocation != nil {
		if n := len(c.Geolocation.Values); n == 0 || n > maxMatches {
			return invalid(at+".geolocation.values", "must have 1 to 200 elements")
		}
		for i, p := range c.Geolocation.Values {
			if p == (store.Place{}) || len(p.Country)+len(p.CountryCode)+len(p.Region)+len(p.City) > 4*maxName {
				return invalid(fmt.Sprintf("%s.geolocation.values.%d", at, i), "must name a country, country_code, region or city")
			}
		}
	}
	return checkPropertyMatches(at+".chat_properties", c.ChatProperties)
}

func checkTexts(at string, m *store.TextMatch) error {
	if (len(m.Values) == 0) == (len(m.ExcludeValues) == 0) {
		return invalid(at, "must have either values or exclude_values")
	}
	if len(m.Values)+len(m.ExcludeValues) > maxMatches {
		return invalid(at, "has more than 200 values")
	}
	for i, v := range slices.Concat(m.Values, m.ExcludeValues) {
		if v.Value == "" || len(v.Value) > maxAddress {
			return invalid(fmt.Sprintf("%s.%d.value", at, i), "must be 1 to 2048 bytes long")
		}
	}
	return nil
}

func checkPropertyMatches(at string, by map[string]map[string]store.PropertyMatch) error {
	for ns, names := range by {
		for name, m := range names {
			here := at + "." + ns + "." + name
			given := 0
			for _, set := range []bool{m.Exists != nil, len(m.Values) > 0, len(m.ExcludeValues) > 0} {
				if set {
					given++
				}
			}
			if given != 1 || len(m.Values)+len(m.ExcludeValues) > maxMatches {
				return invalid(here, "must have one of exists, values and exclude_values")
			}
			for _, v := range slices.Concat(m.Values, m.ExcludeValues) {
				if k := v.Kind(); k != '"' && k != '0' && k != 't' && k != 'f' {
					return invalid(here, "must list strings, numbers or booleans")
				}
			}
		}
	}
	return nil
}

// ruleFits reports whether all conditions of a rule hold for a customer and for the
// properties of the chat he begins.
func ruleFits(c store.Conditions, who *store.Customer, chat protocol.Properties) bool {
	url, place := "", protocol.Geolocation{}
	if v := who.Details.Visit; v != nil {
		if n := len(v.LastPages); n > 0 {
			url = v.LastPages[n-1].URL
		}
		if v.Geolocation != nil {
			place = *v.Geolocation
		}
	}
	return matches(c.URL, url) && matches(c.Domain, domainOf(url)) && inPlace(c.Geolocation, place) && hasProperties(c.ChatProperties, chat)
}

func matches(m *store.TextMatch, text string) bool {
	if m == nil {
		return true
	}
	one := func(v store.TextValue) bool {
		if v.Exact {
			return strings.EqualFold(text, v.Value)
		}
		return strings.Contains(strings.ToLower(text), strings.ToLower(v.Value))
	}
	if len(m.ExcludeValues) > 0 {
		return !slices.ContainsFunc(m.ExcludeValues, one)
	}
	return text != "" && slices.ContainsFunc(m.Values, one)
}

func inPlace(m *store.PlaceMatch, at protocol.Geolocation) bool {
	same := func(want, have string) bool { return want == "" || strings.EqualFold(want, have) }
	return m == nil || slices.ContainsFunc(m.Values, func(p store.Place) bool {
		return same(p.Country, at.Country) && same(p.CountryCode, at.CountryCode) && same(p.Region, at.Region) && same(p.City, at.City)
	})
}

func hasProperties(want map[string]map[string]store.PropertyMatch, have protocol.Properties) bool {
	for ns, names := range want {
		for name, m := range names {
			v, exists := have[ns][name]
			same := func(w jsontext.Value) bool { return string(w) == string(v) }
			switch {
			case m.Exists != nil && *m.Exists != exists,
				len(m.Values) > 0 && !slices.ContainsFunc(m.Values, same),
				slices.ContainsFunc(m.ExcludeValues, same):
				return false
			}
		}
	}
	return true
}

// autoAccess gives a chat that its customer begins, without saying for which
// groups, those of the first rule that fits. Where none does the chat keeps what
// it has.
func (w *work) autoAccess(d *draft, given *protocol.Access) error {
	rules := w.e.dir.Load().rules
	if len(rules) == 0 || !w.by.IsCustomer() || given != nil && len(given.GroupIDs) > 0 {
		return nil
	}
	who, err := w.customer(d.CustomerID)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(rules, func(r store.AutoAccess) bool { return ruleFits(r.Conditions, who, d.Properties) }); i >= 0 {
		d.Access, d.regroup = slices.Clone(rules[i].Access.Groups), true
	}
	return nil
}

// domainOf is the host of an address, or nothing.
func domainOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

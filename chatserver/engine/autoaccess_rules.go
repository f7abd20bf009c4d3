package engine

import (
	"context"
	"net/url"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// AccessRules is an automatic access as 3.0 has it (v3.0 document, "Add auto
// access rules", "Get auto access rules config").
type AccessRules struct {
	ID          string        `json:"id,omitzero"`
	Description string        `json:"description,omitzero"`
	Access      *AccessOfRule `json:"access"`
	Rules       *RuleSet      `json:"rules"`
}

// AccessOfRule is what a rule of 3.0 gives. The document has the groups at its
// top in one place and under scopes in another: both are read, the first is
// written.
type AccessOfRule struct {
	Groups []int `json:"groups,omitempty"`
	Scopes *struct {
		Groups []int `json:"groups"`
	} `json:"scopes,omitzero"`
}

// RuleSet is the conditions of 3.0.
type RuleSet struct {
	ChatProperties map[string]map[string]store.PropertyMatch `json:"chat_properties,omitempty"`
	CustomerURL    *store.TextMatch                          `json:"customer_url,omitzero"`
}

// AddAutoAccessRules adds a rule and returns its id (auto_chat_scopes_id).
func (e *Engine) AddAutoAccessRules(ctx context.Context, by Actor, r AccessRules) (string, error) {
	switch {
	case r.Access == nil:
		return "", invalid("access", "is required")
	case r.Rules == nil || r.Rules.CustomerURL == nil && len(r.Rules.ChatProperties) == 0:
		return "", invalid("rules", "must have chat_properties or customer_url")
	}
	groups := r.Access.Groups
	if r.Access.Scopes != nil {
		groups = r.Access.Scopes.Groups
	}
	return e.AddAutoAccess(ctx, by, AutoAccessChange{
		Access:      &store.AutoAccessGroups{Groups: groups},
		Conditions:  &store.Conditions{URL: r.Rules.CustomerURL, ChatProperties: r.Rules.ChatProperties},
		Description: &r.Description,
	})
}

// AutoAccessRules lists the rules as 3.0 has them. It has no words for domain and
// geolocation: rules that ask for one are left out, because without it they would
// seem to hold where they do not.
func (e *Engine) AutoAccessRules() []AccessRules {
	out := []AccessRules{}
	for _, r := range e.dir.Load().rules {
		if c := r.Conditions; c.Domain == nil && c.Geolocation == nil {
			out = append(out, AccessRules{
				ID: r.ID, Description: r.Description, Access: &AccessOfRule{Groups: r.Access.Groups},
				Rules: &RuleSet{ChatProperties: c.ChatProperties, CustomerURL: c.URL},
			})
		}
	}
	return out
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

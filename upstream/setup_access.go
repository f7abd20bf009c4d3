package upstream

import (
	"context"

	"agentdesk/desk"

	"github.com/go-json-experiment/json/jsontext"
)

// autoAccess is a rule of access (Configuration API v3.6 "List Auto Accesses").
type autoAccess struct {
	ID          string           `json:"id,omitzero"`
	Description string           `json:"description,omitzero"`
	Access      accessGroups     `json:"access"`
	Conditions  accessConditions `json:"conditions"`
}

type accessGroups struct {
	Groups []int `json:"groups"`
}

// accessConditions names the one condition the desk shows; the others stay in
// More.
type accessConditions struct {
	URL  *accessURL     `json:"url,omitzero"`
	More jsontext.Value `json:",embed"`
}

type accessURL struct {
	Values []accessText `json:"values"`
}

type accessText struct {
	Value string `json:"value"`
	Exact bool   `json:"exact_match"`
}

func (s *Session) setupRules(ctx context.Context, out *desk.Setup) error {
	var rows []autoAccess
	err := s.configured(ctx, "list_auto_accesses", struct{}{}, &rows)
	for _, r := range rows {
		rule := desk.AccessRule{ID: r.ID, Description: r.Description, Groups: r.Access.Groups, More: len(r.Conditions.More) > 2}
		if r.Conditions.URL != nil {
			for _, v := range r.Conditions.URL.Values {
				rule.URLs = append(rule.URLs, v.Value)
			}
		}
		out.Access = append(out.Access, rule)
	}
	return err
}

func newAccess(c desk.AddAccessRule) autoAccess {
	return autoAccess{
		Description: c.URL, Access: accessGroups{[]int{c.Group}},
		Conditions: accessConditions{URL: &accessURL{Values: []accessText{{Value: c.URL}}}},
	}
}

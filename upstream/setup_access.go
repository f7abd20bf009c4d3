package upstream

import (
	"context"

	"agentdesk/desk"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// Methods of 3.0 about the rules of access. Later versions have them in the
// Configuration API alone.
const (
	actAddAutoAccess    = "add_auto_access_rules"
	actRemoveAutoAccess = "remove_auto_access_rules"
	actGetAutoAccess    = "get_auto_access_rules_config"
)

// autoAccess is a rule of access (Configuration API v3.6 "List Auto Accesses").
type autoAccess struct {
	ID          string           `json:"id,omitzero"`
	Description string           `json:"description,omitzero"`
	Access      accessGroups     `json:"access"`
	Conditions  accessConditions `json:"conditions,omitzero"`
	Rules       accessRules      `json:"rules,omitzero"` // at 3.0, in place of conditions
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

// accessRules are the conditions in the words of v3.0 "Add auto access rules".
type accessRules struct {
	URL  *accessURL     `json:"customer_url,omitzero"`
	More jsontext.Value `json:",embed"`
}

type accessURL struct {
	Values []accessText `json:"values"`
}

type accessText struct {
	Value string `json:"value"`
	Exact bool   `json:"exact_match"`
}

func (a *autoAccess) rule() desk.AccessRule {
	r := desk.AccessRule{ID: a.ID, Description: a.Description, Groups: a.Access.Groups, More: len(a.Conditions.More) > 2 || len(a.Rules.More) > 2}
	for _, url := range []*accessURL{a.Conditions.URL, a.Rules.URL} {
		if url != nil {
			for _, v := range url.Values {
				r.URLs = append(r.URLs, v.Value)
			}
		}
	}
	return r
}

// rulesHere reads the rules of access over the agent's own connection, as 3.0
// does. here is false where they are the Configuration API's: at later versions,
// and at servers of the second document of 3.0, which has no such methods.
func (s *Session) rulesHere(ctx context.Context) (rules []autoAccess, here bool, err error) {
	if _, has := s.reg.dialect.Method(actGetAutoAccess); !has {
		return nil, false, nil
	}
	var answer struct {
		Rules []autoAccess `json:"auto_access_rules_config"`
	}
	err = s.read(ctx, nil, actGetAutoAccess, native{struct{}{}}, &answer)
	if t := wireType(err); t == protocol.ErrValidation || t == protocol.ErrUnsupportedVersion {
		return nil, false, nil
	}
	return answer.Rules, true, err
}

func (s *Session) setupRules(ctx context.Context, out *desk.Setup) error {
	rules, here, err := s.rulesHere(ctx)
	if !here {
		err = s.configured(ctx, "list_auto_accesses", struct{}{}, &rules)
	}
	for i := range rules {
		out.Access = append(out.Access, rules[i].rule())
	}
	return err
}

func (s *Session) addRule(ctx context.Context, c desk.AddAccessRule) error {
	_, here, err := s.rulesHere(ctx)
	if err != nil {
		return err
	}
	url := &accessURL{Values: []accessText{{Value: c.URL}}}
	r := autoAccess{Description: c.URL, Access: accessGroups{[]int{c.Group}}}
	if here {
		r.Rules.URL = url
		return s.command(ctx, actAddAutoAccess, native{r}, nil)
	}
	r.Conditions.URL = url
	return s.configured(ctx, "add_auto_access", r, nil)
}

func (s *Session) deleteRule(ctx context.Context, id string) error {
	_, here, err := s.rulesHere(ctx)
	if err != nil {
		return err
	}
	if here {
		return s.command(ctx, actRemoveAutoAccess, native{map[string]string{"auto_chat_scopes_id": id}}, nil)
	}
	return s.configured(ctx, "delete_auto_access", map[string]string{"id": id}, nil)
}

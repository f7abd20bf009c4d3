package agentapi

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// chatAccess is grant_access, revoke_access and set_access up to 3.1, and
// grant_chat_access and revoke_chat_access after it. Chats belong to groups here:
// neither single agents nor customers can be given.
func chatAccess(change func(context.Context, engine.Actor, string, int) error) transport.Handler {
	return func(ctx context.Context, r *transport.Request) (any, error) {
		var in struct {
			Resource *string `json:"resource"`
			ID       string  `json:"id"`
			Access   *struct {
				Type string         `json:"type"`
				ID   jsontext.Value `json:"id"`
			} `json:"access"`
		}
		if err := r.Decode(&in); err != nil {
			return nil, err
		}
		var group int
		switch {
		case in.Resource != nil && *in.Resource != "chat":
			return nil, protocol.Fail(protocol.ErrValidation, "`resource` must be chat.")
		case r.Action == "set_access" && in.Resource == nil:
			return nil, transport.Missing("resource")
		case in.ID == "":
			return nil, transport.Missing("id")
		case in.Access == nil:
			return nil, transport.Missing("access")
		case in.Access.Type != "group":
			return nil, protocol.Fail(protocol.ErrValidation, "`access.type` must be group.")
		case json.Unmarshal(in.Access.ID, &group) != nil:
			return nil, protocol.Fail(protocol.ErrValidation, "`access.id` must be the number of a group.")
		}
		return nil, change(ctx, r.Actor, in.ID, group)
	}
}

// accessRule is an automatic access as 3.0 has it. The table of the document
// nests the groups in scopes, its samples do not: both are taken.
type accessRule struct {
	ID          string     `json:"id,omitzero"`
	Description string     `json:"description"`
	Access      ruleAccess `json:"access"`
	Rules       rulesOf    `json:"rules"`
}

type ruleAccess struct {
	Groups []int `json:"groups"`
	Scopes *struct {
		Groups []int `json:"groups"`
	} `json:"scopes,omitzero"`
}

type rulesOf struct {
	ChatProperties map[string]map[string]store.PropertyMatch `json:"chat_properties,omitempty"`
	CustomerURL    *store.TextMatch                          `json:"customer_url,omitzero"`
}

// addAutoAccess is add_auto_access_rules (v3.0).
func (a api) addAutoAccess(ctx context.Context, r *transport.Request) (any, error) {
	var in accessRule
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if in.Access.Scopes != nil {
		in.Access.Groups = in.Access.Scopes.Groups
	}
	if in.Rules.ChatProperties == nil && in.Rules.CustomerURL == nil {
		return nil, transport.Missing("rules")
	}
	id, err := a.e.AddAutoAccess(ctx, r.Actor, engine.AutoAccessChange{
		Access:      &store.AutoAccessGroups{Groups: in.Access.Groups},
		Conditions:  &store.Conditions{URL: in.Rules.CustomerURL, ChatProperties: in.Rules.ChatProperties},
		Description: &in.Description,
	})
	if err != nil {
		return nil, err
	}
	return map[string]string{"auto_chat_scopes_id": id}, nil
}

// removeAutoAccess is remove_auto_access_rules (v3.0).
func (a api) removeAutoAccess(ctx context.Context, r *transport.Request) (any, error) {
	var in struct {
		ID string `json:"auto_chat_scopes_id"`
	}
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if in.ID == "" {
		return nil, transport.Missing("auto_chat_scopes_id")
	}
	return nil, a.e.DeleteAutoAccess(ctx, r.Actor, in.ID)
}

// autoAccessRules is get_auto_access_rules_config (v3.0). Rules with conditions
// that 3.0 does not know are left out, for without them they would say too much.
func (a api) autoAccessRules(context.Context, *transport.Request) (any, error) {
	out := []accessRule{}
	for _, rule := range a.e.AutoAccesses() {
		c := rule.Conditions
		if c.Domain != nil || c.Geolocation != nil {
			continue
		}
		out = append(out, accessRule{
			ID: rule.ID, Description: rule.Description, Access: ruleAccess{Groups: rule.Access.Groups},
			Rules: rulesOf{ChatProperties: c.ChatProperties, CustomerURL: c.URL},
		})
	}
	return map[string]any{"auto_access_rules_config": out}, nil
}

package customerapi

import (
	"context"
	"slices"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// loginRequest is login of the customer API (v3.6 "Login").
type loginRequest struct {
	Token    string `json:"token"`
	GroupID  *int   `json:"group_id"`
	Customer *struct {
		Name          *string             `json:"name"`
		Email         *string             `json:"email"`
		Avatar        *string             `json:"avatar"`
		SessionFields []map[string]string `json:"session_fields"`
	} `json:"customer"`
	Page *struct {
		URL   string `json:"url"`
		Title string `json:"title"`
	} `json:"customer_page"`
	Referrer string              `json:"referrer"`
	Mobile   bool                `json:"is_mobile"`
	Pushes   map[string][]string `json:"pushes"`
	Extra    jsontext.Value      `json:",embed"`
}

// loginResponse has what the vendor's SDK needs: statistics, chats, and the
// group that is watched together with the groups that are online.
type loginResponse struct {
	Customer  customer      `json:"customer"`
	HasActive bool          `json:"has_active_thread"`
	Chats     []chatMark    `json:"chats"`
	Config    dynamicConfig `json:"__priv_dynamic_config"`
}

type chatMark struct {
	ChatID    string `json:"chat_id"`
	HasUnread bool   `json:"has_unread_events"`
}

// dynamicConfig: OnlineGroups is left out where nobody is online, which is how
// clients learn it.
type dynamicConfig struct {
	OnlineGroups   []int                    `json:"online_groups_ids,omitempty"`
	CustomerGroups map[string]watchingGroup `json:"customer_groups"`
}

type watchingGroup struct {
	ID int `json:"id"`
}

// Login opens a customer's session. Tokens of agents are not taken.
func Login(e *engine.Engine) transport.Login {
	return func(ctx context.Context, r *transport.Request, sink engine.Sink, greet func(any)) (*engine.Session, error) {
		if _, err := transport.Token(r); err != nil {
			return nil, err
		}
		var in loginRequest
		if err := r.Decode(&in); err != nil {
			return nil, err
		}
		cred, err := e.Authenticate(ctx, in.Token)
		if err == nil && cred.Kind != protocol.UserCustomer {
			err = protocol.Fail(protocol.ErrAuthentication, "Invalid access token")
		}
		if err != nil {
			return nil, err
		}
		group, err := in.group(e)
		if err != nil {
			return nil, err
		}
		return e.LoginCustomer(ctx, cred, in.visit(r, group), sink, func(s engine.CustomerState) { greet(greeting(s, group)) })
	}
}

// group is the group whose visitor the customer is; 0, everybody, by default.
func (in loginRequest) group(e *engine.Engine) (int, error) {
	if in.GroupID == nil || *in.GroupID == 0 {
		return 0, nil
	}
	for _, g := range e.Groups() {
		if g.ID == *in.GroupID {
			return g.ID, nil
		}
	}
	return 0, protocol.Fail(protocol.ErrValidation, "`group_id` names a group that does not exist")
}

// visit is what the engine keeps of the login.
func (in loginRequest) visit(r *transport.Request, group int) engine.Visit {
	v := engine.Visit{IP: r.Remote, UserAgent: shorten(r.UserAgent), Referrer: shorten(in.Referrer), Pushes: in.Pushes, GroupIDs: []int{group}}
	if c := in.Customer; c != nil {
		v.Change = engine.CustomerChange{Name: c.Name, Email: c.Email, Avatar: c.Avatar, SessionFields: c.SessionFields, AddFields: true}
	}
	// A page with an address that is none is not worth refusing the login.
	if p := in.Page; p != nil && engine.WebAddress(p.URL) {
		v.Page = &protocol.Page{URL: p.URL, Title: shorten(p.Title)}
	}
	return v
}

func greeting(s engine.CustomerState, group int) loginResponse {
	out := loginResponse{Customer: view(s.Customer), HasActive: s.HasActive, Chats: []chatMark{}}
	out.Customer.Statistics = s.Customer.Statistics
	for _, c := range s.Chats {
		out.Chats = append(out.Chats, chatMark{c.ChatID, c.HasUnread})
	}
	out.Config.CustomerGroups = map[string]watchingGroup{"monitoring": {ID: group}}
	for id, status := range s.Groups {
		if status != protocol.GroupOffline {
			out.Config.OnlineGroups = append(out.Config.OnlineGroups, id)
		}
	}
	slices.Sort(out.Config.OnlineGroups)
	return out
}

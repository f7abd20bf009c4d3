package customerapi

import (
	"context"
	"strconv"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
)

// customer is a customer as he sees himself.
type customer struct {
	ID            string               `json:"id"`
	Type          string               `json:"type"`
	Name          string               `json:"name,omitzero"`
	Email         string               `json:"email,omitzero"`
	EmailVerified bool                 `json:"email_verified,omitzero"`
	Avatar        string               `json:"avatar,omitzero"`
	PhoneNumber   string               `json:"phone_number,omitzero"`
	SessionFields []map[string]string  `json:"session_fields"`
	Statistics    *protocol.Statistics `json:"statistics,omitzero"`
}

func view(u protocol.User) customer {
	c := customer{
		ID: u.ID, Type: protocol.UserCustomer, Name: u.Name, Email: u.Email, EmailVerified: u.EmailVerified, Avatar: u.Avatar,
		PhoneNumber: u.PhoneNumber, SessionFields: u.SessionFields,
	}
	if c.SessionFields == nil {
		c.SessionFields = []map[string]string{}
	}
	return c
}

func (a api) getCustomer(ctx context.Context, by engine.Actor, _ struct{}) (customer, error) {
	u, err := a.e.GetCustomer(ctx, by, by.ID)
	return view(u), err
}

func (a api) updateCustomer(ctx context.Context, by engine.Actor, r protocol.CustomerRequest) error {
	return a.e.UpdateCustomer(ctx, by, by.ID, engine.CustomerChange{Name: r.Name, Email: r.Email, Avatar: r.Avatar, SessionFields: r.SessionFields})
}

func (a api) setSessionFields(ctx context.Context, by engine.Actor, r protocol.CustomerRequest) error {
	if r.SessionFields == nil {
		return transport.Missing("session_fields")
	}
	return a.e.UpdateCustomer(ctx, by, by.ID, engine.CustomerChange{SessionFields: r.SessionFields, AddFields: true})
}

func (a api) updatePage(ctx context.Context, by engine.Actor, p protocol.Page) error {
	if p.URL == "" {
		return transport.Missing("url")
	}
	return a.e.UpdatePage(ctx, by, protocol.Page{URL: p.URL, Title: shorten(p.Title)})
}

// maxTitle bounds the title of a page, in characters.
const maxTitle = 300

func shorten(s string) string {
	if r := []rune(s); len(r) > maxTitle {
		return string(r[:maxTitle])
	}
	return s
}

type statusesRequest struct {
	All      bool  `json:"all"`
	GroupIDs []int `json:"group_ids"`
}

type statusesResponse struct {
	GroupsStatus map[string]string `json:"groups_status"`
}

// listGroupStatuses leaves out groups that do not exist.
func (a api) listGroupStatuses(_ context.Context, _ engine.Actor, r statusesRequest) (statusesResponse, error) {
	if !r.All && r.GroupIDs == nil {
		return statusesResponse{}, protocol.Fail(protocol.ErrValidation, "`all` or `group_ids` is required")
	}
	have := a.e.GroupStatuses()
	out := statusesResponse{GroupsStatus: map[string]string{}}
	for id, status := range have {
		if r.All {
			out.GroupsStatus[strconv.Itoa(id)] = status
		}
	}
	for _, id := range r.GroupIDs {
		if status, ok := have[id]; ok {
			out.GroupsStatus[strconv.Itoa(id)] = status
		}
	}
	return out, nil
}

// agent is an agent as customers see one.
type agent struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Avatar   string `json:"avatar"`
	IsBot    bool   `json:"is_bot"`
	JobTitle string `json:"job_title"`
	Type     string `json:"type"`
}

type predicted struct {
	Agent agent `json:"agent"`
	Queue bool  `json:"queue"`
}

// predictedAgent tells who would answer a chat started now.
func (a api) predictedAgent(ctx context.Context, by engine.Actor, _ struct{}) (predicted, error) {
	c, err := a.e.Customer(ctx, by.ID)
	if err != nil {
		return predicted{}, err
	}
	group := 0
	if g := c.Details.GroupIDs; len(g) > 0 {
		group = g[0]
	}
	who, queue, err := a.e.PredictedAgent(group)
	if err != nil {
		return predicted{}, err
	}
	return predicted{Queue: queue, Agent: agent{ID: who.ID, Name: who.Name, Avatar: who.Avatar, JobTitle: who.JobTitle, Type: protocol.UserAgent}}, nil
}

package customerapi

import (
	"context"
	"slices"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
)

// formRequest is get_form's (v3.6 "Get Form" of the customer API).
type formRequest struct {
	GroupID *int   `json:"group_id"`
	Type    string `json:"type"`
}

// formResponse says whether a group has a form. Without one there is no form
// field beside enabled.
type formResponse struct {
	Enabled bool `json:"enabled"`
}

// getForm answers which form comes before or after a chat, or with a ticket. No
// part of this server lets anybody set one up, so no group has one; answers to
// forms of clients' own are taken all the same, as filled_form events.
func (a api) getForm(_ context.Context, _ engine.Actor, r formRequest) (formResponse, error) {
	if r.GroupID == nil {
		return formResponse{}, transport.Missing("group_id")
	}
	known := func(g store.Group) bool { return g.ID == *r.GroupID }
	if *r.GroupID != 0 && !slices.ContainsFunc(a.e.Groups(), known) {
		return formResponse{}, protocol.Fail(protocol.ErrValidation, "`group_id` names a group that does not exist")
	}
	switch r.Type {
	case "prechat", "postchat", "ticket":
		return formResponse{}, nil
	}
	return formResponse{}, protocol.Fail(protocol.ErrValidation, "`type` must be prechat, postchat or ticket")
}

package protocol

import "github.com/go-json-experiment/json/jsontext"

// RoutingStatusRequest sets a status, one's own where AgentID is empty.
type RoutingStatusRequest struct {
	AgentID string         `json:"agent_id,omitzero"`
	Status  string         `json:"status"`
	Extra   jsontext.Value `json:",embed"`
}

// AwayRequest says whether this connection's agent is away.
type AwayRequest struct {
	Away  bool           `json:"away"`
	Extra jsontext.Value `json:",embed"`
}

// ListRoutingStatusesRequest; the response is a []RoutingStatus.
type ListRoutingStatusesRequest struct {
	Filters *GroupFilter   `json:"filters,omitzero"`
	Extra   jsontext.Value `json:",embed"`
}

// GroupFilter selects by group.
type GroupFilter struct {
	GroupIDs []int `json:"group_ids,omitempty"`
}

// RoutingStatus of one agent.
type RoutingStatus struct {
	AgentID string `json:"agent_id"`
	Status  string `json:"status"`
}

// TransferAgent is one row of list_agents_for_transfer. Documents disagree on
// the count's name; both are read, the first is written.
type TransferAgent struct {
	AgentID     string `json:"agent_id"`
	TotalActive int    `json:"total_active_chats"`
	Active      int    `json:"active_chats,omitzero"`
}

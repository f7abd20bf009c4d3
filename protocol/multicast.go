package protocol

import "github.com/go-json-experiment/json/jsontext"

// Multicast sends any JSON to chosen people (v3.0–3.7 "Multicast").
const (
	ActMulticast          = "multicast"
	PushIncomingMulticast = "incoming_multicast"
)

// MulticastRequest is a message to some agents and customers. At least one of
// them must be named.
type MulticastRequest struct {
	Recipients *MulticastRecipients `json:"recipients,omitzero"`
	Content    jsontext.Value       `json:"content,omitzero"`
	Type       string               `json:"type,omitzero"`
	Extra      jsontext.Value       `json:",embed"`
}

// MulticastRecipients name who gets a multicast. Customers are named by id only;
// newer pages of the documents leave them out.
type MulticastRecipients struct {
	Agents *struct {
		All    bool     `json:"all,omitzero"`
		IDs    []string `json:"ids,omitempty"`
		Groups []int    `json:"groups,omitempty"`
	} `json:"agents,omitzero"`
	Customers *struct {
		IDs []string `json:"ids,omitempty"`
	} `json:"customers,omitzero"`
}

// IncomingMulticast is the push. AuthorID is empty where the server sent it.
type IncomingMulticast struct {
	AuthorID string         `json:"author_id,omitzero"`
	Content  jsontext.Value `json:"content"`
	Type     string         `json:"type,omitzero"`
	Extra    jsontext.Value `json:",embed"`
}

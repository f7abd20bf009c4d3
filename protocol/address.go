package protocol

import "github.com/go-json-experiment/json/jsontext"

// Address is where a customer lives (3.6).
type Address struct {
	Address    string         `json:"address,omitzero"` // street and number
	City       string         `json:"city,omitzero"`
	Country    string         `json:"country,omitzero"`
	State      string         `json:"state,omitzero"`
	PostalCode string         `json:"postal_code,omitzero"`
	Extra      jsontext.Value `json:",embed"`
}

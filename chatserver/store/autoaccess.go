package store

import (
	"context"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// AutoAccess is a rule that gives a new chat its groups where all its conditions
// hold (Configuration API v3.6 "Auto access").
type AutoAccess struct {
	ID          string           `json:"id"`
	Description string           `json:"description"`
	Access      AutoAccessGroups `json:"access"`
	Conditions  Conditions       `json:"conditions"`
}

// AutoAccessGroups is what a rule gives.
type AutoAccessGroups struct {
	Groups []int `json:"groups"`
}

// Conditions of a rule. What is nil is not asked.
type Conditions struct {
	URL         *TextMatch  `json:"url,omitzero"`
	Domain      *TextMatch  `json:"domain,omitzero"`
	Geolocation *PlaceMatch `json:"geolocation,omitzero"`
	// ChatProperties comes from the v3.0 document ("Add auto access rules"), by
	// namespace and name.
	ChatProperties map[string]map[string]PropertyMatch `json:"chat_properties,omitempty"`
}

// TextMatch holds where one of Values fits, or none of ExcludeValues does.
type TextMatch struct {
	Values        []TextValue `json:"values,omitempty"`
	ExcludeValues []TextValue `json:"exclude_values,omitempty"`
}

// TextValue fits an equal text, or, unless Exact, one that contains it.
type TextValue struct {
	Value string `json:"value"`
	Exact bool   `json:"exact_match"`
}

// PlaceMatch holds where one of Values fits.
type PlaceMatch struct {
	Values []Place `json:"values"`
}

// Place fits where everything it names is the same.
type Place struct {
	Country     string `json:"country,omitzero"`
	CountryCode string `json:"country_code,omitzero"`
	Region      string `json:"region,omitzero"`
	City        string `json:"city,omitzero"`
}

// PropertyMatch has one of its three fields.
type PropertyMatch struct {
	Exists        *bool            `json:"exists,omitzero"`
	Values        []jsontext.Value `json:"values,omitempty"`
	ExcludeValues []jsontext.Value `json:"exclude_values,omitempty"`
}

// SetAutoAccesses replaces all rules by others, in their order.
func (t *Tx) SetAutoAccesses(rules []AutoAccess) error {
	if err := t.exec(`DELETE FROM auto_accesses`); err != nil {
		return err
	}
	for i, r := range rules {
		if err := t.exec(`INSERT INTO auto_accesses (id, position, doc) VALUES ($1, $2, $3)`, r.ID, i, encode(r)); err != nil {
			return err
		}
	}
	return nil
}

// AutoAccesses returns the rules in their order.
func (s *Store) AutoAccesses(ctx context.Context) ([]AutoAccess, error) {
	return collect(ctx, s.read, func(r scanner) (a AutoAccess, err error) {
		var doc string
		if err = r.Scan(&doc); err != nil {
			return a, err
		}
		return a, decode(doc, &a)
	}, `SELECT doc FROM auto_accesses ORDER BY position`)
}

// SetProperties replaces the properties of a place: "license", or "group/" and
// the group's id.
func (t *Tx) SetProperties(place string, p protocol.Properties) error {
	return t.exec(`INSERT INTO properties (place, doc) VALUES ($1, $2) ON CONFLICT (place) DO UPDATE SET doc = $2`, place, encode(p))
}

// DeleteProperties forgets the properties of a place.
func (t *Tx) DeleteProperties(place string) error {
	return t.exec(`DELETE FROM properties WHERE place = $1`, place)
}

// Properties returns the properties by place.
func (s *Store) Properties(ctx context.Context) (map[string]protocol.Properties, error) {
	out := map[string]protocol.Properties{}
	_, err := collect(ctx, s.read, func(r scanner) (struct{}, error) {
		var place, doc string
		if err := r.Scan(&place, &doc); err != nil {
			return struct{}{}, err
		}
		var p protocol.Properties
		err := decode(doc, &p)
		out[place] = p
		return struct{}{}, err
	}, `SELECT place, doc FROM properties`)
	return out, err
}

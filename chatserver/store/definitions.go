package store

import (
	"context"

	"github.com/go-json-experiment/json/jsontext"
)

// PropertyDefinition says what a property may be and who may read and write it
// where (Configuration API v3.6 "Register Property").
type PropertyDefinition struct {
	Type         string                         `json:"type"` // int, bool, string, tokenized_string
	Description  string                         `json:"description"`
	Access       map[string]map[string][]string `json:"access"` // read, write by location and user
	Domain       []jsontext.Value               `json:"domain,omitempty"`
	Range        *PropertyRange                 `json:"range,omitzero"`
	Default      jsontext.Value                 `json:"default_value,omitzero"`
	PublicAccess []string                       `json:"public_access,omitempty"` // once published
}

// PropertyRange bounds an int; nil is no bound.
type PropertyRange struct {
	From *int64 `json:"from,omitzero"`
	To   *int64 `json:"to,omitzero"`
}

// PutDefinition registers a property of an owner, a client id, or changes it.
func (t *Tx) PutDefinition(owner, name string, d PropertyDefinition) error {
	return t.exec(`INSERT INTO property_definitions (owner, name, doc) VALUES ($1, $2, $3)
		ON CONFLICT (owner, name) DO UPDATE SET doc = $3`, owner, name, encode(d))
}

// DeleteDefinition takes a registration back.
func (t *Tx) DeleteDefinition(owner, name string) error {
	return t.exec(`DELETE FROM property_definitions WHERE owner = $1 AND name = $2`, owner, name)
}

// Definitions returns the registered properties by owner and name.
func (s *Store) Definitions(ctx context.Context) (map[string]map[string]PropertyDefinition, error) {
	out := map[string]map[string]PropertyDefinition{}
	_, err := collect(ctx, s.read, func(r scanner) (struct{}, error) {
		var owner, name, doc string
		if err := r.Scan(&owner, &name, &doc); err != nil {
			return struct{}{}, err
		}
		var d PropertyDefinition
		err := decode(doc, &d)
		if out[owner] == nil {
			out[owner] = map[string]PropertyDefinition{}
		}
		out[owner][name] = d
		return struct{}{}, err
	}, `SELECT owner, name, doc FROM property_definitions`)
	return out, err
}

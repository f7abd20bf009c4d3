package views

import (
	"maps"
	"slices"

	"agentdesk/desk"
)

// property is one property with its full name.
type property struct{ Space, Name, Value string }

func (p property) title() string { return label(p.Space) + "." + label(p.Name) }

// properties lists properties by namespace and name.
func properties(all desk.Properties) (out []property) {
	for _, space := range slices.Sorted(maps.Keys(all)) {
		for _, name := range slices.Sorted(maps.Keys(all[space])) {
			out = append(out, property{space, name, all[space][name]})
		}
	}
	return out
}

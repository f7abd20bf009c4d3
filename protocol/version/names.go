package version

import "slices"

// Range is an inclusive range of versions. The zero Range is empty.
type Range struct{ Since, Until Version }

// Has reports whether v lies within the range.
func (r Range) Has(v Version) bool { return v != 0 && r.Since <= v && v <= r.Until }

// Scopes are the scopes that open a method in a range of versions, over each
// transport, spelt as that version spells them. One of them is enough, unless
// All is set: then every one counts.
type Scopes struct {
	Range
	RTM, Web []string
	All      bool
}

// Method is one method of the API. Range has the versions whose document
// describes it; RTM and Web those whose servers take it on that transport, which
// is wider for follow_customer and unfollow_customer (docs/protocol.md,
// "Choices"). What no version has ended yet is until V37. Versions outside
// Scopes ask for none.
type Method struct {
	Name string
	Range
	RTM, Web Range
	Scopes   []Scopes
}

// Taken reports whether servers of version v take the method on any transport.
func (m Method) Taken(v Version) bool { return m.RTM.Has(v) || m.Web.Has(v) }

// ScopesAt returns the scopes that the method asks for at version v over RTM or,
// with web, over the Web API: one of them, or with all every one. Nil: none is
// needed.
func (m Method) ScopesAt(v Version, web bool) (names []string, all bool) {
	for _, s := range m.Scopes {
		if s.Has(v) && web {
			return s.Web, s.All
		} else if s.Has(v) {
			return s.RTM, s.All
		}
	}
	return nil, false
}

// PushInfo is one push and the versions that have it. A name that was used
// again for another push, agent_updated, has a row for each.
type PushInfo struct {
	Name string
	Range
}

// StructureInfo is one data structure and the versions that have it.
type StructureInfo struct {
	Name string
	Range
}

// Methods returns every method of every version, by name. The caller owns the
// slice, not what the rows point to.
func Methods() []Method { return slices.Clone(methods) }

// Pushes returns every push of every version, by name.
func Pushes() []PushInfo { return slices.Clone(pushes) }

// Structures returns every structure of every version, by name.
func Structures() []StructureInfo { return slices.Clone(structures) }

// Method returns the method of that name, if servers of version v take it.
func (v Version) Method(name string) (Method, bool) {
	i, ok := methodIndex[name]
	if !ok || !methods[i].Taken(v) {
		return Method{}, false
	}
	return methods[i], true
}

// HasPush reports whether version v has a push of that name.
func (v Version) HasPush(name string) bool { return v.Valid() && pushIndex[name]&(1<<(v-V30)) != 0 }

// methodIndex finds a method by name.
var methodIndex = func() map[string]int {
	index := make(map[string]int, len(methods))
	for i, m := range methods {
		index[m.Name] = i
	}
	return index
}()

// pushIndex has the versions of each push, one bit each.
var pushIndex = func() map[string]uint8 {
	index := make(map[string]uint8, len(pushes))
	for _, p := range pushes {
		for _, v := range All() {
			if p.Has(v) {
				index[p.Name] |= 1 << (v - V30)
			}
		}
	}
	// A server that still takes unfollow_customer answers with its push.
	for v := V34; v <= V37; v++ {
		index["customer_unfollowed"] |= 1 << (v - V30)
	}
	return index
}()

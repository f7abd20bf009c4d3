package version

// Range is an inclusive range of versions. The zero Range is empty.
type Range struct{ Since, Until Version }

// Has reports whether v lies within the range.
func (r Range) Has(v Version) bool { return v != 0 && r.Since <= v && v <= r.Until }

// Scopes are the scopes that open a method in a range of versions. One of Names
// is enough, unless All is set: then every one is needed. No names: no scope is
// needed.
type Scopes struct {
	Range
	RTM, Web []string
	All      bool
}

// Method is one method of the API: the versions that have it, on which
// transports, for which scopes. What no version has ended yet is until V37.
type Method struct {
	Name string
	Range
	RTM, Web Range
	Scopes   []Scopes
}

// ScopesAt returns the scopes that method m asks for at version v over RTM or,
// with web, over the Web API.
func (m Method) ScopesAt(v Version, web bool) (names []string, all bool) {
	for _, s := range m.Scopes {
		if s.Has(v) {
			if web {
				return s.Web, s.All
			}
			return s.RTM, s.All
		}
	}
	return nil, false
}

// PushInfo is one push and the versions that have it. A name that was used
// again for another push has a row for each.
type PushInfo struct {
	Name string
	Range
}

// Methods returns every method of every version, by name.
func Methods() []Method { return nil }

// Pushes returns every push of every version, by name.
func Pushes() []PushInfo { return nil }

// Method returns the method of that name, if version v has it.
func (v Version) Method(name string) (Method, bool) { return Method{}, false }

// HasPush reports whether version v has a push of that name.
func (v Version) HasPush(name string) bool { return false }

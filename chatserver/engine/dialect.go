package engine

import (
	"slices"
	"sync"

	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// dialect is a session's subscription to the pushes of one version.
type dialect struct {
	version version.Version
	names   map[string]bool // as that version calls them; nil: all
}

// wants reports whether a push of the dialect's version is subscribed to. The
// end of the session is always told.
func (d dialect) wants(action string) bool {
	return d.names == nil || d.names[action] || action == protocol.PushAgentDisconnected || action == protocol.PushCustomerDisconnected
}

// subscribed reads the pushes field of a login, names by version (3.3+). Without
// it a session gets everything of its own version. Versions below its own have
// no place on it.
func subscribed(own version.Version, byVersion map[string][]string) ([]dialect, error) {
	if byVersion == nil {
		return []dialect{{version: own}}, nil
	}
	out := []dialect{}
	for name, actions := range byVersion {
		v, err := version.Parse(name)
		if err != nil || v < own {
			return nil, invalid("pushes", "names a version that is unknown or lower than the connection's")
		}
		d := dialect{version: v}
		if !slices.Contains(actions, "all") {
			d.names = map[string]bool{}
			for _, a := range actions {
				d.names[a] = true
			}
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b dialect) int { return int(a.version) - int(b.version) })
	return out, nil
}

// guestPushes is subscribed for customers, whose API is spoken at the canonical
// version alone: pushes of others never come.
func guestPushes(byVersion map[string][]string) []dialect {
	if byVersion != nil {
		own := version.Canonical.String()
		byVersion = map[string][]string{own: byVersion[own]}
	}
	out, _ := subscribed(version.Canonical, byVersion)
	return out
}

// homes are the pushes that the canonical version does not have, with the
// version in whose shape the engine makes them: the last one that has them, or
// the first where they came later.
var homes = sync.OnceValue(func() map[string]version.Version {
	out := map[string]version.Version{}
	for _, p := range version.Pushes() {
		if !version.Canonical.HasPush(p.Name) {
			if p.Until < version.Canonical {
				out[p.Name] = max(out[p.Name], p.Until)
			} else {
				out[p.Name] = p.Since
			}
		}
	}
	return out
})

// home is the version a push is made in.
func home(action string) version.Version {
	if v, ok := homes()[action]; ok {
		return v
	}
	return version.Canonical
}

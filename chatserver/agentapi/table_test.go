package agentapi

import (
	"testing"

	"agentdesk/protocol/version"
)

// TestTableFollowsTheLadder holds that the table has every method of 3.6, on its
// transports, and that the older actions cover all the others.
func TestTableFollowsTheLadder(t *testing.T) {
	actions, old := Actions(nil), older(nil)
	for name, act := range actions {
		m, ok := version.V36.Method(name)
		if !ok || act.RTM != m.RTM.Has(version.V36) || act.Web != m.Web.Has(version.V36) || act.Do == nil {
			t.Errorf("%s: known to 3.6 %v, RTM %v, Web %v, with a handler %v", name, ok, act.RTM, act.Web, act.Do != nil)
		}
	}
	serves := func(name string, v version.Version) bool {
		for at := v; ; at++ {
			for _, act := range old[name] {
				if at <= act.Home && act.Do != nil {
					return true
				}
			}
			if at >= version.V36 {
				_, ok := actions[name]
				return ok
			}
			m, err := version.Request(version.Message{Action: name, Payload: []byte(`{}`)}, at, at+1)
			if err != nil {
				return false
			}
			name = m.Action
		}
	}
	for _, m := range version.Methods() {
		for _, v := range version.All() {
			if m.Taken(v) && !serves(m.Name, v) && m.Name != "login" && m.Name != "logout" && m.Name != "ping" {
				t.Errorf("%s of %s is served by nothing", m.Name, v)
			}
		}
	}
	for name, list := range old {
		last := version.Version(0)
		for _, act := range list {
			if act.Home <= last {
				t.Errorf("%s: the oldest Home comes first", name)
			}
			last = act.Home
			if _, ok := act.Home.Method(name); !ok {
				t.Errorf("%s is no method of its home %s", name, act.Home)
			}
		}
	}
}

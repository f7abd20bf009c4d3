package version

import (
	"strings"

	"agentdesk/protocol"
)

// Version is one version of the Agent Chat API. The zero value is no version.
// Versions compare with < and >.
type Version uint8

// The versions there are. Canonical is the one whose shapes package protocol has.
const (
	V30 Version = 30 + iota
	V31
	V32
	V33
	V34
	V35
	V36
	V37

	Canonical = V36
)

// Parse reads "3.2" or "v3.2". Anything else is a *protocol.Error of type
// unsupported_version.
func Parse(s string) (Version, error) {
	s = strings.TrimPrefix(s, "v")
	if len(s) == 3 && s[:2] == "3." {
		if v := V30 + Version(s[2]-'0'); v.Valid() {
			return v, nil
		}
	}
	return 0, protocol.Fail(protocol.ErrUnsupportedVersion, "Unsupported version")
}

// Valid reports whether v is one of the versions there are.
func (v Version) Valid() bool { return v >= V30 && v <= V37 }

// String is the number as the wire has it: "3.2". An invalid version gives "".
func (v Version) String() string {
	if !v.Valid() {
		return ""
	}
	return "3." + string(rune('0'+v-V30))
}

// All returns every version, oldest first.
func All() []Version { return []Version{V30, V31, V32, V33, V34, V35, V36, V37} }

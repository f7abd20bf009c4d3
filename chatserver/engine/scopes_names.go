package engine

import (
	"slices"
	"strings"
)

// All reports whether every wanted scope is held.
func (s Scopes) All(wanted ...string) bool {
	return !slices.ContainsFunc(wanted, func(w string) bool { return !s.has(w) })
}

func (s Scopes) has(name string) bool { return s[name] || s[modern(name)] }

// modern turns a scope of 3.0 into its later name (changelog 3.1, scopes of the
// v3.0 document).
func modern(name string) string {
	base, verb, _ := strings.Cut(name, ":")
	switch verb {
	case "read":
		verb = "ro"
	case "write":
		verb = "rw"
	}
	base = strings.Replace(base, "chats.meta--", "chats--", 1)
	if base == "auto_chat_scopes" {
		base = "access_rules"
	}
	return base + ":" + verb
}

package engine

import (
	"slices"
	"strings"
)

// Scopes are the rights of a token, with everything they include: rw includes
// ro, all includes access, access includes my.
type Scopes map[string]bool

// NewScopes expands the scopes a token names.
func NewScopes(names []string) Scopes {
	s := make(Scopes, 3*len(names))
	for _, n := range names {
		s.add(n)
	}
	return s
}

func (s Scopes) add(name string) {
	if name = modern(name); s[name] {
		return
	}
	s[name] = true
	// Conversation is a part of a chat (3.1 to 3.3); who may write it may read
	// the chat.
	if part, ok := strings.CutPrefix(name, "chats--"); ok && strings.HasSuffix(name, ":rw") {
		s.add("chats.conversation--" + part)
	}
	if part, ok := strings.CutPrefix(name, "chats.conversation--"); ok {
		reach, _, _ := strings.Cut(part, ":")
		s.add("chats--" + reach + ":ro")
	}
	if base, ok := strings.CutSuffix(name, ":rw"); ok {
		s.add(base + ":ro")
	}
	for _, step := range [...][2]string{{"--all:", "--access:"}, {"--access:", "--my:"}} {
		if strings.Contains(name, step[0]) {
			s.add(strings.Replace(name, step[0], step[1], 1))
		}
	}
}

// Any reports whether one of the wanted scopes is held; wanting none is granted.
// Names of any version are understood.
func (s Scopes) Any(wanted ...string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, s.has)
}

var normalScopes = []string{
	"agents--my:rw", "agents--all:ro", "agents-bot--all:ro", "canned_responses--groups:ro", "canned_responses--groups:rw",
	"chats--access:rw", "customers.ban:rw", "customers:ro", "customers:rw", "groups--all:ro", "groups--my:ro", "multicast:ro",
	"multicast:rw", "properties.group.value--all:ro", "properties.license.value--all:ro", "tags--groups:ro",
}

var adminScopes = []string{
	"access_rules:rw", "agents--all:rw", "agents-bot--all:rw", "canned_responses--all:rw", "chats--all:rw", "customers:own",
	"groups--all:rw", "properties--all:rw", "properties.configuration:rw", "properties.group.value--all:rw",
	"properties.license.value--all:rw", "tags--all:rw",
}

// RoleScopes are all scopes a role may hold.
func RoleScopes(role string) []string {
	switch role {
	case RoleOwner, RoleViceowner, RoleAdministrator:
		return append(slices.Clone(normalScopes), adminScopes...)
	}
	return slices.Clone(normalScopes)
}

package views

import (
	"slices"
)

// seers names the groups that see the chat. Group 0 is everybody.
func (c ChatPane) seers(e Env) string {
	if len(c.View.Chat.Groups) == 0 || c.shared(0) {
		return e.T("everybody")
	}
	names := make([]string, 0, len(c.View.Chat.Groups))
	for _, g := range c.View.Chat.Groups {
		names = append(names, e.groupName(c.View.Groups, g))
	}
	return e.listed(names)
}

func (c ChatPane) shared(group int) bool { return slices.Contains(c.View.Chat.Groups, group) }

// onlyFor reports whether no other group sees the chat.
func (c ChatPane) onlyFor(group int) bool { return len(c.View.Chat.Groups) == 1 && c.shared(group) }

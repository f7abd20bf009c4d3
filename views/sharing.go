package views

import (
	"slices"
	"strings"
)

// seers names the groups that see the chat. Group 0 is everybody.
func (c ChatPane) seers() string {
	if len(c.View.Chat.Groups) == 0 || c.shared(0) {
		return "everybody"
	}
	names := make([]string, 0, len(c.View.Chat.Groups))
	for _, g := range c.View.Chat.Groups {
		names = append(names, groupName(c.View.Groups, g))
	}
	return strings.Join(names, ", ")
}

func (c ChatPane) shared(group int) bool { return slices.Contains(c.View.Chat.Groups, group) }

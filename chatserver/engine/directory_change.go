package engine

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"agentdesk/chatserver/store"
)

// Limits of what an agent may be.
const (
	maxAgentChats  = 20
	maxBotChats    = 500
	maxAddress     = 2048 // of a picture, in bytes
	minPasswordLen = 8
)

// AgentChange is what creating or changing an agent sets (Configuration API v3.6
// "Create Agent", "Update Agent"); nil leaves a field as it is. Password is this
// server's own: the documents leave signing in to the accounts service.
type AgentChange struct {
	Name               *string              `json:"name"`
	Role               *string              `json:"role"`
	Avatar             *string              `json:"avatar"`
	LoginStatus        *string              `json:"login_status"`
	JobTitle           *string              `json:"job_title"`
	Mobile             *string              `json:"mobile"`
	MaxChats           *int                 `json:"max_chats_count"`
	Groups             []GroupPriority      `json:"groups"`
	Notifications      []string             `json:"notifications"`
	EmailSubscriptions []string             `json:"email_subscriptions"`
	WorkScheduler      *store.WorkScheduler `json:"work_scheduler"`
	Password           *string              `json:"password"`
}

// GroupPriority is an agent's place in one group.
type GroupPriority struct {
	ID       int    `json:"id"`
	Priority string `json:"priority"`
}

// Default routing statuses after a login, as the documents spell them.
const (
	LoginAccepting    = "accepting chats"
	LoginNotAccepting = "not accepting chats"
)

var (
	notificationNames = []string{
		"new_visitor", "incoming_chat", "returning_visitor", "queued_visitor", "visitor_is_typing", "new_goal",
		"unassigned_chats", "unassigned_chat_messages", "ticket", "inactive_notifications", "mute_all_sounds",
		"repeat_sound_notifications", "ticket_notifications", "incoming_message_for_focused_chat",
	}
	subscriptionNames = []string{"daily_summary", "weekly_summary"}
	loginStatuses     = []string{LoginAccepting, LoginNotAccepting}
	priorityNames     = []string{PriorityFirst, PriorityNormal, PriorityLast, PrioritySupervisor}
	grantableRoles    = []string{RoleViceowner, RoleAdministrator, RoleNormal}
)

// apply changes an agent and returns what a push tells of it: the fields given.
// mayWork is whether the requester may change what an agent's work is made of,
// not only how he looks and what he is told.
func (w *work) apply(ch AgentChange, a *store.Agent, mayWork bool) (map[string]any, error) {
	told := map[string]any{}
	for _, step := range []func(AgentChange, *store.Agent, map[string]any) error{looks, settings, w.duties} {
		if err := step(ch, a, told); err != nil {
			return nil, err
		}
	}
	if ch.Avatar != nil {
		id, _ := w.e.fileID(a.Avatar) // an upload that nothing uses is deleted
		if err := w.KeepPicture(a.ID, id); err != nil {
			return nil, err
		}
	}
	if ch.Role != nil {
		if !slices.Contains(grantableRoles, *ch.Role) {
			return nil, invalid("role", "must be "+strings.Join(grantableRoles, ", "))
		}
		if err := w.mayGrant(*ch.Role); err != nil {
			return nil, err
		}
		if a.Role == RoleOwner {
			return nil, invalid("role", "of the owner cannot be changed")
		}
		a.Role, told["role"] = *ch.Role, *ch.Role
	}
	if !mayWork && (ch.Groups != nil || ch.MaxChats != nil || ch.WorkScheduler != nil) {
		return nil, notYours()
	}
	return told, nil
}

// looks is how an agent appears to others.
func looks(ch AgentChange, a *store.Agent, told map[string]any) error {
	for _, f := range []struct {
		name string
		from *string
		to   *string
		max  int
	}{
		{"name", ch.Name, &a.Name, maxName}, {"job_title", ch.JobTitle, &a.JobTitle, maxName},
		{"mobile", ch.Mobile, &a.Details.Mobile, maxName}, {"avatar", ch.Avatar, &a.Avatar, maxAddress},
	} {
		if f.from == nil {
			continue
		}
		v := strings.TrimSpace(*f.from)
		if len(v) > f.max {
			return invalid(f.name, "is too long")
		}
		*f.to, told[f.name] = v, v
	}
	if a.Name == "" {
		return invalid("name", "is required")
	}
	if ch.Avatar != nil && a.Avatar != "" && !webAddress(a.Avatar) {
		return invalid("avatar", "must be an http or https address")
	}
	return nil
}

// settings are what an agent sets for himself.
func settings(ch AgentChange, a *store.Agent, told map[string]any) error {
	if ch.LoginStatus != nil {
		if !slices.Contains(loginStatuses, *ch.LoginStatus) {
			return invalid("login_status", "must be "+strings.Join(loginStatuses, " or "))
		}
		a.Details.LoginStatus, told["login_status"] = *ch.LoginStatus, *ch.LoginStatus
	}
	for _, f := range []struct {
		name    string
		given   []string
		allowed []string
		to      *[]string
	}{
		{"notifications", ch.Notifications, notificationNames, &a.Details.Notifications},
		{"email_subscriptions", ch.EmailSubscriptions, subscriptionNames, &a.Details.EmailSubscriptions},
	} {
		if f.given == nil {
			continue
		}
		for i, n := range f.given {
			if !slices.Contains(f.allowed, n) {
				return invalid(f.name+"."+strconv.Itoa(i), "must be one of "+strings.Join(f.allowed, ", "))
			}
		}
		*f.to, told[f.name] = f.given, f.given
	}
	return nil
}

// duties are what an agent's work is made of.
func (w *work) duties(ch AgentChange, a *store.Agent, told map[string]any) error {
	if n := ch.MaxChats; n != nil {
		most := maxAgentChats
		if a.Details.Bot != nil {
			most = maxBotChats
		}
		if *n < 1 || *n > most {
			return invalid("max_chats_count", "must be from 1 to "+strconv.Itoa(most))
		}
		a.MaxChats, told["max_chats_count"] = *n, *n
	}
	if ch.Groups != nil {
		groups := map[int]string{}
		for i, g := range ch.Groups {
			at := "groups." + strconv.Itoa(i)
			if _, twice := groups[g.ID]; twice || !w.e.groupExists(g.ID) {
				return invalid(at+".id", "must name each time another group that exists")
			}
			if !slices.Contains(priorityNames, g.Priority) {
				return invalid(at+".priority", "must be "+strings.Join(priorityNames, ", "))
			}
			groups[g.ID] = g.Priority
		}
		a.Groups, told["groups"] = groups, GroupPriorities(groups)
	}
	if ch.WorkScheduler != nil {
		if err := checkScheduler(ch.WorkScheduler); err != nil {
			return err
		}
		a.Details.WorkScheduler, told["work_scheduler"] = ch.WorkScheduler, ch.WorkScheduler
	}
	return nil
}

// GroupPriorities is an agent's groups as a list, by id.
func GroupPriorities(groups map[int]string) []GroupPriority {
	out := []GroupPriority{}
	for _, id := range slices.Sorted(maps.Keys(groups)) {
		out = append(out, GroupPriority{ID: id, Priority: groups[id]})
	}
	return out
}

package store

import (
	"strings"

	"agentdesk/protocol"
)

// AgentDetails is the part of an agent that no query selects by.
type AgentDetails struct {
	LoginStatus        string         `json:"login_status,omitzero"` // empty: accepts chats
	Mobile             string         `json:"mobile,omitzero"`
	Awaiting           bool           `json:"awaiting_approval,omitzero"`
	LastLogout         protocol.Time  `json:"last_logout,omitzero"`
	Notifications      []string       `json:"notifications,omitempty"`
	EmailSubscriptions []string       `json:"email_subscriptions,omitempty"`
	WorkScheduler      *WorkScheduler `json:"work_scheduler,omitzero"`
	Bot                *Bot           `json:"bot,omitzero"` // nil: a person
}

// WorkScheduler is when an agent works (3.5+). A time zone is an IANA name.
type WorkScheduler struct {
	Timezone string      `json:"timezone"`
	Schedule []WorkHours `json:"schedule"`
}

// WorkHours is one span of a day, from Start to End as "08:30".
type WorkHours struct {
	Day     string `json:"day"` // monday to sunday
	Enabled bool   `json:"enabled"`
	Start   string `json:"start"`
	End     string `json:"end"`
}

// Bot is what an agent that is a program has beside an agent's data. Secret is a
// hash.
type Bot struct {
	Kind            string `json:"type"`
	OwnerClientID   string `json:"owner_client_id"`
	DefaultPriority string `json:"default_group_priority"`
	Secret          string `json:"secret"`
}

// DeleteAgent takes an agent out of the groups and deletes his tokens and
// everything known of him but what he is called.
func (t *Tx) DeleteAgent(id string, at protocol.Time) error {
	if err := t.exec(`DELETE FROM group_agents WHERE agent_id = $1`, id); err != nil {
		return err
	}
	if err := t.DeleteTokens(id); err != nil {
		return err
	}
	return t.exec(`UPDATE agents SET password = '', doc = '{}', role = 'normal', suspended = 0, deleted_at = $2 WHERE id = $1`, id, times(at))
}

// DeleteTokens forgets all tokens of an agent.
func (t *Tx) DeleteTokens(owner string) error {
	return t.exec(`DELETE FROM tokens WHERE owner_id = $1 AND kind <> $2`, owner, TokenCustomer)
}

// SwapScopes gives an agent's tokens that have exactly some scopes others.
func (t *Tx) SwapScopes(owner string, old, scopes []string) error {
	return t.exec(`UPDATE tokens SET scopes = $3 WHERE owner_id = $1 AND scopes = $2 AND kind <> $4`,
		owner, strings.Join(old, ","), strings.Join(scopes, ","), TokenCustomer)
}

// NewGroupID is a number that no group has or had.
func (t *Tx) NewGroupID() (id int, err error) {
	err = t.tx.QueryRowContext(t.ctx, `SELECT coalesce(max(id), 0) + 1 FROM groups`).Scan(&id)
	return id, err
}

// SetGroupAgents replaces the members of a group, priority by agent.
func (t *Tx) SetGroupAgents(group int, priorities map[string]string) error {
	if err := t.exec(`DELETE FROM group_agents WHERE group_id = $1`, group); err != nil {
		return err
	}
	for id, priority := range priorities {
		if err := t.exec(`INSERT INTO group_agents (group_id, agent_id, priority) VALUES ($1, $2, $3)`, group, id, priority); err != nil {
			return err
		}
	}
	return nil
}

// DeleteGroup deletes a group with its members. Its number stays taken.
func (t *Tx) DeleteGroup(id int, at protocol.Time) error {
	if err := t.exec(`DELETE FROM group_agents WHERE group_id = $1`, id); err != nil {
		return err
	}
	return t.exec(`UPDATE groups SET deleted_at = $2 WHERE id = $1`, id, times(at))
}

// DeleteTag takes a tag off the list. Threads keep the word.
func (t *Tx) DeleteTag(name string) error { return t.exec(`DELETE FROM tags WHERE name = $1`, name) }

package upstream

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// accountRow is an agent with what the Configuration API shows to
// administrators (v3.6 "List Agents").
type accountRow struct {
	configAgent
	Role      string `json:"role"`
	JobTitle  string `json:"job_title"`
	MaxChats  int    `json:"max_chats_count"`
	Suspended bool   `json:"suspended"`
	Awaiting  bool   `json:"awaiting_approval"`
}

func (a *accountRow) account() desk.Account {
	return desk.Account{
		ID: a.ID, Name: a.Name, Avatar: a.agent().Avatar, Role: a.Role, JobTitle: a.JobTitle, Groups: a.agent().Groups,
		ChatLimit: a.MaxChats, Suspended: a.Suspended, Waiting: a.Awaiting,
	}
}

// configured asks the Configuration API in the agent's name. It is for any
// goroutine but the session's own.
func (s *Session) configured(ctx context.Context, action string, payload, result any) error {
	return s.overWeb(ctx, s.reg.web.at.configure+action, payload, result)
}

// overWeb is configured for any address of the chat server.
func (s *Session) overWeb(ctx context.Context, url string, payload, result any) error {
	token, err := s.bearer(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s.reg.timing.Request)
	defer cancel()
	return s.reg.web.post(ctx, token, url, payload, result)
}

// Setup reads what administrators set up. What the token may not read, or the
// server does not have, is left empty. Without a Configuration API the agents are
// those that chats tell of.
func (s *Session) Setup(ctx context.Context) (desk.Setup, error) {
	var out desk.Setup
	var rows []accountRow
	fields := map[string][]string{"fields": {"groups", "max_chats_count", "job_title", "suspended", "awaiting_approval"}}
	err := s.configured(ctx, "list_agents", fields, &rows)
	if wireType(err) == protocol.ErrValidation {
		err = s.configured(ctx, "list_agents", struct{}{}, &rows)
	}
	switch {
	case desk.CodeOf(err) == desk.NotFound && wireType(err) == "":
		err = s.do(ctx, func() {
			for _, a := range s.board.Agents() {
				out.Agents = append(out.Agents, desk.Account{ID: a.ID, Name: a.Name, Avatar: a.Avatar, Groups: a.Groups})
			}
		})
	case err == nil:
		for i := range rows {
			out.Agents = append(out.Agents, rows[i].account())
		}
	}
	if err != nil {
		return out, err
	}
	for _, read := range []func(context.Context, *desk.Setup) error{s.setupGroups, s.setupTags, s.setupBans, s.setupRules, s.setupBots, s.setupCanned, s.setupLicense} {
		if err := read(ctx, &out); err != nil && wireType(err) == "" && desk.CodeOf(err) != desk.NotFound {
			return out, err
		}
	}
	return out, nil
}

func (s *Session) setupGroups(ctx context.Context, out *desk.Setup) error {
	var rows []struct {
		ID   int    `json:"id"`
		Name string `json:"name"`
	}
	err := s.configured(ctx, "list_groups", struct{}{}, &rows)
	for _, g := range rows {
		out.Groups = append(out.Groups, desk.Group{ID: g.ID, Name: g.Name})
	}
	return err
}

func (s *Session) setupTags(ctx context.Context, out *desk.Setup) error {
	var rows []struct {
		Name   string `json:"name"`
		Groups []int  `json:"group_ids"`
	}
	err := s.configured(ctx, "list_tags", struct{}{}, &rows)
	for _, t := range rows {
		out.Tags = append(out.Tags, desk.TagSetup{Name: t.Name, Groups: t.Groups})
	}
	slices.SortFunc(out.Tags, func(a, b desk.TagSetup) int { return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return err
}

func (s *Session) setupBans(ctx context.Context, out *desk.Setup) error {
	var rows []struct {
		ID    string        `json:"customer_id"`
		Name  string        `json:"name"`
		Until protocol.Time `json:"expires_at"`
	}
	err := s.configured(ctx, "list_customer_bans", struct{}{}, &rows)
	for _, b := range rows {
		out.Bans = append(out.Bans, desk.Banned{CustomerID: b.ID, Name: b.Name, Until: b.Until.Time()})
	}
	return err
}

// setUp carries out what administrators ask for.
func (s *Session) setUp(ctx context.Context, c desk.Command) error {
	type named struct {
		ID   int    `json:"id,omitzero"`
		Name string `json:"name,omitzero"`
	}
	type id struct {
		ID string `json:"id"`
	}
	switch c := c.(type) {
	case desk.CreateTag:
		return s.configured(ctx, "create_tag", struct {
			Name   string `json:"name"`
			Groups []int  `json:"group_ids"`
		}{c.Name, orEverybody(c.Groups)}, nil)
	case desk.DeleteTag:
		return s.configured(ctx, "delete_tag", named{Name: c.Name}, nil)
	case desk.CreateGroup:
		return s.configured(ctx, "create_group", struct {
			Name   string            `json:"name"`
			Agents map[string]string `json:"agent_priorities"`
		}{c.Name, map[string]string{s.id: "supervisor"}}, nil)
	case desk.RenameGroup:
		return s.configured(ctx, "update_group", named{ID: c.ID, Name: c.Name}, nil)
	case desk.DeleteGroup:
		return s.configured(ctx, "delete_group", named{ID: c.ID}, nil)
	case desk.SuspendAgent:
		if c.Off {
			return s.configured(ctx, "unsuspend_agent", id{c.AgentID}, nil)
		}
		return s.configured(ctx, "suspend_agent", id{c.AgentID}, nil)
	case desk.ApproveAgent:
		return s.configured(ctx, "approve_agent", id{c.AgentID}, nil)
	case desk.ChangeAgent:
		return s.configured(ctx, "update_agent", struct {
			ID        string `json:"id"`
			Role      string `json:"role,omitzero"`
			ChatLimit int    `json:"max_chats_count,omitzero"`
		}{c.AgentID, c.Role, c.ChatLimit}, nil)
	case desk.AddAccessRule:
		return s.addRule(ctx, c)
	case desk.DeleteAccessRule:
		return s.deleteRule(ctx, c.ID)
	case desk.LiftBan:
		err := s.configured(ctx, "unban_customer", map[string]string{"customer_id": c.CustomerID}, nil)
		if err == nil { // no push tells of it
			s.post(func() { s.apply(desk.CustomerBanned{CustomerID: c.CustomerID, Lifted: true}) })
		}
		return err
	}
	return s.setUpMore(ctx, c)
}

// orEverybody is group 0, every agent's, where no group is named.
func orEverybody(groups []int) []int {
	if len(groups) == 0 {
		return []int{0}
	}
	return groups
}

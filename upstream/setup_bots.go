package upstream

import (
	"context"

	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// botRow is a bot (Configuration API v3.6 "List Bots").
type botRow struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	ClientID string     `json:"owner_client_id"`
	Groups   []botGroup `json:"groups"`
}

type botGroup struct {
	ID int `json:"id"`
}

func (s *Session) setupBots(ctx context.Context, out *desk.Setup) error {
	rows, err := s.bots(ctx)
	if err != nil {
		return err
	}
	out.HasBots = true
	for _, b := range rows {
		bot := desk.Bot{ID: b.ID, Name: b.Name, ClientID: b.ClientID}
		for _, g := range b.Groups {
			bot.Groups = append(bot.Groups, g.ID)
		}
		out.Bots = append(out.Bots, bot)
	}
	return nil
}

// bots lists all bots, or, where the token may not see all, those of its
// application.
func (s *Session) bots(ctx context.Context) (rows []botRow, err error) {
	type request struct {
		All    bool     `json:"all"`
		Fields []string `json:"fields"`
	}
	err = s.configured(ctx, "list_bots", request{true, []string{"groups"}}, &rows)
	if wireType(err) == protocol.ErrAuthorization {
		err = s.configured(ctx, "list_bots", request{false, []string{"groups"}}, &rows)
	}
	return rows, err
}

// cannedPage is how many canned responses are asked for at once.
const cannedPage = 500

// setupCanned reads the canned responses, page after page, as many as a team can
// keep here (Configuration API v3.7 "List Canned Responses").
func (s *Session) setupCanned(ctx context.Context, out *desk.Setup) error {
	if s.reg.dialect.Version < version.V37 {
		return nil
	}
	var payload any = map[string]int{"limit": cannedPage}
	for len(out.Canned) < desk.MaxCanned {
		var page struct {
			Canned []struct {
				ID    int64    `json:"id"`
				Text  string   `json:"text"`
				Tags  []string `json:"tags"`
				Group int      `json:"group_id"`
			} `json:"canned_responses"`
			Next string `json:"next_page_id"`
		}
		if err := s.configured(ctx, "list_canned_responses", payload, &page); err != nil {
			return err
		}
		for _, c := range page.Canned {
			out.Canned = append(out.Canned, desk.Canned{ID: c.ID, Text: c.Text, Tags: c.Tags, Group: c.Group})
		}
		if page.Next == "" || len(page.Canned) == 0 {
			break
		}
		payload = map[string]string{"page_id": page.Next}
	}
	out.Canned, out.HasCanned = out.Canned[:min(len(out.Canned), desk.MaxCanned)], true
	return nil
}

func (s *Session) setUpMore(ctx context.Context, c desk.Command) error {
	switch c := c.(type) {
	case desk.CreateBot:
		return s.configured(ctx, "create_bot", map[string]string{"name": c.Name}, nil)
	case desk.DeleteBot:
		return s.configured(ctx, "delete_bot", map[string]string{"id": c.ID}, nil)
	case desk.AddCanned:
		return s.configured(ctx, "create_canned_response", struct {
			Text  string   `json:"text"`
			Tags  []string `json:"tags"`
			Group int      `json:"group_id"`
		}{c.Text, append([]string{}, c.Tags...), c.Group}, nil)
	case desk.DeleteCanned:
		return s.configured(ctx, "delete_canned_response", map[string]int64{"id": c.ID}, nil)
	}
	return desk.Fail(desk.Invalid, "This desk does not know how to do this.")
}

// issueBotToken gives a bot a new secret and trades it for a token (Configuration
// API v3.6 "Reset Bot Secret", "Issue Bot Token"): a bot's secret is told when it
// is made and never again.
func (s *Session) issueBotToken(ctx context.Context, id string) (desk.Result, error) {
	rows, err := s.bots(ctx)
	if err != nil {
		return desk.Result{}, err
	}
	organization := ""
	if err := s.do(ctx, func() { organization = s.board.Me().Organization }); err != nil {
		return desk.Result{}, err
	}
	for _, b := range rows {
		if b.ID != id {
			continue
		}
		var made struct {
			Secret string `json:"secret"`
			Token  string `json:"token"`
		}
		if err := s.configured(ctx, "reset_bot_secret", map[string]string{"id": id}, &made); err != nil {
			return desk.Result{}, err
		}
		err := s.configured(ctx, "issue_bot_token", map[string]string{
			"bot_id": id, "client_id": b.ClientID, "bot_secret": made.Secret, "organization_id": organization,
		}, &made)
		return desk.Result{Token: made.Token}, err
	}
	return desk.Result{}, desk.Fail(desk.NotFound, "This bot is not there any more.")
}

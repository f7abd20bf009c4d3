package configapi

import (
	"cmp"
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol/version"
)

func (a api) bots() map[string]transport.Action {
	const all, my = "agents-bot--all:rw", "agents-bot--my:rw"
	const allRead, myRead = "agents-bot--all:ro", "agents-bot--my:ro"
	return batches(map[string]transport.Action{
		"create_bot":       write(transport.Answer(a.createBot), my, all),
		"update_bot":       write(transport.Perform(a.updateBot), my, all),
		"delete_bot":       write(transport.Perform(a.deleteBot), my, all),
		"reset_bot_secret": write(transport.Answer(a.resetSecret), my, all),
		"get_bot":          read(transport.Answer(a.getBot), myRead, allRead),
		"list_bots":        read(transport.Answer(a.listBots), myRead, allRead),
		"issue_bot_token":  {Do: transport.Answer(a.issueToken), Web: true, Open: true},
	}, "bot", "create", "update", "delete")
}

// botRequest is create_bot and update_bot.
type botRequest struct {
	ID    string `json:"id"`
	Owner string `json:"owner_client_id"`
	engine.BotChange
	WorkScheduler *scheduler `json:"work_scheduler"` // instead of the one above
}

func (in botRequest) change() engine.BotChange {
	in.BotChange.WorkScheduler = in.WorkScheduler.canonical()
	return in.BotChange
}

type botSecret struct {
	ID     string `json:"id,omitzero"`
	Secret string `json:"secret"`
}

// createBot makes a bot of the application named, or of the token's.
func (a api) createBot(ctx context.Context, r *transport.Request, in botRequest) (botSecret, error) {
	id, secret, err := a.e.AddBot(ctx, r.Actor, cmp.Or(in.Owner, r.Cred.ClientID), in.change())
	return botSecret{id, secret}, err
}

func (a api) updateBot(ctx context.Context, r *transport.Request, in botRequest) error {
	return a.e.UpdateBot(ctx, r.Actor, r.Cred.ClientID, in.ID, in.change())
}

func (a api) deleteBot(ctx context.Context, r *transport.Request, in agentID) error {
	return a.e.DeleteBot(ctx, r.Actor, r.Cred.ClientID, in.ID)
}

func (a api) resetSecret(ctx context.Context, r *transport.Request, in agentID) (botSecret, error) {
	secret, err := a.e.ResetBotSecret(ctx, r.Actor, r.Cred.ClientID, in.ID)
	return botSecret{Secret: secret}, err
}

// botKind is bots; the fields can be asked for beside what is always shown.
func (a api) botKind() kind {
	return kind{a.botView, []string{"groups", "work_scheduler", "job_title", "max_chats_count", "timezone"}}
}

// botView is a bot with everything (v3.6 "Get Bot").
func (a api) botView(b store.Agent, v version.Version) view {
	out, bot := a.personView(b, v), b.Details.Bot
	out["default_group_priority"], out["owner_client_id"], out["type"], out["timezone"] = bot.DefaultPriority, bot.OwnerClientID, bot.Kind, ""
	if s := b.Details.WorkScheduler; s != nil {
		out["timezone"] = s.Timezone
	}
	return out
}

func (a api) getBot(_ context.Context, r *transport.Request, in struct {
	ID     string   `json:"id"`
	Fields []string `json:"fields"`
}) (view, error) {
	if in.ID == "" {
		return nil, transport.Missing("id")
	}
	b, ok := a.e.Agent(in.ID)
	if !ok || b.Details.Bot == nil || !a.mine(r, b) && !r.Actor.Scopes.Any("agents-bot--all:ro") {
		return nil, noSuch("bot")
	}
	return a.botView(b, r.Version).only(in.Fields, a.botKind().optional)
}

// mine reports whether a bot belongs to the application that asks.
func (a api) mine(r *transport.Request, b store.Agent) bool {
	return b.Details.Bot.OwnerClientID == r.Cred.ClientID
}

// listBots lists the bots of the application that asks, or all.
func (a api) listBots(_ context.Context, r *transport.Request, in struct {
	All    bool     `json:"all"`
	Fields []string `json:"fields"`
}) ([]view, error) {
	if in.All && !r.Actor.Scopes.Any("agents-bot--all:ro") {
		return nil, notYours()
	}
	return a.botKind().list(a.e.Bots(), in.Fields, r.Version, func(b store.Agent) bool { return in.All || a.mine(r, b) })
}

func (a api) issueToken(ctx context.Context, _ *transport.Request, in struct {
	BotID        string `json:"bot_id"`
	ClientID     string `json:"client_id"`
	Secret       string `json:"bot_secret"`
	Organization string `json:"organization_id"`
}) (map[string]string, error) {
	token, err := a.e.IssueBotToken(ctx, in.BotID, in.ClientID, in.Secret, in.Organization)
	if err != nil {
		return nil, err
	}
	return map[string]string{"token": token}, nil
}

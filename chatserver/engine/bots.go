package engine

import (
	"context"
	"crypto/subtle"
	"slices"
	"strings"
	"time"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// botTokenLife is how long a bot's token lasts, and botScopes what it allows
// (Configuration API v3.6 "Issue Bot Token").
const botTokenLife = 24 * time.Hour

var botScopes = []string{"chats--access:rw", "agents-bot--my:rw", "customers:rw"}

// BotChange is what creating or changing a bot sets (Configuration API v3.6
// "Create Bot", "Update Bot"); nil leaves a field as it is. A group without a
// priority gets the default one.
type BotChange struct {
	Name            *string              `json:"name"`
	Avatar          *string              `json:"avatar"`
	JobTitle        *string              `json:"job_title"`
	MaxChats        *int                 `json:"max_chats_count"`
	Groups          []GroupPriority      `json:"groups"`
	WorkScheduler   *store.WorkScheduler `json:"work_scheduler"`
	DefaultPriority *string              `json:"default_group_priority"`
	Kind            *string              `json:"type"`
}

// AddBot creates a bot of an owner, a client id, and returns its id and its
// secret, which is seen here only. It takes no chats until its routing status
// is set.
func (e *Engine) AddBot(ctx context.Context, by Actor, owner string, ch BotChange) (id, secret string, err error) {
	if err := required("owner_client_id", owner); err != nil {
		return "", "", err
	}
	id, secret = hexID(), hexID()
	a := store.Agent{ID: id, AccountID: id, Role: RoleNormal, RoutingStatus: protocol.StatusOffline, CreatedAt: protocol.At(e.now())}
	a.Details.Bot = &store.Bot{Kind: "chatbot", OwnerClientID: owner, DefaultPriority: PriorityNormal, Secret: HashToken(secret)}
	err = e.reconfigure(ctx, by, func(w *work) error {
		told, err := w.applyBot(ch, &a)
		if err != nil {
			return err
		}
		told["id"], told["name"], told["groups"] = id, a.Name, GroupPriorities(a.Groups)
		told["default_group_priority"], told["owner_client_id"] = a.Details.Bot.DefaultPriority, owner
		w.push(protocol.PushBotCreated, told, e.everyAgent("agents-bot--all:ro"))
		return w.PutAgent(a)
	})
	return id, secret, err
}

// applyBot changes a bot and returns what a push tells of it.
func (w *work) applyBot(ch BotChange, a *store.Agent) (map[string]any, error) {
	bot := *a.Details.Bot
	a.Details.Bot = &bot
	if p := ch.DefaultPriority; p != nil {
		if !slices.Contains(priorityNames, *p) {
			return nil, invalid("default_group_priority", "must be "+strings.Join(priorityNames, ", "))
		}
		bot.DefaultPriority = *p
	}
	if ch.Groups != nil {
		ch.Groups = slices.Clone(ch.Groups)
		for i := range ch.Groups {
			if ch.Groups[i].Priority == "" {
				ch.Groups[i].Priority = bot.DefaultPriority
			}
		}
	}
	told, err := w.apply(AgentChange{
		Name: ch.Name, Avatar: ch.Avatar, JobTitle: ch.JobTitle, MaxChats: ch.MaxChats, Groups: ch.Groups, WorkScheduler: ch.WorkScheduler,
	}, a, true)
	if err != nil {
		return nil, err
	}
	if ch.DefaultPriority != nil {
		told["default_group_priority"] = bot.DefaultPriority
	}
	if ch.Kind != nil {
		if *ch.Kind == "" || len(*ch.Kind) > maxName {
			return nil, invalid("type", "must be 1 to 255 bytes long")
		}
		bot.Kind, told["type"] = *ch.Kind, *ch.Kind
	}
	return told, nil
}

// UpdateBot changes a bot. clientID is that of the requester's token: with
// agents-bot--my:rw alone only its own bots may be changed.
func (e *Engine) UpdateBot(ctx context.Context, by Actor, clientID, id string, ch BotChange) error {
	return e.editBot(ctx, by, clientID, id, func(w *work, a *store.Agent) error {
		told, err := w.applyBot(ch, a)
		if err != nil {
			return err
		}
		if len(told) == 0 {
			return invalid("name", "or another field to change is required")
		}
		told["id"], told["name"] = id, a.Name
		w.push(protocol.PushBotUpdated, told, e.everyAgent("agents-bot--all:ro"))
		if ch.Groups != nil {
			w.regrouped(id)
		}
		w.after = append(w.after, func() { e.requeue = true })
		return w.PutAgent(*a)
	})
}

// DeleteBot deletes a bot with its tokens. Its chats go to others.
func (e *Engine) DeleteBot(ctx context.Context, by Actor, clientID, id string) error {
	return e.editBot(ctx, by, clientID, id, func(w *work, a *store.Agent) error {
		w.push(protocol.PushBotDeleted, agentRef{id}, e.everyAgent("agents-bot--all:ro"))
		w.after = append(w.after, func() { e.shutOut(ctx, id, protocol.ReasonTokenRevoked, EndDeleted) })
		return w.Tx.DeleteAgent(id, protocol.At(e.now()))
	})
}

// ResetBotSecret gives a bot a new secret. Its tokens stay valid.
func (e *Engine) ResetBotSecret(ctx context.Context, by Actor, clientID, id string) (string, error) {
	secret := hexID()
	return secret, e.editBot(ctx, by, clientID, id, func(w *work, a *store.Agent) error {
		bot := *a.Details.Bot
		bot.Secret, a.Details.Bot = HashToken(secret), &bot
		return w.PutAgent(*a)
	})
}

// editBot edits a copy of a bot that the requester may change.
func (e *Engine) editBot(ctx context.Context, by Actor, clientID, id string, edit func(*work, *store.Agent) error) error {
	if err := required("id", id); err != nil {
		return err
	}
	return e.reconfigure(ctx, by, func(w *work) error {
		have := e.bot(id)
		if have == nil {
			return notFound("bot")
		}
		if by.Kind != "" && !by.Scopes.Any("agents-bot--all:rw") && have.Details.Bot.OwnerClientID != clientID {
			return protocol.Fail(protocol.ErrAuthorization, "The bot belongs to another application.")
		}
		a := *have
		return edit(w, &a)
	})
}

// bot is a bot, or nil.
func (e *Engine) bot(id string) *store.Agent {
	if a := e.dir.Load().agents[id]; a != nil && a.Details.Bot != nil {
		return a
	}
	return nil
}

// Bots lists all bots by id. Do not change their Groups.
func (e *Engine) Bots() []store.Agent {
	var out []store.Agent
	for _, a := range e.dir.Load().all() {
		if a.Details.Bot != nil {
			out = append(out, *a)
		}
	}
	return out
}

// IssueBotToken gives a bot that knows its secret a token for a day. The token
// allows chatting over the Web API.
func (e *Engine) IssueBotToken(ctx context.Context, id, clientID, secret, organization string) (string, error) {
	for field, v := range map[string]string{"bot_id": id, "client_id": clientID, "bot_secret": secret, "organization_id": organization} {
		if err := required(field, v); err != nil {
			return "", err
		}
	}
	a := e.bot(id)
	if a == nil || a.Details.Bot.OwnerClientID != clientID || organization != e.License().OrganizationID ||
		subtle.ConstantTimeCompare([]byte(HashToken(secret)), []byte(a.Details.Bot.Secret)) != 1 {
		return "", protocol.Fail(protocol.ErrAuthentication, "There is no bot with this secret.")
	}
	token, _, err := e.CreateToken(ctx, TokenSpec{Kind: store.TokenBot, OwnerID: id, ClientID: clientID, Scopes: slices.Clone(botScopes), Lifetime: botTokenLife})
	return token, err
}

// wakeBots gives the bots the routing status they had: they have no sessions
// that would bring it back.
func (e *Engine) wakeBots() {
	for _, a := range e.dir.Load().all() {
		if a.Details.Bot != nil {
			e.presence(a.ID).status = a.RoutingStatus
		}
	}
}

package agentapi

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// behalf lets an application act for its bots, and who may change all bots for
// any of them, as versions up to 3.5 have it (changelog 3.6: from then on a bot
// has a token of its own).
func behalf(e *engine.Engine) func(context.Context, engine.Actor, string) (engine.Actor, error) {
	return func(_ context.Context, by engine.Actor, author string) (engine.Actor, error) {
		a, ok := e.Agent(author)
		if !ok || a.Details.Bot == nil {
			return by, protocol.Fail(protocol.ErrValidation, "`author_id` names no bot.")
		}
		if a.Details.Bot.OwnerClientID != by.Client && !by.Scopes.Any("agents-bot--all:rw") {
			return by, protocol.Fail(protocol.ErrAuthorization, "You may not act for this bot.")
		}
		by.ID = a.ID
		return by, nil
	}
}

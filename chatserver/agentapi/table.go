package agentapi

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
)

// Scopes of the methods, from 3.4 on (api guide, section 14).
var (
	chatsRead    = []string{"chats--all:ro", "chats--access:ro"}
	chatsWrite   = []string{"chats--all:rw", "chats--access:rw"}
	agentsWrite  = []string{"agents--my:rw", "agents--all:rw", "agents-bot--my:rw"}
	agentsRead   = []string{"agents--all:ro"}
	customersRO  = []string{"customers:ro"}
	customersRW  = []string{"customers:rw"}
	customersBan = []string{"customers.ban:rw"}
	multicastRW  = []string{"multicast:rw"}
	nothing      []string
)

// with turns a method of the engine that answers into an action's function.
func with[In, Out any](fn func(context.Context, engine.Actor, In) (Out, error)) transport.Handler {
	return func(ctx context.Context, r *transport.Request) (any, error) {
		var in In
		if err := r.Decode(&in); err != nil {
			return nil, err
		}
		out, err := fn(ctx, r.Actor, in)
		if err != nil {
			return nil, err
		}
		return out, nil
	}
}

// does is with for methods without an answer.
func does[In any](fn func(context.Context, engine.Actor, In) error) transport.Handler {
	return with(func(ctx context.Context, by engine.Actor, in In) (any, error) { return nil, fn(ctx, by, in) })
}

func both(scopes []string, do transport.Handler) transport.Action {
	return transport.Action{Do: do, Scopes: scopes, RTM: true, Web: true}
}

func read(scopes []string, do transport.Handler) transport.Action {
	return transport.Action{Do: do, Scopes: scopes, RTM: true, Web: true, Reads: true}
}

// Actions is the table of the Agent Chat API at 3.6.
func Actions(e *engine.Engine) map[string]transport.Action {
	a := api{e}
	return map[string]transport.Action{
		protocol.ActListChats:             read(chatsRead, with(a.listChats)),
		protocol.ActGetChat:               read(chatsRead, with(e.GetChat)),
		protocol.ActListThreads:           read(chatsRead, with(e.ListThreads)),
		protocol.ActListArchives:          read(chatsRead, with(a.listArchives)),
		protocol.ActGetCustomer:           read(customersRO, with(a.getCustomer)),
		protocol.ActListRoutingStatuses:   read(agentsRead, with(a.listRoutingStatuses)),
		protocol.ActListAgentsForTransfer: read(nothing, with(a.listAgentsForTransfer)),

		protocol.ActStartChat:              both(chatsWrite, with(e.StartChat)),
		protocol.ActResumeChat:             both(chatsWrite, with(e.ResumeChat)),
		protocol.ActDeactivateChat:         both(chatsWrite, does(e.DeactivateChat)),
		protocol.ActTransferChat:           both(chatsWrite, does(e.TransferChat)),
		protocol.ActFollowChat:             both(chatsRead, does(a.followChat)),
		protocol.ActUnfollowChat:           both(nothing, does(a.unfollowChat)),
		protocol.ActAddUserToChat:          both(chatsWrite, does(a.addUser)),
		protocol.ActRemoveUserFromChat:     both(chatsWrite, does(e.RemoveUser)),
		protocol.ActSendEvent:              both(chatsWrite, with(a.sendEvent)),
		protocol.ActSendPostback:           both(chatsWrite, does(e.Postback)),
		protocol.ActSendTyping:             both(chatsWrite, does(e.Typing)),
		protocol.ActSendThinking:           both(chatsWrite, does(e.Thinking)),
		protocol.ActSendEventPreview:       both(chatsWrite, does(e.PreviewEvent)),
		protocol.ActRequestThreadSummary:   both(chatsWrite, does(e.RequestSummary)),
		protocol.ActMarkEventsAsSeen:       both(chatsRead, does(e.MarkSeen)),
		protocol.ActTagThread:              both(chatsWrite, does(e.TagThread)),
		protocol.ActUntagThread:            both(chatsWrite, does(e.UntagThread)),
		protocol.ActUpdateChatProperties:   both(chatsWrite, does(properties(e.UpdateProperties, "id"))),
		protocol.ActDeleteChatProperties:   both(chatsWrite, does(properties(e.DeleteProperties, "id"))),
		protocol.ActUpdateThreadProperties: both(chatsWrite, does(properties(e.UpdateProperties, "chat_id", "thread_id"))),
		protocol.ActDeleteThreadProperties: both(chatsWrite, does(properties(e.DeleteProperties, "chat_id", "thread_id"))),
		protocol.ActUpdateEventProperties:  both(chatsWrite, does(properties(e.UpdateProperties, "chat_id", "thread_id", "event_id"))),
		protocol.ActDeleteEventProperties:  both(chatsWrite, does(properties(e.DeleteProperties, "chat_id", "thread_id", "event_id"))),
		protocol.ActMulticast:              both(multicastRW, does(e.Multicast)),
		protocol.ActUpdateCustomer:         both(customersRW, does(a.updateCustomer)),
		protocol.ActBanCustomer:            both(customersBan, does(a.banCustomer)),
		protocol.ActFollowCustomer:         both(customersRO, does(a.followCustomer)),
		protocol.ActUnfollowCustomer:       both(nothing, does(a.unfollowCustomer)),
		protocol.ActSubscribeCustomers:     {Do: with(e.SubscribeCustomers), Scopes: customersRO, RTM: true},
		protocol.ActUnsubscribeCustomers:   {Do: does(e.UnsubscribeCustomers), Scopes: customersRO, RTM: true},
		protocol.ActSetRoutingStatus:       both(agentsWrite, does(e.SetRoutingStatus)),

		protocol.ActSetAwayStatus: {Do: does(a.setAway), Scopes: agentsWrite, RTM: true},
		ActUpdateSession:          {Do: does(a.updateSession), RTM: true},
		protocol.ActUploadFile:    {Web: true, Do: transport.Uploaded, File: "file"},
	}
}

// ActUpdateSession gives a websocket a new token (3.6).
const ActUpdateSession = "update_session"

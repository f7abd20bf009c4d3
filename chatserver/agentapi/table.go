package agentapi

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
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

func both(do transport.Handler) transport.Action {
	return transport.Action{Do: do, RTM: true, Web: true}
}

func read(do transport.Handler) transport.Action {
	return transport.Action{Do: do, RTM: true, Web: true, Reads: true}
}

// Actions is the table of the Agent Chat API at 3.6. The scopes are those of the
// ladder (protocol/version).
func Actions(e *engine.Engine) map[string]transport.Action {
	a := api{e}
	return map[string]transport.Action{
		protocol.ActListChats:             read(with(a.listChats)),
		protocol.ActGetChat:               read(with(e.GetChat)),
		protocol.ActListThreads:           read(with(e.ListThreads)),
		protocol.ActListArchives:          read(with(a.listArchives)),
		protocol.ActGetCustomer:           read(with(a.getCustomer)),
		protocol.ActListRoutingStatuses:   read(with(a.listRoutingStatuses)),
		protocol.ActListAgentsForTransfer: read(with(a.listAgentsForTransfer)),

		protocol.ActStartChat:              both(with(e.StartChat)),
		protocol.ActResumeChat:             both(with(e.ResumeChat)),
		protocol.ActDeactivateChat:         both(does(e.DeactivateChat)),
		protocol.ActTransferChat:           both(does(e.TransferChat)),
		protocol.ActFollowChat:             both(does(a.followChat)),
		protocol.ActUnfollowChat:           both(does(a.unfollowChat)),
		protocol.ActAddUserToChat:          both(does(a.addUser)),
		protocol.ActRemoveUserFromChat:     both(does(e.RemoveUser)),
		protocol.ActSendEvent:              both(with(a.sendEvent)),
		protocol.ActSendPostback:           both(does(e.Postback)),
		protocol.ActSendTyping:             both(does(e.Typing)),
		protocol.ActSendThinking:           both(does(e.Thinking)),
		protocol.ActSendEventPreview:       both(does(e.PreviewEvent)),
		protocol.ActRequestThreadSummary:   both(does(e.RequestSummary)),
		protocol.ActMarkEventsAsSeen:       both(does(e.MarkSeen)),
		protocol.ActTagThread:              both(does(e.TagThread)),
		protocol.ActUntagThread:            both(does(e.UntagThread)),
		protocol.ActUpdateChatProperties:   both(does(properties(e.UpdateProperties, "id"))),
		protocol.ActDeleteChatProperties:   both(does(properties(e.DeleteProperties, "id"))),
		protocol.ActUpdateThreadProperties: both(does(properties(e.UpdateProperties, "chat_id", "thread_id"))),
		protocol.ActDeleteThreadProperties: both(does(properties(e.DeleteProperties, "chat_id", "thread_id"))),
		protocol.ActUpdateEventProperties:  both(does(properties(e.UpdateProperties, "chat_id", "thread_id", "event_id"))),
		protocol.ActDeleteEventProperties:  both(does(properties(e.DeleteProperties, "chat_id", "thread_id", "event_id"))),
		protocol.ActMulticast:              both(does(e.Multicast)),
		protocol.ActUpdateCustomer:         both(does(a.updateCustomer)),
		protocol.ActBanCustomer:            both(does(a.banCustomer)),
		protocol.ActFollowCustomer:         both(does(a.followCustomer)),
		protocol.ActUnfollowCustomer:       both(does(a.unfollowCustomer)),
		protocol.ActSubscribeCustomers:     {Do: with(e.SubscribeCustomers), RTM: true},
		protocol.ActUnsubscribeCustomers:   {Do: does(e.UnsubscribeCustomers), RTM: true},
		protocol.ActSetRoutingStatus:       both(does(e.SetRoutingStatus)),

		protocol.ActSetAwayStatus: {Do: does(a.setAway), RTM: true},
		ActUpdateSession:          {Do: does(a.updateSession), RTM: true},
		protocol.ActUploadFile:    {Web: true, Do: transport.Uploaded, File: "file"},
	}
}

// ActUpdateSession gives a websocket a new token (3.6).
const ActUpdateSession = "update_session"

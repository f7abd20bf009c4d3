package agentapi

import (
	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
)

// Actions is the table of the Agent Chat API at 3.6. The scopes are those of the
// ladder (protocol/version).
func Actions(e *engine.Engine) map[string]transport.Action {
	a := api{e}
	return map[string]transport.Action{
		protocol.ActListChats:             transport.Read(a.listChats),
		protocol.ActGetChat:               transport.Read(e.GetChat),
		protocol.ActListThreads:           transport.Read(e.ListThreads),
		protocol.ActListArchives:          transport.Read(a.listArchives),
		protocol.ActGetCustomer:           transport.Read(a.getCustomer),
		protocol.ActListRoutingStatuses:   transport.Read(a.listRoutingStatuses),
		protocol.ActListAgentsForTransfer: transport.Read(a.listAgentsForTransfer),

		protocol.ActStartChat:              transport.Call(e.StartChat),
		protocol.ActResumeChat:             transport.Call(e.ResumeChat),
		protocol.ActDeactivateChat:         transport.Tell(e.DeactivateChat),
		protocol.ActTransferChat:           transport.Tell(e.TransferChat),
		protocol.ActFollowChat:             transport.Tell(a.followChat),
		protocol.ActUnfollowChat:           transport.Tell(a.unfollowChat),
		protocol.ActAddUserToChat:          transport.Tell(a.addUser),
		protocol.ActRemoveUserFromChat:     transport.Tell(e.RemoveUser),
		protocol.ActSendEvent:              transport.Call(a.sendEvent),
		protocol.ActSendPostback:           transport.Tell(e.Postback),
		protocol.ActSendTyping:             transport.Tell(e.Typing),
		protocol.ActSendThinking:           transport.Tell(e.Thinking),
		protocol.ActSendEventPreview:       transport.Tell(e.PreviewEvent),
		protocol.ActRequestThreadSummary:   transport.Tell(e.RequestSummary),
		protocol.ActMarkEventsAsSeen:       transport.Tell(e.MarkSeen),
		protocol.ActTagThread:              transport.Tell(e.TagThread),
		protocol.ActUntagThread:            transport.Tell(e.UntagThread),
		protocol.ActUpdateChatProperties:   transport.Properties(e.UpdateProperties, "id"),
		protocol.ActDeleteChatProperties:   transport.Properties(e.DeleteProperties, "id"),
		protocol.ActUpdateThreadProperties: transport.Properties(e.UpdateProperties, "chat_id", "thread_id"),
		protocol.ActDeleteThreadProperties: transport.Properties(e.DeleteProperties, "chat_id", "thread_id"),
		protocol.ActUpdateEventProperties:  transport.Properties(e.UpdateProperties, "chat_id", "thread_id", "event_id"),
		protocol.ActDeleteEventProperties:  transport.Properties(e.DeleteProperties, "chat_id", "thread_id", "event_id"),
		protocol.ActMulticast:              transport.Tell(e.Multicast),
		protocol.ActUpdateCustomer:         transport.Tell(a.updateCustomer),
		protocol.ActBanCustomer:            transport.Tell(a.banCustomer),
		protocol.ActFollowCustomer:         transport.Tell(a.followCustomer),
		protocol.ActUnfollowCustomer:       transport.Tell(a.unfollowCustomer),
		protocol.ActSubscribeCustomers:     {Do: transport.With(e.SubscribeCustomers), RTM: true},
		protocol.ActUnsubscribeCustomers:   {Do: transport.Does(e.UnsubscribeCustomers), RTM: true},
		protocol.ActSetRoutingStatus:       transport.Tell(e.SetRoutingStatus),

		protocol.ActSetAwayStatus: {Do: transport.Does(a.setAway), RTM: true},
		ActUpdateSession:          {Do: transport.Does(a.updateSession), RTM: true},
		protocol.ActUploadFile:    {Web: true, Do: transport.Uploaded, File: "file"},
	}
}

// ActUpdateSession gives a websocket a new token (3.6).
const ActUpdateSession = "update_session"

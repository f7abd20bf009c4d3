package customerapi

import (
	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
)

// api holds what the actions need.
type api struct{ e *engine.Engine }

// Actions is the table of the Customer Chat API at 3.6. Customers have no
// scopes: a token allows everything about its own customer and nothing else.
func Actions(e *engine.Engine) map[string]transport.Action {
	a := api{e}
	return map[string]transport.Action{
		protocol.ActListChats:         transport.Read(a.listChats),
		protocol.ActGetChat:           transport.Read(e.GetChat),
		protocol.ActListThreads:       transport.Read(a.listThreads),
		protocol.ActGetCustomer:       transport.Read(a.getCustomer),
		protocol.ActListGroupStatuses: transport.Read(a.listGroupStatuses),
		protocol.ActGetPredictedAgent: transport.Read(a.predictedAgent),
		protocol.ActGetForm:           transport.Read(a.getForm),

		protocol.ActStartChat:        transport.Call(a.startChat),
		protocol.ActResumeChat:       transport.Call(a.resumeChat),
		protocol.ActDeactivateChat:   transport.Tell(a.deactivateChat),
		protocol.ActSendEvent:        transport.Call(e.SendEvent),
		protocol.ActSendPostback:     transport.Tell(e.Postback),
		protocol.ActDeleteEvent:      transport.Tell(e.DeleteEvent),
		protocol.ActSendSneakPeek:    transport.Tell(e.SneakPeek),
		protocol.ActMarkEventsAsSeen: transport.Tell(e.MarkSeen),
		protocol.ActUpdateCustomer:   transport.Tell(a.updateCustomer),

		protocol.ActSetCustomerSessionFields: transport.Tell(a.setSessionFields),
		protocol.ActUpdateCustomerPage:       {Do: transport.Does(a.updatePage), RTM: true},
		protocol.ActUploadFile:               {Web: true, Do: transport.Uploaded, File: "file"},

		protocol.ActUpdateChatProperties:   transport.Properties(e.UpdateProperties, "id"),
		protocol.ActDeleteChatProperties:   transport.Properties(e.DeleteProperties, "id"),
		protocol.ActUpdateThreadProperties: transport.Properties(e.UpdateProperties, "chat_id", "thread_id"),
		protocol.ActDeleteThreadProperties: transport.Properties(e.DeleteProperties, "chat_id", "thread_id"),
		protocol.ActUpdateEventProperties:  transport.Properties(e.UpdateProperties, "chat_id", "thread_id", "event_id"),
		protocol.ActDeleteEventProperties:  transport.Properties(e.DeleteProperties, "chat_id", "thread_id", "event_id"),
	}
}

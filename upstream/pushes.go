package upstream

import (
	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// pushes says how each push is read, by its canonical name. With ignored it has
// every push of 3.6 and 3.7.
var pushes = map[string]func(jsontext.Value) (inbound, error){
	protocol.PushIncomingEvent:         push(incomingEvent),
	protocol.PushIncomingTyping:        push(incomingTyping),
	protocol.PushIncomingSneakPeek:     push(incomingSneakPeek),
	protocol.PushIncomingThinking:      push(incomingThinking),
	protocol.PushEventsMarkedAsSeen:    push(eventsMarkedAsSeen),
	protocol.PushIncomingChat:          push(incomingChat),
	protocol.PushChatDeactivated:       push(chatDeactivated),
	protocol.PushChatTransferred:       push(chatTransferred),
	protocol.PushChatAccessUpdated:     chatAccessUpdated,
	actAccessChanged:                   accessChanged,
	protocol.PushChatDeleted:           push(func(p *protocol.ChatRef) desk.Push { return desk.ChatGone{ChatID: chatRef(p)} }),
	protocol.PushChatUnfollowed:        push(func(p *protocol.ChatRef) desk.Push { return desk.ChatUnfollowed{ChatID: chatRef(p)} }),
	protocol.PushUserAddedToChat:       push(userAdded),
	protocol.PushUserRemovedFromChat:   push(userRemoved),
	protocol.PushEventUpdated:          push(eventUpdated),
	protocol.PushEventDeleted:          push(eventDeleted),
	protocol.PushThreadTagged:          push(func(p *protocol.ThreadTag) desk.Push { return tagged(p, false) }),
	protocol.PushThreadUntagged:        push(func(p *protocol.ThreadTag) desk.Push { return tagged(p, true) }),
	protocol.PushThreadSummarySet:      push(threadSummarySet),
	protocol.PushIncomingError:         incomingError,
	protocol.PushChatPropertiesUpdated: propertiesSet,
	protocol.PushThreadPropsUpdated:    propertiesSet,
	protocol.PushEventPropsUpdated:     propertiesSet,
	protocol.PushChatPropertiesDeleted: propertiesDeleted,
	protocol.PushThreadPropsDeleted:    propertiesDeleted,
	protocol.PushEventPropsDeleted:     propertiesDeleted,
	protocol.PushQueuePositionsUpdated: push(queuePositions),
	protocol.PushRoutingStatusSet:      push(routingStatusSet),
	protocol.PushCustomerUpdated:       push(customerUpdated),
	protocol.PushIncomingCustomer:      push(cameCustomer),
	protocol.PushIncomingCustomers:     incomingCustomers,
	protocol.PushCustomerPageUpdated:   push(customerPage),
	protocol.PushCustomerLeft:          push(customerLeft),
	protocol.PushCustomerBanned:        push(customerBanned),
	protocol.PushCustomerStatistics:    push(customerStatistics),
	protocol.PushCustomerTransferred:   push(customerTransferred),
	protocol.PushCustomerUnfollowed:    push(func(p *customerGone) desk.Push { return desk.CustomerFollowed{CustomerID: p.ID} }),

	protocol.PushIncomingMulticast: push(incomingMulticast),

	protocol.PushIncomingPostback: rereads, // the event's buttons count anew
	"thread_deleted":              rereads,
	"threads_deleted":             func(jsontext.Value) (inbound, error) { return inbound{stale: []string{allChats}}, nil },

	"agent_approved":          configured, // who are my colleagues, what are they called
	"agent_created":           configured,
	"agent_deleted":           configured,
	"agent_suspended":         configured,
	"agent_unsuspended":       configured,
	protocol.PushAgentUpdated: configured,
	"group_created":           configured,
	"group_deleted":           configured,
	"group_updated":           configured,
	"tag_created":             configured,
	"tag_deleted":             configured,
	"tag_updated":             configured,
}

// actAccessChanged stands for the pushes about access before 3.4: access_granted,
// access_revoked and access_set, later chat_access_granted and _revoked.
const actAccessChanged = "chat_access_changed"

// ignored are the pushes that change nothing of a desk, and why.
var ignored = map[string]string{
	"auto_accesses_updated":          "rules of access are read with the page that shows them",
	"bot_created":                    "bots are known from the chats they are in",
	"bot_deleted":                    "bots are known from the chats they are in",
	"bot_updated":                    "bots are known from the chats they are in",
	"canned_response_created":        "canned responses of the server are not kept on a board",
	"canned_response_deleted":        "canned responses of the server are not kept on a board",
	"canned_response_updated":        "canned responses of the server are not kept on a board",
	"group_properties_updated":       "a board shows no properties of groups",
	protocol.PushGroupsStatusUpdated: "who can take a chat is asked when it is transferred",
	"license_properties_updated":     "a board shows no properties of the licence",
	protocol.PushCustomerTotals:      "customers are listed once, not followed by a subscription",
	"ticket_created":                 "a board shows no tickets",
	"ticket_deleted":                 "a board shows no tickets",
}

// configured is for pushes about agents, groups and tags: all of that is read
// again, a moment later, since such pushes come in bunches and to everybody.
func configured(jsontext.Value) (inbound, error) { return inbound{config: true}, nil }

// Package engine is the chat server without its wires: who may do what, what
// happens then, and who is told.
//
// Everything that asks something of it is an Actor: an agent, a customer, or the
// server itself. The agent API, the customer API and the demo all call the same
// methods:
//
//   - chats: StartChat, ResumeChat, DeactivateChat, TransferChat, FollowChat,
//     UnfollowChat, AddUser, RemoveUser
//   - access: GrantAccess, RevokeAccess, SetAccess
//   - events: SendEvent, Typing, Thinking, PreviewEvent, SneakPeek, MarkSeen,
//     Postback, Multicast, RequestSummary
//   - marks: TagThread, UntagThread, UpdateProperties, DeleteProperties
//   - customers: CreateCustomer, Customer, GetCustomer, UpdateCustomer,
//     BanCustomer, Ban, Unban, Bans, UpdatePage, AddCustomer, ListCustomers,
//     FollowCustomer, UnfollowCustomer, SubscribeCustomers, UnsubscribeCustomers
//   - deletion: DeleteEvent, DeleteThread, DeleteThreads, DeleteChat
//   - reading: ListChats, GetChat, ListThreads, ListArchives, RoutingStatuses,
//     AgentsForTransfer, GroupStatuses
//   - presence: LoginAgent, LoginCustomer, End, SetRoutingStatus, SetAway,
//     UpdateSession
//   - accounts: Authenticate, CheckPassword, CreateToken, RevokeToken,
//     LogoutRemotely
//   - files: AddFile, OpenFile
//   - configuration: AddAgent, UpdateAgent, DeleteAgent, SuspendAgent,
//     UnsuspendAgent, ApproveAgent, and the same for groups, tags, automatic
//     accesses, canned responses, properties and bots
//   - seeding: SetLicense, CreateAgent, CreateGroup, CreateTag, ImportThreads
//
// Requests and answers are the structures of package protocol. An error that may
// be shown is a *protocol.Error; anything else is the server's own failure.
//
// # Order
//
// Changes happen one at a time under one lock. A change is written and committed
// to disk first, then it can be read, then it is pushed, then the request is
// answered. So pushes arrive in the order of the commits, and what was pushed or
// answered is never lost. Readers do not wait for writers.
//
// A live connection is a Session with a Sink. To watch chats without a socket,
// as a simulated customer does, log in with a Sink of one's own.
//
// # Who is told
//
// What happens in a chat (incoming_event, chat_deactivated, chat_transferred,
// chat_access_updated, user_added_to_chat, user_removed_from_chat,
// events_marked_as_seen, thread_tagged, thread_untagged, the properties' pushes,
// queue_positions_updated) goes to every agent with access to the chat, member or
// not, so that lists of other agents' chats are alive. incoming_chat goes to
// whoever begins to see a chat and to who becomes its member. Typing and sneak
// peeks go to members and followers only. The customer gets what concerns his
// own chat, except what is for agents only.
//
// What administrators set up is told to who may read it: agents and bots by
// agents--all:ro and agents-bot--all:ro, groups and tags and canned responses by
// the scope for all or by one's groups, automatic access by access_rules:ro,
// properties by their scopes, bans by customers:ro. Who gains or loses sight of a
// tag or canned response by a change is told that it was created or deleted.
//
// What a customer does on the site (incoming_customer, customer_updated,
// customer_page_updated, customer_statistics_updated, customer_left) goes to the
// agents whose monitoring level covers him, who follow him, and to connections
// subscribed to him. Who loses sight of him without that gets
// customer_transferred.
//
// An agent whose groups or role change is told as if he had come anew: chats and
// customers that come into his sight whole, those that go out of it with a push of
// their access, or customer_transferred. He follows none that he has no access to.
//
// Sending an event moves the author's events_seen_up_to to that event without a
// push of its own (3.3+): whoever mirrors a chat must do the same.
package engine

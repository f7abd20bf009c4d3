package protocol

// Methods of the Agent Chat API at 3.6 that this project speaks.
const (
	ActAddUserToChat          = "add_user_to_chat"
	ActBanCustomer            = "ban_customer"
	ActDeactivateChat         = "deactivate_chat"
	ActDeleteChatProperties   = "delete_chat_properties"
	ActDeleteEventProperties  = "delete_event_properties"
	ActDeleteThreadProperties = "delete_thread_properties"
	ActFollowChat             = "follow_chat"
	ActGetChat                = "get_chat"
	ActGetCustomer            = "get_customer"
	ActListAgentsForTransfer  = "list_agents_for_transfer"
	ActListArchives           = "list_archives"
	ActListChats              = "list_chats"
	ActListRoutingStatuses    = "list_routing_statuses"
	ActListThreads            = "list_threads"
	ActLogin                  = "login"
	ActLogout                 = "logout"
	ActMarkEventsAsSeen       = "mark_events_as_seen"
	ActPing                   = "ping"
	ActRemoveUserFromChat     = "remove_user_from_chat"
	ActResumeChat             = "resume_chat"
	ActSendEvent              = "send_event"
	ActSendPostback           = "send_rich_message_postback"
	ActSendTyping             = "send_typing_indicator"
	ActSetAwayStatus          = "set_away_status"
	ActSetRoutingStatus       = "set_routing_status"
	ActStartChat              = "start_chat"
	ActTagThread              = "tag_thread"
	ActTransferChat           = "transfer_chat"
	ActUnfollowChat           = "unfollow_chat"
	ActUntagThread            = "untag_thread"
	ActUpdateChatProperties   = "update_chat_properties"
	ActUpdateCustomer         = "update_customer"
	ActUpdateEventProperties  = "update_event_properties"
	ActUpdateThreadProperties = "update_thread_properties"
	ActUploadFile             = "upload_file" // web only
)

// Further methods, of the Customer Chat API at 3.6.
const (
	ActGetForm                  = "get_form"
	ActGetPredictedAgent        = "get_predicted_agent"
	ActListGroupStatuses        = "list_group_statuses"
	ActSendSneakPeek            = "send_sneak_peek"
	ActSetCustomerSessionFields = "set_customer_session_fields"
	ActUpdateCustomerPage       = "update_customer_page"
)

// Pushes at 3.6 that this project sends or understands. The customer API uses a
// part of the same names.
const (
	PushAgentDisconnected     = "agent_disconnected"
	PushAgentUpdated          = "agent_updated"
	PushChatAccessUpdated     = "chat_access_updated"
	PushChatDeactivated       = "chat_deactivated"
	PushChatDeleted           = "chat_deleted"
	PushChatPropertiesDeleted = "chat_properties_deleted"
	PushChatPropertiesUpdated = "chat_properties_updated"
	PushChatTransferred       = "chat_transferred"
	PushChatUnfollowed        = "chat_unfollowed"
	PushCustomerBanned        = "customer_banned"
	PushCustomerDisconnected  = "customer_disconnected"
	PushCustomerLeft          = "customer_left"
	PushCustomerPageUpdated   = "customer_page_updated"
	PushCustomerUpdated       = "customer_updated"
	PushEventDeleted          = "event_deleted"
	PushEventPropsDeleted     = "event_properties_deleted"
	PushEventPropsUpdated     = "event_properties_updated"
	PushEventUpdated          = "event_updated"
	PushEventsMarkedAsSeen    = "events_marked_as_seen"
	PushGroupsStatusUpdated   = "groups_status_updated"
	PushIncomingChat          = "incoming_chat"
	PushIncomingCustomer      = "incoming_customer"
	PushIncomingCustomers     = "incoming_customers"
	PushIncomingEvent         = "incoming_event"
	PushIncomingPostback      = "incoming_rich_message_postback"
	PushIncomingSneakPeek     = "incoming_sneak_peek"
	PushIncomingTyping        = "incoming_typing_indicator"
	PushQueuePositionUpdated  = "queue_position_updated"  // customer API
	PushQueuePositionsUpdated = "queue_positions_updated" // agent API
	PushRoutingStatusSet      = "routing_status_set"
	PushThreadPropsDeleted    = "thread_properties_deleted"
	PushThreadPropsUpdated    = "thread_properties_updated"
	PushThreadTagged          = "thread_tagged"
	PushThreadUntagged        = "thread_untagged"
	PushUserAddedToChat       = "user_added_to_chat"
	PushUserRemovedFromChat   = "user_removed_from_chat"
)

// Reasons of agent_disconnected at 3.6 (api guide, section 1).
const (
	ReasonTokenExpired         = "access_token_expired"
	ReasonTokenRevoked         = "access_token_revoked"
	ReasonDisconnectedByServer = "agent_disconnected_by_server"
	ReasonLoggedOutRemotely    = "agent_logged_out_remotely"
	ReasonConnectionEvicted    = "connection_evicted"
	ReasonConnectionTimeout    = "connection_timeout"
	ReasonInternalError        = "internal_error"
	ReasonLicenseExpired       = "license_expired"
	ReasonLicenseNotFound      = "license_not_found"
	ReasonMisdirected          = "misdirected_connection"
	ReasonRoleChanged          = "role_permissions_changed"
	ReasonTooManyConnections   = "too_many_connections"
	ReasonTooManyUnauthorized  = "too_many_unauthorized_connections"
	ReasonUnsupportedVersion   = "unsupported_version"
	ReasonCustomerBanned       = "customer_banned" // customer_disconnected
)

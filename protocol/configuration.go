package protocol

// Pushes about what administrators set up (3.4+; tags and the array of automatic
// accesses 3.5+; properties 3.6+; canned responses 3.7+).
const (
	PushAgentApproved          = "agent_approved"
	PushAgentCreated           = "agent_created"
	PushAgentDeleted           = "agent_deleted"
	PushAgentSuspended         = "agent_suspended"
	PushAgentUnsuspended       = "agent_unsuspended"
	PushAutoAccessesUpdated    = "auto_accesses_updated"
	PushBotCreated             = "bot_created"
	PushBotDeleted             = "bot_deleted"
	PushBotUpdated             = "bot_updated"
	PushCannedResponseCreated  = "canned_response_created"
	PushCannedResponseDeleted  = "canned_response_deleted"
	PushCannedResponseUpdated  = "canned_response_updated"
	PushGroupCreated           = "group_created"
	PushGroupDeleted           = "group_deleted"
	PushGroupPropertiesUpdated = "group_properties_updated"
	PushGroupUpdated           = "group_updated"
	PushLicensePropsUpdated    = "license_properties_updated"
	PushTagCreated             = "tag_created"
	PushTagDeleted             = "tag_deleted"
	PushTagUpdated             = "tag_updated"
)

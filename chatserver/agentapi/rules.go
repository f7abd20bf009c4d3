package agentapi

import (
	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol/version"
)

// Dialects are the differences between the versions of the Agent Chat API that
// the ladder cannot express.
func Dialects(e *engine.Engine) *transport.Dialects {
	return &transport.Dialects{Older: older(e), Rules: rules, Behalf: behalf(e), Fields: fields}
}

// rules are what a version allows or does (changelog 3.1, 3.2 and 3.4; api guide,
// sections 4 and 5).
func rules(v version.Version) engine.Rules {
	if v >= version.V34 {
		return engine.Rules{}
	}
	return engine.Rules{
		Outsiders:       true,
		DormantUsers:    true,
		DormantTransfer: v >= version.V32,
		Queues:          v == version.V30,
		Attach:          true,
		AttachSystem:    v == version.V33,
		LoneCustomer:    v < version.V32,
		Opens:           v == version.V30,
		Annotations:     v == version.V30,
		Numbered:        v < version.V32,
		Visible:         true,
	}
}

package agentapi

import (
	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
	"agentdesk/protocol/version"

	"github.com/go-json-experiment/json/jsontext"
)

// older are the actions that older versions do differently, or alone: by name,
// oldest Home first. The ladder tells who may call them and where. Each reads a
// request in the words of its Home and answers in them.
func older(e *engine.Engine) map[string][]transport.Action {
	a := api{e}
	at := func(home version.Version, do transport.Handler) transport.Action {
		return transport.Action{Home: home, Do: do}
	}
	reads := func(home version.Version, do transport.Handler) transport.Action {
		return transport.Action{Home: home, Do: do, Reads: true}
	}
	return map[string][]transport.Action{
		// 3.1 began to answer ids instead of what was made.
		"send_event":    {at(version.V30, a.sendEvent30)},
		"start_chat":    {at(version.V30, a.startChat30)},
		"activate_chat": {at(version.V30, a.startChat30)},
		"create_customer": {
			at(version.V30, a.createCustomer30),
			at(version.V35, transport.With(a.createCustomer)),
		},
		"update_customer":            {at(version.V31, a.updateCustomer31)},
		"update_last_seen_timestamp": {at(version.V30, a.updateLastSeen)},

		// What ended with 3.0.
		"send_file":                    {{Home: version.V30, Do: a.sendFile, File: "payload.file"}},
		"upload_image":                 {{Home: version.V30, Do: a.uploadImage, File: "payload.image"}},
		"add_auto_access_rules":        {at(version.V30, a.addAutoAccess)},
		"remove_auto_access_rules":     {at(version.V30, a.removeAutoAccess)},
		"get_auto_access_rules_config": {reads(version.V30, a.autoAccessRules)},

		// What ended with 3.1: several threads at once.
		"get_chat_threads":         {reads(version.V31, a.chatThreads)},
		"get_chat_threads_summary": {reads(version.V31, a.threadsSummary)},

		// What ended with 3.1 and 3.3: access without a transfer.
		"set_access":         {at(version.V31, chatAccess(e.SetAccess))},
		"grant_chat_access":  {at(version.V33, chatAccess(e.GrantAccess))},
		"revoke_chat_access": {at(version.V33, chatAccess(e.RevokeAccess))},

		// What ended with 3.4 and 3.5.
		"change_push_notifications": {at(version.V34, a.changeNotifications)},
		"list_customers":            {reads(version.V35, a.listCustomers)},
		"get_license_info":          {reads(version.V35, a.licenseInfo)},
	}
}

// canonical reads a request of an older version as the one it became.
func canonical[In any](r *transport.Request, home version.Version) (In, error) {
	var in In
	m, err := version.Request(version.Message{Action: r.Action, Payload: r.Payload}, home, version.Canonical)
	if err != nil {
		return in, err
	}
	up := *r
	up.Action, up.Payload = m.Action, m.Payload
	return in, up.Decode(&in)
}

// told says an answer made of canonical structures in an older version. root is
// the action whose answer is a structure itself, "" where they stand within.
func told(root string, answer any, home version.Version) (any, error) {
	b, err := protocol.Encode(answer)
	if err != nil {
		return nil, err
	}
	return version.Response(version.Message{Action: root, Payload: jsontext.Value("{}")}, b, version.Canonical, home)
}

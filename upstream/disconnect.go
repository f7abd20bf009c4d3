package upstream

import (
	"time"

	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// advice says what to do after a connection ended for a reason.
type advice int

const (
	adviseTry    advice = iota // reconnect with back-off
	adviseSlow                 // the same, and not before slowRetry
	adviseThrice               // reconnect, but give up after three times in a row
	adviseStop                 // wait for the agent
	adviseEnd                  // forget the token and end the session
)

// slowRetry is the shortest wait where the server is known to count attempts.
const slowRetry = 10 * time.Second

// tries is how often an unknown reason is tried before giving up.
const tries = 3

// verdict is what a reason means: what we do, what the agent can do, and what
// the connection bar says.
type verdict struct {
	do     advice
	action desk.Action
	text   string
}

// Reasons of our own, beside those of the server.
const (
	reasonDial      = "dial"      // no connection could be made
	reasonRefused   = "refused"   // the HTTP handshake was answered with 4xx
	reasonClosed    = "closed"    // the socket ended without agent_disconnected
	reasonSilent    = "silent"    // nothing was heard for too long
	reasonStuck     = "stuck"     // a write did not go through
	reasonSnapshot  = "snapshot"  // what is true now could not be read
	reasonOutbox    = "outbox"    // our own store did not answer
	reasonPanic     = "panic"     // a fault of ours
	reasonToken     = "new_token" // a new token takes over
	reasonOtherOne  = "other_agent"
	reasonNoTabs    = "no_tabs"
	reasonSignedOut = "signed_out"
	reasonShutdown  = "shutdown"
)

const reconnecting = "Reconnecting to the chat server…"

// verdicts is the one place where reasons get their meaning: those of
// agent_disconnected in every version (Agent Chat API v3.6, "agent_disconnected";
// api guide, section 1), the error types a login is refused with, and our own.
var verdicts = map[string]verdict{
	protocol.ReasonConnectionTimeout: {adviseTry, desk.ActRetry, reconnecting},
	"ping_timeout":                   {adviseTry, desk.ActRetry, reconnecting}, // 3.0
	protocol.ReasonInternalError:     {adviseTry, desk.ActRetry, reconnecting},
	protocol.ReasonTooManyUnauthorized: {adviseSlow, desk.ActRetry,
		"The chat server has too many sign-ins waiting. Trying again shortly…"},
	protocol.ReasonRoleChanged:  {adviseTry, desk.ActRetry, "Your permissions changed. Reconnecting…"},
	protocol.ReasonTokenExpired: {adviseStop, desk.ActSignIn, "Your sign-in has expired. Sign in again to go on; nothing you wrote is lost."},
	protocol.ReasonTokenRevoked: {adviseEnd, desk.ActSignIn, "Your sign-in was withdrawn. Sign in again."},
	protocol.ReasonConnectionEvicted: {adviseStop, desk.ActTakeOver,
		"Your desk was opened somewhere else. Use it here instead?"},
	protocol.ReasonLoggedOutRemotely: {adviseStop, desk.ActTakeOver,
		"You were signed out of the chat server from somewhere else. Use your desk here?"},
	"logged_out_remotely": {adviseStop, desk.ActTakeOver, // 3.0
		"You were signed out of the chat server from somewhere else. Use your desk here?"},
	protocol.ReasonDisconnectedByServer: {adviseStop, desk.ActRetry, "The chat server ended your connection."},
	protocol.ReasonTooManyConnections:   {adviseStop, desk.ActRetry, "You have too many connections to the chat server. Close one elsewhere, then try again."},
	protocol.ReasonLicenseExpired:       {adviseStop, desk.ActNothing, "The licence of this chat service has expired. Ask its owner."},
	protocol.ReasonLicenseNotFound:      {adviseStop, desk.ActNothing, "The chat server does not know this licence. Ask your administrator."},
	protocol.ReasonMisdirected: {adviseStop, desk.ActNothing,
		"Your account belongs to another region of the chat service. Ask your administrator to set that region's address."},
	protocol.ReasonUnsupportedVersion: {adviseStop, desk.ActNothing,
		"This desk needs an update before the chat server will talk to it. Ask your administrator."},
	"product_version_changed": {adviseStop, desk.ActNothing, "The chat service changed its product. Ask your administrator."}, // 3.1
	"agent_deleted":           {adviseEnd, desk.ActSignIn, "Your account was deleted."},                                       // 3.0

	protocol.ErrAuthentication:      {adviseStop, desk.ActSignIn, "The chat server does not accept your sign-in any more. Sign in again."},
	protocol.ErrAuthorization:       {adviseStop, desk.ActSignIn, "Your sign-in does not allow to connect. Sign in with another token."},
	protocol.ErrRequesterAwaiting:   {adviseStop, desk.ActRetry, "Your account waits for approval. Ask your administrator."},
	protocol.ErrRequesterSuspended:  {adviseStop, desk.ActNothing, "Your account is suspended. Ask your administrator."},
	protocol.ErrSeatsLimit:          {adviseStop, desk.ActRetry, "All seats of this licence are taken. Somebody has to sign out first."},
	protocol.ErrWrongProductVersion: {adviseStop, desk.ActNothing, "This licence is not on a product that this desk can use."},
	protocol.ErrMisdirected: {adviseStop, desk.ActNothing,
		"Your account belongs to another region of the chat service. Ask your administrator to set that region's address."},
	protocol.ErrTooManyRequests:      {adviseSlow, desk.ActRetry, "The chat server asks to slow down. Trying again shortly…"},
	protocol.ErrPendingRequestsLimit: {adviseSlow, desk.ActRetry, "The chat server asks to slow down. Trying again shortly…"},
	protocol.ErrServiceUnavailable:   {adviseTry, desk.ActRetry, "The chat server takes nobody in at the moment. Trying again…"},
	protocol.ErrInternal:             {adviseTry, desk.ActRetry, reconnecting},
	protocol.ErrRequestTimeout:       {adviseTry, desk.ActRetry, reconnecting},

	reasonDial:     {adviseTry, desk.ActRetry, "The chat server cannot be reached. Trying again…"},
	reasonRefused:  {adviseThrice, desk.ActRetry, "The chat server refused the connection. Ask your administrator to check its address and the version of its API."},
	reasonClosed:   {adviseTry, desk.ActRetry, reconnecting},
	reasonSilent:   {adviseTry, desk.ActRetry, reconnecting},
	reasonStuck:    {adviseTry, desk.ActRetry, reconnecting},
	reasonSnapshot: {adviseTry, desk.ActRetry, reconnecting},
	reasonOutbox:   {adviseTry, desk.ActRetry, "Your unsent messages could not be read. Trying again…"},
	reasonPanic:    {adviseTry, desk.ActRetry, "Something went wrong on our side. Reconnecting…"},
	reasonToken:    {adviseTry, desk.ActRetry, reconnecting},
	reasonOtherOne: {adviseEnd, desk.ActSignIn, "This sign-in belongs to another agent. Sign in again."},
}

// judge looks a reason up. An unknown one is tried three times, and then shown
// as it is. Only 3.1 and 3.2 advise to reconnect after too_many_connections
// (api guide, section 1); that is not done at once, lest two clients throw each
// other out.
func (d dialect) judge(reason string) verdict {
	if reason == protocol.ReasonTooManyConnections && (d.Version == version.V31 || d.Version == version.V32) {
		return verdict{adviseSlow, desk.ActRetry, "You have too many connections to the chat server. Trying again shortly…"}
	}
	if v, ok := verdicts[reason]; ok {
		return v
	}
	return verdict{adviseThrice, desk.ActRetry, "The chat server ended the connection (%s)."}
}

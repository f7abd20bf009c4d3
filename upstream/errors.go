package upstream

import (
	"context"
	"errors"
	"regexp"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// errLost is what a request gets whose connection ended before its answer came.
var errLost = desk.Fail(desk.Unavailable, "The connection to the chat server was lost before it answered.")

// errSilent is what a request gets whose answer did not come in time.
var errSilent = desk.Fail(desk.Timeout, "The chat server did not answer in time.")

// errEnded is what callers get of a session that is over.
var errEnded = desk.Fail(desk.Unauthorized, "You are signed out. Sign in again to continue.")

// errBusy is what a request gets when too many wait already.
var errBusy = desk.Fail(desk.TooMany, "Too much is going on at once. Wait a moment and try again.")

// errReused is for a form that was sent and now says something else: it would be
// taken for what was said then. Its field tells that it needs another id.
var errReused error = &desk.Error{Code: desk.Conflict, Text: "This form was already sent with another text. Send it once more if you mean both.", Field: "custom_id"}

// meaning is what a wire error is to the desk.
type meaning struct {
	code desk.Code
	text string
}

// meanings is the one place where wire error types (Agent Chat API v3.6,
// "Errors") become codes and sentences.
var meanings = map[string]meaning{
	protocol.ErrAgentOffline:         {desk.Conflict, "This agent is offline and cannot take the chat."},
	protocol.ErrAuthentication:       {desk.Unauthorized, "The chat server does not accept your sign-in any more. Sign in again."},
	protocol.ErrAuthorization:        {desk.Forbidden, "You are not allowed to do this."},
	protocol.ErrChatAlreadyActive:    {desk.Conflict, "This chat is open already."},
	protocol.ErrChatInactive:         {desk.Conflict, "This chat is closed. Resume it to write again."},
	protocol.ErrCustomerBanned:       {desk.Conflict, "This customer is banned."},
	protocol.ErrEntityTooLarge:       {desk.Invalid, "This file is too large: files can have up to 10 MB."},
	protocol.ErrGroupOffline:         {desk.Conflict, "Nobody in this group is online."},
	protocol.ErrGroupsOffline:        {desk.Conflict, "Nobody in these groups is online."},
	protocol.ErrGroupUnavailable:     {desk.Conflict, "Nobody in this group can take the chat now."},
	protocol.ErrInternal:             {desk.Internal, "The chat server had a problem of its own. Try again."},
	protocol.ErrLicenseExpired:       {desk.Forbidden, "The licence of this chat service has expired. Ask its owner."},
	protocol.ErrLicenseNotFound:      {desk.Forbidden, "The chat server does not know this licence."},
	protocol.ErrLimitReached:         {desk.Conflict, "A limit of your plan is reached."},
	protocol.ErrMisdirected:          {desk.Forbidden, "Your account belongs to another region of the chat service. Ask your administrator."},
	protocol.ErrMissingAccess:        {desk.NotFound, "This chat does not exist, or you may not see it."},
	protocol.ErrNotFound:             {desk.NotFound, "This does not exist any more."},
	protocol.ErrPendingRequestsLimit: {desk.TooMany, "Too much is going on at once. Wait a moment and try again."},
	protocol.ErrRequestTimeout:       {desk.Timeout, "The chat server did not answer in time."},
	protocol.ErrRequesterOffline:     {desk.Unavailable, "The chat server takes you for offline. Try again in a moment."},
	protocol.ErrRequesterAwaiting:    {desk.Forbidden, "Your account waits for approval. Ask your administrator."},
	protocol.ErrRequesterSuspended:   {desk.Forbidden, "Your account is suspended. Ask your administrator."},
	protocol.ErrSeatsLimit:           {desk.Conflict, "All seats of this licence are taken. Somebody has to sign out first."},
	protocol.ErrServiceUnavailable:   {desk.Unavailable, "The chat server takes no requests at the moment. Try again soon."},
	protocol.ErrTooManyRequests:      {desk.TooMany, "The chat server asks to slow down. Wait a moment and try again."},
	protocol.ErrUnsupportedVersion:   {desk.Forbidden, "The chat server does not speak this version of its API. Ask your administrator to change it."},
	protocol.ErrValidation:           {desk.Invalid, "The chat server did not accept this."},
	protocol.ErrWrongProductVersion:  {desk.Forbidden, "This licence is not on a product that this desk can use."},
	"requester_offline":              {desk.Unavailable, "The chat server takes you for offline. Try again in a moment."},
	"not_allowed":                    {desk.Forbidden, "This is not allowed."},
	"already_exists":                 {desk.Conflict, "This exists already."},
	"chat_anonymized":                {desk.Conflict, "This chat was made anonymous and cannot be changed."},
}

// fromWire turns the error of a response into the desk's. The server's own
// message stays in the cause, for the log: it may quote what was sent.
func fromWire(e *protocol.Error) *desk.Error {
	m, ok := meanings[e.Type]
	if !ok {
		m = meaning{desk.Internal, "The chat server refused this."}
	}
	return &desk.Error{Code: m.code, Text: m.text, Err: &wireError{typ: e.Type}}
}

// inWordsOf puts an error in the words of the command that met it. A transfer to
// a group meets agent_offline when nobody of the group is free; one to an agent
// meets missing_access when it is that agent who may not see the chat.
func inWordsOf(c desk.Command, err error) error {
	t, ok := c.(desk.Transfer)
	switch typ := wireType(err); {
	case ok && t.AgentID == "" && typ == protocol.ErrAgentOffline:
		return fromWire(&protocol.Error{Type: protocol.ErrGroupUnavailable})
	case ok && t.AgentID != "" && typ == protocol.ErrMissingAccess:
		return &desk.Error{Code: desk.Conflict, Text: "This agent may not see the chat.", Err: &wireError{typ: typ}}
	}
	return err
}

// wireError keeps the type of a wire error and leaves its message behind, which
// could hold what people wrote.
type wireError struct{ typ string }

// Error names the type.
func (e *wireError) Error() string { return "chat server: " + safeCode(e.typ) }

// wireType is the wire type behind an error, "" where it did not come from the
// chat server.
func wireType(err error) string {
	var w *wireError
	if errors.As(err, &w) {
		return w.typ
	}
	return ""
}

// unknownOutcome reports whether an error leaves open if the request was done.
func unknownOutcome(err error) bool {
	switch wireType(err) {
	case protocol.ErrRequestTimeout, protocol.ErrInternal, protocol.ErrServiceUnavailable:
		return true
	case "":
	default:
		return false
	}
	return err != nil && !errors.Is(err, errBusy)
}

// transient reports whether a read is worth another try on the same connection.
func transient(err error) bool {
	switch wireType(err) {
	case protocol.ErrRequestTimeout, protocol.ErrInternal, protocol.ErrServiceUnavailable,
		protocol.ErrTooManyRequests, protocol.ErrPendingRequestsLimit:
		return true
	}
	return errors.Is(err, errBusy)
}

// unsaid is the error for a request that could not be put into words.
func unsaid(err error) error {
	if errors.Is(err, errTooOld) {
		return err
	}
	return desk.Wrap(desk.Internal, "This could not be sent.", err)
}

// signInError turns the reason why no connection came about into an error.
func (r *Registry) signInError(ctx context.Context, err error) error {
	var e *ending
	if !errors.As(err, &e) {
		return desk.Wrap(desk.Internal, "", err)
	}
	var refused *desk.Error
	switch {
	case errors.As(e.err, &refused):
		if refused.Code == desk.Unauthorized || refused.Code == desk.Forbidden && e.reason == "authorization" {
			return desk.Wrap(desk.Unauthorized, "The chat server does not accept this access token. It may have expired.", err)
		}
		return desk.Wrap(refused.Code, refused.Text, err)
	case ctx.Err() != nil:
		return expired(ctx.Err())
	case e.reason == reasonRefused:
		return desk.Wrap(desk.Unavailable, verdicts[reasonRefused].text, err)
	}
	if v := r.dialect.judge(e.reason); v.do >= adviseStop {
		return desk.Wrap(desk.Forbidden, v.text, err)
	}
	return desk.Wrap(desk.Unavailable, unreachable, err)
}

// expired turns a context's end into the desk's error.
func expired(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return desk.Wrap(desk.Timeout, errSilent.Text, err)
	}
	return desk.Wrap(desk.Unavailable, "This was given up before the chat server answered.", err)
}

var codeShape = regexp.MustCompile(`^[a-z0-9_]{1,64}$`)

// safeCode lets through only what looks like a code, since it is shown, logged
// and counted.
func safeCode(code string) string {
	if codeShape.MatchString(code) {
		return code
	}
	return "unreadable"
}

package protocol

import "github.com/go-json-experiment/json/jsontext"

// Error types of both APIs at 3.6 (Agent Chat API v3.6 "Errors"; Customer Chat
// API v3.6 "Errors"). A type not listed here may still arrive and is kept.
const (
	ErrAgentOffline         = "agent_offline"
	ErrAuthentication       = "authentication"
	ErrAuthorization        = "authorization"
	ErrChatAlreadyActive    = "chat_already_active" // customer API; name as the vendor's SDK has it
	ErrChatInactive         = "chat_inactive"
	ErrCustomerBanned       = "customer_banned"
	ErrEntityTooLarge       = "entity_too_large"
	ErrGroupOffline         = "group_offline"
	ErrGroupsOffline        = "groups_offline"
	ErrGroupUnavailable     = "group_unavailable"
	ErrInternal             = "internal"
	ErrLicenseExpired       = "license_expired"
	ErrLicenseNotFound      = "license_not_found"
	ErrLimitReached         = "limit_reached"
	ErrMisdirected          = "misdirected_request"
	ErrMissingAccess        = "missing_access"
	ErrNotFound             = "not_found"
	ErrPendingRequestsLimit = "pending_requests_limit_reached"
	ErrRequestTimeout       = "request_timeout"
	ErrRequesterOffline     = "requester_already_offline"
	ErrRequesterAwaiting    = "requester_awaiting_approval"
	ErrRequesterSuspended   = "requester_suspended"
	ErrSeatsLimit           = "seats_limit_exceeded"
	ErrServiceUnavailable   = "service_unavailable"
	ErrTooManyRequests      = "too_many_requests"
	ErrUnsupportedVersion   = "unsupported_version"
	ErrUsersLimitReached    = "users_limit_reached" // customer API
	ErrValidation           = "validation"
	ErrWrongProductVersion  = "wrong_product_version"
)

// Error is the error of both APIs: a type for programs, a message for people.
type Error struct {
	Type    string         `json:"type"`
	Message string         `json:"message"`
	Data    jsontext.Value `json:"data,omitzero"`
}

// Error returns type and message.
func (e *Error) Error() string { return e.Type + ": " + e.Message }

// ErrorPayload is the payload of a failed response and the body of a failed web
// request.
type ErrorPayload struct {
	Error Error `json:"error"`
}

// Fail builds an error with a type and a message.
func Fail(typ, message string) *Error { return &Error{Type: typ, Message: message} }

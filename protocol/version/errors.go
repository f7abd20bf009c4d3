package version

import "agentdesk/protocol"

// errorTypes says since when a type of error is known and which type stands in
// for it before (api guide, section 1). The documents give no mapping: those of
// 3.4 and 3.2 become what these methods answered before, and of those of 3.1,
// limits that pass by themselves become the one type after which a client of 3.0
// tries again.
var errorTypes = map[string]struct {
	since  Version
	before string
}{
	protocol.ErrAgentOffline:         {V34, protocol.ErrValidation},
	protocol.ErrMissingAccess:        {V34, protocol.ErrAuthorization},
	protocol.ErrNotFound:             {V34, protocol.ErrValidation},
	protocol.ErrServiceUnavailable:   {V33, protocol.ErrInternal},
	protocol.ErrChatInactive:         {V32, protocol.ErrValidation},
	protocol.ErrTooManyRequests:      {V31, protocol.ErrRequestTimeout},
	protocol.ErrPendingRequestsLimit: {V31, protocol.ErrRequestTimeout},
	protocol.ErrEntityTooLarge:       {V31, protocol.ErrValidation},
	protocol.ErrLimitReached:         {V31, protocol.ErrValidation},
	protocol.ErrRequesterOffline:     {V31, protocol.ErrValidation},
	protocol.ErrRequesterAwaiting:    {V31, protocol.ErrAuthorization},
	protocol.ErrRequesterSuspended:   {V31, protocol.ErrAuthorization},
	protocol.ErrSeatsLimit:           {V31, protocol.ErrAuthorization},
	protocol.ErrWrongProductVersion:  {V31, protocol.ErrAuthorization},
	protocol.ErrMisdirected:          {V31, protocol.ErrAuthentication},
	protocol.ErrLicenseNotFound:      {V31, protocol.ErrLicenseExpired},
}

package transport

import (
	"errors"
	"io"
	"net/http"
	"strings"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// HTTP status of each error type. The documents name none; clients look at "not
// 200" and error.type.
var statuses = map[string]int{
	protocol.ErrAuthentication:       http.StatusUnauthorized,
	protocol.ErrAuthorization:        http.StatusForbidden,
	protocol.ErrMissingAccess:        http.StatusForbidden,
	protocol.ErrCustomerBanned:       http.StatusForbidden,
	protocol.ErrRequesterSuspended:   http.StatusForbidden,
	protocol.ErrNotFound:             http.StatusNotFound,
	protocol.ErrLicenseNotFound:      http.StatusNotFound,
	protocol.ErrEntityTooLarge:       http.StatusRequestEntityTooLarge,
	protocol.ErrTooManyRequests:      http.StatusTooManyRequests,
	protocol.ErrInternal:             http.StatusInternalServerError,
	protocol.ErrServiceUnavailable:   http.StatusServiceUnavailable,
	protocol.ErrRequestTimeout:       http.StatusGatewayTimeout,
	protocol.ErrMisdirected:          http.StatusMisdirectedRequest,
	protocol.ErrChatAlreadyActive:    http.StatusConflict,
	protocol.ErrLimitReached:         http.StatusConflict,
	protocol.ErrPendingRequestsLimit: http.StatusTooManyRequests,
}

// Status is the HTTP status of an error type, 400 where none fits better.
func Status(errType string) int {
	if s, ok := statuses[errType]; ok {
		return s
	}
	return http.StatusBadRequest
}

// Action answers one call of the Web API: the version and the action come from
// the path, the payload is the bare body.
func (a *API) Action(w http.ResponseWriter, r *http.Request, version, action string) {
	if a.CORS && Cross(w, r) {
		return
	}
	if err := a.version(version); err != nil {
		Fail(w, a.explain(err, action))
		return
	}
	act, ok := a.Actions[action]
	if !ok || !act.Web {
		Fail(w, protocol.Fail(protocol.ErrNotFound, "There is no such action in the Web API."))
		return
	}
	req := &Request{Action: action, Payload: emptyPayload, Remote: remoteIP(r), UserAgent: r.UserAgent()}
	if !act.Open {
		cred, err := a.Engine.Authenticate(r.Context(), r.Header.Get("Authorization"))
		if err == nil && cred.Kind != a.Kind {
			err = protocol.Fail(protocol.ErrAuthentication, "Invalid access token")
		}
		if err != nil {
			Fail(w, a.explain(err, action))
			return
		}
		req.Cred, req.Actor = cred, cred.Actor()
	}
	if action == protocol.ActUploadFile {
		if err := a.admit(r.Context(), req); err != nil {
			Fail(w, a.explain(err, action))
			return
		}
		a.upload(w, r, req.Actor)
		return
	}
	if err := readBody(w, r, req); err != nil {
		Fail(w, a.explain(err, action))
		return
	}
	out, err := a.call(r.Context(), act, req)
	if err != nil {
		Fail(w, a.explain(err, action))
		return
	}
	Write(w, http.StatusOK, out)
}

// readBody takes the JSON body; a GET has its parameters in the query, as
// strings.
func readBody(w http.ResponseWriter, r *http.Request, req *Request) error {
	if r.Method == http.MethodGet {
		fields := map[string]string{}
		for k, v := range r.URL.Query() {
			fields[k] = v[0]
		}
		b, err := protocol.Encode(fields)
		req.Payload = b
		return err
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, protocol.MaxFrame))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return protocol.Fail(protocol.ErrEntityTooLarge, "The request is larger than 1 MB.")
	}
	if err != nil {
		return protocol.Fail(protocol.ErrValidation, "The request could not be read.")
	}
	if text := strings.TrimSpace(string(body)); text != "" && text != "null" {
		req.Payload = body
	}
	return nil
}

// upload streams the part named file into the engine.
func (a *API) upload(w http.ResponseWriter, r *http.Request, by engine.Actor) {
	r.Body = http.MaxBytesReader(w, r.Body, protocol.MaxFile+64<<10)
	parts, err := r.MultipartReader()
	if err != nil {
		Fail(w, protocol.Fail(protocol.ErrValidation, "`file` must come as multipart/form-data."))
		return
	}
	for {
		part, err := parts.NextPart()
		if err != nil {
			Fail(w, a.explain(uploadError(err), protocol.ActUploadFile))
			return
		}
		if part.FormName() != "file" {
			continue
		}
		url, err := a.Engine.AddFile(r.Context(), by, part.FileName(), part)
		if err != nil {
			Fail(w, a.explain(uploadError(err), protocol.ActUploadFile))
			return
		}
		Write(w, http.StatusOK, protocol.UploadFileResponse{URL: url})
		return
	}
}

func uploadError(err error) error {
	var tooLarge *http.MaxBytesError
	var pe *protocol.Error
	switch {
	case errors.As(err, &tooLarge):
		return protocol.Fail(protocol.ErrEntityTooLarge, "Upload limit exceeded (10MB).")
	case errors.Is(err, io.EOF):
		return protocol.Fail(protocol.ErrValidation, "`file` is required")
	case errors.As(err, &pe):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF), strings.HasPrefix(err.Error(), "multipart:"):
		return protocol.Fail(protocol.ErrValidation, "`file` broke off.")
	}
	return err
}

// Write answers with JSON; a nil value is an empty object.
func Write(w http.ResponseWriter, status int, v any) {
	if v == nil {
		v = struct{}{}
	}
	b, err := protocol.Encode(v)
	if err != nil {
		status, b = http.StatusInternalServerError, []byte(`{"error":{"type":"internal","message":"Internal server error"}}`)
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	w.Write(b)
}

// Fail answers with an error.
func Fail(w http.ResponseWriter, err *protocol.Error) {
	Write(w, Status(err.Type), protocol.ErrorPayload{Error: *err})
}

// Cross lets pages of other origins call, with credentials. It reports true when
// the request was a preflight, which it has answered.
func Cross(w http.ResponseWriter, r *http.Request) bool {
	origin := r.Header.Get("Origin")
	h := w.Header()
	h.Add("Vary", "Origin")
	if origin != "" {
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Allow-Credentials", "true")
	}
	if r.Method != http.MethodOptions {
		return false
	}
	h.Set("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS")
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Region, X-API-Version, X-Author-Id")
	h.Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
	return true
}

package transport

import (
	"cmp"
	"errors"
	"io"
	"net/http"
	"strings"

	"agentdesk/protocol"
	"agentdesk/protocol/version"

	"github.com/go-json-experiment/json/jsontext"
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
// the path.
func (a *API) Action(w http.ResponseWriter, r *http.Request, asked, action string) {
	if a.CORS && Cross(w, r) {
		return
	}
	c := call{name: action, web: true}
	out, err := a.web(w, r, asked, &c)
	if err != nil {
		// The status tells the same in every version, whatever it calls the error.
		e := a.explain(err, c.name)
		Write(w, Status(e.Type), protocol.ErrorPayload{Error: *a.fault(e, c)})
		return
	}
	Write(w, http.StatusOK, out)
}

// web performs one call; c is for telling errors in the client's words.
func (a *API) web(w http.ResponseWriter, r *http.Request, asked string, c *call) (any, error) {
	v, err := a.parse(asked)
	if err != nil {
		return nil, err
	}
	c.version = v
	setLifecycle(w.Header(), v)
	if !a.has(v, c.name, true) {
		return nil, protocol.Fail(protocol.ErrNotFound, "There is no such action in the Web API.")
	}
	req := &Request{Action: c.name, Payload: emptyPayload, Remote: remoteIP(r), UserAgent: r.UserAgent()}
	if a.Dialects != nil || !a.Actions[c.name].Open {
		cred, err := a.Engine.Authenticate(r.Context(), r.Header.Get("Authorization"))
		if err == nil && cred.Kind != a.Kind {
			err = protocol.Fail(protocol.ErrAuthentication, "Invalid access token")
		}
		if err != nil {
			return nil, err
		}
		req.Cred, req.Actor = cred, cred.Actor()
	}
	if act, form := a.form(v, c.name); form {
		c.act, c.msg = act, version.Message{Action: c.name}
		return a.upload(w, r, *c, req)
	}
	if err := readBody(w, r, req); err != nil {
		return nil, err
	}
	author := r.Header.Get("X-Author-Id")
	if a.Dialects != nil {
		author = cmp.Or(unwrap(req, v), author)
	}
	*c = a.resolve(v, version.Message{Action: c.name, Payload: req.Payload}, true)
	c.author = author
	return a.perform(r.Context(), *c, req)
}

// form finds an action that takes a file. None is called otherwise in another
// version.
func (a *API) form(v version.Version, name string) (Action, bool) {
	act, ok := a.older(v, name)
	if !ok {
		act = a.Actions[name]
	}
	if act.Home == 0 {
		act.Home = version.Canonical
	}
	return act, act.File != ""
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

// unwrap takes the payload and the author out of a body of 3.0; from 3.1 on the
// payload may stand bare, which is what every other body is taken for.
func unwrap(req *Request, v version.Version) (author string) {
	var body struct {
		Payload jsontext.Value `json:"payload"`
		Author  string         `json:"author_id"`
		Rest    jsontext.Value `json:",embed"`
	}
	err := protocol.Decode(req.Payload, &body)
	switch {
	case err == nil && body.Payload.Kind() == '{' && (v == version.V30 || len(body.Rest) == 0):
		req.Payload = body.Payload
		return body.Author
	case v == version.V30:
		req.Payload = emptyPayload
		return body.Author
	}
	return ""
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

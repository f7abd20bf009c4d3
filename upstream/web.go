package upstream

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// web makes the requests that go over HTTP: uploads, the Configuration API, and
// tokens for passwords.
type web struct {
	client *http.Client
	at     addresses
}

const unreachable = "The chat server cannot be reached right now. Try again in a moment."

// post sends JSON and decodes the answer into result, unless that is nil.
func (w *web) post(ctx context.Context, token Token, url string, payload, result any) error {
	body, err := protocol.Encode(payload)
	if err != nil {
		return desk.Wrap(desk.Internal, "This could not be sent.", err)
	}
	return w.send(ctx, token, url, "application/json", bytes.NewReader(body), result)
}

// send makes one request. A refusal comes back as the desk's error.
func (w *web) send(ctx context.Context, token Token, url, contentType string, body io.Reader, result any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, body)
	if err != nil {
		return desk.Wrap(desk.Internal, "This could not be sent.", err)
	}
	req.Header.Set("Content-Type", contentType)
	if !token.empty() {
		req.Header.Set("Authorization", token.header())
	}
	res, err := w.client.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return expired(ctx.Err())
		}
		return desk.Wrap(desk.Unavailable, unreachable, err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(io.LimitReader(res.Body, maxFrame+1))
	if err != nil {
		return desk.Wrap(desk.Unavailable, unreachable, err)
	}
	if res.StatusCode != http.StatusOK {
		return refusal(res.StatusCode, data)
	}
	if result == nil {
		return nil
	}
	if err := protocol.DecodeUpTo(data, maxFrame, result); err != nil {
		return desk.Wrap(desk.Internal, "The chat server's answer could not be read.", err)
	}
	return nil
}

// refusal reads the body of an answer other than 200.
func refusal(status int, body []byte) error {
	var p protocol.ErrorPayload
	if protocol.Decode(body, &p) == nil && p.Error.Type != "" {
		return fromWire(&p.Error)
	}
	cause := fmt.Errorf("HTTP status %d", status)
	switch {
	case status == http.StatusUnauthorized:
		return desk.Wrap(desk.Unauthorized, meanings[protocol.ErrAuthentication].text, cause)
	case status == http.StatusForbidden:
		return desk.Wrap(desk.Forbidden, meanings[protocol.ErrAuthorization].text, cause)
	case status == http.StatusNotFound:
		return desk.Wrap(desk.NotFound, "The chat server does not know how to do this.", cause)
	case status == http.StatusRequestEntityTooLarge:
		return desk.Wrap(desk.Invalid, meanings[protocol.ErrEntityTooLarge].text, cause)
	case status == http.StatusTooManyRequests:
		return desk.Wrap(desk.TooMany, meanings[protocol.ErrTooManyRequests].text, cause)
	default:
		return desk.Wrap(desk.Unavailable, unreachable, cause)
	}
}

// passwordRequest is our embedded server's extension of the token endpoint.
type passwordRequest struct {
	GrantType string `json:"grant_type"`
	Email     string `json:"email"`
	Password  string `json:"password"`
}

type passwordResponse struct {
	AccessToken string         `json:"access_token"`
	Extra       jsontext.Value `json:",embed"`
}

// PasswordToken trades an e-mail address and a password for an access token, at
// servers that can: the embedded one. A wrong pair gives Unauthorized.
func (r *Registry) PasswordToken(ctx context.Context, email, password string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, r.timing.Request)
	defer cancel()
	var res passwordResponse
	err := r.web.post(ctx, Token{}, r.web.at.token, passwordRequest{"password", email, password}, &res)
	switch {
	case desk.CodeOf(err) == desk.Unauthorized:
		return "", desk.Wrap(desk.Unauthorized, "The e-mail address or the password is wrong.", err)
	case desk.CodeOf(err) == desk.NotFound && err != nil:
		return "", desk.Wrap(desk.Invalid, "This chat server takes no passwords. Sign in with an access token.", err)
	case err != nil:
		return "", fmt.Errorf("ask for a token: %w", err)
	case res.AccessToken == "":
		return "", desk.Fail(desk.Internal, "The chat server's answer could not be read.")
	}
	return res.AccessToken, nil
}

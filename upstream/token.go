package upstream

import (
	"crypto/subtle"
	"encoding/base64"
	"log/slog"
	"strings"

	"github.com/google/uuid"

	"agentdesk/desk"
)

// Token is an agent's access token. It cannot be printed by accident: every way
// of formatting, logging or encoding it gives "***".
type Token struct{ value string }

const redacted = "***"

// String hides the token.
func (Token) String() string { return redacted }

// GoString hides the token from %#v.
func (Token) GoString() string { return redacted }

// LogValue hides the token from slog.
func (Token) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalJSON hides the token.
func (Token) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// MarshalText hides the token.
func (Token) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// maxToken bounds what is sent as a token, in bytes.
const maxToken = 4096

// newToken checks that a token can be carried in a header.
func newToken(raw string) (Token, error) {
	raw = strings.TrimSpace(raw)
	if raw == "" {
		return Token{}, &desk.Error{Code: desk.Invalid, Text: "Enter an access token.", Field: "token"}
	}
	for i := range len(raw) {
		if raw[i] <= ' ' && raw[i] != ' ' || raw[i] >= 0x7f || len(raw) > maxToken {
			return Token{}, &desk.Error{Code: desk.Invalid, Text: "This is not an access token: it has characters or a length that no token has.", Field: "token"}
		}
	}
	return Token{value: raw}, nil
}

// header is the token with its scheme. "account_id:PAT", where the account id
// is a UUID, is a personal access token and goes as Basic; everything else,
// "dal:…" included, is a bearer token (auth guide, section 2).
func (t Token) header() string {
	if strings.HasPrefix(t.value, "Bearer ") || strings.HasPrefix(t.value, "Basic ") {
		return t.value
	}
	if account, _, ok := strings.Cut(t.value, ":"); ok && len(account) == 36 {
		if _, err := uuid.Parse(account); err == nil {
			return "Basic " + base64.StdEncoding.EncodeToString([]byte(t.value))
		}
	}
	return "Bearer " + t.value
}

// empty reports whether there is no token (any more).
func (t Token) empty() bool { return t.value == "" }

// equal compares without telling by its time how much is equal.
func (t Token) equal(o Token) bool {
	return subtle.ConstantTimeCompare([]byte(t.value), []byte(o.value)) == 1
}

package auth

import "log/slog"

// Secret is a text that shows itself to nobody by accident: fmt, slog and JSON
// all see "***". The zero Secret is empty.
type Secret struct {
	// A pointer, because fmt prints unexported fields of unexported fields
	// without asking their methods; an address is harmless.
	v *string
}

const redacted = "***"

// NewSecret wraps a text.
func NewSecret(s string) Secret { return Secret{&s} }

// Reveal returns the text.
func (s Secret) Reveal() string {
	if s.v == nil {
		return ""
	}
	return *s.v
}

// String returns "***".
func (Secret) String() string { return redacted }

// GoString returns "***".
func (Secret) GoString() string { return redacted }

// LogValue returns "***".
func (Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalJSON returns "***" in quotes.
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// MarshalText returns "***".
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

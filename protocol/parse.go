package protocol

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"
)

// Limits on one document. MaxFrame is the read limit of both sides' sockets and
// the cap on JSON request bodies, in bytes; MaxDepth is how deep objects and
// arrays may nest; MaxID is the length of any id, in bytes.
const (
	MaxFrame = 1 << 20
	MaxDepth = 64
	MaxID    = 128
)

// Reasons for refusing a document, wrapped with detail by the functions below.
var (
	ErrTooLarge = errors.New("document is too large")
	ErrTooDeep  = errors.New("document nests too deep")
	ErrNotJSON  = errors.New("document is not valid JSON")
	ErrNoAction = errors.New("document has no action")
)

// ParseFrame reads one RTM message. It refuses documents over MaxFrame bytes or
// MaxDepth levels, duplicate keys, invalid UTF-8, a missing action and ids over
// MaxID. Keys match by exact case, so {"ACTION":…} does not shadow "action".
// The payload keeps pointing into data.
func ParseFrame(data []byte) (Frame, error) { return ParseFrameUpTo(data, MaxFrame) }

// ParseFrameUpTo is ParseFrame with another limit on the size, in bytes: a
// client reads answers that are longer than any request.
func ParseFrameUpTo(data []byte, limit int) (Frame, error) {
	var f Frame
	if err := DecodeUpTo(data, limit, &f); err != nil {
		return Frame{}, err
	}
	if f.Action == "" {
		return Frame{}, ErrNoAction
	}
	if len(f.RequestID) > MaxID || len(f.Action) > MaxID {
		return Frame{}, fmt.Errorf("request_id or action over %d bytes: %w", MaxID, ErrTooLarge)
	}
	return f, nil
}

// Decode reads one JSON document into v under the limits of ParseFrame.
func Decode(data []byte, v any) error { return DecodeUpTo(data, MaxFrame, v) }

// DecodeUpTo is Decode with another limit on the size, in bytes.
func DecodeUpTo(data []byte, limit int, v any) error {
	if len(data) > limit {
		return fmt.Errorf("%d bytes: %w", len(data), ErrTooLarge)
	}
	if tooDeep(data, MaxDepth) {
		return ErrTooDeep
	}
	if err := json.Unmarshal(data, v); err != nil {
		var sem *json.SemanticError
		if errors.As(err, &sem) {
			return &FieldError{Pointer: string(sem.JSONPointer), Err: err}
		}
		return fmt.Errorf("%w: %v", ErrNotJSON, err)
	}
	return nil
}

// FieldError says which field of a document has the wrong type. Pointer is a
// JSON pointer such as /event/text.
type FieldError struct {
	Pointer string
	Err     error
}

// Error names the field.
func (e *FieldError) Error() string { return "wrong type in " + e.Pointer }

// Unwrap returns the decoder's own error.
func (e *FieldError) Unwrap() error { return e.Err }

// tooDeep scans without decoding, so that a hostile document costs one pass and
// no allocation.
func tooDeep(data []byte, limit int) bool {
	depth, inString := 0, false
	for i := 0; i < len(data); i++ {
		c := data[i]
		if inString {
			switch c {
			case '\\':
				i++
			case '"':
				inString = false
			}
			continue
		}
		switch c {
		case '"':
			inString = true
		case '{', '[':
			if depth++; depth > limit {
				return true
			}
		case '}', ']':
			depth--
		}
	}
	return false
}

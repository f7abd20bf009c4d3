package desk

import (
	"context"
	"errors"
	"fmt"
)

// Code is what a program needs to know of an error.
type Code string

// The codes. handlers maps them to HTTP statuses, upstream maps wire errors to
// them.
const (
	Invalid      Code = "invalid"      // what was asked makes no sense; Field may say where
	Unauthorized Code = "unauthorized" // sign in (again)
	Forbidden    Code = "forbidden"    // signed in, but not allowed
	NotFound     Code = "not_found"    // no such thing, or not for this agent
	Conflict     Code = "conflict"     // it has changed meanwhile: chat closed, already taken
	TooMany      Code = "too_many"     // slow down
	Unavailable  Code = "unavailable"  // not connected; may be tried again
	Timeout      Code = "timeout"      // no answer; the outcome is unknown
	Internal     Code = "internal"     // our fault or the server's
)

// Error is the one error type of the dashboard. Text may be shown to people;
// the cause may not.
type Error struct {
	Code  Code
	Text  string // a whole sentence, safe to show; with Args a format of one
	Args  []any  // strings and ints that may be shown
	Field string // form field it is about, where there is one
	Err   error  // cause, for the log
}

// Error returns text and cause, for logs.
func (e *Error) Error() string {
	if e.Err == nil {
		return string(e.Code) + ": " + e.english()
	}
	return string(e.Code) + ": " + e.english() + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Fail makes an Error without a cause.
func Fail(code Code, text string) *Error { return &Error{Code: code, Text: text} }

// Failf makes an Error whose text is a format: it is translated before it is
// filled.
func Failf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Text: format, Args: args}
}

// Wrap makes an Error with a cause.
func Wrap(code Code, text string, err error) *Error { return &Error{Code: code, Text: text, Err: err} }

// CodeOf finds the code of an error: Internal for foreign ones, Timeout for a
// deadline that passed.
func CodeOf(err error) Code {
	var e *Error
	switch {
	case errors.As(err, &e):
		return e.Code
	case errors.Is(err, context.DeadlineExceeded):
		return Timeout
	default:
		return Internal
	}
}

// english is the sentence as it stands in logs.
func (e *Error) english() string {
	if len(e.Args) == 0 {
		return e.Text
	}
	return fmt.Sprintf(e.Text, e.Args...)
}

// TextOf finds the English sentence to show for an error; foreign errors give a
// general one, so that internals never reach a page.
func TextOf(err error) string {
	text, args := SentenceOf(err)
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// SentenceOf is TextOf for those who translate: the English text, and what is put
// into it where it is a format.
func SentenceOf(err error) (text string, args []any) {
	var e *Error
	if errors.As(err, &e) && e.Text != "" {
		return e.Text, e.Args
	}
	if CodeOf(err) == Timeout {
		return "The chat server did not answer in time.", nil
	}
	return "Something went wrong on our side. Please try again.", nil
}

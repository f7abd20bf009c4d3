package handlers

import (
	"context"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/static"
)

// Push is how agents are called while the dashboard is open in no tab. Without a
// Key there is none.
type Push struct {
	Key     string // the server's public key (VAPID), base64url
	Devices Devices
	Check   func(endpoint string) error // whether an address may be a push service's
}

// Devices keeps the browsers that agents are called in. Implementations are safe
// for concurrent use, and durable when a method returns.
type Devices interface {
	// PutDevice keeps a browser; one with a known endpoint is replaced.
	PutDevice(ctx context.Context, agentID string, d desk.Device) error
	// DeleteDevice forgets a browser. One that is not there is no error.
	DeleteDevice(ctx context.Context, agentID, endpoint string) error
}

// errNoPush answers where nobody can be called.
var errNoPush = desk.Fail(desk.Unavailable, "Notifications without an open tab are not to be had here.")

// serviceWorker is the script that shows what is pushed. Its address has no hash,
// because it says which pages it serves: those below the base path.
func (s *Server) serviceWorker(c echo.Context) error {
	a, ok := static.Open(static.URL("sw.js")[len(static.Prefix):])
	if !ok {
		return echo.ErrNotFound
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.Blob(http.StatusOK, a.Type, a.Body)
}

// showPush tells a browser's script what it needs to ask for messages.
func (s *Server) showPush(c echo.Context) error {
	return c.JSON(http.StatusOK, map[string]string{"key": s.Push.Key})
}

// addDevice keeps a browser that asks to be called.
func (s *Server) addDevice(c echo.Context) error {
	f, err := postForm(c)
	if err != nil {
		return err
	}
	if s.Push.Key == "" {
		return errNoPush
	}
	d := desk.Device{
		Endpoint: f.values.Get("endpoint"), P256dh: f.bytes("p256dh", 65), Auth: f.bytes("auth", 16),
		UserAgent: clip(c.Request().UserAgent(), maxLabel), Words: f.ticked("words"), CreatedAt: s.Now(),
	}
	if f.err == nil && s.Push.Check(d.Endpoint) != nil {
		f.wrong("endpoint", "This browser's push service cannot be used.")
	}
	if f.err != nil {
		return f.err
	}
	if err := s.Push.Devices.PutDevice(c.Request().Context(), visitIn(c).agent(), d); err != nil {
		return err
	}
	return s.done(c, s.path("me"))
}

// removeDevice forgets a browser.
func (s *Server) removeDevice(c echo.Context) error {
	f, err := postForm(c)
	if err != nil {
		return err
	}
	if s.Push.Key == "" {
		return errNoPush
	}
	endpoint := f.text("endpoint", 2048)
	if f.err != nil {
		return f.err
	}
	if err := s.Push.Devices.DeleteDevice(c.Request().Context(), visitIn(c).agent(), endpoint); err != nil {
		return err
	}
	return s.done(c, s.path("me"))
}

// bytes reads a field of n bytes in base64url and gives it as it came.
func (f *form) bytes(field string, n int) string {
	v := f.values.Get(field)
	if b, err := base64.RawURLEncoding.DecodeString(v); err != nil || len(b) != n {
		f.wrong(field, "This browser's keys cannot be used.")
	}
	return v
}

// clip cuts a text to at most n bytes.
func clip(s string, n int) string { return strings.ToValidUTF8(s[:min(len(s), n)], "") }

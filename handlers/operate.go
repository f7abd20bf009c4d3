package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/static"
)

// asset serves a file of the pages. Its address holds its hash, so it may be
// kept for ever.
func (s *Server) asset(c echo.Context) error {
	a, ok := static.Open(c.Param("*"))
	if !ok {
		return echo.ErrNotFound
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", a.ETag)
	h.Add("Vary", "Accept-Encoding")
	if c.Request().Header.Get("If-None-Match") == a.ETag {
		return c.NoContent(http.StatusNotModified)
	}
	body := a.Body
	if a.Gzip != nil && strings.Contains(c.Request().Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = a.Gzip
	}
	return c.Blob(http.StatusOK, a.Type, body)
}

// health says that the process lives.
func (s *Server) health(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.String(http.StatusOK, "ok\n")
}

// ready says whether requests are taken, and how the chat server is.
func (s *Server) ready(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	r := s.Readiness()
	if !r.Ready {
		return c.JSON(http.StatusServiceUnavailable, r)
	}
	return c.JSON(http.StatusOK, r)
}

// metrics are for those who operate the program, not for browsers.
func (s *Server) metrics(c echo.Context) error {
	switch {
	case s.Metrics == nil:
		return echo.ErrNotFound
	case !from(c.Request(), s.MetricsFrom):
		return echo.NewHTTPError(http.StatusForbidden)
	}
	s.Metrics.ServeHTTP(c.Response(), c.Request())
	return nil
}

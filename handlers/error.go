package handlers

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

// statuses is the one place where codes become HTTP statuses.
var statuses = map[desk.Code]int{
	desk.Invalid:      http.StatusUnprocessableEntity,
	desk.Unauthorized: http.StatusUnauthorized,
	desk.Forbidden:    http.StatusForbidden,
	desk.NotFound:     http.StatusNotFound,
	desk.Conflict:     http.StatusConflict,
	desk.TooMany:      http.StatusTooManyRequests,
	desk.Unavailable:  http.StatusServiceUnavailable,
	desk.Timeout:      http.StatusGatewayTimeout,
	desk.Internal:     http.StatusInternalServerError,
}

// sentences are for errors that come from the router and from reading requests,
// by status.
var sentences = map[int]string{
	http.StatusBadRequest:            "This request could not be understood.",
	http.StatusForbidden:             "This request did not come from a page of this desk. Go back, load the page again and repeat it.",
	http.StatusNotFound:              "There is nothing at this address.",
	http.StatusMethodNotAllowed:      "This address does not take such a request.",
	http.StatusRequestEntityTooLarge: "This is more than can be sent at once.",
	http.StatusUnsupportedMediaType:  "This form was sent in a way that is not understood.",
}

// badRequest is a request that no page of ours makes.
func badRequest(text string) error { return echo.NewHTTPError(http.StatusBadRequest, text) }

// problem is an error as it is answered.
type problem struct {
	status int
	code   string
	text   string // an English sentence, or a format of one
	args   []any
	field  string // of the form, that is wrong
}

// problemOf finds out how to answer an error. What is not known as safe to show
// is not shown.
func problemOf(err error) problem {
	var he *echo.HTTPError
	var tooLarge *http.MaxBytesError
	var de *desk.Error
	switch {
	case errors.As(err, &de):
		text, args := desk.SentenceOf(err)
		return problem{statuses[de.Code], string(de.Code), text, args, de.Field}
	case errors.As(err, &tooLarge):
		return problem{http.StatusRequestEntityTooLarge, string(desk.Invalid), sentences[http.StatusRequestEntityTooLarge], nil, ""}
	case errors.As(err, &he):
		text := sentences[he.Code]
		if own, ok := he.Message.(string); ok && he.Code == http.StatusBadRequest && he.Internal == nil {
			text = own
		}
		if text == "" {
			text = "This did not work."
		}
		return problem{he.Code, codeOfStatus(he.Code), text, nil, ""}
	}
	code := desk.CodeOf(err)
	text, args := desk.SentenceOf(err)
	return problem{statuses[code], string(code), text, args, ""}
}

func codeOfStatus(status int) string {
	for code, s := range statuses {
		if s == status {
			return string(code)
		}
	}
	return string(desk.Invalid)
}

// fail is echo's error handler and the only place that answers an error: with a
// page, a sentence for our script, or JSON. An error after the first byte can
// only end the response.
func (s *Server) fail(err error, c echo.Context) {
	p := problemOf(err)
	if p.status == 0 {
		p.status = http.StatusInternalServerError
	}
	if p.status >= 500 && p.status != http.StatusServiceUnavailable && p.status != http.StatusGatewayTimeout {
		s.log.Error("request failed", "req", requestID(c), "route", c.Path(), "err", err)
	} else {
		s.log.Debug("request refused", "req", requestID(c), "route", c.Path(), "status", p.status, "code", p.code)
	}
	if c.Response().Committed {
		return
	}
	if err := s.answer(c, p); err != nil {
		s.log.Debug("error page not written", "req", requestID(c), "err", err)
	}
}

func (s *Server) answer(c echo.Context, p problem) error {
	r, v := c.Request(), s.visitFor(c, p)
	if v != nil {
		c.Set(visitKey, v) // what was refused before its route has found its agent, and language, only now
	}
	text := s.told(c, p)
	if p.status == http.StatusServiceUnavailable {
		c.Response().Header().Set("Retry-After", "5")
	}
	switch {
	case r.Method == http.MethodHead:
		return c.NoContent(p.status)
	case wantsJSON(r):
		return c.JSON(p.status, map[string]string{"error": p.code, "text": text, "request": requestID(c)})
	case byScript(r) || !wantsHTML(r):
		if p.field != "" {
			c.Response().Header().Set("X-Field", p.field)
		}
		return c.String(p.status, text)
	case p.status == http.StatusUnauthorized && c.Path() != streamPath:
		return s.toSignIn(c, "expired")
	}
	page := views.ErrorPage{Page: views.Page{Env: s.envOf(c)}, Status: p.status, ID: requestID(c)}
	_, page.Session = s.who(c)
	if v != nil {
		if in, err := v.desk.Inbox(r.Context(), desk.Filter{Limit: 1}); err == nil {
			page.Page, page.Signed = s.frameOf(c, v, in), true
		}
	}
	page.Text = text
	return s.render(c, p.status, views.Problem(page))
}

// visitFor is whose page an error is, or nil. Addresses that lead nowhere have
// passed no admission, so it is made up for; one that has failed is not tried
// again.
func (s *Server) visitFor(c echo.Context, p problem) *visit {
	if v, ok := c.Get(visitKey).(*visit); ok && v.desk != nil {
		return v
	}
	if p.status >= 500 || p.status == http.StatusUnauthorized {
		return nil
	}
	v, err := s.visitOf(c)
	if err != nil {
		return nil
	}
	return v
}

// byScript reports whether our own script asks.
func byScript(r *http.Request) bool {
	return r.Header.Get("X-Desk") != "" || r.Header.Get("X-Requested-With") != ""
}

func wantsJSON(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "application/json")
}

// wantsHTML reports whether a page is welcome: browsers say so, and tools that
// take anything get one too.
func wantsHTML(r *http.Request) bool {
	a := r.Header.Get("Accept")
	return a == "" || strings.Contains(a, "text/html") || strings.Contains(a, "*/*")
}

package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

// lastFrame tells the script how far it has read.
const lastFrame = "X-Last-Frame"

// maxPayload bounds what is sent again by hand, in bytes: an event's text and
// what is around it.
const maxPayload = 48 << 10

// showInspector shows the frames of one's own connection, or to our script those
// after the one it names.
func (s *Server) showInspector(c echo.Context) error {
	after, err := sequence(c.QueryParam("after"))
	if err != nil {
		return err
	}
	p := views.InspectorPage{Kind: desk.FrameKind(c.QueryParam("kind")), Action: strings.TrimSpace(c.QueryParam("action"))}
	if p.Kind != "" && !slices.Contains(desk.FrameKinds[:], p.Kind) || p.Action != "" && !validID(p.Action) {
		return badRequest("There are no such frames.")
	}
	if p.Frames, err = visitIn(c).desk.Frames(after); err != nil {
		return err
	}
	p.Last = after
	if n := len(p.Frames); n > 0 {
		p.Last = p.Frames[n-1].Seq
	}
	c.Response().Header().Set(lastFrame, strconv.FormatInt(p.Last, 10))
	if byScript(c.Request()) {
		p.Page = views.Page{Env: s.env(c, visitIn(c).desk.Me())}
		return s.render(c, http.StatusOK, views.Frames(p))
	}
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	p.Page = in.Page
	p.Active, p.Title = views.NavNone, p.T("Protocol inspector")
	return s.render(c, http.StatusOK, views.Inspector(p))
}

// sequence reads a frame's number; none is 0.
func sequence(v string) (int64, error) {
	if v == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil || n < 0 {
		return 0, badRequest("There is no such frame.")
	}
	return n, nil
}

// showFrame shows one frame on a page of its own, or with format=json its JSON
// alone.
func (s *Server) showFrame(c echo.Context) error {
	f, err := frameOf(c)
	if err != nil {
		return err
	}
	switch c.QueryParam("format") {
	case "":
	case "json":
		c.Response().Header().Set("Cache-Control", "no-store")
		return c.Blob(http.StatusOK, "application/json; charset=utf-8", desk.Indented(f.Body))
	default:
		return badRequest("A frame comes as a page, or with format=json.")
	}
	return s.framePage(c, http.StatusOK, f, desk.PayloadOf(f.Body), "")
}

func (s *Server) framePage(c echo.Context, status int, f desk.Frame, payload, mistake string) error {
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	p := views.FramePage{Page: in.Page, Frame: f, Resend: s.Embedded && f.Body != nil, Payload: payload, Error: mistake}
	p.Active, p.Title = views.NavNone, p.T("Protocol inspector")
	return s.render(c, status, views.FrameWhole(p))
}

// frameOf finds the frame that the address names, of those still kept.
func frameOf(c echo.Context) (desk.Frame, error) {
	n, err := strconv.ParseInt(c.Param("frame"), 10, 64)
	if err != nil {
		return desk.Frame{}, echo.ErrNotFound
	}
	frames, err := visitIn(c).desk.Frames(n - 1)
	if err != nil {
		return desk.Frame{}, err
	}
	if len(frames) == 0 || frames[0].Seq != n {
		return desk.Frame{}, desk.Fail(desk.NotFound, "This frame is not kept any more: only the newest 200 are.")
	}
	return frames[0], nil
}

// resend sends a request again, as it was or as it was changed, and to the
// embedded server only.
func (s *Server) resend(c echo.Context) error {
	f, err := frameOf(c)
	if err != nil {
		return err
	}
	form, err := postForm(c)
	if err != nil {
		return err
	}
	if !s.Embedded {
		return desk.Fail(desk.Forbidden, "Requests are sent again to the embedded chat server only.")
	}
	if f.Kind != desk.FrameRequest {
		return desk.Fail(desk.Invalid, "Only requests can be sent again.")
	}
	payload := form.text("payload", maxPayload)
	if form.err == nil {
		form.err = visitIn(c).desk.Resend(c.Request().Context(), f.Action, []byte(payload))
	}
	if form.err == nil {
		return s.done(c, s.path("inspector"))
	}
	var de *desk.Error
	if byScript(c.Request()) || !wantsHTML(c.Request()) || !errors.As(form.err, &de) {
		return form.err
	}
	return s.framePage(c, problemOf(form.err).status, f, payload, s.sentence(c, form.err))
}
